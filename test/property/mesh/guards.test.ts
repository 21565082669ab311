import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as wire from '#schemas/wire/messages.ts';
import * as codec from '#server/mesh/messages/codec.ts';
import * as guards from '#server/mesh/messages/guards.ts';

const pairs = {
  ack: [wire.ackSchema, guards.isAck],
  envelope: [wire.envelopeSchema, guards.isEnvelope],
  announcedAgent: [wire.announcedAgentWireSchema, guards.isAnnouncedAgent],
  announcement: [wire.capabilityAnnouncementSchema, guards.isCapabilityAnnouncement],
  deannouncement: [wire.capabilityDeannouncementSchema, guards.isCapabilityDeannouncement],
  request: [wire.peerRequestSchema, guards.isPeerRequest],
  notify: [wire.peerNotifySchema, guards.isPeerNotify],
  response: [wire.peerResponseSchema, guards.isPeerResponse],
  keepalive: [wire.keepaliveMessageSchema, guards.isKeepalive],
  keepaliveAck: [wire.keepaliveAckMessageSchema, guards.isKeepaliveAck],
} as const;

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('', 'ACK', 'delivery', 'processing', 'x'.repeat(100), 'x'.repeat(101), 'x'.repeat(200), 'x'.repeat(201)),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: text },
  fc.boolean(),
  fc.double(),
  fc.constantFrom(null, undefined, Number.NaN, Number.POSITIVE_INFINITY, [], {}),
  fc.array(text, { maxLength: 4 }),
  fc.constantFrom(1_000, 1_001).map((length) => Array.from({ length }, () => 'y')),
  fc.dictionary(text, fc.jsonValue(), { maxKeys: 3 }),
);
const keys = [
  'type',
  'id',
  'from_node',
  'ack_type',
  'ack_for',
  'success',
  'agent_id',
  'role',
  'capabilities',
  'node_id',
  'agents',
  'agent_ids',
  'sender',
  'target',
  'correlation_id',
  'timestamp',
  'original_timestamp',
] as const;
/** Objects that mostly have the right keys, so that both outcomes are common. */
const objects = fc.oneof(
  { weight: 5, arbitrary: fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] }) },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const valid = fc.record({
  type: fc.constant('ACK'),
  id: fc.string({ minLength: 1, maxLength: 200 }),
  from_node: fc.string({ minLength: 1, maxLength: 100 }),
  ack_type: fc.constantFrom('delivery', 'processing'),
  ack_for: fc.string({ minLength: 1, maxLength: 200 }),
  success: fc.boolean(),
  agent_id: fc.string({ minLength: 1, maxLength: 200 }),
  role: fc.string({ minLength: 1, maxLength: 200 }),
  capabilities: fc.array(fc.string({ maxLength: 200 }), { maxLength: 3 }),
  node_id: fc.string({ minLength: 1, maxLength: 100 }),
  agents: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 2 }),
  agent_ids: fc.array(fc.string({ minLength: 1, maxLength: 200 }), { maxLength: 3 }),
  sender: fc.string({ minLength: 1, maxLength: 200 }),
  target: fc.string({ maxLength: 200 }),
  correlation_id: fc.string({ minLength: 1, maxLength: 200 }),
  timestamp: fc.double({ noNaN: true, noDefaultInfinity: true }),
  original_timestamp: fc.double({ noNaN: true, noDefaultInfinity: true }),
});

describe.each(Object.entries(pairs))('%s', (_name, [schema, guard]) => {
  test('guard and schema agree on anything', () => {
    fc.assert(
      fc.property(objects, (input) => {
        expect(guard(input)).toBe(schema.safeParse(input).success);
      }),
      { numRuns: 400 },
    );
  });

  test('both take what is right and notice one wrong field', () => {
    fc.assert(
      fc.property(valid, fc.constantFrom(...keys), value, (input, key, wrong) => {
        expect(guard(input)).toBe(true);
        expect(schema.safeParse(input).success).toBe(true);
        const changed = { ...input, [key]: wrong };
        expect(guard(changed)).toBe(schema.safeParse(changed).success);
      }),
      { numRuns: 300 },
    );
  });
});

test('the codec keeps the limits of the schema file', () => {
  expect(codec.maxMessageBytes).toBe(wire.maxMessageBytes);
  expect(codec.maxJsonDepth).toBe(wire.maxJsonDepth);
});
