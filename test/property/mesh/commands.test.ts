import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hostCommandSchema } from '#schemas/fleet/mesh.ts';
import { readCommand } from '#server/mesh/host/commands.ts';

/** Any data. zod leaves out a key `__proto__`, which is data like any other to the reader. */
const json = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('"__proto__"'));
const id = fc.oneof(fc.string({ maxLength: 5 }), fc.integer());
const target = fc.oneof(
  fc.record({ role: fc.string({ maxLength: 5 }) }),
  fc.record({ agent: fc.string({ maxLength: 5 }) }),
  fc.record({ role: fc.string({ maxLength: 5 }), agent: fc.string({ maxLength: 5 }) }),
);
const config = fc.record(
  {
    host: fc.ipV4(),
    port: fc.oneof(fc.integer({ min: 1, max: 65_535 }), fc.constant(null)),
    zmqOffset: fc.integer({ min: 1, max: 64_534 }),
    name: fc.string({ minLength: 1, maxLength: 20 }),
    seeds: fc.array(
      fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 65_535 })).map(([host, port]) => `${host}:${port}`),
      { maxLength: 3 },
    ),
    avoidPorts: fc.array(fc.integer({ min: 0, max: 70_000 }), { maxLength: 3 }),
    keepalive: fc.record({
      enabled: fc.boolean(),
      intervalMs: fc.integer({ min: 1 }),
      backoffMs: fc.integer({ min: 1 }),
      suppressWindowMs: fc.integer({ min: 0 }),
      ackTimeoutMs: fc.integer({ min: 1 }),
      allowZeroPeers: fc.boolean(),
    }),
    forgetAfterMs: fc.integer({ min: 1 }),
    autoReadmit: fc.boolean(),
  },
  {
    noNullPrototype: true,
    requiredKeys: ['host', 'port', 'zmqOffset', 'name', 'seeds', 'avoidPorts', 'keepalive', 'forgetAfterMs'],
  },
);
const agents = fc.array(
  fc.record(
    {
      role: fc.string({ minLength: 1, maxLength: 5 }),
      capabilities: fc.array(fc.string({ maxLength: 5 })),
      description: fc.string(),
    },
    { requiredKeys: ['role'] },
  ),
  { maxLength: 3 },
);
const command = fc.oneof(
  fc.record({ command: fc.constant('start'), config }),
  fc.record({ command: fc.constantFrom('snapshot', 'stop') }),
  fc.record({ command: fc.constant('announce'), id, agents }),
  fc.record(
    {
      command: fc.constant('ask'),
      id,
      target,
      data: json,
      timeoutMs: fc.integer({ min: 1 }),
      strategy: fc.constantFrom('first', 'random', 'round_robin', 'least_recent'),
    },
    { requiredKeys: ['command', 'id', 'target', 'data', 'timeoutMs'] },
  ),
  fc.record({ command: fc.constant('cancel'), id, request: id }),
  fc.record({ command: fc.constant('notify'), id, target, data: json }),
  fc.record({
    command: fc.constant('respond'),
    id: fc.oneof(id, fc.constant(null)),
    correlationId: fc.string(),
    data: json,
  }),
  fc.record({ command: fc.constantFrom('readmit', 'forget'), id, peer: fc.string() }),
  fc.record({
    command: fc.constant('contacts'),
    addresses: fc.array(fc.constantFrom('127.0.0.1:7946', '10.255.0.1:1', '999.1.2.3:65535'), { maxLength: 5 }),
  }),
  fc.record({
    command: fc.constant('process'),
    peer: fc.string(),
    process: fc.oneof(fc.constant(null), fc.record({ pid: fc.integer({ min: 1 }), stopped: fc.boolean() })),
  }),
);
/** As it arrives over IPC. */
const overIpc = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('every command of the schema is read, with the same content', () => {
  fc.assert(
    fc.property(command, (input) => {
      const sent = overIpc(input);
      const parsed = hostCommandSchema.parse(sent);
      expect(readCommand(sent)).toEqual(parsed);
    }),
    { numRuns: 500 },
  );
});

test('a key `__proto__` is kept as the data that it is', () => {
  const sent = JSON.parse('{"command":"notify","id":1,"target":{"role":"x"},"data":{"__proto__":{"a":1}}}') as unknown;
  expect(JSON.stringify(readCommand(sent))).toBe(JSON.stringify(sent));
});

const wrong = fc.constantFrom<unknown>(null, '', 0, -1, 1.5, true, [], {}, 'x', { role: 1 }, [1], [{ role: '' }], 70_000);

test('a wrong field is refused exactly where the schema refuses it', () => {
  fc.assert(
    fc.property(command, fc.nat(), wrong, fc.boolean(), (input, pick, replacement, drop) => {
      const sent = overIpc(input) as Record<string, unknown>;
      // The address has sentences of its own (checkAddress), so the reader leaves it to them.
      const nested = sent.command === 'start' ? (sent.config as Record<string, unknown>) : sent;
      const names = Object.keys(nested).filter((name) => name !== 'host' && name !== 'command');
      const name = names[pick % names.length];
      if (name === undefined) return;
      if (drop) delete nested[name];
      else nested[name] = replacement;
      const parsed = hostCommandSchema.safeParse(sent);
      const read = readCommand(sent);
      expect(read !== null).toBe(parsed.success);
      if (parsed.success) expect(read).toEqual(parsed.data);
    }),
    { numRuns: 1_000 },
  );
});

test('anything else is no command', () => {
  fc.assert(
    fc.property(fc.anything(), (input) => {
      expect(readCommand(input)).toBeNull();
    }),
  );
});
