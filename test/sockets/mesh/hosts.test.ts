/** Our own hosts among themselves, on loopback, through the supervisor that the language server uses. */
import { describe, expect, test } from 'vitest';
import { freePort } from './freePort.ts';
import { startNode, type TestNode } from './support.ts';

const analyst = { role: 'analyst', capabilities: ['sum'], description: 'adds' };

function aliveAt(node: TestNode, address: string, timeoutMs?: number) {
  return node.until(`${address} alive`, () => node.peer(address)?.state === 'alive', timeoutMs);
}

async function trio() {
  const one = await startNode({ name: 'one' });
  const [two, three] = await Promise.all([
    startNode({ name: 'two', seeds: [one.address] }),
    startNode({ name: 'three', seeds: [one.address] }),
  ]);
  await Promise.all([
    aliveAt(one, two.address),
    aliveAt(one, three.address),
    aliveAt(two, one.address),
    aliveAt(two, three.address),
    aliveAt(three, one.address),
    aliveAt(three, two.address),
  ]);
  return { one, two, three };
}

describe('a fleet of three', () => {
  test('all see each other, and the role one of them announces', async () => {
    const { one, two, three } = await trio();
    expect(one.roster()?.self).toMatchObject({ observing: true, agents: [], keepalive: 'running' });
    const announced = await two.request({ command: 'announce', agents: [analyst] });
    expect(announced).toMatchObject({ ok: true, data: [{ role: 'analyst', capabilities: ['sum'] }] });
    for (const node of [one, three]) {
      const role = await node.until('the role', () => node.role('analyst'));
      expect(role).toMatchObject({ gone: false, holders: [{ peer: two.address, state: 'alive' }] });
      expect(node.peer(two.address)).toMatchObject({ name: 'two', announced: true, zmqAddress: two.status.self?.zmqAddress });
    }
    expect(two.role('analyst')).toMatchObject({ holders: [{ peer: null, state: 'alive' }] });
    // An observer is known to be one: it answered, with nothing.
    await one.until('the observer answered', () => one.peer(three.address)?.announced === true);
    expect(one.peer(three.address)?.agents).toEqual([]);
  });

  test('questions go both ways, by role and by agent; the first one announces the asker', async () => {
    const { one, two } = await trio();
    await two.request({ command: 'announce', agents: [analyst] });
    await one.until('the role', () => one.role('analyst'));
    const begun = performance.now();
    const asking = one.request({ command: 'ask', target: { role: 'analyst' }, data: 'two and two?', timeoutMs: 5_000 });
    const question = await two.until('the question', () => two.events.find((event) => event.event === 'message'));
    if (question.event !== 'message' || question.correlationId === null) throw new Error('no request');
    expect(question).toMatchObject({
      type: 'PEER_REQUEST',
      from: { node: one.address },
      to: { role: 'analyst' },
      data: { query: 'two and two?', from: expect.stringMatching(/^jarviscore-fleet-[0-9a-f]{8}$/) },
    });
    const responded = await two.request({ command: 'respond', correlationId: question.correlationId, data: { response: 4 } });
    expect(responded.ok).toBe(true);
    expect(await asking).toEqual({ ok: true, data: { response: 4 }, error: null });
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(one.status.self?.observing).toBe(false);

    const asker = await two.until('the asker’s agent', () => two.peer(one.address)?.agents[0]);
    const back = await two.request({ command: 'notify', target: { agent: asker.id }, data: { note: 1 } });
    expect(back).toEqual({ ok: true, data: null, error: null });
    const note = await one.until('the notification', () => one.events.find((event) => event.event === 'message'));
    expect(note).toMatchObject({ type: 'PEER_NOTIFY', correlationId: null, data: { note: 1 }, to: { agent: asker.id } });
  });

  test('a question can be cancelled and ends when its target dies', async () => {
    const { one, two } = await trio();
    await two.request({ command: 'announce', agents: [analyst] });
    await one.until('the role', () => one.role('analyst'));
    const cancelled = one.request({ command: 'ask', target: { role: 'analyst' }, data: {}, timeoutMs: 60_000 });
    await two.until('the question', () => two.events.find((event) => event.event === 'message'));
    cancelled.cancel();
    expect(await cancelled).toMatchObject({ ok: false, error: 'The question was cancelled.' });
    const dying = one.request({ command: 'ask', target: { role: 'analyst' }, data: {}, timeoutMs: 60_000 });
    await two.until('the second question', () => two.events.filter((event) => event.event === 'message').length === 2);
    await two.stop();
    expect(await dying).toMatchObject({ ok: false, error: `${two.address} left before it answered.` });
  });

  test('who leaves is "left" at once, its role gone with it', async () => {
    const { one, two, three } = await trio();
    await two.request({ command: 'announce', agents: [analyst] });
    await Promise.all([one, three].map((node) => node.until('the role', () => node.role('analyst'))));
    const begun = Date.now();
    expect(await two.stop()).toMatchObject({ phase: 'stopped', error: null });
    for (const node of [one, three]) {
      await node.until('left', () => node.peer(two.address)?.state === 'left', 2_000);
      expect(node.role('analyst')).toBeUndefined();
      expect(node.history.map((entry) => `${entry.peer} ${entry.state}`)).not.toContain(`${two.address} suspect`);
    }
    expect(Date.now() - begun).toBeLessThan(2_500);
  });

  test('who is killed is suspect, then dead, and its role is marked gone; its port is free again at once', async () => {
    const one = await startNode({ name: 'one' });
    const two = await startNode({ name: 'two', seeds: [one.address] });
    await aliveAt(one, two.address);
    await two.request({ command: 'announce', agents: [analyst] });
    await one.until('the role', () => one.role('analyst'));
    const begun = Date.now();
    two.dispose();
    await one.until('suspect', () => one.peer(two.address)?.state === 'suspect', 5_000);
    await one.until('dead', () => one.peer(two.address)?.state === 'dead', 10_000);
    expect(Date.now() - begun).toBeLessThan(10_000);
    expect(one.role('analyst')).toMatchObject({ gone: true, holders: [{ state: 'dead' }] });

    const again = await startNode({ name: 'again', port: Number(two.address.split(':')[1]), seeds: [one.address] });
    expect(again.address).toBe(two.address);
    await aliveAt(one, two.address, 3_000);
    await again.request({ command: 'announce', agents: [{ ...analyst, role: 'reborn' }] });
    await one.until('the new role', () => one.role('reborn'));
    expect(one.role('analyst')).toBeUndefined();
  });
});

test('a dead peer can be forgotten, an alive one cannot', async () => {
  const one = await startNode();
  const two = await startNode({ seeds: [one.address] });
  await aliveAt(one, two.address);
  expect(await one.request({ command: 'forget', peer: two.address })).toMatchObject({
    ok: false,
    error: `${two.address} is alive.`,
  });
  expect(await one.request({ command: 'forget', peer: '127.0.0.1:9' })).toMatchObject({ ok: false });
  await two.stop();
  await one.until('left', () => one.peer(two.address)?.state === 'left');
  expect(await one.request({ command: 'forget', peer: two.address })).toMatchObject({ ok: true });
  await one.until('forgotten', () => one.peer(two.address) === undefined);
});

test('a node without seeds that answer says so', async () => {
  const silent = `127.0.0.1:${await freePort()}`;
  const node = await startNode({ seeds: [silent] });
  expect(node.status.seeds).toMatchObject([{ address: silent, state: 'waiting' }]);
  await node.until('silent', () => node.status.seeds[0]?.state === 'silent', 8_000);
  expect(node.roster()?.peers).toEqual([]);
});
