/** What is said of senders that break the rules, whom it is said of, and what comes of it. */
import { describe, expect, test } from 'vitest';
import type { DigestEntry, SwimMessage } from '#schemas/wire/swim.ts';
import { encode } from '#server/mesh/swim/codec.ts';
import { createSwim } from '#server/mesh/swim/swim.ts';
import type { SwimInput } from '#server/mesh/swim/types.ts';
import { B, C, D, Driver, entry, evenChance, SELF, withTwo } from './driver.ts';

const E = '127.0.0.1:7950';
const bytesOf = (text: string) => new TextEncoder().encode(text);
const datagram = (from: string, text: string): SwimInput => ({ kind: 'datagram', from, bytes: bytesOf(text) });
const digestMessage = (type: 'HEARTBEAT' | 'SYNC-RESP', from: string, entries: readonly DigestEntry[]): SwimMessage => ({
  type,
  from,
  id: 'd',
  timestamp: 1,
  digest: { version: 1, entries: [...entries], is_full: false, timestamp: 1, source: from },
});
const ping = (from: string): SwimMessage => ({ type: 'PING', from, id: 'p', timestamp: 1 });
/** Over a TCP connection, whose port says nothing. */
const frame = (message: SwimMessage, from = '127.0.0.1:50321'): SwimInput => ({ kind: 'frame', from, bytes: encode(message) });

function told(driver: Driver, input: SwimInput) {
  driver.events.length = 0;
  const sent = driver.give(input);
  const violations = driver.events.flatMap((event) => (event.kind === 'violation' ? [[event.from, event.what]] : []));
  return { sent, violations };
}

describe('messages that cannot be used', () => {
  const cases: readonly [string, SwimInput, string, string][] = [
    ['no JSON', datagram(D, 'U{'), D, 'It sent bytes that are no JSON text.'],
    ['nothing', { kind: 'datagram', from: D, bytes: new Uint8Array() }, D, 'It sent bytes that are no JSON text.'],
    ['damaged zlib', datagram(D, 'Cxyz'), D, 'It sent a compressed message that is damaged or too large.'],
    [
      'too long',
      { kind: 'datagram', from: D, bytes: new Uint8Array(1_048_577) },
      D,
      'It sent a message of 1048577 bytes, above the limit.',
    ],
    ['another protocol', datagram(D, 'U{"type": "JOIN"}'), D, 'It sent an unknown or malformed JOIN.'],
    ['a wrong field', datagram(D, `U{"type": "PING", "from": "${D}"}`), D, 'It sent an unknown or malformed PING.'],
    ['no object', datagram(D, 'U[1]'), D, 'It sent no SWIM message.'],
    [
      'our own name',
      { kind: 'datagram', from: D, bytes: encode(ping(SELF)) },
      D,
      'It announces our own identity; two nodes with one address cannot be told apart.',
    ],
    [
      'our own address',
      { kind: 'datagram', from: SELF, bytes: encode(ping(D)) },
      SELF,
      'It announces our own identity; two nodes with one address cannot be told apart.',
    ],
    [
      'a digest without itself',
      { kind: 'datagram', from: D, bytes: encode(digestMessage('HEARTBEAT', D, [entry(E)])) },
      D,
      'It sent a digest without its own entry, and no member has named it; the digest was not used.',
    ],
    [
      'an answer without a question',
      { kind: 'datagram', from: D, bytes: encode(digestMessage('SYNC-RESP', D, [entry(D)])) },
      D,
      'It sent a SYNC-RESP that was not asked for; it was not used.',
    ],
    [
      'a name that is no address',
      { kind: 'datagram', from: D, bytes: encode(digestMessage('HEARTBEAT', 'node-4', [entry(D)])) },
      D,
      'It announces itself under a name that is no numeric IPv4 address; other nodes cannot match its answers.',
    ],
    [
      'a name that is no address, in an answer to a question',
      { kind: 'datagram', from: D, bytes: encode(digestMessage('SYNC-RESP', 'node-4', [entry(D)])) },
      D,
      'It announces itself under a name that is no numeric IPv4 address; other nodes cannot match its answers.',
    ],
  ];

  test.each(cases)('%s', (_name, input, from, what) => {
    const driver = withTwo();
    const members = driver.swim.members();
    expect(told(driver, input)).toEqual({ sent: [], violations: [[from, what]] });
    expect(driver.swim.members()).toBe(members);
    expect(driver.swim.violations(from)).toBe(1);
  });

  test('what comes from 0.0.0.0 is not looked at', () => {
    expect(told(withTwo(), datagram('0.0.0.0:7949', 'U{'))).toEqual({ sent: [], violations: [] });
  });

  test('wrong entries are left out and told, the others used', () => {
    const driver = withTwo();
    const text = new TextDecoder().decode(encode(digestMessage('HEARTBEAT', B, [entry(B), entry(D), entry(E)])));
    expect(told(driver, datagram(B, text.replace(`"addr": "${D}"`, '"addr": "d"'))).violations).toEqual([
      [B, 'It sent digest entries with wrong fields; they were left out.'],
    ]);
    expect(driver.swim.members().map(({ address }) => address)).toEqual([B, C, E]);
  });

  test('what a name says that differs from where packets come from is told, and warned of while it was never heard', () => {
    const driver = withTwo();
    driver.heartbeat(B, [entry(B), entry(D)]);
    const input: SwimInput = {
      kind: 'datagram',
      from: '127.0.0.1:9',
      bytes: encode(digestMessage('HEARTBEAT', D, [entry(D), entry(E)])),
    };
    expect(told(driver, input).violations).toEqual([
      ['127.0.0.1:9', `It announces itself as ${D}, but its packets come from 127.0.0.1:9.`],
    ]);
    expect(driver.member(D).warnings).toEqual(['Its packets come from 127.0.0.1:9, so Python nodes ignore its answers.']);
    expect(driver.swim.member(E), 'it is used all the same').toBeDefined();
    const other = withTwo();
    expect(
      told(other, { kind: 'datagram', from: '127.0.0.1:9', bytes: encode(ping(C)) }).violations,
      'a PING proves nothing',
    ).toEqual([]);
    expect(told(other, frame(digestMessage('HEARTBEAT', C, [entry(C)]))).violations, 'a TCP port says nothing').toEqual([]);
  });

  test('addresses of 0.0.0.0 in a digest are told, but for its own', () => {
    const driver = withTwo();
    const digest = digestMessage('HEARTBEAT', B, [entry(B), entry('0.0.0.0:9000')]);
    expect(told(driver, { kind: 'datagram', from: B, bytes: encode(digest) }).violations).toEqual([
      [B, 'It names 0.0.0.0:9000, which nobody can send to.'],
    ]);
    const own = digestMessage('HEARTBEAT', '0.0.0.0:7949', [entry('0.0.0.0:7949')]);
    expect(told(driver, { kind: 'datagram', from: D, bytes: encode(own) }).violations).toEqual([]);
    expect(driver.member(D)).toMatchObject({
      state: 'alive',
      wildcard: '0.0.0.0:7949',
      warnings: ['It announces itself as 0.0.0.0:7949, which no other node can reach: bind a real address.'],
    });
  });

  test('more members than are kept are told', () => {
    const driver = new Driver({ limits: { members: 2 } });
    const digest = digestMessage('HEARTBEAT', B, [entry(B), entry(C), entry(D)]);
    expect(told(driver, { kind: 'datagram', from: B, bytes: encode(digest) }).violations).toEqual([
      [B, 'It names more members than this node keeps.'],
    ]);
    expect(driver.swim.members().map(({ address }) => address)).toEqual([B, C]);
  });
});

describe('a flood', () => {
  test('of datagrams is cut off by source, and told', () => {
    const driver = withTwo();
    const input: SwimInput = { kind: 'datagram', from: D, bytes: encode(ping(D)) };
    for (let index = 0; index < 400; index += 1) expect(told(driver, input).sent).toHaveLength(1);
    expect(told(driver, input)).toEqual({
      sent: [],
      violations: [[D, 'It sends more messages than this node takes; the rest is dropped.']],
    });
    expect(told(driver, { ...input, from: E }).sent).toHaveLength(1);
  });

  test('of TCP connections is cut off by host', () => {
    const driver = withTwo();
    for (let port = 50_000; port < 50_400; port += 1)
      expect(told(driver, frame(ping(B), `10.0.0.9:${port}`)).sent).toHaveLength(1);
    expect(told(driver, frame(ping(B), '10.0.0.9:60000'))).toEqual({
      sent: [],
      violations: [['10.0.0.9:60000', 'It sends more messages than this node takes; the rest is dropped.']],
    });
    expect(told(driver, frame(ping(B), '10.0.0.8:60000')).sent).toHaveLength(1);
  });
});

describe('what comes by TCP', () => {
  test('is answered where the header says', () => {
    expect(told(withTwo(), frame(ping(D))).sent.map(({ to, message }) => `${to} ${message.type}`)).toEqual([`${D} PONG`]);
    const request: SwimMessage = { type: 'PING-REQ', from: B, target: C, id: 'q', timestamp: 1 };
    const driver = withTwo();
    expect(driver.give(frame(request))).toMatchObject([{ to: C, message: { type: 'PING', ping_req_from: B } }]);
    expect(driver.pong(C)).toMatchObject([{ to: B, message: { type: 'PING-REQ-ACK', id: 'q' } }]);
  });

  test('in the name of 0.0.0.0 is answered at that port of its host', () => {
    expect(told(withTwo(), frame(ping('0.0.0.0:7949'), '10.0.0.9:50321')).sent).toMatchObject([
      { to: '10.0.0.9:7949', message: { type: 'PONG' } },
    ]);
    expect(told(withTwo(), frame(ping('0.0.0.0:7946'), '127.0.0.1:50321')).sent, 'that is ourselves').toEqual([]);
  });

  test('under a name that is no address is not answered', () => {
    for (const message of [
      ping('node-4'),
      { type: 'SYNC-REQ', from: 'node-4', id: 's', known_version: 0, timestamp: 1 } as const,
      { type: 'PING-REQ', from: 'node-4', target: C, id: 'q', timestamp: 1 } as const,
    ])
      expect(told(withTwo(), frame(message)).sent).toEqual([]);
  });

  test('says nothing of who is alive, and measures nothing', () => {
    const driver = withTwo();
    const before = driver.swim.contactTimes(B);
    driver.nowMs += 100;
    driver.give(frame(ping(B)));
    driver.give(frame({ type: 'PONG', from: B, id: 'p', in_response_to: 'PING', orig_timestamp: 1, timestamp: 1 }));
    expect(driver.swim.contactTimes(B)).toEqual(before);
  });

  test('brings a digest of a member, whose broken rules are its own', () => {
    const driver = withTwo();
    const digest = digestMessage('HEARTBEAT', B, [entry(B), entry(D), entry('0.0.0.0:9000')]);
    expect(told(driver, frame(digest)).violations).toEqual([[B, 'It names 0.0.0.0:9000, which nobody can send to.']]);
    expect(driver.swim.member(D)).toBeDefined();
    expect(told(driver, frame(digest, '10.0.0.9:50321')).violations, 'from another host it is not believed').toEqual([
      ['10.0.0.9:50321', 'It names 0.0.0.0:9000, which nobody can send to.'],
    ]);
  });

  test('brings the answer to our question, and whoever answered it is looked at', () => {
    const driver = new Driver({ seeds: [B], random: evenChance() });
    driver.take();
    const others = Array.from({ length: 100 }, (_unused, index) => entry(`127.0.0.1:${9_000 + index}`));
    const sent = driver.give(frame(digestMessage('SYNC-RESP', B, [...others, entry(B)])));
    expect(driver.swim.members()).toHaveLength(101);
    const pinged = sent.flatMap(({ to, message }) => (message.type === 'PING' ? [to] : []));
    expect(pinged, 'at once, not in its turn').toContain(B);
    expect(pinged).toHaveLength(33);
    expect(driver.swim.seeds(), 'its own port has not answered yet').toMatchObject([{ state: 'waiting' }]);
    driver.pong(B);
    expect(driver.give(frame(digestMessage('SYNC-RESP', B, [entry(B)]))), 'it was heard').toEqual([]);
  });
});

describe('clocks', () => {
  const at = (driver: Driver, aheadMs: number) => (driver.now.wallMs + aheadMs) / 1_000;

  test('are told by the PINGs of members, and not of strangers', () => {
    const driver = withTwo();
    driver.receive({ type: 'PING', from: B, id: 'p', timestamp: at(driver, 3_000) });
    driver.receive({ type: 'PING', from: D, id: 'p', timestamp: at(driver, 3_000) });
    expect(driver.swim.contactTimes(B).clockOffsetMs).toBeCloseTo(3_000, 3);
    expect(driver.swim.contactTimes(D).clockOffsetMs).toBeNull();
  });

  test('are not told by a PONG that nobody asked for', () => {
    const driver = withTwo();
    driver.receive({
      type: 'PONG',
      from: B,
      id: 'none',
      in_response_to: 'PING',
      orig_timestamp: 1,
      timestamp: at(driver, 3_000),
    });
    expect(driver.swim.contactTimes(B).clockOffsetMs).toBeNull();
  });

  test('are forgotten with the member', () => {
    const driver = withTwo();
    driver.receive({ type: 'PING', from: C, id: 'p', timestamp: at(driver, 3_000) });
    driver.heartbeat(B, [entry(B), entry(C, 'DEAD', 4)]);
    driver.give({ kind: 'forget', address: C });
    driver.heartbeat(B, [entry(B), entry(C, 'ALIVE', 5)]);
    expect(driver.member(C).state).toBe('alive');
    expect(driver.swim.contactTimes(C).clockOffsetMs).toBeNull();
  });
});

describe('who may say what', () => {
  test('a stranger that names itself joins, one named by a member or a seed need not', () => {
    const driver = new Driver({ seeds: [C] });
    driver.take();
    expect(driver.heartbeat(D, [entry(E)])).toEqual([]);
    expect(driver.swim.members()).toEqual([]);
    driver.heartbeat(C, [entry(E)]);
    expect(
      driver.swim.members().map(({ address }) => address),
      'a seed',
    ).toEqual([E]);
    driver.heartbeat(E, [entry(B)]);
    expect(
      driver.swim.members().map(({ address }) => address),
      'a member',
    ).toEqual([B, E]);
  });

  test('the fleet of a contact is reported and not joined', () => {
    const driver = withTwo();
    driver.give({ kind: 'contact', address: D });
    driver.events.length = 0;
    driver.syncResponse(D, [entry(D, 'ALIVE', 4), entry(E, 'DEAD', 2)]);
    expect(driver.events).toEqual([
      {
        kind: 'contacted',
        address: D,
        fleet: [
          { address: D, state: 'ALIVE', incarnation: 4 },
          { address: E, state: 'DEAD', incarnation: 2 },
        ],
      },
    ]);
    expect(driver.swim.members().map(({ address }) => address)).toEqual([B, C]);
  });

  test('a wildcard node is warned of once', () => {
    const driver = new Driver();
    const say = (port: number) => driver.heartbeat(`0.0.0.0:${port}`, [entry(`0.0.0.0:${port}`)], B);
    say(7_947);
    const before = driver.events.length;
    say(7_947);
    expect(driver.events.length).toBe(before);
    expect(driver.swim.members().map(({ address }) => address)).toEqual([B]);
  });
});

test('an identity that cannot be is refused with what it must be', () => {
  const start = (self: string) =>
    createSwim({ self, seeds: [], random: () => 0.5, forgetAfterMs: 1, inflate: () => null }, { monotonicMs: 0, wallMs: 0 });
  expect(() => start('0.0.0.0:7946')).toThrow(
    "0.0.0.0:7946 cannot be a node's identity: it must be a numeric IPv4 address (not 0.0.0.0) with a port from 1 to 64535.",
  );
});

test('seeds that cannot be sent to are told, ourselves are left out', () => {
  const driver = new Driver({ seeds: ['localhost:7946', SELF, '0.0.0.0:7946', B] });
  const what = 'It is no address one can send to: a numeric IPv4 address with a port from 1 to 64535 is needed.';
  expect(driver.events).toEqual([
    { kind: 'violation', from: 'localhost:7946', what },
    { kind: 'violation', from: '0.0.0.0:7946', what },
  ]);
  expect(driver.swim.seeds().map(({ address }) => address)).toEqual([B]);
});

test('who has left does not hear any more, and says farewell again when it is told to', () => {
  const driver = withTwo();
  driver.give({ kind: 'leave' });
  driver.events.length = 0;
  for (const input of [
    datagram(B, 'U{'),
    { kind: 'tick' },
    { kind: 'contact', address: D },
    { kind: 'forget', address: B },
  ] satisfies SwimInput[])
    expect(told(driver, input)).toEqual({ sent: [], violations: [] });
  expect(driver.give({ kind: 'leave' })).toHaveLength(2);
  expect(driver.swim.nextTimeout()).toBeUndefined();
  expect(driver.swim.incarnation).toBe(2);
});
