/** Each message of the protocol: what it must have, and what a wrong field makes of it. */
import { describe, expect, test } from 'vitest';
import { decode } from '#server/mesh/swim/codec.ts';
import { inflate } from './captures.ts';

const read = (value: unknown): unknown => decode(new TextEncoder().encode(`U${JSON.stringify(value)}`), inflate);

const [from, target] = ['127.0.0.1:7946', '127.0.0.1:7947'];
const digest = { version: 1, entries: [], is_full: false, timestamp: 1.5, source: from };
const head = { from, id: 'a' };

const whole = {
  PING: { type: 'PING', ...head, timestamp: 1.5, ping_req_from: target },
  PONG: { type: 'PONG', ...head, timestamp: 1.5, in_response_to: 'PING', orig_timestamp: 1 },
  'PING-REQ': { type: 'PING-REQ', ...head, timestamp: 1.5, target },
  'PING-REQ-ACK': { type: 'PING-REQ-ACK', ...head, target, status: 'alive', rtt: 0.25 },
  'SYNC-REQ': { type: 'SYNC-REQ', ...head, timestamp: 1.5, known_version: -3 },
  'SYNC-RESP': { type: 'SYNC-RESP', ...head, timestamp: 1.5, digest },
  HEARTBEAT: { type: 'HEARTBEAT', ...head, timestamp: 1.5, digest },
} as const;

const text = ['', 'x'.repeat(128)];
const number = [0, -1.5, 1e300];
const address = ['127.0.0.1:1', '10.255.0.9:64535'];
/** What each field may be; and what it may not, besides being absent. */
const fields: Readonly<Record<string, { readonly good: readonly unknown[]; readonly bad: readonly unknown[] }>> = {
  from: { good: [...text, 'x'.repeat(255)], bad: ['x'.repeat(256), 7, null, ['a']] },
  id: { good: text, bad: ['x'.repeat(129), 7, null, {}] },
  timestamp: { good: number, bad: ['1', null, true, []] },
  orig_timestamp: { good: number, bad: ['1', null, true, []] },
  in_response_to: { good: ['', 'x'.repeat(32)], bad: ['x'.repeat(33), 1, null] },
  ping_req_from: { good: ['', 'x'.repeat(255)], bad: ['x'.repeat(256), 1, null] },
  target: { good: address, bad: ['127.0.0.1', 'host:1', '127.0.0.1:70000', 7947, null] },
  status: { good: ['alive', 'unreachable', 'blacklisted'], bad: ['dead', 'ALIVE', '', 1, null] },
  rtt: { good: number, bad: ['1', null, true, []] },
  known_version: { good: [0, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER], bad: [1.5, 2 ** 53, '1', null] },
  digest: {
    good: [
      { ...digest, version: 0, is_full: true, timestamp: -1, source: '' },
      { ...digest, version: Number.MAX_SAFE_INTEGER, source: 'x'.repeat(255) },
    ],
    bad: [
      ...[null, [], 'x', 1],
      ...[{ version: -1 }, { version: 1.5 }, { version: '1' }, { version: undefined }],
      ...[{ entries: {} }, { entries: null }, { entries: undefined }],
      ...[{ is_full: 1 }, { is_full: null }, { is_full: undefined }],
      ...[{ timestamp: '1' }, { timestamp: null }, { timestamp: undefined }],
      ...[{ source: 1 }, { source: 'x'.repeat(256) }, { source: undefined }],
    ].map((change) =>
      typeof change === 'object' && change !== null && !Array.isArray(change) ? { ...digest, ...change } : change,
    ),
  },
};
const optional = ['rtt', 'ping_req_from'];

describe.each(Object.entries(whole))('%s', (_type, message) => {
  test('is read as it was written', () => {
    expect(read(message)).toEqual({ ok: true, message, skipped: 0 });
  });

  test.each(Object.keys(message).filter((name) => name !== 'type'))(
    '%s: what it may be is kept, everything else refused',
    (name) => {
      const { [name]: _gone, ...without } = message as Readonly<Record<string, unknown>>;
      const refused = { ok: false, what: `an unknown or malformed ${message.type}` };
      for (const good of fields[name]?.good ?? [])
        expect(read({ ...message, [name]: good })).toEqual({ ok: true, message: { ...message, [name]: good }, skipped: 0 });
      for (const bad of fields[name]?.bad ?? [null])
        expect(read({ ...message, [name]: bad }), JSON.stringify(bad)).toEqual(refused);
      expect(read(without)).toEqual(optional.includes(name) ? { ok: true, message: without, skipped: 0 } : refused);
    },
  );

  test('loses what the protocol does not know', () => {
    expect(read({ ...message, extra: { deep: [1] } })).toEqual({ ok: true, message, skipped: 0 });
  });
});

test.each([
  ['a list', []],
  ['nothing', null],
  ['a text', 'PING'],
  ['a type that is no text', { ...whole.PING, type: 7 }],
  ['a type without end', { ...whole.PING, type: 'x'.repeat(33) }],
])('%s is no message', (_name, value) => {
  expect(read(value)).toEqual({ ok: false, what: 'no SWIM message' });
});
