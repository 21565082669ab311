import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestEntrySchema, swimAddressSchema, swimMessageSchema } from '#schemas/wire/swim.ts';
import { isSmallJsonObject } from '#schemas/wire/swimLimits.ts';
import { isSwimAddress } from '#server/mesh/swim/address.ts';
import { decode, encode, readMessage } from '#server/mesh/swim/codec.ts';
import { inflate } from '../../unit/swim/captures.ts';

const octet = fc.oneof(fc.nat(256), fc.constantFrom('0', '00', '01', '255', '256', '', '1e1', '٣'));
const addressLike = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(octet, octet, octet, octet, fc.oneof(fc.nat(70_000), fc.constantFrom('0', '064', '', ' 1', '1.0')))
      .map(([a, b, c, d, p]) => `${a}.${b}.${c}.${d}:${p}`),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 223 }), fc.nat(255), fc.nat(255), fc.nat(255), fc.integer({ min: 1, max: 64_535 }))
      .map(([a, b, c, d, p]) => `${a}.${b}.${c}.${d}:${p}`),
  },
  fc.constantFrom(
    '0.0.0.0:7946',
    '0.0.0.1:7946',
    '127.0.0.1:7946',
    '127.0.0.1:7946\n',
    '127.0.0.1',
    'localhost:7946',
    '::1:7946',
  ),
  fc.string(),
);

const odd = fc.oneof(
  fc.constantFrom(null, true, '', 'ALIVE', 0, -1, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY),
  fc.jsonValue({ maxDepth: 3 }),
);
const orOdd = <T>(good: fc.Arbitrary<T>): fc.Arbitrary<unknown> => fc.oneof({ weight: 12, arbitrary: good }, odd);
const seconds = fc.double({ noDefaultInfinity: true, noNaN: true });

const entry = fc.record(
  {
    addr: orOdd(addressLike),
    state: orOdd(fc.constantFrom('ALIVE', 'SUSPECT', 'DEAD', 'alive')),
    incarnation: orOdd(fc.oneof(fc.nat(), fc.maxSafeInteger())),
    last_heartbeat: orOdd(seconds),
    metadata: orOdd(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 }))),
  },
  { requiredKeys: ['addr', 'state'] },
);
const digest = fc.record(
  {
    version: orOdd(fc.nat()),
    entries: orOdd(fc.array(orOdd(entry), { maxLength: 6 })),
    is_full: orOdd(fc.boolean()),
    timestamp: orOdd(seconds),
    source: orOdd(fc.string()),
  },
  { requiredKeys: ['version', 'entries', 'is_full'] },
);
const messageLike = fc.record(
  {
    type: orOdd(fc.constantFrom('PING', 'PONG', 'PING-REQ', 'PING-REQ-ACK', 'HEARTBEAT', 'SYNC-REQ', 'SYNC-RESP', 'JOIN')),
    from: orOdd(fc.oneof(addressLike, fc.string({ maxLength: 300, minLength: 200 }))),
    id: orOdd(fc.oneof(fc.string(), fc.string({ minLength: 120, maxLength: 140 }))),
    timestamp: orOdd(seconds),
    ping_req_from: orOdd(fc.string()),
    in_response_to: orOdd(fc.string({ maxLength: 40 })),
    orig_timestamp: orOdd(seconds),
    target: orOdd(addressLike),
    status: orOdd(fc.constantFrom('alive', 'unreachable', 'blacklisted', 'dead')),
    rtt: orOdd(seconds),
    known_version: orOdd(fc.integer()),
    digest: orOdd(digest),
    extra: fc.jsonValue(),
  },
  { requiredKeys: ['type', 'from', 'id'] },
);

test('the hand-written address check equals the schema', () => {
  fc.assert(
    fc.property(addressLike, (text) => {
      expect(isSwimAddress(text)).toBe(swimAddressSchema.safeParse(text).success);
    }),
    { numRuns: 5_000 },
  );
});

test('the hand-written message reader equals the schema', () => {
  let taken = 0;
  fc.assert(
    fc.property(messageLike, (value) => {
      const schema = swimMessageSchema.safeParse(value);
      const read = readMessage(value);
      expect(read !== null).toBe(schema.success);
      if (read !== null) {
        taken += 1;
        expect(read.message).toEqual(schema.data);
      }
    }),
    { numRuns: 8_000 },
  );
  expect(taken).toBeGreaterThan(400);
}, 120_000);

test('whatever is decoded is encoded to the same message, in ASCII', () => {
  let taken = 0;
  fc.assert(
    fc.property(messageLike, (value) => {
      const read = readMessage(value);
      if (read === null) return;
      taken += 1;
      const bytes = encode(read.message);
      expect(bytes.every((byte) => byte < 0x80)).toBe(true);
      // JSON.stringify on both sides: it has no -0.
      const again = decode(bytes, inflate);
      expect(JSON.stringify(again)).toBe(JSON.stringify({ ok: true, message: read.message, skipped: 0 }));
    }),
    { numRuns: 4_000 },
  );
  expect(taken).toBeGreaterThan(200);
});

test('arbitrary bytes never throw, and every kept entry satisfies the schema', () => {
  const mangled = messageLike.chain((value) =>
    fc
      .tuple(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), fc.constantFrom('U', 'C', '', 'X'))
      .map(([edits, mark]) => {
        const bytes = new TextEncoder().encode(`${mark}${JSON.stringify(value)}`);
        for (const [at, byte] of edits) bytes[at % bytes.length] = byte;
        return bytes;
      }),
  );
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mangled), (bytes) => {
      const decoded = decode(bytes, inflate);
      if (!decoded.ok || (decoded.message.type !== 'HEARTBEAT' && decoded.message.type !== 'SYNC-RESP')) return;
      for (const kept of decoded.message.digest.entries) expect(digestEntrySchema.safeParse(kept).success).toBe(true);
    }),
    { numRuns: 4_000 },
  );
});

test('metadata that is kept is small enough to encode', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 8 })), (value) => {
      if (isSmallJsonObject(value)) expect(JSON.stringify(value).length).toBeLessThan(20_000);
    }),
  );
});
