/** A whole node: what it says of those who break rules, what its options do, and what it hears of its connections. */
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createMeshNode } from '#server/mesh/node.ts';
import type { MeshNodeOptions } from '#server/mesh/nodeTypes.ts';
import { NodeNet, netConfig } from './nodeNet.ts';
import { Story } from './story.ts';
import { at, seeded } from './support.ts';

const a = '127.0.0.1:7001';
const b = '127.0.0.1:7002';
const encode = (text: string) => new TextEncoder().encode(text);
const agent = (role: string) => ({ role, capabilities: [], description: '' });

function pair() {
  const net = new NodeNet();
  const one = net.add(7_001);
  const two = net.add(7_002, { seeds: [a] });
  net.run(2_000);
  const bad = (from: string) => net.inject(a, { kind: 'datagram', from, bytes: encode('U[1]') });
  return { net, one, two, bad };
}

describe('broken rules', () => {
  test('of a flood of bad packets one is logged each second', () => {
    const net = new NodeNet();
    const story = new Story(net.add(7_001));
    const bad = (port: number) => net.inject(a, { kind: 'datagram', from: `127.0.0.1:${port}`, bytes: encode('U[1]') });
    story.next();
    bad(9_001);
    bad(9_002);
    net.run(999);
    bad(9_003);
    net.run(1);
    expect(story.logs()).toEqual(['debug: 127.0.0.1:9001: It sent no SWIM message.']);
    bad(9_004);
    net.run(1);
    expect(story.logs()).toEqual(['debug: 127.0.0.1:9004: It sent no SWIM message.']);
  });

  test('stand on the row of a member and on ours for a stranger', () => {
    const { net, one, bad } = pair();
    bad(b);
    net.run(10);
    expect(one.peer(b)).toMatchObject({ warnings: ['It sent no SWIM message.'], mesh: { refused: 1 } });
    expect(one.node.snapshot().self).not.toHaveProperty('warnings');
    net.inject(a, { kind: 'router', identity: `dealer-${b}-to-x-1`, bytes: encode('{') });
    net.run(10);
    expect(one.peer(b)).toMatchObject({
      warnings: ['It sent what cannot be read: message is not JSON or nests too deep.', 'It sent no SWIM message.'],
      mesh: { refused: 2 },
    });
    bad('127.0.0.1:9001');
    net.run(10);
    expect(one.node.snapshot().self.warnings).toEqual(['127.0.0.1:9001, no member: It sent no SWIM message.']);
    expect(one.peer(b)?.mesh?.refused).toBe(2);
  });

  test('of a member that was forgotten are forgotten with it', () => {
    const { net, one, bad } = pair();
    bad(b);
    net.down.add(b);
    net.run(20_000);
    expect(one.peer(b)?.warnings).toHaveLength(1);
    one.command({ command: 'forget', id: 1, peer: b });
    net.down.delete(b);
    net.run(10_000);
    expect(one.peer(b)).toMatchObject({ state: 'alive', warnings: [] });
  });

  test('a message of who is no member is not obeyed', () => {
    const { net, one } = pair();
    const from = '127.0.0.1:7009';
    const payload = { node_id: from, agents: { x: { agent_id: 'x', role: 'x', capabilities: [] } } };
    const message = { type: 'CAPABILITY_ANNOUNCEMENT', id: 'm', from_node: from, payload };
    net.inject(a, { kind: 'router', identity: 'x', bytes: encode(JSON.stringify(message)) });
    net.run(10);
    expect(one.node.snapshot().peers.map(({ id }) => id)).toEqual([b]);
    expect(one.roles()).toEqual([]);
  });
});

describe('the options', () => {
  const start = (options: Partial<MeshNodeOptions>, seeds: string[] = []) =>
    createMeshNode(
      { config: { ...netConfig, port: 7_001, seeds }, random: seeded(1), inflate: () => null, epoch: 'e', ...options },
      at(1_000),
    );

  test('the timing of membership is the one that is given', () => {
    for (const [options, state] of [
      [{}, 'waiting'],
      [{ timing: { seedSilentMs: 200 } }, 'silent'],
    ] as const) {
      const node = start(options, ['127.0.0.1:7009']);
      for (let next = node.nextTimeout(); next !== undefined && next < 3_000; next = node.nextTimeout())
        node.handle({ kind: 'tick' }, at(next));
      expect(node.snapshot().seeds).toMatchObject([{ state }]);
    }
  });

  test('a long answer is compressed where that is possible, and goes by TCP where it is not', () => {
    const entries = [b, ...Array.from({ length: 30 }, (_unused, index) => `127.0.0.1:${9_000 + index}`)].map((addr) => ({
      addr,
      state: 'ALIVE',
      incarnation: 1,
      last_heartbeat: 1,
      metadata: {},
    }));
    const digest = { version: 1, entries, is_full: true, timestamp: 1, source: b };
    const heartbeat = { type: 'HEARTBEAT', from: b, id: 'h', timestamp: 1, digest };
    const request = { type: 'SYNC-REQ', from: b, id: 's', timestamp: 1, known_version: 0 };
    const answer = (options: Partial<MeshNodeOptions>) => {
      const node = start(options);
      for (const message of [heartbeat, request]) {
        while (node.poll() !== undefined);
        node.handle({ kind: 'datagram', from: b, bytes: encode(`U${JSON.stringify(message)}`) }, at(1_001));
      }
      const output = node.poll();
      return output?.kind === 'udp' || output?.kind === 'tcp' ? [output.kind, String.fromCharCode(output.bytes[0] ?? 0)] : [];
    };
    expect(answer({})).toEqual(['tcp', 'U']);
    expect(answer({ deflate: (bytes) => deflateSync(bytes) })).toEqual(['udp', 'C']);
  });

  test('a node waits for the next thing to do, whatever it is, and after it has left for nothing', () => {
    const node = start({});
    const next = node.nextTimeout() ?? 0;
    expect(next).toBeGreaterThan(1_000);
    expect(next).toBeLessThanOrEqual(1_500);
    node.handle({ kind: 'command', command: { command: 'announce', id: 1, agents: [agent('x')] } }, at(1_001));
    expect(node.snapshot().self.agents).toMatchObject([{ role: 'x' }]);
    node.handle({ kind: 'command', command: { command: 'stop' } }, at(1_002));
    expect(node.nextTimeout()).toBe(1_032);
    node.handle({ kind: 'tick' }, at(1_032));
    expect(node.nextTimeout()).toBeUndefined();
  });
});

describe('connections', () => {
  test('one that is lost is opened again, and what was under way is sent again over it', () => {
    const { net, one, two } = pair();
    net.deafRouters.add(b);
    one.command({ command: 'announce', id: 1, agents: [agent('x')] });
    net.run(10);
    net.deafRouters.clear();
    net.inject(a, { kind: 'dealer-disconnected', peer: b });
    net.run(400);
    expect(two.peer(a)?.agents, 'sooner than it would be repeated').toMatchObject([{ role: 'x' }]);
  });

  test('a message that arrives ends what keepalives said of a peer, at once', () => {
    const net = new NodeNet();
    const keepalive = { ...netConfig.keepalive, intervalMs: 5_000, suppressWindowMs: 1_000, ackTimeoutMs: 1_000 };
    const one = net.add(7_001, { keepalive });
    net.add(7_002, { seeds: [a] });
    net.run(10_000);
    net.deafRouters.add(b);
    net.run(8_000);
    expect(one.peer(b)).toMatchObject({ keepalivePhase: 'backoff', keepalive: { consecutiveSendFailures: 1 } });
    net.deafRouters.clear();
    one.command({ command: 'announce', id: 1, agents: [agent('x')] });
    net.run(10);
    expect(one.peer(b)?.keepalive).toMatchObject({ consecutiveSendFailures: 0, failureBackoffUntil: null });
    expect(one.node.snapshot().self.keepalive).toBe('running');
  });
});

describe('what changes without an event', () => {
  test('is seen all the same', () => {
    const net = new NodeNet();
    const one = net.add(7_001);
    const story = new Story(one);
    net.add(7_002, { seeds: [a] });
    net.deafRouters.add(b);
    net.run(14_000);
    expect(one.peer(b)?.mesh?.marks).toEqual([]);
    story.next();
    net.run(9_000);
    expect(story.deltas()).toEqual([
      {
        7002: {
          mesh: {
            marks: [
              {
                kind: 'one-way',
                text: 'Its agents are not known here: it has not announced them, though it was asked again and again.',
              },
            ],
          },
        },
      },
    ]);
  });
});
