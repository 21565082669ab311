import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { SwimMessage } from '#schemas/wire/swim.ts';
import { MAX_MESSAGE_BYTES } from '#schemas/wire/swimLimits.ts';
import { decode, encode, encodeDigest, entryText } from '#server/mesh/swim/codec.ts';
import { pythonFloat, pythonJson } from '#server/mesh/swim/pythonJson.ts';
import { captureFiles, inflate, swimFrames } from './captures.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const ping: SwimMessage = { type: 'PING', from: '127.0.0.1:7947', id: 'ae3a844d', timestamp: 1785000000.0480263 };

describe('captured frames', () => {
  test.each(captureFiles)('%s: every SWIM frame decodes without a skipped entry', (file) => {
    const frames = swimFrames(file);
    expect(frames.length).toBeGreaterThan(5);
    for (const frame of frames) {
      expect(decode(frame.bytes, inflate)).toMatchObject({ ok: true, skipped: 0 });
    }
  });

  test.each(captureFiles)('%s: what a Python node wrote is written again byte for byte', (file) => {
    let python = 0;
    for (const frame of swimFrames(file)) {
      const decoded = decode(frame.bytes, inflate);
      if (!decoded.ok) throw new Error(decoded.what);
      const again = encode(decoded.message);
      expect(decode(again, inflate)).toEqual(decoded);
      const text = new TextDecoder().decode(frame.bytes);
      // Hand-written peers of the captures wrote compact JSON.
      if (!text.startsWith('U{"type": ')) continue;
      python += 1;
      expect(new TextDecoder().decode(again)).toBe(text);
    }
    expect(python).toBeGreaterThan(0);
  });

  test('the set covers all seven messages and both transports', () => {
    const seen = new Set<string>();
    for (const frame of captureFiles.flatMap(swimFrames)) {
      const decoded = decode(frame.bytes, inflate);
      if (decoded.ok) seen.add(`${frame.transport} ${decoded.message.type}`);
    }
    expect([...seen].sort()).toEqual([
      'tcp HEARTBEAT',
      'tcp SYNC-RESP',
      'udp HEARTBEAT',
      'udp PING',
      'udp PING-REQ',
      'udp PING-REQ-ACK',
      'udp PONG',
      'udp SYNC-REQ',
      'udp SYNC-RESP',
    ]);
  });
});

describe('encodings', () => {
  const json = bytes('{"type":"PING","from":"127.0.0.1:7947","id":"ae3a844d","timestamp":1785000000.0480263,"extra":[1]}');

  test('plain with marker, bare JSON and zlib mean the same; unknown keys are dropped', () => {
    const marked = new Uint8Array([0x55, ...json]);
    const packed = new Uint8Array([0x43, ...deflateSync(json)]);
    for (const form of [json, marked, packed]) expect(decode(form, inflate)).toEqual({ ok: true, message: ping, skipped: 0 });
  });

  test('a zlib bomb is refused before it is inflated', () => {
    const bomb = new Uint8Array([0x43, ...deflateSync(Buffer.alloc(MAX_MESSAGE_BYTES * 8, 0x20))]);
    expect(bomb.length).toBeLessThan(20_000);
    let asked = 0;
    const bounded = (zlib: Uint8Array, maxBytes: number): Uint8Array | null => {
      asked = maxBytes;
      return inflate(zlib, maxBytes);
    };
    expect(decode(bomb, bounded)).toMatchObject({ ok: false });
    expect(asked).toBe(MAX_MESSAGE_BYTES);
  });

  test('a message above the cap is refused unread', () => {
    expect(decode(new Uint8Array(MAX_MESSAGE_BYTES + 1).fill(0x20), inflate)).toMatchObject({ ok: false });
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['a lone marker', bytes('U')],
    ['invalid UTF-8', new Uint8Array([0x55, 0x22, 0xff, 0x22])],
    ['another type', bytes('U{"type": "JOIN", "from": "127.0.0.1:1", "id": "a", "timestamp": 1.0}')],
    [
      'an impossible target',
      bytes('U{"type": "PING-REQ", "from": "127.0.0.1:1", "target": "127.0.0.1:70000", "id": "a", "timestamp": 1.0}'),
    ],
  ])('%s is refused', (_name, form) => {
    expect(decode(form, inflate)).toMatchObject({ ok: false });
  });
});

describe('digest entries', () => {
  const digestWith = (entries: readonly unknown[]): Uint8Array =>
    bytes(
      JSON.stringify({
        type: 'HEARTBEAT',
        from: '127.0.0.1:7946',
        id: 'a',
        timestamp: 1,
        digest: { version: 1, entries, is_full: false, timestamp: 1, source: '127.0.0.1:7946' },
      }),
    );
  const good = { addr: '127.0.0.1:7946', state: 'ALIVE', incarnation: 1, last_heartbeat: 1, metadata: {} };
  const deep = JSON.parse(`${'{"a":'.repeat(50)}1${'}'.repeat(50)}`);

  test.each([
    ['state', { ...good, state: 'LEFT' }],
    ['incarnation', { ...good, incarnation: 1.5 }],
    ['huge incarnation', { ...good, incarnation: 2 ** 53 }],
    ['null metadata', { ...good, metadata: null }],
    ['list metadata', { ...good, metadata: [] }],
    ['deep metadata', { ...good, metadata: deep }],
    ['long metadata', { ...good, metadata: { a: 'x'.repeat(2_000) } }],
    ['port above 64535', { ...good, addr: '127.0.0.1:64536' }],
    ['port 0', { ...good, addr: '127.0.0.1:0' }],
    ['host name', { ...good, addr: 'localhost:7946' }],
    ['IPv6', { ...good, addr: '[::1]:7946' }],
    ['leading zero', { ...good, addr: '127.0.0.01:7946' }],
    ['multicast', { ...good, addr: '224.0.0.1:7946' }],
    ['missing key', { addr: good.addr, state: good.state, last_heartbeat: 1, metadata: {} }],
    ['no object', 'ALIVE'],
  ])('wrong %s: that entry is skipped, the others stay', (_name, bad) => {
    const decoded = decode(digestWith([bad, good]), inflate);
    expect(decoded).toMatchObject({ ok: true, skipped: 1, message: { digest: { entries: [good] } } });
  });

  test('an entry without last_heartbeat and metadata is taken, as the member list of swim-p2p 1.2.6 takes it', () => {
    const bare = { addr: good.addr, state: good.state, incarnation: 1 };
    expect(decode(digestWith([bare]), inflate)).toMatchObject({
      skipped: 0,
      message: { digest: { entries: [{ ...bare, last_heartbeat: 0, metadata: {} }] } },
    });
  });
});

test.each(['HEARTBEAT', 'SYNC-RESP'] as const)('a %s made from texts is the one made from entries', (type) => {
  const entries = ['127.0.0.1:7946', '127.0.0.1:7947'].map((addr) => ({
    addr,
    state: 'SUSPECT' as const,
    incarnation: 3,
    last_heartbeat: 1.5,
    metadata: { a: 'ä' },
  }));
  for (const some of [entries, []]) {
    const frame = { version: 7, is_full: true, timestamp: 2.5, source: '127.0.0.1:7946' };
    const digest = { ...frame, entries: some };
    const whole = encode({ type, from: frame.source, id: 'a', timestamp: frame.timestamp, digest });
    expect(new TextDecoder().decode(encodeDigest(type, 'a', frame, some.map(entryText)))).toBe(new TextDecoder().decode(whole));
  }
});

describe('Python style', () => {
  test.each([
    [1785000000, '1785000000.0'],
    [0.000095, '9.5e-05'],
    [1e16, '1e+16'],
    [123456789012345680, '1.2345678901234568e+17'],
    [0.0001, '0.0001'],
    [-0.5, '-0.5'],
    [0, '0.0'],
  ])('float %d', (value, text) => {
    expect(pythonFloat(value)).toBe(text);
  });

  test('strings are escaped to ASCII, separators have blanks', () => {
    expect(pythonJson({ 'ü"\\\n': ['😀', 1, true, null], b: {} })).toBe(
      '{"\\u00fc\\"\\\\\\n": ["\\ud83d\\ude00", 1, true, null], "b": {}}',
    );
  });
});
