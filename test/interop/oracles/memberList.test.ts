/**
 * Our merge beside the real `MemberList` of swim-p2p 1.2.6, digest by digest.
 *
 * Where we differ, we do so on purpose:
 * - our own entry: Python believes what is said of it, we refute;
 * - DEAD to ALIVE: Python's merge raises after the change and loses the rest of the digest, which arrives with the next one;
 * - metadata at one incarnation: Python overlays key by key in order of arrival, we keep the greater text, so that all agree;
 * - values of wrong types and addresses nobody can send to: Python keeps some and fails on them later, we leave them out;
 * - the dead: Python keeps them for ever, we forget them.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decode } from '#server/mesh/swim/codec.ts';
import { inflate } from '../../unit/swim/captures.ts';
import { B, C, D, Driver, digests, SELF } from '../../unit/swim/driver.ts';
import { venv } from '../python.ts';
import { runs, seed } from './batch.ts';

interface Held {
  readonly members: Record<string, [state: string, incarnation: number, metadata: unknown]>;
  readonly raised: number;
}
interface Question {
  readonly digests: readonly unknown[];
  /** With an event dispatcher, as every real node has one. */
  readonly events: boolean;
  /** A digest whose merge raised is given again. */
  readonly repeat: boolean;
}

let child: ChildProcess;
let ask: (question: Question) => Promise<Held>;
let read: (frame: Uint8Array) => Promise<unknown>;

beforeAll(async () => {
  const script = fileURLToPath(new URL('member_list_oracle.py', import.meta.url));
  child = spawn(await venv('3.0.0'), ['-I', '-X', 'utf8', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the oracle has no pipes');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const exchange = async (question: object): Promise<unknown> => {
    stdin.write(`${JSON.stringify({ self: SELF, ...question })}\n`);
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error('the oracle ended');
      // swim-p2p greets on standard output when it is imported.
      if (value.startsWith('{')) return JSON.parse(value);
    }
  };
  ask = async (question) => (await exchange(question)) as Held;
  read = async (frame) => ((await exchange({ frame: Buffer.from(frame).toString('hex') })) as { message: unknown }).message;
});
afterAll(() => child.kill());

/** What our core would gossip after the same digests, our own entry left out. */
function ours(told: readonly unknown[]): Held['members'] {
  const driver = new Driver({ seeds: [B] });
  for (const digest of told) {
    const message = { type: 'HEARTBEAT', from: B, digest, id: 'h', timestamp: 1 };
    driver.give({ kind: 'datagram', from: B, bytes: new TextEncoder().encode(JSON.stringify(message)) });
  }
  return gossipOf(driver);
}

function gossipOf(driver: Driver): Held['members'] {
  const answers = driver.receive({ type: 'SYNC-REQ', from: B, id: 's', known_version: 0, timestamp: 1 });
  const entries = digests(answers.filter(({ message }) => message.type === 'SYNC-RESP')).flatMap((digest) => digest.entries);
  return Object.fromEntries(
    entries.filter(({ addr }) => addr !== SELF).map((entry) => [entry.addr, [entry.state, entry.incarnation, entry.metadata]]),
  );
}

const members = [B, C, D, '10.0.0.1:1', '192.168.17.4:64535'];
const state = fc.constantFrom('ALIVE', 'SUSPECT', 'DEAD');
const incarnation = fc.oneof({ weight: 5, arbitrary: fc.nat(5) }, fc.nat(2 ** 40));
const metadata = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, fc.dictionary(fc.constantFrom('a', 'b'), fc.nat(2)));
const sound = fc.record(
  { addr: fc.constantFrom(...members), state, incarnation, last_heartbeat: fc.nat(9), metadata },
  { requiredKeys: ['addr', 'state', 'incarnation'] },
);
/** Both leave these out. */
const unsound = fc.oneof(
  fc.record({ addr: fc.constantFrom(...members), state: fc.constantFrom('alive', 'LEFT', ''), incarnation, metadata }),
  fc.record({ addr: fc.constantFrom(...members), incarnation, metadata }),
  fc.record({ addr: fc.constantFrom(...members), state, metadata }),
  fc.record({ state, incarnation, metadata }),
  fc.record({ addr: fc.constantFrom('::1:7946', '127.0.0.1', '127.0.0.1:x', ''), state, incarnation, metadata }),
);
const aboutUs = fc.record({
  addr: fc.constant(SELF),
  state,
  incarnation: fc.nat(5),
  last_heartbeat: fc.nat(9),
  metadata: fc.constant({}),
});
const entry = fc.oneof({ weight: 12, arbitrary: sound }, unsound, aboutUs);
const digest = fc.record({
  version: fc.nat(50),
  entries: fc.array(entry, { maxLength: 8 }),
  is_full: fc.boolean(),
  timestamp: fc.nat(),
  source: fc.constant(B),
});
const sequence = fc.array(digest, { minLength: 1, maxLength: 8 });
type Sequence = typeof sequence extends fc.Arbitrary<infer T> ? T : never;

/** Addresses of which one incarnation was told with different metadata: there Python's answer depends on the order. */
function disputed(told: Sequence): Set<string> {
  const seen = new Map<string, string>();
  const found = new Set<string>();
  for (const item of told.flatMap(({ entries }) => entries)) {
    if (!('addr' in item) || !('incarnation' in item)) continue;
    const key = `${item.addr} ${item.incarnation}`;
    const text = JSON.stringify(Object.entries(('metadata' in item ? item.metadata : undefined) ?? {}).sort());
    if ((seen.get(key) ?? text) !== text) found.add(item.addr);
    seen.set(key, text);
  }
  return found;
}

function comparable(held: Held['members'], without: Set<string>): [string, unknown[]][] {
  return Object.entries(held)
    .filter(([address]) => address !== SELF)
    .map(([address, [heldState, heldIncarnation, heldMetadata]]): [string, unknown[]] => [
      address,
      [heldState, heldIncarnation, without.has(address) ? 'disputed' : heldMetadata],
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const parameters = { numRuns: runs(3_000), seed: seed(1) };

test('without events: state, incarnation and undisputed metadata of every member are the same', async () => {
  await fc.assert(
    fc.asyncProperty(sequence, async (told) => {
      const python = await ask({ digests: told, events: false, repeat: false });
      expect(python.raised).toBe(0);
      expect(comparable(ours(told), disputed(told))).toEqual(comparable(python.members, disputed(told)));
    }),
    parameters,
  );
});

test('as a real node merges, with each digest it lost the end of told again: the same', async () => {
  let raised = 0;
  await fc.assert(
    fc.asyncProperty(sequence, async (told) => {
      const python = await ask({ digests: told, events: true, repeat: true });
      raised += python.raised;
      expect(comparable(ours(told), disputed(told))).toEqual(comparable(python.members, disputed(told)));
    }),
    parameters,
  );
  expect(raised).toBeGreaterThan(100);
});

const one = (addr: string, told: object): object => ({
  version: 1,
  entries: [{ addr, state: 'ALIVE', incarnation: 1, last_heartbeat: 1, metadata: {}, ...told }],
  is_full: false,
  timestamp: 1,
  source: B,
});

test('deviation: Python believes that it is dead, we refute', async () => {
  const claim = [one(SELF, { state: 'DEAD', incarnation: 4 })];
  expect((await ask({ digests: claim, events: true, repeat: false })).members[SELF]).toEqual(['DEAD', 4, {}]);
  const driver = new Driver({ seeds: [B] });
  driver.heartbeat(B, [{ addr: SELF, state: 'DEAD', incarnation: 4, last_heartbeat: 1, metadata: {} }]);
  expect(driver.swim.incarnation).toBe(5);
});

test('deviation: Python loses what stands behind a member that came back from the dead, we do not', async () => {
  const both = {
    ...one(C, { incarnation: 2 }),
    entries: [C, D].map((addr) => ({ addr, state: 'ALIVE', incarnation: 2, last_heartbeat: 1, metadata: {} })),
  };
  const told = [one(C, { state: 'DEAD' }), both];
  const python = await ask({ digests: told, events: true, repeat: false });
  expect(python.raised).toBe(1);
  expect(Object.keys(python.members).sort()).toEqual([SELF, C].sort());
  expect(ours(told)).toEqual({ [C]: ['ALIVE', 2, {}], [D]: ['ALIVE', 2, {}] });
});

test('deviation: with metadata in dispute two Python members end with different ones, two of ours do not', async () => {
  const first = one(C, { metadata: { a: 1 } });
  const second = one(C, { metadata: { a: 2 } });
  const [here, there] = await Promise.all([
    ask({ digests: [first, second], events: true, repeat: false }),
    ask({ digests: [second, first], events: true, repeat: false }),
  ]);
  expect(here.members[C]).not.toEqual(there.members[C]);
  expect(ours([first, second])).toEqual(ours([second, first]));
});

test.each([
  ['no metadata object', { metadata: null }],
  ['an incarnation in words', { incarnation: 'two' }],
])('deviation: %s poisons the member for Python, we leave the entry out', async (_what, told) => {
  const sequenceTold = [one(C, told), one(C, { incarnation: 1, metadata: { a: 1 } })];
  expect((await ask({ digests: sequenceTold, events: true, repeat: false })).raised).toBe(1);
  expect(ours(sequenceTold)).toEqual({ [C]: ['ALIVE', 1, { a: 1 }] });
});

test.each(['127.0.0.1:70000', '0.0.0.0:7946', 'localhost:7946'])(
  'deviation: %s is a member for Python, we do not repeat it',
  async (address) => {
    const told = [one(address, {})];
    expect((await ask({ digests: told, events: true, repeat: false })).members[address]).toEqual(['ALIVE', 1, {}]);
    expect(ours(told)).toEqual({});
  },
);

test('deviation: Python keeps the dead for ever, we forget them and are not reminded by stale gossip', async () => {
  const dead = one(C, { state: 'DEAD', incarnation: 3 });
  expect((await ask({ digests: [dead], events: true, repeat: false })).members[C]).toEqual(['DEAD', 3, {}]);
  const driver = new Driver({ seeds: [B], forgetAfterMs: 60_000 });
  const stale = { addr: C, state: 'DEAD', incarnation: 3, last_heartbeat: 1, metadata: {} } as const;
  driver.heartbeat(B, [{ ...stale, addr: B, state: 'ALIVE', incarnation: 1 }, stale]);
  for (let told = 0; told < 8; told += 1) {
    driver.passWith(10_000, [B]);
    driver.heartbeat(B, [stale]);
  }
  expect(driver.swim.member(C)).toBeUndefined();
  expect(gossipOf(driver)[C]).toBeUndefined();
});

test('a list of ours that was compressed into one datagram is read as it was written', async () => {
  const driver = new Driver({ seeds: [B], deflate: (bytes) => deflateSync(bytes) });
  const ports = Array.from({ length: 40 }, (_unused, index) => 9_000 + index);
  const entries = [B, ...ports.map((port) => `127.0.0.1:${port}`)].map((addr) => {
    return { addr, state: 'ALIVE', incarnation: 1, last_heartbeat: 1, metadata: {} };
  });
  const message = { type: 'HEARTBEAT', from: B, digest: { ...one(B, {}), entries }, id: 'h', timestamp: 1 };
  const receive = (sent: object) =>
    driver.swim.handle({ kind: 'datagram', from: B, bytes: new TextEncoder().encode(JSON.stringify(sent)) }, driver.now);
  receive(message);
  while (driver.swim.poll() !== undefined);
  receive({ type: 'SYNC-REQ', from: B, id: 's', known_version: 0, timestamp: 1 });
  const answer = driver.swim.poll();
  if (answer?.kind !== 'send') throw new Error('no answer');
  expect(answer).toMatchObject({ to: B, transport: 'udp' });
  expect(answer.bytes[0]).toBe('C'.charCodeAt(0));
  const decoded = decode(answer.bytes, inflate);
  if (!decoded.ok) throw new Error(decoded.what);
  expect(decoded.message).toMatchObject({ type: 'SYNC-RESP', digest: { is_full: true } });
  expect(await read(answer.bytes)).toEqual(decoded.message);
});
