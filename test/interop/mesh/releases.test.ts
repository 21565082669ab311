/**
 * Everything our node does with a real node of each release: join, be listed, ask, be asked, notify, keepalive both ways,
 * bring a restarted node back, leave. Two releases at a time, each in a fleet of its own.
 */
import { afterEach, expect, test } from 'vitest';
import type { BehaviourGroup } from '#schemas/fleet/peer.ts';
import { defaults, startNode } from '../../sockets/mesh/support.ts';
import { killAll, type PythonNode, startPython } from './pythonNode.ts';

afterEach(killAll);

interface Expected {
  readonly release: string;
  /** What its announcements and answers give away. */
  readonly groups: readonly BehaviourGroup[];
  /** 1.1.0 to 1.4.1 reach no agent of another node and serve none. */
  readonly addressable: boolean;
}

const fleets: readonly (readonly Expected[])[] = [
  [
    { release: '1.0.2', groups: ['A', 'C'], addressable: true },
    { release: '3.0.0', groups: ['D', 'E', 'F', 'G'], addressable: true },
  ],
  [
    { release: '1.3.2', groups: ['B'], addressable: false },
    { release: '2.4.1', groups: ['D', 'E', 'F', 'G'], addressable: true },
  ],
  [
    { release: '1.5.1', groups: ['A', 'C'], addressable: true },
    { release: '1.14.1', groups: ['D', 'E', 'F', 'G'], addressable: true },
  ],
];

type Ours = Awaited<ReturnType<typeof startNode>>;

/** Keepalives that a test can wait for. Both sides' answers count as activity there, so the windows are short. */
const keepalive = { ...defaults.keepalive, intervalMs: 4_000, suppressWindowMs: 1_000 };
const pythonKeepalive = { keepalive_interval: 5, activity_suppress_window: 0.5 };

async function isIn(node: Ours, python: PythonNode, role: string): Promise<void> {
  await node.until(
    `${python.release} alive with ${role}`,
    () => node.peer(python.address)?.state === 'alive' && node.role(role)?.gone === false,
    180_000,
  );
  await python.event('started', (event) => event.event === 'started', 120_000);
}

async function talks(
  node: Ours,
  python: PythonNode,
  { release, groups, addressable }: Expected,
  figures: string[],
): Promise<void> {
  const announced = await node.request({ command: 'announce', agents: [{ role: 'scribe', capabilities: [], description: 'x' }] });
  expect(announced.ok, release).toBe(true);
  const mesh = () => node.peer(python.address)?.mesh;
  if (!addressable) {
    // An asker cannot tell a dropped request from a slow agent before its time is over.
    const dropped = await node.request({ command: 'ask', target: { role: 'alpha' }, data: { n: 1 }, timeoutMs: 4_000 });
    expect(dropped, release).toMatchObject({ ok: false });
    await node.until(`${release} known to drop questions`, () => mesh()?.addressable === false);
    expect(mesh(), release).toMatchObject({ behaviour: { groups: ['B'] } });
    expect(mesh()?.marks.map((mark) => mark.kind)).toContain('not-addressable');
    return;
  }
  await python.event(
    'our role in list_roles()',
    (event) => event.event === 'roles' && event.roles?.includes('scribe') === true,
    10_000,
  );
  const begun = performance.now();
  const answer = await node.request({ command: 'ask', target: { role: 'alpha' }, data: { n: 1 }, timeoutMs: 15_000 });
  figures.push(`answered in ${Math.round(performance.now() - begun)} ms`);
  expect(answer, release).toMatchObject({ ok: true, data: { echo: { n: 1 } } });
  await node.until(`${release} known to answer`, () => mesh()?.addressable === true);
  expect(mesh(), release).toMatchObject({ behaviour: { groups: [...groups] } });

  python.send({ command: 'ask', id: 'p1', role: 'scribe', data: { query: 'and you?' }, timeout: 20 });
  const question = await node.until(
    `the question of ${release}`,
    () => node.events.find((event) => event.event === 'message'),
    20_000,
  );
  if (question.event !== 'message' || question.correlationId === null) throw new Error('not a request');
  expect(question, release).toMatchObject({
    type: 'PEER_REQUEST',
    from: { node: python.address },
    to: { role: 'scribe' },
    data: { query: 'and you?' },
  });
  await node.request({ command: 'respond', correlationId: question.correlationId, data: { response: 'a scribe' } });
  const got = await python.event('our answer', (event) => event.event === 'answer' && event.id === 'p1', 25_000);
  expect(got.data, release).toEqual({ response: 'a scribe' });

  const notified = await node.request({ command: 'notify', target: { role: 'alpha' }, data: { note: 7 } });
  const confirmed = groups.includes('G') ? null : { confirmed: false };
  expect(notified, release).toEqual({ ok: true, data: confirmed, error: null });
  const note = await python.event('our notification', (event) => event.event === 'notify', 15_000);
  expect(note.data, `${release}: also those that lose the notifications of Python nodes get ours`).toEqual({ note: 7 });
}

async function keepsAlive(node: Ours, python: PythonNode, figures: string[]): Promise<void> {
  const facts = await node.until(
    `our keepalive acknowledged by ${python.release}`,
    () => (node.peer(python.address)?.keepalive?.lastAck == null ? null : node.peer(python.address)?.keepalive),
    30_000,
  );
  expect(facts, python.release).toMatchObject({ consecutiveSendFailures: 0, failureBackoffUntil: null });
  figures.push(`keepalive round trip ${facts.rttMs} ms`);
  // Its loop looks for the first time 30 s after its start, then every 10 s (p2p/keepalive.py).
  const acks = (data: unknown) => (data as { metrics?: { acks?: number } } | null)?.metrics?.acks ?? 0;
  const asking = setInterval(() => python.send({ command: 'keepalive' }), 1_000);
  try {
    await python.event(
      'its keepalive acknowledged by us',
      (event) => event.event === 'keepalive' && acks(event.data) > 0,
      90_000,
    );
  } finally {
    clearInterval(asking);
  }
}

/** The framework's own fleet never takes a restarted node back, or by luck after 6 to 18 s; we do it on command. */
async function readmits(
  node: Ours,
  witness: PythonNode,
  victim: PythonNode,
  { release, addressable }: Expected,
  figures: string[],
): Promise<PythonNode> {
  const stateOf = (from: PythonNode, state: string, what: string, timeoutMs: number, sinceMs: number) =>
    from.event(
      what,
      (event) => event.event === 'member' && event.peer === victim.address && event.state === state,
      timeoutMs,
      sinceMs,
    );
  let current = victim;
  let commandedMs: number;
  let aliveMs: number;
  for (let attempt = 0; ; attempt++) {
    expect(attempt, `${release} came back by itself each time`).toBeLessThan(4);
    const killedMs = Date.now();
    await current.kill();
    const dead = await stateOf(witness, 'DEAD', 'the victim dead', 40_000, killedMs);
    await node.until(`${release} dead for us`, () => node.peer(victim.address)?.state === 'dead', 20_000);
    const seeds = [witness.address, node.address];
    current = await startPython(release, ['victim'], seeds, pythonKeepalive, { port: victim.port, reuse: true });
    await node.until(
      `the restarted ${release} readmittable, or back by luck`,
      () => node.peer(victim.address)?.mesh?.readmittable === true || node.peer(victim.address)?.state === 'alive',
      60_000,
    );
    await current.event('started', (event) => event.event === 'started', 120_000);
    if (node.peer(victim.address)?.mesh?.readmittable !== true) continue;
    expect(
      node.peer(victim.address)?.mesh?.marks.map((mark) => mark.kind),
      release,
    ).toContain('readmittable');

    commandedMs = Date.now();
    expect(await node.request({ command: 'readmit', peer: victim.address }), release).toMatchObject({ ok: true });
    expect(node.peer(victim.address)?.state).toBe('alive');
    const witnessed = await stateOf(witness, 'ALIVE', 'the victim alive again', 3_000, dead.t * 1_000);
    // The luck was quicker than the command, and we had not heard of it: says nothing about the command.
    if (witnessed.t * 1_000 < commandedMs) continue;
    const before = current.events.findLast(
      (event) => event.event === 'member' && event.peer === victim.address && event.t * 1_000 < commandedMs,
    );
    // It refutes for itself before it tells the witness.
    const itself =
      before?.state === 'ALIVE' ? witnessed : await stateOf(current, 'ALIVE', 'itself alive again', 3_000, commandedMs);
    aliveMs = Math.max(witnessed.t, itself.t) * 1_000 - commandedMs;
    break;
  }
  // The watcher looks every 20 ms, and the machine may be busy.
  expect(aliveMs, `${release}: alive for witness and victim`).toBeLessThan(100 + 150);
  if (!addressable) {
    figures.push(`readmitted: alive after ${Math.round(aliveMs)} ms`);
    return current;
  }
  const asked = await node.request({ command: 'ask', target: { role: 'victim' }, data: { n: 2 }, timeoutMs: 6_000 });
  const servingMs = Date.now() - commandedMs;
  figures.push(`readmitted: alive after ${Math.round(aliveMs)} ms, serving after ${servingMs} ms`);
  expect(asked, `${release} serves within 6 s of the command`).toMatchObject({ ok: true, data: { echo: { n: 2 } } });
  return current;
}

async function leaves(
  node: Ours,
  pythons: readonly PythonNode[],
  { release, addressable }: Expected,
  figures: string[],
): Promise<void> {
  const beganMs = Date.now();
  const stopping = node.stop();
  const took: number[] = [];
  for (const python of pythons) {
    const dead = await python.event(
      'us leaving',
      (event) => event.event === 'member' && event.peer === node.address && event.state === 'DEAD',
      3_000,
      beganMs,
    );
    took.push(dead.t * 1_000 - beganMs);
    const states = python.events.filter(
      (event) => event.event === 'member' && event.peer === node.address && event.t * 1_000 >= beganMs,
    );
    expect(
      states.map((event) => event.state),
      `${release} skips the 16 s of SUSPECT`,
    ).toEqual(['DEAD']);
    if (addressable) {
      await python.event(
        'our role gone',
        (event) => event.event === 'roles' && event.roles?.includes('scribe') === false,
        3_000,
        beganMs,
      );
    }
  }
  await stopping;
  figures.push(`left after ${Math.round(Math.max(...took))} ms`);
  // The watcher looks every 20 ms, and the machine may be busy.
  expect(Math.max(...took), release).toBeLessThan(100 + 150);
}

async function fleetOf(expected: Expected): Promise<void> {
  const { release } = expected;
  const figures: string[] = [];
  const node = await startNode({ name: `with-${release}`, keepalive });
  const witness = await startPython(release, ['alpha'], [node.address], pythonKeepalive);
  const victim = await startPython(release, ['victim'], [node.address, witness.address], pythonKeepalive);
  await Promise.all([isIn(node, witness, 'alpha'), isIn(node, victim, 'victim')]);
  await talks(node, witness, expected, figures);
  // The framework's keepalive loop needs up to 40 s; the other node dies and comes back meanwhile.
  const [again] = await Promise.all([readmits(node, witness, victim, expected, figures), keepsAlive(node, witness, figures)]);
  const wrongly = node.history.filter(
    (entry) => entry.peer === witness.address && entry.state !== 'alive' && entry.observedBy === node.address,
  );
  expect(wrongly, `${release}: no false suspicion`).toEqual([]);
  expect(node.peer(witness.address), `${release} breaks no rule`).toMatchObject({ warnings: [], mesh: { refused: 0 } });
  await leaves(node, [witness], expected, figures);
  console.log(`${release}: ${figures.join(', ')}`);
  await Promise.all([witness.kill(), again.kill()]);
}

test.each(fleets.map((fleet) => ({ fleet, name: fleet.map(({ release }) => release).join(' and ') })))(
  'with $name',
  async ({ fleet: expected }) => {
    await Promise.all(expected.map(fleetOf));
  },
  600_000,
);
