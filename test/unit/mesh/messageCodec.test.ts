/** Messages as bytes, what each of them must have, and which are understood. */
import { describe, expect, test } from 'vitest';
import { createBehaviours } from '#server/mesh/messages/behaviour.ts';
import { type AppMessage, createEncoder, decodeMessage, encodeAck, seconds, showable } from '#server/mesh/messages/codec.ts';
import * as guards from '#server/mesh/messages/guards.ts';
import { isKnown, refusal } from '#server/mesh/messages/inbound.ts';
import { at, wallStartMs } from './support.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const decode = (value: unknown) => decodeMessage(bytesOf(JSON.stringify(value)));
const x = (length: number) => 'x'.repeat(length);

describe('a message is read', () => {
  const envelope = { type: 'PEER_NOTIFY', id: 'm', from_node: 'n' };
  const message = {
    kind: 'message',
    type: 'PEER_NOTIFY',
    id: 'm',
    fromNode: 'n',
    fromName: null,
    client: null,
    requireAck: false,
    payload: null,
  };

  test.each<[string, object, object]>([
    ['with what it must have', {}, {}],
    ['with its sender’s name', { from_node_name: 'two' }, { fromName: 'two' }],
    ['with a name fit to be shown', { from_node_name: `a\u0007\u202e${x(300)}` }, { fromName: `a  ${x(197)}` }],
    ['without a name that is no text', { from_node_name: 7 }, {}],
    ['with its sender’s program', { headers: { 'X-Client': 'p' } }, { client: 'p' }],
    ['without a program that is no text', { headers: { 'X-Client': 7 } }, {}],
    ['without headers that are none', { headers: ['X-Client'] }, {}],
    ['without headers', { headers: null }, {}],
    ['with a wish for acknowledgement', { require_ack: true }, { requireAck: true }],
    ['without a wish that is only true in spirit', { require_ack: 1 }, {}],
    ['with a payload', { payload: { a: [1] } }, { payload: { a: [1] } }],
    ['with a payload that is a text', { payload: '{"a": [1]}' }, { payload: { a: [1] } }],
    ['without a payload that is no object', { payload: '[1]' }, {}],
    ['without a payload that is a list', { payload: [1] }, {}],
    ['without a payload that is no JSON', { payload: '{' }, {}],
    ['without a payload that is null', { payload: null }, {}],
    ['without a payload of too many levels', { payload: `${'{"a":'.repeat(200)}1${'}'.repeat(200)}` }, {}],
  ])('%s', (_name, more, expected) => {
    expect(decode({ ...envelope, ...more })).toEqual({ ...message, ...expected });
  });

  test('with or without the mark of swim-p2p', () => {
    expect(decodeMessage(bytesOf(`U${JSON.stringify(envelope)}`))).toEqual(message);
  });

  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'empty message'],
    ['too much', new Uint8Array(4 * 1024 * 1024 + 1).fill(0x20), 'message of 4194305 bytes'],
    ['blanks, as many as may be', new Uint8Array(4 * 1024 * 1024).fill(0x20), 'message is not JSON or nests too deep'],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'message is not UTF-8'],
    ['no JSON', bytesOf('{'), 'message is not JSON or nests too deep'],
    ['a mark alone', bytesOf('U'), 'message is not JSON or nests too deep'],
    ['too many levels', bytesOf(`${'['.repeat(129)}${']'.repeat(129)}`), 'message is not JSON or nests too deep'],
    ['a list', bytesOf('[]'), 'message has no type, id or from_node'],
    [
      'as many levels as may be',
      bytesOf(`${'['.repeat(128)}"${x(200)}"${']'.repeat(128)}`),
      'message has no type, id or from_node',
    ],
    ['no type', bytesOf('{"id": "m", "from_node": "n"}'), 'message has no type, id or from_node'],
    ['half an acknowledgement', bytesOf('{"type": "ACK", "id": "m", "from_node": "n"}'), 'malformed acknowledgement'],
  ])('but not %s', (_name, bytes, reason) => {
    expect(decodeMessage(bytes)).toEqual({ kind: 'invalid', reason });
  });
});

describe('an acknowledgement', () => {
  const ack = { type: 'ACK', ack_type: 'delivery', ack_for: 'm', success: true };

  test('is read with what it says', () => {
    expect(decode(ack)).toEqual({ kind: 'ack', ackType: 'delivery', ackFor: 'm', success: true, details: null });
    expect(decode({ ...ack, ack_type: 'processing', success: false, error_details: 'no\u0007' })).toEqual({
      kind: 'ack',
      ackType: 'processing',
      ackFor: 'm',
      success: false,
      details: 'no ',
    });
    expect(decode({ ...ack, error_details: 7 })).toMatchObject({ details: null });
  });

  test('is written as Python writes it', () => {
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    expect(text(encodeAck({ type: 'delivery', messageId: 'm', success: true }, 'z:1', 1_500))).toBe(
      '{"type":"ACK","ack_type":"delivery","ack_for":"m","success":true,"node_id":"z:1","timestamp":1.5}',
    );
    expect(text(encodeAck({ type: 'processing', messageId: 'm', success: false, details: 'ä' }, 'z:1', 1_500))).toBe(
      '{"type":"ACK","ack_type":"processing","ack_for":"m","success":false,"node_id":"z:1","timestamp":1.5,"error_details":"ä"}',
    );
  });
});

test('our own messages have ids and traces of their own, and count on', () => {
  const encode = createEncoder({ address: 'me:1', name: 'me' }, () => 0.5);
  const content = { key: 'payload', value: { a: 1 } };
  const written = (type: string) => {
    const { id, bytes } = encode({ type, content }, at(500));
    return { id, message: JSON.parse(new TextDecoder().decode(bytes)) as object };
  };
  const id = '88888888-8888-4888-a888-888888888888';
  for (const sequence of [1, 2]) {
    expect(written('PEER_NOTIFY')).toEqual({
      id,
      message: {
        type: 'PEER_NOTIFY',
        id,
        from_node: 'me:1',
        from_node_name: 'me',
        payload: { a: 1 },
        timestamp: (wallStartMs + 500) / 1_000,
        sequence,
        require_ack: true,
        headers: { 'X-Trace-ID': '8'.repeat(16), 'X-Span-ID': '8'.repeat(16), 'X-Client': 'jarviscore-fleet' },
      },
    });
  }
  const variants = new Set(
    [0, 0.25, 0.5, 0.75].map(
      (chance) => createEncoder({ address: 'a', name: 'b' }, () => chance)({ type: 'T', content }, at(0)).id[19],
    ),
  );
  expect(variants).toEqual(new Set(['8', '9', 'a', 'b']));
  expect(seconds(1_234)).toBe(1.234);
});

test('a stranger’s text loses what moves the cursor or turns the direction, and what is too long', () => {
  expect(showable('a\u0000b\u001fc\u007fd\u009fe\u2028f\u2029g\u202ah\u202ei\u2066j\u2069k')).toBe('a b c d e f g h i j k');
  expect(showable(' ~\u00a0ä\u2027\u202f\u2065\u206a😀')).toBe(' ~\u00a0ä\u2027\u202f\u2065\u206a😀');
  expect([showable(x(201)).length, showable(x(200)).length, showable('abc', 2)]).toEqual([200, 200, 'ab']);
});

describe('what a message must have', () => {
  const agent = { agent_id: 'a', role: 'r', capabilities: [] };
  const list = (length: number, item: unknown = 'c') => Array.from({ length }, () => item);
  const notText = [7, null, undefined, ['a'], {}, true];

  /** The guard, a value that passes it, and for each field what it may be and what it may not. */
  const cases: readonly [string, (value: unknown) => boolean, object, Record<string, { good: unknown[]; bad: unknown[] }>][] = [
    [
      'an acknowledgement',
      guards.isAck,
      { type: 'ACK', ack_type: 'delivery', ack_for: 'm', success: true },
      {
        type: { good: [], bad: ['ack', '', ...notText] },
        ack_type: { good: ['processing'], bad: ['', 'done', ...notText] },
        ack_for: { good: ['x', x(200)], bad: ['', x(201), ...notText] },
        success: { good: [false], bad: [1, 'true', null, undefined] },
      },
    ],
    [
      'an envelope',
      guards.isEnvelope,
      { type: 'T', id: 'i', from_node: 'n' },
      {
        type: { good: [x(100)], bad: ['', x(101), ...notText] },
        id: { good: [x(200)], bad: ['', x(201), ...notText] },
        from_node: { good: [x(100)], bad: ['', x(101), ...notText] },
      },
    ],
    [
      'an agent',
      guards.isAnnouncedAgent,
      agent,
      {
        agent_id: { good: [x(200)], bad: ['', x(201), ...notText] },
        role: { good: [x(200)], bad: ['', x(201), ...notText] },
        capabilities: {
          good: [['', x(200)], list(1_000)],
          bad: [[x(201)], ['a', 7], list(1_001), 'a', {}, null, undefined, { length: 0 }],
        },
      },
    ],
    [
      'an announcement',
      guards.isCapabilityAnnouncement,
      { node_id: 'n', agents: {} },
      {
        node_id: { good: [x(100)], bad: ['', x(101), ...notText] },
        agents: { good: [{ a: 7 }], bad: [[], null, undefined, 'a', 7] },
      },
    ],
    [
      'a withdrawal',
      guards.isCapabilityDeannouncement,
      { node_id: 'n', agent_ids: [] },
      {
        node_id: { good: [x(100)], bad: ['', x(101), ...notText] },
        agent_ids: { good: [[x(200)], list(1_000)], bad: [[''], [x(201)], [7], list(1_001), {}, null, undefined, 'a'] },
      },
    ],
    [
      'a question',
      guards.isPeerRequest,
      { sender: 's', target: 't', correlation_id: 'c' },
      {
        sender: { good: [x(200)], bad: ['', x(201), ...notText] },
        target: { good: ['', x(200)], bad: [x(201), ...notText] },
        correlation_id: { good: [x(200)], bad: ['', x(201), ...notText] },
      },
    ],
    [
      'a notification',
      guards.isPeerNotify,
      { sender: 's', target: 't' },
      { sender: { good: [x(200)], bad: ['', x(201), ...notText] }, target: { good: ['', x(200)], bad: [x(201), ...notText] } },
    ],
    [
      'an answer',
      guards.isPeerResponse,
      { correlation_id: 'c' },
      { correlation_id: { good: [x(200)], bad: ['', x(201), ...notText] } },
    ],
    [
      'a keepalive',
      guards.isKeepalive,
      { timestamp: 1.5 },
      { timestamp: { good: [0, -1], bad: ['1', null, undefined, Number.NaN, Number.POSITIVE_INFINITY] } },
    ],
    [
      'the answer to a keepalive',
      guards.isKeepaliveAck,
      { original_timestamp: 1.5 },
      { original_timestamp: { good: [0, -1], bad: ['1', null, undefined, Number.NaN, Number.POSITIVE_INFINITY] } },
    ],
  ];

  test.each(cases)('%s', (_name, guard, value, fields) => {
    expect(guard(value)).toBe(true);
    expect(guard({ ...value, more: 1 })).toBe(true);
    for (const wrong of [null, undefined, 'x', 7, [value], []]) expect(guard(wrong)).toBe(false);
    for (const [name, { good, bad }] of Object.entries(fields)) {
      for (const item of good) expect(guard({ ...value, [name]: item }), `${name} ${JSON.stringify(item)}`).toBe(true);
      for (const item of bad) expect(guard({ ...value, [name]: item }), `${name} ${JSON.stringify(item)}`).toBe(false);
    }
  });
});

describe('which messages are understood', () => {
  const understood = (type: string, payload: object | null = null) =>
    refusal({ ...(decode({ type, id: 'm', from_node: 'n' }) as AppMessage), payload: payload as AppMessage['payload'] });

  test.each([
    'AUTOMATED_CHECK_IN',
    'CHECK_IN_RESPONSE',
    'HELLO_MESSAGE',
    'CUSTOM_MESSAGE',
    'CAPABILITY_REQUEST',
    'CAPABILITY_QUERY',
    'STEP_OUTPUT_BROADCAST',
    'STEP_OUTPUT_ACK',
    'STEP_COMPLETION_NUDGE',
    'STEP_COMPLETION_NUDGE_RESPONSE',
    'STEP_DATA_REQUEST',
  ])('%s, whatever it carries', (type) => {
    expect([isKnown(type), understood(type), understood(type, { a: 1 })]).toEqual([true, null, null]);
  });

  test.each<[string, object]>([
    ['CAPABILITY_ANNOUNCEMENT', { node_id: 'n', agents: {} }],
    ['CAPABILITY_DEANNOUNCEMENT', { node_id: 'n', agent_ids: [] }],
    ['P2P_KEEPALIVE', { timestamp: 1 }],
    ['P2P_KEEPALIVE_ACK', { original_timestamp: 1 }],
    ['PEER_REQUEST', { sender: 's', target: 't', correlation_id: 'c' }],
    ['PEER_NOTIFY', { sender: 's', target: 't' }],
    ['PEER_RESPONSE', { correlation_id: 'c' }],
  ])('%s, with what it must have', (type, payload) => {
    expect([isKnown(type), understood(type, payload)]).toEqual([true, null]);
    for (const wrong of [null, {}]) expect(understood(type, wrong)).toBe(`Payload of ${type} is not understood`);
  });

  test.each(['JOIN', 'ACK', '', 'toString', '__proto__'])('%j is unknown', (type) => {
    expect([isKnown(type), refusal({ ...(decode({ type: 'T', id: 'm', from_node: 'n' }) as AppMessage), type })]).toEqual([
      false,
      'No handler for message type',
    ]);
  });
});

describe('what a release is told by', () => {
  const peer = 'p';
  const announcement = (...agents: unknown[]) => ({
    node_id: peer,
    agents: Object.fromEntries(agents.map((agent, index) => [`${index}`, agent])),
  });
  const bare = {};
  const descriptions = { capability_descriptions: {} };
  const contracts = { capability_contracts: {} };
  const neither = 'Its agents carry neither capability descriptions nor contracts';

  function seen(act: (behaviours: ReturnType<typeof createBehaviours>) => void) {
    const changed: string[] = [];
    const behaviours = createBehaviours((name) => changed.push(name));
    act(behaviours);
    return {
      behaviour: behaviours.of(peer),
      addressable: behaviours.addressable(peer),
      confirms: behaviours.confirmsNotifications(peer),
      changes: changed.length,
    };
  }
  const nothing = { behaviour: null, addressable: null, confirms: false, changes: 0 };
  const group = (groups: string, releases: string, how: string) => ({
    ...nothing,
    behaviour: { groups: groups.split(''), releases, how },
  });
  const old = group('ABC', '1.0.2 to 1.10.0', `${neither}.`);
  const asked = group('AC', '1.0.2 or 1.5.0 to 1.10.0', `${neither}, and they can be asked.`);
  const deaf = group('B', 'probably 1.1.0 to 1.4.1', `${neither}, and a question that it confirmed was never answered.`);
  const late = group('D', '1.11.0 to 1.12.0', 'Its agents carry capability descriptions, but no contracts.');
  const recent = { ...group('DEFG', '1.13.0 or later', 'Its agents carry capability contracts.'), confirms: true };
  const ours = { ...group('', 'JarvisCore Fleet', 'Its messages say so.'), confirms: true, changes: 1 };

  test.each<[string, (behaviours: ReturnType<typeof createBehaviours>) => void, object]>([
    ['nothing', () => {}, nothing],
    ['no agents', (it) => it.announced(peer, announcement()), nothing],
    ['agents that are none', (it) => it.announced(peer, announcement(7, null, [])), nothing],
    ['bare agents', (it) => it.announced(peer, announcement(bare)), old],
    [
      'keys that are no objects',
      (it) => it.announced(peer, announcement({ capability_contracts: [], capability_descriptions: 1 })),
      old,
    ],
    ['descriptions', (it) => it.announced(peer, announcement(bare, descriptions, bare)), late],
    ['contracts', (it) => it.announced(peer, announcement(contracts, descriptions)), recent],
    [
      'the most that was ever seen',
      (it) => {
        it.announced(peer, announcement(descriptions));
        it.announced(peer, announcement(bare));
        it.announced(peer, announcement());
      },
      late,
    ],
    [
      'an answer',
      (it) => {
        it.announced(peer, announcement(bare));
        it.answered(peer);
        it.answered(peer);
      },
      { ...asked, addressable: true, changes: 1 },
    ],
    [
      'a question that was ignored',
      (it) => {
        it.announced(peer, announcement(bare));
        it.ignored(peer);
        it.ignored(peer);
      },
      { ...deaf, addressable: false, changes: 1 },
    ],
    [
      'an answer after that',
      (it) => {
        it.announced(peer, announcement(bare));
        it.ignored(peer);
        it.answered(peer);
        it.ignored(peer);
      },
      { ...asked, addressable: true, changes: 2 },
    ],
    [
      'a question that a later release ignored',
      (it) => {
        it.announced(peer, announcement(contracts));
        it.ignored(peer);
      },
      { ...recent, changes: 1 },
    ],
    ['our own program', (it) => it.client(peer, 'jarviscore-fleet'), ours],
    [
      'our own program, twice, that ignored a question',
      (it) => {
        it.client(peer, 'jarviscore-fleet');
        it.client(peer, 'jarviscore-fleet');
        it.announced(peer, announcement(bare));
        it.ignored(peer);
      },
      { ...ours, changes: 2 },
    ],
    ['another program', (it) => it.client(peer, 'other'), nothing],
    [
      'a life that is over',
      (it) => {
        it.announced(peer, announcement(contracts));
        it.reset(peer);
      },
      nothing,
    ],
    [
      'a peer that was forgotten',
      (it) => {
        it.announced(peer, announcement(contracts));
        it.forget(peer);
      },
      nothing,
    ],
  ])('%s', (_name, act, expected) => {
    expect(seen(act)).toEqual(expected);
  });
});
