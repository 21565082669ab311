/** Every command of a node, with the whole of its results. */
import { describe, expect, test } from 'vitest';
import type { HostEvent } from '#schemas/fleet/mesh.ts';
import { createMeshNode, withPortOffset } from '#server/mesh/node.ts';
import type { NodeCommand } from '#server/mesh/nodeTypes.ts';
import { ok, refused } from './bench.ts';
import { type NetNode, NodeNet, netConfig } from './nodeNet.ts';
import { at, seeded } from './support.ts';

const agent = (role: string) => ({ role, capabilities: ['c'], description: 'd' });
const a = '127.0.0.1:7001';
const b = '127.0.0.1:7002';
const c = '127.0.0.1:7003';

/** `b` and `c` have the role analyst, `a` asks. */
function trio() {
  const net = new NodeNet();
  const one = net.add(7_001);
  const two = net.add(7_002, { seeds: [a] });
  const three = net.add(7_003, { seeds: [a] });
  for (const node of [two, three]) {
    node.command({ command: 'announce', id: 0, agents: [agent('analyst')] });
    net.run(1_000);
  }
  net.run(10_000);
  const idOf = (node: NetNode) => node.node.snapshot().self.agents[0]?.id ?? '';
  return { net, one, two, three, idOf };
}

/** The results a node gave since `from`, and the messages that it got. */
const results = (node: NetNode, from = 0): HostEvent[] => node.events.slice(from).filter(({ event }) => event === 'result');
const messages = (node: NetNode) => node.events.filter((event) => event.event === 'message');
describe('questions', () => {
  const question = { command: 'ask', target: { role: 'analyst' }, data: { n: 1 }, timeoutMs: 5_000 } as const;

  test('arrive with who asks, and the answer comes back; the asker is announced for it', () => {
    const { net, one, two, idOf } = trio();
    one.command({ ...question, id: 'q' });
    net.run(500);
    const asker = idOf(one);
    expect(asker).toMatch(/^jarviscore-fleet-[0-9a-f]{8}$/);
    expect(one.node.snapshot().self).toMatchObject({ observing: false, agents: [{ id: asker, role: asker, capabilities: [] }] });
    const correlationId = expect.stringMatching(/^req-[0-9a-f]{12}$/);
    expect(messages(two)).toEqual([
      {
        event: 'message',
        type: 'PEER_REQUEST',
        correlationId,
        from: { node: a, agent: asker },
        to: { agent: idOf(two), role: 'analyst' },
        data: { n: 1 },
      },
    ]);
    expect(results(one)).toEqual([]);
    const [asked] = messages(two);
    const id = asked?.correlationId ?? '';
    two.command({ command: 'respond', id: 'r', correlationId: id, data: ['done'] });
    net.run(100);
    expect(results(one)).toEqual([ok('q', 'ask', ['done'])]);
    expect(results(two).slice(1)).toEqual([ok('r', 'respond')]);
    two.command({ command: 'respond', id: 'again', correlationId: id, data: null });
    two.command({ command: 'respond', id: null, correlationId: id, data: null });
    expect(results(two).slice(2)).toEqual([refused('again', 'respond', `No open request has the correlation id ${id}.`)]);
  });

  test.each([
    [undefined, [3, 0]],
    ['first', [3, 0]],
    ['round_robin', [2, 1]],
  ] as const)('strategy %s', (strategy, expected) => {
    const { net, one, two, three } = trio();
    for (const id of [1, 2, 3]) {
      one.command({ ...question, id, ...(strategy === undefined ? {} : { strategy }) });
      net.run(100);
    }
    net.run(500);
    expect([messages(two).length, messages(three).length]).toEqual(expected);
  });

  test('that are cancelled say so, and cannot be cancelled twice', () => {
    const { net, one, two } = trio();
    one.command({ ...question, id: 'q' });
    net.run(500);
    one.command({ command: 'cancel', id: 'x', request: 'q' });
    one.command({ command: 'cancel', id: 'y', request: 'q' });
    expect(results(one)).toEqual([
      refused('q', 'ask', 'The question was cancelled.'),
      ok('x', 'cancel'),
      refused('y', 'cancel', 'No open question has this id.'),
    ]);
    expect(messages(two)).toHaveLength(1);
  });

  test('without an answer end after their time', () => {
    const { net, one, two, idOf } = trio();
    one.command({ ...question, id: 'q' });
    net.run(4_990);
    expect(results(one)).toEqual([]);
    net.run(20);
    expect(results(one)).toEqual([refused('q', 'ask', `${idOf(two)} did not answer within 5 s.`)]);
  });

  test('to nobody say whom nobody announced', () => {
    const { one } = trio();
    one.command({ ...question, target: { role: 'nobody' }, id: 'q' });
    one.command({ ...question, target: { agent: 'nobody-1' }, id: 'r' });
    expect(results(one)).toEqual([
      refused('q', 'ask', 'No peer has announced role nobody.'),
      refused('r', 'ask', 'No peer has announced agent nobody-1.'),
    ]);
  });

  test('end with the peer they were put to', () => {
    const { net, one } = trio();
    one.command({ ...question, timeoutMs: 60_000, id: 'q' });
    net.run(500);
    net.down.add(b);
    net.run(20_000);
    expect(results(one)).toEqual([refused('q', 'ask', `${b} died before it answered.`)]);
  });

  test('end with the peer that leaves, and with our own leaving', () => {
    const { net, one, two } = trio();
    one.command({ ...question, timeoutMs: 60_000, id: 'q' });
    net.run(500);
    two.command({ command: 'stop' });
    net.run(1_000);
    expect(results(one)).toEqual([refused('q', 'ask', `${b} left before it answered.`)]);
    one.command({ ...question, timeoutMs: 60_000, id: 'r' });
    net.run(500);
    one.command({ command: 'stop' });
    expect(results(one, 0).slice(1)).toEqual([refused('r', 'ask', 'This node left the mesh before an answer came.')]);
  });
});

test('a notification arrives, and is confirmed by a node that confirms', () => {
  const { net, one, two, idOf } = trio();
  one.command({ command: 'notify', id: 'n', target: { role: 'analyst' }, data: { n: 1 } });
  net.run(100);
  expect(messages(two)).toEqual([
    {
      event: 'message',
      type: 'PEER_NOTIFY',
      correlationId: null,
      from: { node: a, agent: 'node' },
      to: { agent: idOf(two), role: 'analyst' },
      data: { n: 1 },
    },
  ]);
  one.command({ command: 'notify', id: 'm', target: { agent: 'nobody' }, data: null });
  expect(results(one)).toEqual([ok('n', 'notify'), refused('m', 'notify', 'No peer has announced agent nobody.')]);
});

describe('the journal', () => {
  test('lists what was sent and received, and gives the payload of each', () => {
    const { net, one, idOf, two } = trio();
    one.command({ command: 'messages', id: 0, after: null });
    const [before] = results(one);
    const revision = before?.event === 'result' ? (before.data as { revision: number }).revision : -1;
    one.command({ command: 'notify', id: 'n', target: { role: 'analyst' }, data: { n: 1 } });
    net.run(100);
    one.command({ command: 'messages', id: 1, after: revision });
    const page = results(one).at(-1);
    const sent = {
      direction: 'sent',
      type: 'PEER_NOTIFY',
      peer: b,
      state: 'acknowledged',
      error: null,
      correlationId: null,
      deliveredMs: 2,
      processedMs: 2,
      payload: true,
      seq: expect.any(Number),
      size: expect.any(Number),
      at: expect.stringMatching(/^2026-01-01T00:00:/),
    };
    expect(page).toEqual(ok(1, 'messages', { epoch: 'epoch-2', revision: expect.any(Number), dropped: 0, entries: [sent] }));
    const entries = page?.event === 'result' ? (page.data as { entries: { seq: number }[] }).entries : [];
    const seq = entries[0]?.seq ?? 0;
    one.command({ command: 'payload', id: 2, seq });
    one.command({ command: 'payload', id: 3, seq: 9_999 });
    expect(results(one).slice(-2)).toEqual([
      ok(2, 'payload', {
        sender: 'node',
        sender_node: a,
        target: idOf(two),
        target_role: 'analyst',
        data: { n: 1 },
        correlation_id: null,
        timestamp: expect.any(Number),
        context: null,
      }),
      refused(3, 'payload', 'The payload of this message is no longer kept.'),
    ]);
  });
});

describe('readmit and forget', () => {
  test.each(['readmit', 'forget'] as const)('%s refuses who is unknown and who is alive', (command) => {
    const { one } = trio();
    one.command({ command, id: 1, peer: '127.0.0.1:1' });
    one.command({ command, id: 2, peer: b });
    expect(results(one)).toEqual([
      refused(1, command, '127.0.0.1:1 is not a known peer.'),
      refused(2, command, `${b} is alive.`),
    ]);
  });

  test('who is dead for this node alone cannot be readmitted', () => {
    const { net, one } = trio();
    net.cut.add(b);
    net.cut.add(c);
    net.run(20_000);
    one.command({ command: 'readmit', id: 1, peer: b });
    expect(results(one)).toEqual([
      refused(1, 'readmit', `Nobody but this node holds ${b} for dead; it is alive here as soon as it answers.`),
    ]);
    expect(one.peer(b)?.state).toBe('dead');
  });

  test('who is forgotten and comes back has nothing of before', () => {
    const net = new NodeNet();
    const keepalive = { ...netConfig.keepalive, intervalMs: 3_000, suppressWindowMs: 500 };
    const one = net.add(7_001, { keepalive });
    const two = net.add(7_002, { seeds: [a] });
    two.command({ command: 'announce', id: 1, agents: [agent('analyst')] });
    net.run(5_000);
    expect(one.peer(b)).toMatchObject({ agents: [{ role: 'analyst' }], keepalive: { lastSent: expect.any(String) } });
    net.down.add(b);
    net.run(20_000);
    one.command({ command: 'forget', id: 1, peer: b });
    net.remove(two);
    net.down.delete(b);
    net.add(7_002, { seeds: [a] });
    net.run(100);
    expect(one.peer(b)).toMatchObject({ state: 'alive', agents: [], keepalive: { lastSent: null, lastAck: null } });
    expect(one.roles()).toEqual([]);
  });

  test('who is suspect or dead can be forgotten, and comes back when it answers', () => {
    const { net, one } = trio();
    net.down.add(b);
    net.run(3_000);
    expect(one.peer(b)?.state).toBe('suspect');
    one.command({ command: 'forget', id: 1, peer: b });
    expect(results(one)).toEqual([ok(1, 'forget')]);
    expect(one.node.snapshot().peers.map(({ id }) => id)).toEqual([c]);
    net.down.delete(b);
    net.run(10_000);
    expect(one.peer(b)?.state).toBe('alive');
  });
});

test('contacts are looked at and reported, not joined', () => {
  const net = new NodeNet();
  const one = net.add(7_001);
  const two = net.add(7_002);
  const three = net.add(7_003);
  one.command({ command: 'contacts', addresses: [b, c, '127.0.0.1:7009'] });
  net.run(100);
  const contacted = one.events.flatMap((event) => (event.event === 'contacted' ? [event.address] : []));
  expect(new Set(contacted)).toEqual(new Set([b, c]));
  for (const node of [one, two, three]) expect(node.node.snapshot().peers).toEqual([]);
  one.command({ command: 'contacts', addresses: ['localhost:1', '127.0.0.1:7001'] });
  expect(one.node.snapshot().self.warnings).toEqual([
    'localhost:1, no member: It is no address one can send to: a numeric IPv4 address with a port from 1 to 64535 is needed.',
  ]);
});

describe('what the system says of a process', () => {
  const stopped = { pid: 7, stopped: true };
  const marks = (node: NetNode) => node.peer(b)?.mesh?.marks.map(({ kind }) => kind);

  test('is for members: of a stranger it is not kept', () => {
    const net = new NodeNet();
    const one = net.add(7_001);
    one.command({ command: 'process', peer: b, process: stopped });
    net.add(7_002, { seeds: [a] });
    net.run(1_000);
    expect(marks(one)).toEqual([]);
    one.command({ command: 'process', peer: b, process: stopped });
    expect(marks(one), 'at once').toEqual(['stopped-process']);
    one.command({ command: 'process', peer: b, process: { ...stopped, stopped: false } });
    expect(marks(one)).toEqual([]);
  });

  test('goes with the member that is forgotten', () => {
    const { net, one } = trio();
    net.down.add(b);
    net.run(20_000);
    one.command({ command: 'process', peer: b, process: stopped });
    one.command({ command: 'forget', id: 1, peer: b });
    net.down.delete(b);
    net.run(10_000);
    expect(one.peer(b)?.state).toBe('alive');
    expect(marks(one)).toEqual([]);
  });
});

test('a snapshot is the roster as it is, with what the same input changed', () => {
  const { one } = trio();
  const from = one.events.length;
  one.command({ command: 'process', peer: b, process: { pid: 7, stopped: true } });
  one.command({ command: 'snapshot' });
  const [delta, snapshot, ...more] = one.events.slice(from);
  expect(delta?.event).toBe('delta');
  expect(snapshot).toEqual({ event: 'snapshot', snapshot: one.node.snapshot() });
  expect(more).toEqual([]);
});

describe('stop', () => {
  function alone() {
    const config = { ...netConfig, port: 7_001, seeds: ['127.0.0.1:7009'] };
    const node = createMeshNode({ config, random: seeded(1), inflate: () => null, epoch: 'e' }, at(1_000));
    const outputs = () => {
      const all: string[] = [];
      for (let output = node.poll(); output !== undefined; output = node.poll())
        all.push('to' in output ? `${output.kind} to ${output.to}` : output.kind);
      return all;
    };
    const command = (ms: number, stop: NodeCommand) => node.handle({ kind: 'command', command: stop }, at(ms));
    return { node, outputs, command };
  }

  test('of a node without peers says farewell to its seeds at once, repeats it, and is done', () => {
    const { node, outputs, command } = alone();
    node.handle({ kind: 'tick' }, at(1_000));
    outputs();
    command(1_001, { command: 'stop' });
    expect(outputs()).toEqual(['udp to 127.0.0.1:7009', 'event']);
    expect(node.nextTimeout()).toBe(1_031);
    command(1_010, { command: 'stop' });
    node.handle({ kind: 'tick' }, at(1_020));
    expect(outputs(), 'a second stop changes nothing').toEqual([]);
    node.handle({ kind: 'tick' }, at(1_031));
    expect(outputs()).toEqual(['udp to 127.0.0.1:7009', 'left']);
    expect(node.nextTimeout()).toBeUndefined();
  });

  test('is the last thing a node hears', () => {
    const { node, outputs, command } = alone();
    command(1_000, { command: 'stop' });
    node.handle({ kind: 'tick' }, at(1_031));
    outputs();
    command(1_032, { command: 'snapshot' });
    node.handle({ kind: 'network', up: false }, at(1_033));
    node.handle({ kind: 'tick' }, at(60_000));
    expect(outputs()).toEqual([]);
  });

  test('a node that leaves asks and tells nothing more of others', () => {
    const { net, one } = trio();
    net.deafRouters.add(b);
    net.deafRouters.add(c);
    one.command({ command: 'announce', id: 1, agents: [agent('mine')] });
    net.run(100);
    const from = one.events.length;
    const sent = net.messages.length;
    one.command({ command: 'stop' });
    net.run(2_000);
    expect(one.left).toBe(true);
    expect(one.events.slice(from).filter(({ event }) => event === 'log')).toEqual([]);
    const types = net.messages.slice(sent).flatMap((message) => (message.from === a ? [message.type] : []));
    expect(new Set(types)).toEqual(new Set(['CAPABILITY_DEANNOUNCEMENT']));
  });
});

test.each([
  ['127.0.0.1:7946', 1_000, '127.0.0.1:8946'],
  ['10.1.2.3:1', 1, '10.1.2.3:2'],
])('the ROUTER of %s is %d above', (address, offset, router) => {
  expect(withPortOffset(address, offset)).toBe(router);
});
