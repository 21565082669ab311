/** The doctor on real sockets: what is wrong is told apart, and nobody learns of the question. */
import { afterEach, expect, test } from 'vitest';
import type { CauseCode, Diagnosis, DoctorStep, StepStatus } from '#schemas/fleet/doctor.ts';
import { firstFailure } from '#schemas/fleet/firstFailure.ts';
import type { RosterSnapshot } from '#schemas/fleet/mesh.ts';
import { examine } from '#server/doctor/doctor.ts';
import { namedTarget, type Target } from '#server/doctor/targets.ts';
import { peer } from '../../unit/fleet/samples.ts';
import { freePort } from '../mesh/freePort.ts';
import { closeAll, startActor, startForeignUdp, startHttp, startMute, startRedisLike } from './actors.ts';

afterEach(closeAll);

const at = (line: number) => [{ uri: 'file:///node.py', range: { start: { line, character: 0 }, end: { line, character: 5 } } }];
const hostLine = 1;
const portLine = 2;
const offsetLine = 3;
const seedLine = 4;

function declared(name: string, host: string, port: number, change: Partial<Target> = {}): Target {
  const target = namedTarget(`${host}:${port}`, `declared:${host}:${port}`, name);
  if (target === null) throw new Error('no address');
  const lines = { host: at(hostLine), port: at(portLine), offset: at(offsetLine), seeds: at(seedLine) };
  return { ...target, declared: true, lines, ...change };
}

async function diagnose(targets: readonly Target[], roster: RosterSnapshot | null = null): Promise<readonly Diagnosis[]> {
  return examine(targets, { declared: targets, roster, timeoutMs: 1_000 });
}

async function diagnosisOf(target: Target, others: readonly Target[] = []): Promise<Diagnosis> {
  const [first] = await diagnose([target, ...others]);
  if (first === undefined) throw new Error('no diagnosis');
  return first;
}

const statusOf = ({ steps }: Diagnosis, step: DoctorStep): StepStatus | undefined =>
  steps.find((one) => one.step === step)?.status;

/** First failing step, its likeliest cause, the line to change. */
function verdict(diagnosis: Diagnosis): { step: DoctorStep; cause: CauseCode | null; line: number | null } | null {
  const first = firstFailure(diagnosis);
  if (first === null) return null;
  return { step: first.step, cause: first.causes[0]?.code ?? null, line: first.evidence[0]?.range.start.line ?? null };
}

test('a sound node passes every step, and is asked with PING and SYNC-REQ only', async () => {
  const [port, seed] = [await freePort(), await freePort()];
  const actor = await startActor({ port, members: [`127.0.0.1:${seed}`] });
  const diagnosis = await diagnosisOf(declared('node', '127.0.0.1', port, { seeds: [`127.0.0.1:${seed}`] }));
  expect(verdict(diagnosis)).toBeNull();
  expect(diagnosis.steps.map(({ step, status }) => `${step} ${status}`)).toEqual([
    'config pass',
    'name pass',
    'udp pass',
    'tcp pass',
    'zmq pass',
    'identity pass',
    'clock pass',
    'fleet pass',
    'mesh pass',
    'roles unknown',
  ]);
  expect(new Set(actor.received)).toEqual(new Set(['PING', 'SYNC-REQ']));
});

test('not started', async () => {
  const diagnosis = await diagnosisOf(declared('node', '127.0.0.1', await freePort()));
  expect(verdict(diagnosis)).toEqual({ step: 'udp', cause: 'not-started', line: portLine });
  expect(firstFailure(diagnosis)?.causes.map(({ code }) => code)).toEqual(['not-started']);
  expect([statusOf(diagnosis, 'tcp'), statusOf(diagnosis, 'zmq'), statusOf(diagnosis, 'fleet')]).toEqual([
    'fail',
    'fail',
    'skipped',
  ]);
});

test('UDP only', async () => {
  const port = await freePort();
  await startActor({ port, tcp: false, zmq: false });
  const diagnosis = await diagnosisOf(declared('node', '127.0.0.1', port));
  expect(statusOf(diagnosis, 'udp')).toBe('pass');
  expect(verdict(diagnosis)).toEqual({ step: 'tcp', cause: 'udp-only', line: portLine });
});

test('wrong ZeroMQ offset: the port at which its ROUTER really is, is found', async () => {
  const port = await freePort();
  await startActor({ port, zmqOffset: 1_300 });
  const diagnosis = await diagnosisOf(declared('node', '127.0.0.1', port));
  expect(verdict(diagnosis)).toEqual({ step: 'zmq', cause: 'wrong-offset', line: offsetLine });
  expect(firstFailure(diagnosis)?.message).toContain(`127.0.0.1:${port + 1_300}, which is port + 1300`);
});

test('a declared offset that the running node has not', async () => {
  const port = await freePort();
  await startActor({ port });
  const diagnosis = await diagnosisOf(declared('node', '127.0.0.1', port, { zmqPort: port + 1_500, offset: 1_500 }));
  expect(verdict(diagnosis)).toEqual({ step: 'zmq', cause: 'wrong-offset', line: offsetLine });
  expect(firstFailure(diagnosis)?.causes).toHaveLength(1);
});

test('bound to another interface', async () => {
  const port = await freePort();
  await startActor({ port, host: '127.0.0.2' });
  const diagnosis = await diagnosisOf(declared('node', '127.0.0.1', port));
  expect(verdict(diagnosis)).toEqual({ step: 'udp', cause: 'bound-elsewhere', line: hostLine });
  expect(firstFailure(diagnosis)?.causes[0]?.text).toContain(`127.0.0.2:${port}`);
});

test('UDP and TCP on every interface and the ROUTER on another one, as the framework binds them', async () => {
  const port = await freePort();
  await startActor({ port, host: '0.0.0.0', identity: `127.0.0.2:${port}`, zmqHost: '127.0.0.2' });
  const diagnosis = await diagnosisOf(declared('node', '127.0.0.1', port));
  expect(verdict(diagnosis)).toEqual({ step: 'zmq', cause: 'bound-elsewhere', line: hostLine });
  expect(statusOf(diagnosis, 'identity')).toBe('fail');
});

test('0.0.0.0 as identity: declared', async () => {
  const port = await freePort();
  await startActor({ port, host: '0.0.0.0' });
  const diagnosis = await diagnosisOf(declared('node', '0.0.0.0', port));
  expect(verdict(diagnosis)).toEqual({ step: 'config', cause: 'wildcard-identity', line: hostLine });
  expect(statusOf(diagnosis, 'udp')).toBe('pass');
});

test('0.0.0.0 as identity: only its answer tells', async () => {
  const port = await freePort();
  await startActor({ port, identity: `0.0.0.0:${port}` });
  const diagnosis = await diagnosisOf(declared('node', '127.0.0.1', port));
  expect(verdict(diagnosis)).toEqual({ step: 'identity', cause: 'wildcard-identity', line: hostLine });
});

test('a different service on the port: an HTTP server', async () => {
  const port = await freePort();
  await startHttp(port);
  const diagnosis = await diagnosisOf(declared('node', '127.0.0.1', port));
  expect(verdict(diagnosis)).toEqual({ step: 'udp', cause: 'other-service', line: portLine });
  expect(firstFailure(diagnosis)?.causes[0]?.text).toContain('an HTTP server');
});

test('a different service on the port: Redis, that waits for the end of a line', async () => {
  const port = await freePort();
  await startRedisLike(port);
  const diagnosis = await diagnosisOf(declared('node', '127.0.0.1', port));
  expect(verdict(diagnosis)).toEqual({ step: 'udp', cause: 'other-service', line: portLine });
  expect(firstFailure(diagnosis)?.causes[0]?.text).toContain('Redis');
});

test('a different service on the UDP port', async () => {
  const port = await freePort();
  await startForeignUdp(port);
  const diagnosis = await diagnosisOf(declared('node', '127.0.0.1', port));
  expect(verdict(diagnosis)).toEqual({ step: 'udp', cause: 'other-service', line: portLine });
});

test.each([
  ['an HTTP server', startHttp],
  ['Redis', startRedisLike],
])('a different service on the ZeroMQ port: %s', async (name, start) => {
  const port = await freePort();
  await startActor({ port, zmq: false });
  await start(port + 1_000);
  const diagnosis = await diagnosisOf(declared('node', '127.0.0.1', port));
  expect(verdict(diagnosis)).toEqual({ step: 'zmq', cause: 'other-service', line: portLine });
  expect(firstFailure(diagnosis)?.message).toContain(name);
});

test('a program that accepts on the ZeroMQ port and says nothing', async () => {
  const port = await freePort();
  await startActor({ port, zmq: false });
  await startMute(port + 1_000);
  const diagnosis = await diagnosisOf(declared('node', '127.0.0.1', port));
  expect(verdict(diagnosis)).toEqual({ step: 'zmq', cause: 'other-service', line: portLine });
  expect(firstFailure(diagnosis)?.message).toContain('handshake was not completed');
});

test('a node of another fleet: it shares no member with the declared ones', async () => {
  const [port, other] = [await freePort(), await freePort()];
  const actor = await startActor({ port, members: ['10.7.0.1:7946', '10.7.0.2:7946'] });
  const absent = declared('other', '127.0.0.1', other);
  const diagnosis = await diagnosisOf(declared('node', '127.0.0.1', port), [absent]);
  expect(verdict(diagnosis)).toEqual({ step: 'fleet', cause: 'other-fleet', line: portLine });
  expect(firstFailure(diagnosis)?.message).toContain('10.7.0.1:7946, 10.7.0.2:7946');
  expect(new Set(actor.received)).toEqual(new Set(['PING', 'SYNC-REQ']));
});

test('a member list without a declared one is no other fleet where our own node is in it', async () => {
  const port = await freePort();
  await startActor({ port, members: ['127.0.0.1:9100'] });
  const target = declared('node', '127.0.0.1', port);
  const roster: RosterSnapshot = {
    epoch: 'e',
    revision: 1,
    self: {
      address: '127.0.0.1:9100',
      zmqAddress: '127.0.0.1:10100',
      name: 'us',
      incarnation: 1,
      observing: true,
      agents: [],
      keepalive: 'running',
    },
    seeds: [],
    peers: [peer(`127.0.0.1:${port}`, { announced: true, agents: [{ id: 'a', role: 'coder', capabilities: [] }] })],
    roles: [],
  };
  const [diagnosis] = await diagnose([target, declared('other', '127.0.0.1', await freePort())], roster);
  expect(diagnosis === undefined ? 'none' : verdict(diagnosis)).toBeNull();
  expect(diagnosis?.steps.at(-1)?.message).toBe('Announced: coder.');
});

test('two that should know each other and do not', async () => {
  const [one, two] = [await freePort(), await freePort()];
  await startActor({ port: one });
  await startActor({ port: two });
  const seed = declared('one', '127.0.0.1', one);
  const diagnosis = await diagnosisOf(declared('two', '127.0.0.1', two, { seeds: [`127.0.0.1:${one}`] }), [seed]);
  expect(verdict(diagnosis)).toEqual({ step: 'fleet', cause: 'isolated', line: seedLine });
});

test.each([10, -10])('a clock that is %i minutes off', async (minutes) => {
  const port = await freePort();
  await startActor({ port, clockMs: minutes * 60_000 });
  const diagnosis = await diagnosisOf(declared('node', '127.0.0.1', port));
  expect(verdict(diagnosis)).toEqual({ step: 'clock', cause: 'clock-offset', line: null });
  const seconds = Number(/is ([\d.]+) s/.exec(firstFailure(diagnosis)?.message ?? '')?.[1]);
  expect(Math.abs(seconds - 600)).toBeLessThan(0.5);
  expect(firstFailure(diagnosis)?.message).toContain(minutes > 0 ? 'ahead of ours' : 'behind ours');
});

test('a roster of forty members comes over TCP', async () => {
  const port = await freePort();
  const members = Array.from({ length: 40 }, (_, index) => `10.7.0.${index + 1}:7946`);
  await startActor({ port, members });
  const target = declared('node', '127.0.0.1', port, { seeds: ['10.7.0.40:7946'] });
  const diagnosis = await diagnosisOf(target);
  expect(diagnosis.steps.find(({ step }) => step === 'fleet')?.message).toBe('Its fleet has 41 members, 1 of them known here.');
});

test('a name that does not resolve', async () => {
  const diagnosis = await diagnosisOf(declared('node', 'coder.invalid', 7946));
  expect(verdict(diagnosis)).toEqual({ step: 'config', cause: 'name-identity', line: hostLine });
  expect(statusOf(diagnosis, 'name')).toBe('fail');
  expect(diagnosis.steps.slice(2).every(({ status }) => status === 'skipped')).toBe(true);
});

test('an IPv6 address is called one, and no name', async () => {
  const diagnosis = await diagnosisOf(declared('node', '::1', 7946));
  expect(verdict(diagnosis)).toEqual({ step: 'config', cause: 'not-ipv4', line: hostLine });
  const name = diagnosis.steps.find(({ step }) => step === 'name');
  expect(name?.message).toBe('::1 is an IPv6 address.');
  expect(name?.causes.map(({ code }) => code)).toEqual(['not-ipv4']);
});

test('an address that takes no datagram: the reason is the one of the system', async () => {
  const { steps } = await diagnosisOf(declared('node', '255.255.255.255', 7946));
  const udp = steps.find(({ step }) => step === 'udp');
  expect(udp?.status).toBe('fail');
  expect(udp?.message).toMatch(/^No datagram could be sent to 255\.255\.255\.255:7946: connect E[A-Z]+ /);
});

test('a cancelled examination ends with the reason and leaves nothing open', async () => {
  const stop = new AbortController();
  const targets = Array.from({ length: 40 }, (_, index) => declared(`n${index}`, '10.255.255.1', 7946 + index));
  const going = examine(targets, { declared: targets, roster: null, signal: stop.signal, timeoutMs: 600_000 });
  stop.abort(new Error('enough'));
  await expect(going).rejects.toThrow('enough');
});
