/** A member that breaks every rule: bounded, counted, told on its own row, and no other row changes. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { deflateSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { joinScriptedPeer, type ScriptedPeer } from './scriptedPeer.ts';
import { startNode } from './support.ts';

const peers: ScriptedPeer[] = [];

afterEach(() => {
  for (const peer of peers.splice(0)) peer.close();
});

async function setUp() {
  const node = await startNode();
  const honest = await joinScriptedPeer(node.address);
  const hostile = await joinScriptedPeer(node.address);
  peers.push(honest, hostile);
  await node.until('both', () => [honest, hostile].every((peer) => node.peer(peer.address)?.state === 'alive'));
  const dealer = await honest.dealer();
  await dealer.send(announcement(honest.address, honest.address, [{ agent_id: 'clerk-1', role: 'clerk', capabilities: [] }]));
  // The last word of a start; before it a question would wait.
  const payload = JSON.stringify({ node_id: honest.address });
  await dealer.send({ type: 'CAPABILITY_REQUEST', id: 'rosters', from_node: honest.address, require_ack: true, payload });
  await node.until('the honest role', () => node.role('clerk'));
  function harmless(): void {
    expect(node.peer(honest.address)).toMatchObject({
      state: 'alive',
      warnings: [],
      agents: [{ id: 'clerk-1', role: 'clerk' }],
      mesh: { refused: 0 },
    });
    expect(node.history.filter((entry) => entry.peer === honest.address).map((entry) => entry.state)).toEqual(['alive']);
    expect(node.status).toMatchObject({ phase: 'running', restarts: 0 });
  }
  return {
    node,
    honest,
    hostile,
    harmless,
    /** The warning stands on the hostile peer, is counted there, and nothing happened to anybody else. */
    async blamed(words: string): Promise<void> {
      await node.until(`a warning "${words}"`, () => node.peer(hostile.address)?.warnings.some((text) => text.includes(words)));
      await node.until('the count', () => (node.peer(hostile.address)?.mesh?.refused ?? 0) > 0, 8_000);
      harmless();
    },
  };
}

let nextId = 0;
function announcement(fromNode: string, nodeId: string, agents: object[]) {
  nextId += 1;
  const byId = Object.fromEntries(agents.map((agent, index) => [String(index), agent]));
  return {
    type: 'CAPABILITY_ANNOUNCEMENT',
    id: `announcement-${nextId}`,
    from_node: fromNode,
    require_ack: true,
    payload: JSON.stringify({ node_id: nodeId, capabilities: {}, agents: byId }),
  };
}

const entry = (addr: string, state = 'ALIVE', incarnation = 1) => ({ addr, state, incarnation, last_heartbeat: 1, metadata: {} });
const heartbeat = (from: string, entries: object[]) =>
  `U${JSON.stringify({
    type: 'HEARTBEAT',
    from,
    digest: { version: 1, entries, is_full: false, timestamp: 1, source: from },
    id: '0123abcd',
    timestamp: 1,
  })}`;

/** 60 kB that want to be 64 MB. Made before anything has to answer probes. */
const bomb = Buffer.concat([Buffer.from('C'), deflateSync(Buffer.alloc(64 * 1024 * 1024, 0x20)).subarray(0, 60_000)]);

describe('membership', () => {
  test('claims about us are refuted, however high the incarnation', async () => {
    const { node, honest, hostile, harmless } = await setUp();
    hostile.datagram(heartbeat(hostile.address, [entry(hostile.address), entry(node.address, 'DEAD', 50)]));
    await node.until('the refutation', () => node.status.self?.incarnation === 51);
    await node.until('the honest peer hears it', () =>
      honest.datagrams.some((text) => text.includes(`"addr": "${node.address}", "state": "ALIVE", "incarnation": 51`)),
    );
    const highest = Number.MAX_SAFE_INTEGER;
    hostile.datagram(heartbeat(hostile.address, [entry(hostile.address), entry(node.address, 'DEAD', highest)]));
    hostile.datagram(heartbeat(hostile.address, [entry(hostile.address), entry(node.address, 'SUSPECT', 60)]));
    await node.until('the next refutation', () => (node.status.self?.incarnation ?? 0) > 60);
    expect(node.status.self?.incarnation, 'room is left to refute again').toBeLessThan(highest - 1);
    harmless();
  });

  test('forged senders', async () => {
    const { honest, hostile, blamed } = await setUp();
    hostile.datagram(heartbeat(honest.address, [entry(honest.address, 'ALIVE', 7)]));
    await blamed(`It announces itself as ${honest.address}`);
  });

  test('zip bombs', async () => {
    const { hostile, blamed } = await setUp();
    for (let sent = 0; sent < 5; sent++) hostile.datagram(bomb);
    await blamed('It sent');
  });

  test('impossible addresses are forwarded to nobody', async () => {
    const { node, honest, hostile, blamed } = await setUp();
    const marker = '127.0.0.1:9';
    const impossible = ['127.0.0.1:70000', '127.0.0.1:0', '127.0.0.1:65000', '999.1.1.1:80', 'localhost:7946', '0.0.0.0:7946'];
    hostile.datagram(
      heartbeat(hostile.address, [entry(hostile.address), ...impossible.map((addr) => entry(addr)), entry(marker)]),
    );
    await node.until('what can be forwarded', () => honest.datagrams.some((text) => text.includes(`"${marker}"`)), 10_000);
    await blamed('digest entries with wrong fields');
    const forwarded = honest.datagrams.join('\n');
    for (const address of impossible) expect(forwarded).not.toContain(`"${address}"`);
    expect(node.roster()?.peers.map((peer) => peer.id)).not.toEqual(expect.arrayContaining(impossible));
  });

  test('100,000 invented members', async () => {
    const { node, hostile, blamed } = await setUp();
    const socket = connect({ host: '127.0.0.1', port: Number(node.address.split(':')[1]) });
    socket.on('error', () => {});
    for (let batch = 0; batch < 20; batch++) {
      const entries = Array.from({ length: 5_000 }, (_unused, index) => {
        const number = batch * 5_000 + index;
        return entry(`10.${number >> 16}.${(number >> 8) & 255}.${number & 255}:7946`);
      });
      const payload = Buffer.from(heartbeat(hostile.address, [entry(hostile.address), ...entries]));
      const length = Buffer.alloc(4);
      length.writeUInt32BE(payload.length);
      socket.write(Buffer.concat([length, payload]));
    }
    await node.until('the members that fit', () => (node.roster()?.peers.length ?? 0) > 4_000, 15_000);
    await blamed('It names more members than this node keeps');
    expect(node.roster()?.peers.length).toBeLessThanOrEqual(4_096);
    if (process.platform === 'linux') {
      const status = readFileSync(`/proc/${node.pid}/status`, 'utf8');
      const residentMiB = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
      expect(residentMiB, 'memory is bounded').toBeLessThan(300);
    }
    socket.destroy();
  });

  test('a flood of datagrams', async () => {
    const { hostile, blamed } = await setUp();
    const ping = `U${JSON.stringify({ type: 'PING', from: hostile.address, id: 'feedbeef', timestamp: 1 })}`;
    for (let index = 0; index < 5_000; index++) {
      hostile.datagram(ping);
      // The honest peer lives in this process and has probes to answer.
      if (index % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await blamed('It sends more messages than this node takes');
  });
});

describe('messages', () => {
  test('a role name of 1 MB', async () => {
    const { node, hostile, blamed } = await setUp();
    const dealer = await hostile.dealer();
    const agents = [
      { agent_id: 'huge-1', role: 'x'.repeat(1_000_000), capabilities: [] },
      { agent_id: 'small-1', role: 'small', capabilities: [] },
    ];
    await dealer.send(announcement(hostile.address, hostile.address, agents));
    await node.until('what is usable', () => node.role('small'));
    expect(node.roster()?.roles.map((role) => role.role)).toEqual(['clerk', 'small']);
    expect(node.peer(hostile.address)?.warnings).toEqual([expect.stringContaining('1 agent without a usable id or role')]);
    await dealer.send('x'.repeat(4 * 1024 * 1024 + 10));
    await blamed('cannot be read');
  });

  test('announcements for other nodes, in its own name and in theirs', async () => {
    const { node, honest, hostile, blamed } = await setUp();
    const dealer = await hostile.dealer();
    const agents = [{ agent_id: 'false-1', role: 'false', capabilities: [] }];
    await dealer.send(announcement(hostile.address, honest.address, agents));
    await blamed(`in the name of ${honest.address}`);
    await dealer.send(announcement(honest.address, honest.address, agents));
    await blamed('It sent messages in the name of');
    await node.until('both are acknowledged', () => dealer.answers.length === 4);
    expect(dealer.answers.at(-1)).toMatchObject({ ack_type: 'processing', success: false });
    expect(node.role('false')).toBeUndefined();
    const taken = { type: 'CAPABILITY_DEANNOUNCEMENT', id: 'd-1', from_node: hostile.address, require_ack: true };
    await dealer.send({ ...taken, payload: { node_id: honest.address, agent_ids: ['clerk-1'] } });
    await node.until('it is acknowledged', () => dealer.answers.length === 6);
    expect(node.role('clerk')).toMatchObject({ gone: false });
  });

  test('acknowledgements that were never asked for, on either connection', async () => {
    const { hostile, blamed } = await setUp();
    for (let index = 0; index < 100; index++)
      await hostile.answerUnasked({ type: 'ACK', ack_type: 'processing', ack_for: `never-${index}`, success: true });
    await blamed('It acknowledges messages that were never sent to it');
    const dealer = await hostile.dealer();
    await dealer.send({ type: 'ACK', ack_type: 'delivery', ack_for: 'x', success: true });
    await blamed('acknowledgements to our ROUTER');
  });

  test('answers to questions that others were asked', async () => {
    const { node, honest, hostile } = await setUp();
    const asking = node.request({ command: 'ask', target: { role: 'clerk' }, data: {}, timeoutMs: 20_000 });
    let settled = false;
    void asking.then(() => {
      settled = true;
    });
    await node.until('the question', () => honest.received.includes('PEER_REQUEST'));
    const dealer = await hostile.dealer();
    const payload = { sender: 'x', sender_node: hostile.address, target: 'y', data: { forged: true }, correlation_id: 'req-0' };
    await dealer.send({ type: 'PEER_RESPONSE', id: 'r-1', from_node: hostile.address, require_ack: true, payload });
    await node.until('it is acknowledged', () => dealer.answers.length === 2);
    expect(settled).toBe(false);
    asking.cancel();
    expect(await asking).toMatchObject({ ok: false, error: 'The question was cancelled.' });
  });
});
