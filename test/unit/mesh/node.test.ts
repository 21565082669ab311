import { describe, expect, test } from 'vitest';
import { hostEventSchema } from '#schemas/fleet/mesh.ts';
import { applyDelta } from '#server/mesh/host/applyDelta.ts';
import { NodeNet, netConfig } from './nodeNet.ts';

const agent = (role: string) => ({ role, capabilities: [], description: '' });

function pair() {
  const net = new NodeNet();
  const one = net.add(7_001);
  const two = net.add(7_002, { seeds: [one.address], name: 'two' });
  net.run(2_000);
  return { net, one, two };
}

test('two nodes join, and everything told about it fits the contract and the snapshot', () => {
  const { net, one, two } = pair();
  two.command({ command: 'announce', id: 1, agents: [agent('analyst')] });
  net.run(500);
  expect(one.peer(two.address)).toMatchObject({
    state: 'alive',
    name: 'two',
    announced: true,
    agents: [{ role: 'analyst' }],
    zmqAddress: '127.0.0.1:8002',
    incarnation: 1,
  });
  one.command({ command: 'snapshot' });
  let mirror = null;
  for (const event of one.events) {
    hostEventSchema.parse(event);
    if (event.event === 'snapshot') expect(event.snapshot).toBe(one.node.snapshot());
    if (event.event !== 'delta') continue;
    const before = mirror ?? { ...one.node.snapshot(), revision: 0, peers: [], roles: [], seeds: [] };
    mirror = applyDelta(before, event.delta);
    expect(mirror, 'no gap').not.toBeNull();
  }
  expect(mirror?.peers).toEqual(one.node.snapshot().peers);
  expect(mirror?.roles).toEqual(one.node.snapshot().roles);
});

test('while nothing happens, nothing is told', () => {
  const { net, one } = pair();
  net.run(20_000);
  const before = one.events.length;
  net.run(30_000);
  expect(one.events.slice(before)).toEqual([]);
});

test('a killed node is suspect, dead, its role gone; a new process on its address brings only its own agents', () => {
  const { net, one, two } = pair();
  two.command({ command: 'announce', id: 1, agents: [agent('old')] });
  net.run(500);
  net.down.add(two.address);
  net.run(3_000);
  expect(one.peer(two.address)?.state).toBe('suspect');
  expect(one.roles()).toEqual(['old']);
  net.run(12_000);
  expect(one.peer(two.address)?.state).toBe('dead');
  expect(one.roles()).toEqual(['old (gone)']);
  net.down.delete(two.address);
  net.remove(two);
  const again = net.add(7_002, { seeds: [one.address] });
  net.run(200);
  expect(one.peer(two.address)).toMatchObject({ state: 'alive', agents: [] });
  expect(one.roles()).toEqual([]);
  again.command({ command: 'announce', id: 1, agents: [agent('new')] });
  net.run(200);
  expect(one.roles()).toEqual(['new']);
});

test('who is called dead refutes and announces itself again, for those who dropped its agents', () => {
  const { net, one, two } = pair();
  two.command({ command: 'announce', id: 1, agents: [agent('mine')] });
  net.run(20_000);
  const accusedMs = net.nowMs;
  const entry = (addr: string, state: string, incarnation: number) => ({
    addr,
    state,
    incarnation,
    last_heartbeat: 1,
    metadata: {},
  });
  const digest = {
    version: 1,
    entries: [entry(one.address, 'ALIVE', 1), entry(two.address, 'DEAD', 4)],
    is_full: false,
    timestamp: 1,
    source: one.address,
  };
  const heartbeat = { type: 'HEARTBEAT', from: one.address, digest, id: '0123abcd', timestamp: 1 };
  net.inject(two.address, {
    kind: 'datagram',
    from: one.address,
    bytes: new TextEncoder().encode(`U${JSON.stringify(heartbeat)}`),
  });
  net.run(12_000);
  expect(two.node.snapshot().self.incarnation).toBe(5);
  expect(one.peer(two.address)).toMatchObject({ state: 'alive', incarnation: 5, agents: [{ role: 'mine' }] });
  const repeats = net.messages.filter(
    (message) => message.from === two.address && message.type === 'CAPABILITY_ANNOUNCEMENT' && message.atMs > accusedMs,
  );
  expect(repeats.map((message) => Math.round((message.atMs - accusedMs) / 1_000))).toEqual([2, 5, 10]);
});

describe('leaving', () => {
  test('takes the agents back first, then the membership, then is done', () => {
    const { net, one, two } = pair();
    two.command({ command: 'announce', id: 1, agents: [agent('mine')] });
    net.run(500);
    two.command({ command: 'stop' });
    net.run(1_000);
    expect(two.left).toBe(true);
    expect(two.node.nextTimeout()).toBeUndefined();
    expect(one.peer(two.address)).toMatchObject({ state: 'left', agents: [] });
    expect(one.roles()).toEqual([]);
  });

  test('does not wait for a peer that does not listen', () => {
    const { net, one, two } = pair();
    two.command({ command: 'announce', id: 1, agents: [agent('mine')] });
    net.run(500);
    net.deafRouters.add(one.address);
    two.command({ command: 'stop' });
    net.run(900);
    expect(two.left).toBe(true);
    expect(one.peer(two.address)?.state).toBe('left');
    expect(one.roles(), 'what it could not take back is gone with it').toEqual(['mine (gone)']);
  });
});

test('keepalive failures and backoff are in the row, one acknowledgement clears them', () => {
  const net = new NodeNet();
  const keepalive = { ...netConfig.keepalive, intervalMs: 5_000, suppressWindowMs: 1_000, ackTimeoutMs: 1_000 };
  const one = net.add(7_001, { keepalive });
  const two = net.add(7_002, { seeds: [one.address] });
  net.run(10_000);
  expect(one.peer(two.address)).toMatchObject({ keepalivePhase: 'ok', keepalive: { consecutiveSendFailures: 0, rttMs: 2 } });
  net.deafRouters.add(two.address);
  net.run(8_000);
  const failed = one.peer(two.address);
  expect(failed).toMatchObject({ state: 'alive', keepalivePhase: 'backoff', keepalive: { consecutiveSendFailures: 1 } });
  expect(Date.parse(failed?.keepalive?.failureBackoffUntil ?? '') - Date.parse(failed?.keepalive?.lastSent ?? '')).toBe(46_000);
  expect(one.node.snapshot().self.keepalive).toBe('none-reached');
  net.deafRouters.clear();
  net.run(46_000);
  expect(one.peer(two.address)).toMatchObject({
    keepalivePhase: 'ok',
    keepalive: { consecutiveSendFailures: 0, failureBackoffUntil: null },
  });
  expect(one.node.snapshot().self.keepalive).toBe('running');
});

test('readmit and forget say why they cannot', () => {
  const { net, one, two } = pair();
  one.command({ command: 'readmit', id: 'r', peer: two.address });
  one.command({ command: 'forget', id: 'f', peer: '127.0.0.1:1' });
  expect(one.results()).toMatchObject([
    { id: 'r', command: 'readmit', ok: false, error: `${two.address} is alive.` },
    { id: 'f', command: 'forget', ok: false, error: '127.0.0.1:1 is not a known peer.' },
  ]);
  net.down.add(two.address);
  net.run(20_000);
  one.command({ command: 'forget', id: 'f2', peer: two.address });
  expect(one.results().at(-1)).toMatchObject({ id: 'f2', ok: true, error: null });
  expect(one.peer(two.address)).toBeUndefined();
});

test('a node that announces itself as 0.0.0.0 is reached where its packets come from, with a warning', () => {
  const net = new NodeNet();
  const one = net.add(7_001);
  const two = net.add(7_002);
  // The framework node's own words: every message carries the bound address.
  const say = (message: object) =>
    net.inject(one.address, {
      kind: 'datagram',
      from: two.address,
      bytes: new TextEncoder().encode(`U${JSON.stringify(message)}`),
    });
  const entry = { addr: '0.0.0.0:7002', state: 'ALIVE', incarnation: 1, last_heartbeat: 1, metadata: {} };
  const digest = { version: 1, entries: [entry], is_full: false, timestamp: 1, source: '0.0.0.0:7002' };
  say({ type: 'HEARTBEAT', from: '0.0.0.0:7002', digest, id: '0123abcd', timestamp: 1 });
  net.run(100);
  const row = one.peer(two.address);
  expect(row?.warnings.join(' ')).toContain('0.0.0.0');
  expect(net.datagrams.filter((datagram) => datagram.to.startsWith('0.0.0.0'))).toEqual([]);
  const payload = { node_id: '0.0.0.0:7002', agents: { a1: { agent_id: 'a1', role: 'wild', capabilities: [] } } };
  const message = {
    type: 'CAPABILITY_ANNOUNCEMENT',
    id: 'm1',
    from_node: '0.0.0.0:7002',
    payload: JSON.stringify(payload),
    require_ack: true,
  };
  net.inject(one.address, { kind: 'router', identity: two.address, bytes: new TextEncoder().encode(JSON.stringify(message)) });
  net.run(100);
  expect(one.peer(two.address)?.agents).toMatchObject([{ id: 'a1', role: 'wild' }]);
});
