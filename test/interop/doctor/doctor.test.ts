/** The doctor and real nodes of the framework, each started with one thing wrong. */
import { afterAll, expect, it } from 'vitest';
import { type CauseCode, type Diagnosis, type DoctorStep, firstFailure } from '#schemas/fleet/doctor.ts';
import { examine } from '#server/doctor/doctor.ts';
import { namedTarget, type Target } from '#server/doctor/targets.ts';
import { killAll, type PythonNode, startPython } from '../mesh/pythonNode.ts';

afterAll(killAll);

const startedMs = 90_000;

function target(name: string, port: number, seeds: readonly string[] = []): Target {
  const found = namedTarget(`127.0.0.1:${port}`, null, name);
  if (found === null) throw new Error('no address');
  return { ...found, declared: true, seeds };
}

function verdict(diagnosis: Diagnosis | undefined): readonly [DoctorStep, CauseCode | undefined] | 'sound' {
  if (diagnosis === undefined) throw new Error('no diagnosis');
  const first = firstFailure(diagnosis);
  return first === null ? 'sound' : [first.step, first.causes[0]?.code];
}

const started = (node: PythonNode) => node.event('its start', ({ event }) => event === 'started', startedMs);

it('tells apart what is wrong with nodes of the newest release', async () => {
  const release = '3.0.0';
  const first = await startPython(release, ['researcher'], []);
  const [second, wildcard, elsewhere, offset, stranger] = await Promise.all([
    startPython(release, ['coder'], [first.address]),
    startPython(release, ['writer'], [], {}, { host: '0.0.0.0' }),
    startPython(release, ['analyst'], [], {}, { host: '127.0.0.2' }),
    startPython(release, ['editor'], [], { zmq_port_offset: 1_300 }),
    // A seed is listed before anybody has met it: enough to be another fleet's member.
    startPython(release, ['critic'], ['127.0.0.3:7946']),
  ]);
  const nodes = [first, second, wildcard, elsewhere, offset, stranger];
  await Promise.all(nodes.map(started));
  const targets = [
    target('first', first.port),
    target('second', second.port, [first.address]),
    target('wildcard', wildcard.port),
    target('elsewhere', elsewhere.port),
    target('offset', offset.port),
    target('stranger', stranger.port),
  ];
  const before = first.statesOf('').length;
  const diagnoses = await examine(targets, { declared: targets, roster: null });
  expect(diagnoses.map(verdict)).toEqual([
    'sound',
    'sound',
    ['identity', 'wildcard-identity'],
    ['zmq', 'bound-elsewhere'],
    ['zmq', 'wrong-offset'],
    ['fleet', 'other-fleet'],
  ]);
  expect(firstFailure(diagnoses[4] as Diagnosis)?.message).toContain(`${offset.port + 1_300}`);
  expect(diagnoses[1]?.steps.find(({ step }) => step === 'mesh')?.message).toContain('first');
  expect(before).toBe(0);
  // Nobody joined anybody: each lists what it listed before, and no node lists the doctor.
  const members = await Promise.all(
    nodes.map(async (node) => {
      const sinceMs = Date.now();
      node.send({ command: 'members' });
      const { members: found = {} } = await node.event('members', ({ event }) => event === 'members', 10_000, sinceMs);
      return Object.keys(found).toSorted();
    }),
  );
  const fleet = [first.address, second.address].toSorted();
  expect(members.slice(0, 2)).toEqual([fleet, fleet]);
  for (const node of [wildcard, elsewhere, offset]) expect(members[nodes.indexOf(node)]).toEqual([node.address]);
  await Promise.all(nodes.map((node) => node.kill()));
  const [gone] = await examine(targets.slice(0, 1), { declared: targets, roster: null });
  expect(verdict(gone)).toEqual(['udp', 'not-started']);
});

it('takes a node of 1.0.2 for sound, and sees that its process stands still', async () => {
  const node = await startPython('1.0.2', ['coder'], []);
  await started(node);
  const targets = [target('coder', node.port)];
  const [sound] = await examine(targets, { declared: targets, roster: null });
  expect(verdict(sound)).toBe('sound');
  process.kill(node.pid, 'SIGSTOP');
  const [stopped] = await examine(targets, { declared: targets, roster: null });
  process.kill(node.pid, 'SIGCONT');
  expect(verdict(stopped)).toEqual(['udp', 'process-stopped']);
  await node.kill();
});
