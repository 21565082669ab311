/** Our node in a fleet of real framework nodes, oldest and newest release. */
import { afterEach, describe, expect, test } from 'vitest';
import { startNode, type TestNode } from '../../sockets/mesh/support.ts';
import { releases } from '../setup.ts';
import { killAll, type PythonNode, startPython } from './pythonNode.ts';

afterEach(killAll);

/** How long the fleet is watched for a false suspicion. */
const calmMs = 120_000;

interface Seen {
  aliveAtMs: number | null;
  rolesAtMs: number | null;
}

/** When a peer was first alive, and first had its roles, with us. */
function watchFirst(node: TestNode, peer: string, roles: string[]): Promise<Seen> {
  const seen: Seen = { aliveAtMs: null, rolesAtMs: null };
  return node.until(
    `${peer} alive with ${roles.join(', ')}`,
    () => {
      const facts = node.peer(peer);
      if (facts?.state === 'alive') seen.aliveAtMs ??= Date.now();
      if (facts !== undefined && roles.every((role) => facts.agents.some((agent) => agent.role === role)))
        seen.rolesAtMs ??= Date.now();
      return seen.aliveAtMs !== null && seen.rolesAtMs !== null ? seen : null;
    },
    60_000,
  );
}

async function waitReady(python: PythonNode): Promise<void> {
  await python.event('started', (event) => event.event === 'started', 90_000);
}

describe.each(releases)('with two nodes of release %s', (release) => {
  test('both are seen at once, hold us for alive for 120 s, and are seen dying and coming', async () => {
    const node = await startNode({ name: 'observer' });
    const first = await startPython(release, ['alpha', 'omega'], [node.address]);
    const second = await startPython(release, ['beta'], [node.address]);
    const [firstSeen, secondSeen] = await Promise.all([
      watchFirst(node, first.address, ['alpha', 'omega']),
      watchFirst(node, second.address, ['beta']),
    ]);
    await Promise.all([waitReady(first), waitReady(second)]);

    for (const [python, seen] of [
      [first, firstSeen],
      [second, secondSeen],
    ] as const) {
      const firstPacket = (await python.event('its first packet', (event) => event.event === 'first-packet', 1_000)).t * 1_000;
      const announcing = (await python.event('announcing', (event) => event.event === 'announcing', 1_000)).t * 1_000;
      const aliveMs = (seen.aliveAtMs ?? Number.POSITIVE_INFINITY) - firstPacket;
      const rolesMs = (seen.rolesAtMs ?? Number.POSITIVE_INFINITY) - announcing;
      console.log(
        `${release} ${python.address}: alive ${Math.round(aliveMs)} ms after its first packet, roles ${Math.round(rolesMs)} ms after its announcement`,
      );
      expect(aliveMs).toBeLessThan(1_000);
      expect(rolesMs).toBeLessThan(3_000);
      await python.event(
        'us in its list',
        (event) => event.event === 'member' && event.peer === node.address && event.state === 'ALIVE',
        5_000,
      );
    }

    const calmSinceMs = Date.now();
    await expect(
      node.until(
        'a state other than alive',
        () => node.history.find((entry) => entry.state !== 'alive' && entry.atMs >= calmSinceMs),
        calmMs,
      ),
      'no false suspicion of ours',
    ).rejects.toThrow('Not within');
    for (const python of [first, second])
      expect(new Set(python.statesOf(node.address)), 'no false suspicion of theirs').toEqual(new Set(['ALIVE']));
    expect(node.roster()?.self).toMatchObject({ incarnation: 1, observing: true });
    expect(first.roles().concat(second.roles()).join(), 'an observer announces nothing').not.toContain('jarviscore-fleet');

    const killedMs = Date.now();
    await second.kill();
    await node.until('suspect', () => node.peer(second.address)?.state === 'suspect', 10_000);
    const suspectMs = Date.now() - killedMs;
    await node.until('dead', () => node.peer(second.address)?.state === 'dead', 25_000);
    console.log(`${release}: suspect ${suspectMs} ms, dead ${Date.now() - killedMs} ms after kill -9`);
    expect(node.role('beta')).toMatchObject({ gone: true });
    expect(node.role('alpha')).toMatchObject({ gone: false });

    const third = await startPython(release, ['gamma'], [first.address]);
    await watchFirst(node, third.address, ['gamma']);
    expect(node.peer(first.address)?.state).toBe('alive');
    await Promise.all([first.kill(), third.kill()]);
  }, 300_000);

  test('questions are answered in both directions, by role, and notifications arrive', async () => {
    const node = await startNode({ name: 'asker' });
    const python = await startPython(release, ['alpha'], [node.address]);
    await watchFirst(node, python.address, ['alpha']);
    await waitReady(python);

    const observed = await node.request({ command: 'ask', target: { role: 'alpha' }, data: 'who are you?', timeoutMs: 20_000 });
    expect(observed).toMatchObject({
      ok: true,
      data: { response: 'alpha heard you', echo: { query: 'who are you?', from: expect.stringMatching(/^jarviscore-fleet-/) } },
    });

    expect(
      await node.request({ command: 'announce', agents: [{ role: 'scribe', capabilities: [], description: 'writes' }] }),
    ).toMatchObject({ ok: true });
    await python.event(
      'our role in list_roles()',
      (event) => event.event === 'roles' && event.roles?.includes('scribe') === true,
      5_000,
    );
    const begun = performance.now();
    const answer = await node.request({ command: 'ask', target: { role: 'alpha' }, data: { n: 1 }, timeoutMs: 10_000 });
    console.log(`${release}: answered in ${Math.round(performance.now() - begun)} ms`);
    expect(answer).toMatchObject({ ok: true, data: { echo: { n: 1 } } });

    python.send({ command: 'ask', id: 'p1', role: 'scribe', data: { query: 'and you?' }, timeout: 15 });
    const question = await node.until('its question', () => node.events.find((event) => event.event === 'message'), 10_000);
    if (question.event !== 'message' || question.correlationId === null) throw new Error('not a request');
    expect(question).toMatchObject({
      type: 'PEER_REQUEST',
      from: { node: python.address },
      to: { role: 'scribe' },
      data: { query: 'and you?' },
    });
    expect(
      await node.request({ command: 'respond', correlationId: question.correlationId, data: { response: 'a scribe' } }),
    ).toMatchObject({ ok: true });
    const got = await python.event('our answer', (event) => event.event === 'answer' && event.id === 'p1', 15_000);
    expect(got.data).toEqual({ response: 'a scribe' });

    expect(await node.request({ command: 'notify', target: { role: 'alpha' }, data: { note: 7 } })).toMatchObject({ ok: true });
    const note = await python.event('our notification', (event) => event.event === 'notify', 10_000);
    expect(note.data, 'also 1.0.2 gets it, which loses those of other Python nodes').toEqual({ note: 7 });

    await node.stop();
    await python.event(
      'us leaving',
      (event) => event.event === 'member' && event.peer === node.address && event.state === 'DEAD',
      3_000,
    );
    expect(python.statesOf(node.address), 'never suspected').not.toContain('SUSPECT');
    await python.event(
      'our role gone',
      (event) => event.event === 'roles' && event.roles?.includes('scribe') === false && event.t * 1_000 > Date.now() - 10_000,
      5_000,
    );
    await python.kill();
  }, 180_000);
});

test('both releases in one fleet', async () => {
  const node = await startNode({ name: 'between' });
  const [oldest, newest] = releases;
  const old = await startPython(oldest, ['elder'], [node.address]);
  const young = await startPython(newest, ['junior'], [node.address]);
  await Promise.all([watchFirst(node, old.address, ['elder']), watchFirst(node, young.address, ['junior'])]);
  await Promise.all([waitReady(old), waitReady(young)]);
  for (const role of ['elder', 'junior']) {
    const answer = await node.request({ command: 'ask', target: { role }, data: { hello: role }, timeoutMs: 20_000 });
    expect(answer).toMatchObject({ ok: true, data: { echo: { hello: role } } });
  }
  await old.kill();
  await young.stop();
  await node.until('the young one’s role taken back', () => node.role('junior') === undefined, 10_000);
}, 180_000);
