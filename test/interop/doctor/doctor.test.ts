/** The doctor and real nodes of the framework, each started with one thing wrong. */
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import type { CauseCode, Diagnosis, DoctorStep } from '#schemas/fleet/doctor.ts';
import { firstFailure } from '#schemas/fleet/firstFailure.ts';
import { examine } from '#server/doctor/doctor.ts';
import { namedTarget, type Target } from '#server/doctor/targets.ts';
import { killAll, type PythonNode, startPython } from '../mesh/pythonNode.ts';
import { runInOwnNetwork } from '../ownNetwork.ts';

afterAll(killAll);

/** Three processes that import the framework at once. */
const startedMs = 150_000;

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

async function verdicts(nodes: readonly PythonNode[], targets: readonly Target[]) {
  await Promise.all(nodes.map(started));
  return examine(targets, { declared: targets, roster: null });
}

/** Whom each lists by now. */
function members(nodes: readonly PythonNode[]): Promise<(readonly string[])[]> {
  return Promise.all(
    nodes.map(async (node) => {
      const sinceMs = Date.now();
      node.send({ command: 'members' });
      const found = await node.event('members', ({ event }) => event === 'members', 10_000, sinceMs);
      return Object.keys(found.members ?? {}).toSorted();
    }),
  );
}

const newest = '3.0.0';

it('finds nothing wrong with two that are a fleet, sees that a third belongs to another one, and joins nobody', async () => {
  const first = await startPython(newest, ['researcher'], []);
  await started(first);
  const second = await startPython(newest, ['coder'], [first.address]);
  // A seed is listed before anybody has met it: enough to be a member of another fleet.
  const stranger = await startPython(newest, ['critic'], ['127.0.0.3:7946']);
  const nodes = [first, second, stranger];
  const targets = [
    target('first', first.port),
    target('second', second.port, [first.address]),
    target('stranger', stranger.port),
  ];
  const diagnoses = await verdicts(nodes, targets);
  expect(diagnoses.map(verdict)).toEqual(['sound', 'sound', ['fleet', 'other-fleet']]);
  expect(diagnoses[1]?.steps.find(({ step }) => step === 'mesh')?.message).toContain('first');
  const fleet = [first.address, second.address].toSorted();
  expect(await members(nodes)).toEqual([fleet, fleet, [stranger.address, '127.0.0.3:7946'].toSorted()]);
  await Promise.all(nodes.map((node) => node.kill()));
  const [gone] = await examine(targets.slice(0, 1), { declared: targets, roster: null });
  expect(verdict(gone)).toEqual(['udp', 'not-started']);
});

it('tells a wildcard identity, another interface and another ZeroMQ offset apart', async () => {
  const wildcard = await startPython(newest, ['writer'], [], {}, { host: '0.0.0.0' });
  const elsewhere = await startPython(newest, ['analyst'], [], {}, { host: '127.0.0.2' });
  const offset = await startPython(newest, ['editor'], [], { zmq_port_offset: 1_300 });
  const nodes = [wildcard, elsewhere, offset];
  const targets = [target('wildcard', wildcard.port), target('elsewhere', elsewhere.port), target('offset', offset.port)];
  const diagnoses = await verdicts(nodes, targets);
  expect(diagnoses.map(verdict)).toEqual([
    ['identity', 'wildcard-identity'],
    ['zmq', 'bound-elsewhere'],
    ['zmq', 'wrong-offset'],
  ]);
  expect(diagnoses[2]?.steps.find(({ step }) => step === 'zmq')?.message).toContain(`127.0.0.1:${offset.port + 1_300}`);
  expect(await members(nodes)).toEqual(nodes.map(({ address }) => [address]));
  await Promise.all(nodes.map((node) => node.kill()));
});

it('takes a node of 1.0.2 for sound, and sees that its process stands still', async () => {
  const node = await startPython('1.0.2', ['coder'], []);
  await started(node);
  const targets = [target('coder', node.port)];
  const [sound] = await examine(targets, { declared: targets, roster: null });
  expect(verdict(sound)).toBe('sound');
  await node.suspend();
  const [stopped] = await examine(targets, { declared: targets, roster: null });
  node.resume();
  expect(verdict(stopped)).toEqual(['udp', 'process-stopped']);
  await node.kill();
});

it('is told of a large fleet also where other programs hold a third of the ports', async () => {
  const told = await runInOwnNetwork(fileURLToPath(new URL('./fewPorts.ts', import.meta.url)));
  expect(told).toEqual(Array.from({ length: 24 }, () => 41));
});
