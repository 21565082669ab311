import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DigestEntry, SwimMessage } from '#schemas/wire/swim.ts';
import { encode } from '#server/mesh/swim/codec.ts';
import { join } from '#server/mesh/swim/merge.ts';
import { B, C, D, Driver, digests, SELF } from '../../unit/swim/driver.ts';

const rank = { ALIVE: 0, SUSPECT: 1, DEAD: 2 };

const entryOf = (addr: fc.Arbitrary<string>): fc.Arbitrary<DigestEntry> =>
  fc.record({
    addr,
    state: fc.constantFrom('ALIVE', 'SUSPECT', 'DEAD'),
    incarnation: fc.nat(4),
    last_heartbeat: fc.nat(3),
    metadata: fc.constantFrom({}, { a: 1 }, { a: 2 }, { b: 'x' }),
  });

describe('the merge rule is a join-semilattice', () => {
  const one = entryOf(fc.constant(B));

  test('commutative', () => {
    fc.assert(
      fc.property(one, one, (a, b) => {
        expect(join(a, b)).toEqual(join(b, a));
      }),
    );
  });

  test('associative', () => {
    fc.assert(
      fc.property(one, one, one, (a, b, c) => {
        expect(join(join(a, b), c)).toEqual(join(a, join(b, c)));
      }),
      { numRuns: 2_000 },
    );
  });

  test('idempotent, and the very same object when nothing is new', () => {
    fc.assert(
      fc.property(one, one, (a, b) => {
        expect(join(a, a)).toBe(a);
        const both = join(a, b);
        expect(join(both, b)).toBe(both);
        expect(join(both, { ...a })).toBe(both);
      }),
    );
  });

  test('monotone: incarnation never falls, and at one incarnation the state never gets better', () => {
    fc.assert(
      fc.property(one, one, (a, b) => {
        const both = join(a, b);
        expect(both.incarnation).toBe(Math.max(a.incarnation, b.incarnation));
        for (const part of [a, b]) {
          if (part.incarnation === both.incarnation) expect(rank[both.state]).toBeGreaterThanOrEqual(rank[part.state]);
        }
      }),
    );
  });

  test('the order in which digests arrive does not matter to what is gossiped on', () => {
    const digest = fc.array(entryOf(fc.constantFrom(C, D)), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(digest, { maxLength: 5 }), fc.nat(), (told, turn) => {
        const view = (order: readonly DigestEntry[][]): unknown => {
          const driver = new Driver({ seeds: [B] });
          for (const entries of order)
            driver.heartbeat(B, [{ addr: B, state: 'ALIVE', incarnation: 1, last_heartbeat: 1, metadata: {} }, ...entries]);
          const [answer] = digests(
            driver.receive({ type: 'SYNC-REQ', from: B, id: 's', known_version: 0, timestamp: 1 }).slice(-1),
          );
          return answer?.entries.filter((item) => item.addr !== SELF).sort((a, b) => (a.addr < b.addr ? -1 : 1));
        };
        const shifted = [...told.slice(turn % (told.length + 1)), ...told.slice(0, turn % (told.length + 1))];
        expect(view(shifted)).toEqual(view(told));
      }),
      { numRuns: 200 },
    );
  });
});

const peers = [B, C, D, '127.0.0.1:7950'];
const strangers = ['127.0.0.1:9001', '127.0.0.1:9002', '0.0.0.0:7950'];
const contact = '127.0.0.1:9500';
const anybody = fc.constantFrom(...peers, ...strangers, contact, SELF);
const digest = fc
  .record({ entries: fc.array(entryOf(anybody), { maxLength: 6 }), source: anybody, version: fc.nat(20) })
  .map(({ entries, source, version }) => ({ version, entries, is_full: false, timestamp: 1, source }));
const message: fc.Arbitrary<SwimMessage> = fc.oneof(
  fc.record({ type: fc.constant('PING' as const), from: anybody, id: fc.string(), timestamp: fc.nat() }),
  fc.record({
    type: fc.constant('PONG' as const),
    from: anybody,
    id: fc.string(),
    in_response_to: fc.constant('PING'),
    orig_timestamp: fc.nat(),
    timestamp: fc.nat(),
  }),
  fc.record({ type: fc.constant('PING-REQ' as const), from: anybody, target: anybody, id: fc.string(), timestamp: fc.nat() }),
  fc.record({
    type: fc.constant('PING-REQ-ACK' as const),
    from: anybody,
    target: anybody,
    status: fc.constantFrom('alive', 'unreachable'),
    id: fc.string(),
  }),
  fc.record({ type: fc.constant('HEARTBEAT' as const), from: anybody, digest, id: fc.string(), timestamp: fc.nat() }),
  fc.record({
    type: fc.constant('SYNC-REQ' as const),
    from: anybody,
    id: fc.string(),
    known_version: fc.integer({ min: -5, max: 40 }),
    timestamp: fc.nat(),
  }),
  fc.record({ type: fc.constant('SYNC-RESP' as const), from: anybody, id: fc.string(), digest, timestamp: fc.nat() }),
);
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('message' as const),
      message,
      honest: fc.boolean(),
      tcp: fc.boolean(),
      source: anybody,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(6_000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stall' as const), ms: fc.nat(20_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('bytes' as const), bytes: fc.uint8Array({ maxLength: 60 }), source: anybody }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('contact' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), address: anybody }) },
);

test('whatever arrives: no accusation but a told one, no address but a named one, nothing to nobody', () => {
  let accusations = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const driver = new Driver({ seeds: [B, C] });
      const told = new Set<string>();
      const named = new Set<string>([SELF]);
      const check = (sent: ReturnType<Driver['take']>): void => {
        for (const { to } of sent) expect(to).not.toMatch(/^0\.0\.0\.0|^127\.0\.0\.1:7946$/);
        for (const item of digests(sent).flatMap(({ entries }) => entries)) {
          expect(named).toContain(item.addr);
          if (item.addr === SELF) expect(item.state).toBe('ALIVE');
          else expect(told).toContain(`${item.addr} ${item.state} ${item.incarnation}`);
          if (item.addr !== SELF && item.state !== 'ALIVE') accusations += 1;
        }
      };
      for (const action of steps) {
        if (action.kind === 'pass') check(driver.pass(action.ms));
        else if (action.kind === 'stall') driver.nowMs += action.ms;
        else if (action.kind === 'bytes') check(driver.give({ kind: 'datagram', from: action.source, bytes: action.bytes }));
        else if (action.kind === 'contact') check(driver.give({ kind: 'contact', address: contact }));
        else if (action.kind === 'forget') check(driver.give({ kind: 'forget', address: action.address }));
        else {
          const { message: said } = action;
          if (said.type === 'HEARTBEAT' || said.type === 'SYNC-RESP') {
            for (const item of said.digest.entries) {
              told.add(`${item.addr} ${item.state} ${item.incarnation}`);
              named.add(item.addr);
            }
          }
          const from = action.honest ? said.from : action.source;
          check(
            driver.give(
              action.tcp
                ? { kind: 'frame', from: '127.0.0.1:50000', bytes: encode(said) }
                : { kind: 'datagram', from, bytes: encode(said) },
            ),
          );
        }
        expect(driver.swim.nextTimeout()).toBeDefined();
      }
      expect(driver.swim.members().some((member) => member.address === SELF)).toBe(false);
    }),
    { numRuns: 1_500 },
  );
  expect(accusations).toBeGreaterThan(100);
}, 120_000);

test('a contact’s fleet stays apart: whatever it answers, nothing of it is merged or gossiped', () => {
  const foreign = fc.constantFrom(contact, '127.0.0.1:9501', '127.0.0.1:9502');
  fc.assert(
    fc.property(fc.array(entryOf(foreign), { minLength: 1, maxLength: 6 }), fc.nat(60_000), (entries, ms) => {
      const driver = new Driver({ seeds: [B] });
      driver.heartbeat(B, [{ addr: B, state: 'ALIVE', incarnation: 1, last_heartbeat: 1, metadata: {} }]);
      driver.give({ kind: 'contact', address: contact });
      driver.pong(contact);
      driver.syncResponse(contact, entries);
      const sent = driver.passWith(ms, [B, contact]);
      expect(driver.swim.members().map(({ address }) => address)).toEqual([B]);
      for (const item of digests(sent).flatMap((part) => part.entries)) expect([SELF, B]).toContain(item.addr);
    }),
    { numRuns: 200 },
  );
});
