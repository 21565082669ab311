import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostEventSchema } from '#schemas/fleet/mesh.ts';
import { readEvent } from '#server/mesh/host/events.ts';

/** Any data. zod leaves out a key `__proto__`, which is data like any other to the reader. */
const json = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('"__proto__"'));
const textOrNull = fc.oneof(fc.string({ maxLength: 5 }), fc.constant(null));
const event = fc.oneof(
  fc.record({
    event: fc.constant('message'),
    type: fc.constantFrom('PEER_REQUEST', 'PEER_NOTIFY'),
    correlationId: textOrNull,
    from: fc.record({ node: fc.string(), agent: fc.string() }),
    to: fc.record({ agent: textOrNull, role: textOrNull }),
    data: json,
  }),
  fc.record({
    event: fc.constant('result'),
    id: fc.oneof(fc.string(), fc.integer()),
    command: fc.constantFrom('announce', 'ask', 'cancel', 'notify', 'respond', 'readmit', 'forget', 'messages', 'payload'),
    ok: fc.boolean(),
    data: json,
    error: textOrNull,
  }),
  fc.record({ event: fc.constant('log'), level: fc.constantFrom('debug', 'info', 'warn', 'error'), text: fc.string() }),
  fc.record({ event: fc.constant('stopped') }),
  fc.record({ event: fc.constantFrom('ready', 'contacted'), address: fc.string(), zmq: fc.string() }),
);
/** As it arrives over IPC. */
const overIpc = (value: unknown): Record<string, unknown> => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

function expectAsTheSchema(sent: unknown): void {
  const parsed = hostEventSchema.safeParse(sent);
  expect(readEvent(sent)).toEqual(parsed.success ? parsed.data : null);
}

test('every event of the schema is read, with the same content', () => {
  fc.assert(
    fc.property(event, (input) => {
      const sent = overIpc(input);
      expect(readEvent(sent)).toEqual(hostEventSchema.parse(sent));
    }),
    { numRuns: 500 },
  );
});

test('a key `__proto__` is kept as the data that it is', () => {
  const sent = overIpc({
    event: 'result',
    id: 1,
    command: 'ask',
    ok: true,
    data: JSON.parse('{"__proto__":{"a":1}}'),
    error: null,
  });
  expect(JSON.stringify(readEvent(sent))).toBe(JSON.stringify(sent));
});

const wrong = fc.constantFrom<unknown>(null, '', 0, -1, 1.5, true, [], {}, 'x', { node: 1, agent: '' }, { agent: null }, 'ask');

test('a wrong field is refused exactly where the schema refuses it', () => {
  fc.assert(
    fc.property(event, fc.nat(), wrong, fc.boolean(), (input, pick, replacement, drop) => {
      const sent = overIpc(input);
      const names = Object.keys(sent);
      const name = names[pick % names.length];
      if (name === undefined) return;
      if (drop) delete sent[name];
      else sent[name] = replacement;
      expectAsTheSchema(sent);
    }),
    { numRuns: 1_000 },
  );
});

test('a field more is left out', () => {
  fc.assert(
    fc.property(event, json, (input, more) => {
      expectAsTheSchema({ ...overIpc(input), more });
    }),
  );
});

test('anything else is no event', () => {
  fc.assert(
    fc.property(fc.anything(), (input) => {
      expect(readEvent(input)).toBeNull();
    }),
  );
});
