import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HostEvent } from '#schemas/fleet/mesh.ts';
import { decodeMessage, showable } from '#server/mesh/messages/codec.ts';
import { createDedupe } from '#server/mesh/messages/dedupe.ts';
import { at, Wire } from '../../unit/mesh/support.ts';

const encoder = new TextEncoder();
const peer = '127.0.0.1:7002';

const types = [
  'CAPABILITY_ANNOUNCEMENT',
  'CAPABILITY_REQUEST',
  'CAPABILITY_DEANNOUNCEMENT',
  'CAPABILITY_QUERY',
  'PEER_REQUEST',
  'PEER_RESPONSE',
  'PEER_NOTIFY',
  'P2P_KEEPALIVE',
  'P2P_KEEPALIVE_ACK',
  'AUTOMATED_CHECK_IN',
  'CHECK_IN_RESPONSE',
  'HELLO_MESSAGE',
  'ACK',
  'toString',
  '__proto__',
];
const payload = fc.record(
  {
    node_id: fc.constantFrom(peer, 'elsewhere', 1),
    agents: fc.dictionary(
      fc.string({ maxLength: 3 }),
      fc.record({ agent_id: fc.string(), role: fc.oneof(fc.string(), fc.constant(null)), capabilities: fc.array(fc.string()) }),
    ),
    agent_ids: fc.array(fc.string()),
    sender: fc.string(),
    target: fc.constantFrom('me', 'other'),
    correlation_id: fc.oneof(fc.string(), fc.constant(null)),
    timestamp: fc.double(),
    original_timestamp: fc.double(),
    data: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const envelope = fc.record(
  {
    type: fc.oneof(fc.constantFrom(...types), fc.string()),
    id: fc.constantFrom('1', '2', '3', '4', '5', ''),
    from_node: fc.constantFrom(peer, '127.0.0.1:7003', '0.0.0.0:7002', ''),
    from_node_name: fc.oneof(fc.string(), fc.constant(7)),
    payload: fc.oneof(
      payload,
      payload.map((value) => JSON.stringify(value)),
      fc.string(),
      fc.jsonValue(),
    ),
    require_ack: fc.boolean(),
  },
  { requiredKeys: ['type', 'id', 'from_node'] },
);
const frame = fc.oneof(
  { weight: 6, arbitrary: envelope.map((value) => encoder.encode(JSON.stringify(value))) },
  { weight: 1, arbitrary: envelope.map((value) => encoder.encode(`U${JSON.stringify(value)}`)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
);

describe('the ROUTER side', () => {
  test('never throws; a readable message that wants acknowledgements gets exactly two per copy, first delivery; others none', () => {
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 30 }), (frames) => {
        const wire = new Wire();
        const site = wire.add('127.0.0.1:7001');
        site.states.set(peer, 'alive');
        site.messages.memberAlive(peer, false, at(wire.nowMs));
        site.messages.announce(0, [{ role: 'me', capabilities: ['c'], description: '' }], at(wire.nowMs));
        while (site.messages.poll() !== undefined);
        const requests = new Set<string>();
        let surfaced = 0;
        for (const [index, bytes] of frames.entries()) {
          const connection = `connection-${index}`;
          site.messages.routerMessage(connection, bytes, at(wire.nowMs));
          const decoded = decodeMessage(bytes);
          const acks: { ack_type: string; ack_for: string }[] = [];
          for (let output = site.messages.poll(); output !== undefined; output = site.messages.poll()) {
            if (output.kind === 'router-send') {
              expect(output.identity).toBe(connection);
              acks.push(JSON.parse(new TextDecoder().decode(output.bytes)));
            }
            if (output.kind === 'event' && output.event.event === 'message') surfaced += 1;
          }
          if (decoded.kind === 'message' && decoded.requireAck) {
            expect(acks).toMatchObject([
              { ack_type: 'delivery', ack_for: decoded.id },
              { ack_type: 'processing', ack_for: decoded.id },
            ]);
          } else expect(acks).toEqual([]);
          if (decoded.kind === 'message') requests.add(`${decoded.fromNode} ${decoded.id}`);
        }
        expect(surfaced).toBeLessThanOrEqual(requests.size);
        site.messages.tick(at(wire.nowMs + 60_000));
      }),
      { numRuns: 300 },
    );
  });

  test('the DEALER side never throws either', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 20 }), (frames) => {
        const site = new Wire().add('127.0.0.1:7001');
        for (const bytes of frames) site.messages.dealerMessage(peer, bytes, at(1));
        // Nothing is sent or told; only the row of who sent it may have a warning more.
        for (let output = site.messages.poll(); output !== undefined; output = site.messages.poll())
          expect(output).toEqual({ kind: 'touched', peer });
      }),
    );
  });
});

test('a text of a stranger becomes showable: bounded, without control or direction characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
      const shown = showable(text);
      expect(shown.length).toBeLessThanOrEqual(200);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the point of the test.
      expect(shown).not.toMatch(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/);
    }),
  );
});

test('nesting is refused before anything recurses into it', () => {
  const deep = (depth: number) =>
    encoder.encode(`{"type":"T","id":"1","from_node":"n","payload":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  expect(decodeMessage(deep(100)).kind).toBe('message');
  expect(decodeMessage(deep(100_000)).kind).toBe('invalid');
  const inside = encoder.encode(
    JSON.stringify({ type: 'T', id: '1', from_node: 'n', payload: `{"a":${'['.repeat(9_000)}${']'.repeat(9_000)}}` }),
  );
  expect(decodeMessage(inside)).toMatchObject({ kind: 'message', payload: null });
});

test('the memory of ids is exact while small and bounded when flooded', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 50 })), { maxLength: 200 }), (seen) => {
      const dedupe = createDedupe();
      const model = new Set<string>();
      for (const [source, id] of seen) {
        const key = `${source} ${id}`;
        expect(dedupe.isNew(source, String(id))).toBe(!model.has(key));
        model.add(key);
      }
    }),
  );
  const dedupe = createDedupe();
  expect(dedupe.isNew('honest', '1')).toBe(true);
  for (let id = 0; id < 50_000; id++) dedupe.isNew('flood', String(id));
  expect(dedupe.size).toBeLessThanOrEqual(513);
  expect(dedupe.isNew('honest', '1'), 'a flood of one sender pushes out nobody else’s ids').toBe(false);
  for (let source = 0; source < 5_000; source++) dedupe.isNew(`s${source}`, '1');
  expect(dedupe.size).toBeLessThanOrEqual(256 * 512);
});

test('whatever is lost, doubled or cut off on the way, every question ends exactly once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 50, maxLength: 50 }),
      fc.integer({ min: 1, max: 8 }),
      (luck, count) => {
        const wire = new Wire();
        const [one, two] = [wire.add('127.0.0.1:7001'), wire.add(peer)];
        two.messages.announce(0, [{ role: 'r', capabilities: [], description: '' }], at(wire.nowMs));
        wire.meet(one, two);
        let turn = 0;
        wire.filter = (from, to, text) => {
          const lot = luck[turn++ % luck.length] ?? 0;
          if (lot === 0) wire.sites.get(to)?.messages.routerMessage(from, encoder.encode(text), at(wire.nowMs));
          return lot > 3;
        };
        for (let index = 0; index < count; index++)
          one.messages.ask(
            index,
            { target: { role: 'r' }, data: { index }, timeoutMs: 20_000, strategy: 'first' },
            at(wire.nowMs),
          );
        const answered = new Set<string>();
        for (let step = 0; step < 25; step++) {
          wire.run(1_000);
          for (const event of two.events) {
            if (event.event !== 'message' || event.correlationId === null || answered.has(event.correlationId)) continue;
            answered.add(event.correlationId);
            two.messages.respond(null, event.correlationId, event.data, at(wire.nowMs));
          }
        }
        const results = one.events.filter((event): event is Extract<HostEvent, { event: 'result' }> => event.event === 'result');
        expect(results.map((result) => result.id).sort()).toEqual(Array.from({ length: count }, (_, index) => index));
        for (const result of results) if (result.ok) expect(result.data).toEqual({ index: result.id });
        const surfaced = two.events
          .filter((event) => event.event === 'message')
          .map((event) => (event.event === 'message' ? event.correlationId : null));
        expect(new Set(surfaced).size, 'no request is surfaced twice').toBe(surfaced.length);
      },
    ),
    { numRuns: 60 },
  );
});
