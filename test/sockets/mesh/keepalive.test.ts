import { afterEach, expect, test } from 'vitest';
import { joinScriptedPeer, type ScriptedPeer } from './scriptedPeer.ts';
import { defaults, startNode } from './support.ts';

const keepalive = { ...defaults.keepalive, intervalMs: 200, suppressWindowMs: 50, ackTimeoutMs: 400, backoffMs: 700 };
const peers: ScriptedPeer[] = [];

afterEach(() => {
  for (const peer of peers.splice(0)) peer.close();
});

async function join(seed: string): Promise<ScriptedPeer> {
  const peer = await joinScriptedPeer(seed);
  peers.push(peer);
  return peer;
}

test('a peer that stops acknowledging backs off longer each time, and one success clears it', async () => {
  const node = await startNode({ keepalive });
  const peer = await join(node.address);
  const other = await join(node.address);
  const facts = (address = peer.address) => node.peer(address)?.keepalive;
  const healthy = await node.until('an acknowledged keepalive', () => (facts()?.lastAck === null ? null : facts()));
  expect(healthy).toMatchObject({ consecutiveSendFailures: 0, failureBackoffUntil: null });
  expect(healthy.rttMs).toBeLessThan(400);
  expect(node.peer(peer.address)?.keepalivePhase).toBe('ok');

  peer.acknowledges = false;
  const pauses: number[] = [];
  for (const failures of [1, 2, 3]) {
    const failed = await node.until(
      `${failures} failures`,
      () => (facts()?.consecutiveSendFailures === failures ? facts() : null),
      8_000,
    );
    if (failed.failureBackoffUntil === null || failed.lastSent === null) throw new Error('no backoff');
    // Seen after the failure, however late the timers of a busy machine are, so no more than the whole pause is left.
    const longest = keepalive.backoffMs * 2 ** (failures - 1) * (failures === 1 ? 1 : 1.1);
    expect(Date.parse(failed.failureBackoffUntil) - Date.now()).toBeLessThanOrEqual(longest + 1);
    pauses.push(Date.parse(failed.failureBackoffUntil) - Date.parse(failed.lastSent) - keepalive.ackTimeoutMs);
    expect(node.peer(peer.address)).toMatchObject({ state: 'alive', keepalivePhase: 'backoff' });
  }
  const [first, second, third] = pauses;
  // Measured from the sending, late timers only add. The exact pauses are held on a virtual clock in
  // test/unit/mesh/keepalive.test.ts.
  expect(first).toBeGreaterThanOrEqual(keepalive.backoffMs - 5);
  expect(second).toBeGreaterThanOrEqual(keepalive.backoffMs * 2 * 0.9 - 5);
  expect(third).toBeGreaterThanOrEqual(keepalive.backoffMs * 4 * 0.9 - 5);
  expect(facts(other.address), 'the other peer is not held responsible').toMatchObject({ consecutiveSendFailures: 0 });
  expect(node.roster()?.self.keepalive).toBe('running');
  other.acknowledges = false;
  await node.until('none reached', () => node.roster()?.self.keepalive === 'none-reached', 8_000);

  peer.acknowledges = true;
  const recovered = await node.until('the count is 0', () => (facts()?.consecutiveSendFailures === 0 ? facts() : null), 10_000);
  expect(recovered.failureBackoffUntil).toBeNull();
  expect(node.roster()?.self.keepalive).toBe('running');
});

test('no members is told apart from none reached, by what is allowed', async () => {
  const allowed = await startNode({ keepalive });
  expect(allowed.roster()?.self.keepalive).toBe('no-peers-allowed');
  const strict = await startNode({ keepalive: { ...keepalive, allowZeroPeers: false } });
  expect(strict.roster()?.self.keepalive).toBe('no-peers-backoff');
  await join(strict.address);
  await strict.until('a member', () => strict.roster()?.self.keepalive === 'running');
});

test('keepalives switched off are never sent', async () => {
  const node = await startNode({ keepalive: { ...keepalive, enabled: false } });
  const peer = await join(node.address);
  await node.until('alive', () => node.peer(peer.address)?.keepalivePhase === 'disabled');
  await node.until(
    'asked for its roster several times',
    () => peer.received.filter((type) => type === 'CAPABILITY_REQUEST').length >= 3,
  );
  expect(peer.received).not.toContain('P2P_KEEPALIVE');
});
