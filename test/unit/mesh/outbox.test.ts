import { describe, expect, test } from 'vitest';
import { createOutbox, type Outbox, type SendOutcome } from '#server/mesh/messages/outbox.ts';

const B = '127.0.0.1:7947';
const C = '127.0.0.1:7948';

interface Bench {
  readonly outbox: Outbox;
  /** What the outbox wants since the last look: `connect`, `disconnect`, or the sent message's name. */
  wants(): string[];
  readonly settled: Record<string, SendOutcome & { readonly atMs: number }>;
  readonly sentAt: Record<string, number[]>;
  send(name: string, nowMs: number, limitMs?: number, peer?: string): boolean;
  delivered(name: string, nowMs: number): boolean;
  done(name: string, nowMs: number, error?: string): boolean;
}

/** `random` is in the middle: pauses are as long as they are named. */
function bench(random = 0.5): Bench {
  const outbox = createOutbox(() => random);
  const settled: Bench['settled'] = {};
  const sentAt: Bench['sentAt'] = {};
  return {
    outbox,
    settled,
    sentAt,
    wants() {
      const found: string[] = [];
      for (let output = outbox.poll(); output !== undefined; output = outbox.poll())
        found.push(output.kind === 'send' ? new TextDecoder().decode(output.bytes) : output.kind);
      return found;
    },
    send: (name, nowMs, limitMs = 30_000, peer = B) =>
      outbox.send(
        peer,
        { id: name, bytes: new TextEncoder().encode(name) },
        {
          limitMs,
          settle(outcome, atMs) {
            if (settled[name] !== undefined) throw new Error(`${name} was settled twice`);
            settled[name] = { ...outcome, atMs };
          },
          onSent: (atMs) => {
            sentAt[name] = [...(sentAt[name] ?? []), atMs];
          },
        },
        nowMs,
      ),
    delivered: (name, nowMs) =>
      outbox.acknowledged(B, { ackType: 'delivery', ackFor: name, success: true, details: null }, nowMs),
    done: (name, nowMs, error) =>
      outbox.acknowledged(
        B,
        { ackType: 'processing', ackFor: name, success: error === undefined, details: error ?? null },
        nowMs,
      ),
  };
}

/** With an open connection to B. */
function connected(nowMs = 0): Bench {
  const lane = bench();
  lane.outbox.open(B, nowMs);
  lane.send('first', nowMs);
  lane.outbox.connected(B, nowMs);
  lane.done('first', nowMs);
  lane.wants();
  return lane;
}

test('a connection is asked for when there is something to send, once, and what waited goes out in order', () => {
  const { outbox, wants, send, sentAt } = bench();
  expect(send('early', 0)).toBe(false);
  outbox.open(B, 0);
  expect([wants(), outbox.nextTimeout()]).toEqual([[], undefined]);
  expect([send('a', 10), send('b', 20)]).toEqual([true, true]);
  expect(wants()).toEqual(['connect']);
  outbox.connected(B, 500);
  expect(wants()).toEqual(['a', 'b']);
  expect(sentAt).toEqual({ a: [500], b: [500] });
  outbox.connected(B, 600);
  outbox.connected(C, 600);
  outbox.disconnected(C, 600);
  expect(wants()).toEqual([]);
});

test('an unacknowledged message is sent three times, a second apart, and fails at its limit', () => {
  const { outbox, wants, send, settled, sentAt } = connected();
  send('a', 1_000);
  expect(outbox.nextTimeout()).toBe(2_000);
  for (const nowMs of [1_999, 2_000, 2_500, 3_000, 4_000, 5_000]) outbox.tick(nowMs);
  expect(wants()).toEqual(['a', 'a', 'a']);
  expect(sentAt.a).toEqual([1_000, 2_000, 3_000]);
  expect(outbox.nextTimeout()).toBe(31_000);
  outbox.tick(30_999);
  expect(settled.a).toBeUndefined();
  outbox.tick(31_000);
  const error = 'the peer did not acknowledge it';
  expect(settled.a).toEqual({ ok: false, delivered: false, error, rttMs: null, atMs: 31_000 });
});

test('a delivered message is not repeated, and is done when it was handled', () => {
  const { outbox, wants, send, settled, delivered, done } = connected();
  send('a', 1_000);
  send('b', 1_000);
  expect(delivered('a', 1_200)).toBe(true);
  outbox.tick(5_000);
  expect(wants()).toEqual(['a', 'b', 'b']);
  expect(done('a', 6_500)).toBe(true);
  expect(settled.a).toEqual({ ok: true, delivered: true, error: null, rttMs: 5_500, atMs: 6_500 });
  expect(done('b', 7_000, 'no such role')).toBe(true);
  expect(settled.b).toEqual({ ok: false, delivered: true, error: 'no such role', rttMs: 2_000, atMs: 7_000 });
});

test('a delivered message that nobody confirms fails with that', () => {
  const { outbox, send, settled, delivered } = connected();
  send('a', 0, 2_000);
  delivered('a', 100);
  outbox.tick(2_000);
  const error = 'the peer took it but did not confirm that it handled it';
  expect(settled.a).toEqual({ ok: false, delivered: true, error, rttMs: null, atMs: 2_000 });
});

test('acknowledgements of what is done are none of a stranger; those of what was never sent are', () => {
  const { outbox, send, done, delivered } = connected();
  send('a', 0);
  expect([done('a', 5), done('a', 6), delivered('a', 6)]).toEqual([true, true, true]);
  expect(done('never', 7)).toBe(false);
  const ack = { ackType: 'delivery', ackFor: 'never', success: true, details: null } as const;
  expect(outbox.acknowledged(C, ack, 7)).toBe(true);
});

test('what was done is known for 1024 messages', () => {
  const { send, done } = connected();
  for (let index = 1; index < 1_024; index += 1) {
    send(`m${index}`, 0);
    done(`m${index}`, 0);
  }
  expect(done('first', 1)).toBe(true);
  send('one more', 1);
  done('one more', 1);
  expect([done('first', 2), done('m1', 2)]).toEqual([false, true]);
});

test('a delivery that is refused is none; a refusal without words says what it is', () => {
  const { outbox, wants, send, settled } = connected();
  send('a', 0);
  const ack = { ackFor: 'a', success: false, details: null };
  expect(outbox.acknowledged(B, { ...ack, ackType: 'delivery' }, 10)).toBe(true);
  outbox.tick(1_000);
  expect(wants()).toEqual(['a', 'a']);
  expect(outbox.acknowledged(B, { ...ack, ackType: 'processing' }, 900)).toBe(true);
  const error = 'the peer could not handle it';
  expect(settled.a).toEqual({ ok: false, delivered: true, error, rttMs: 0, atMs: 900 });
});

test.each([
  [0, 300],
  [0.5, 400],
  [1, 500],
])('the pause before a new connection is spread by chance (%d)', (random, pauseMs) => {
  const { outbox, send } = bench(random);
  outbox.open(B, 0);
  send('a', 0);
  outbox.disconnected(B, 1_000);
  expect(outbox.nextTimeout()).toBe(1_000 + pauseMs);
});

test('what waits for a connection fails with its peer, and the attempt ends', () => {
  const { outbox, wants, send, settled } = bench();
  outbox.open(B, 0);
  for (const name of ['a', 'b']) send(name, 0);
  outbox.close(B, 'the peer left', 5);
  expect(wants()).toEqual(['connect', 'disconnect']);
  const failed = { ok: false, delivered: false, error: 'the peer left', rttMs: null, atMs: 5 };
  expect(settled).toEqual({ a: failed, b: failed });
  expect(outbox.nextTimeout()).toBeUndefined();
});

test('what waited too long for a connection is not sent over it', () => {
  const { outbox, wants, send, settled } = bench();
  outbox.open(B, 0);
  send('a', 0, 2_000);
  outbox.tick(1_999);
  expect(settled).toEqual({});
  outbox.tick(2_000);
  expect(settled.a).toMatchObject({ error: 'no ZeroMQ connection to the peer', atMs: 2_000 });
  outbox.connected(B, 2_001);
  expect(wants()).toEqual(['connect']);
});

test('one peer is not held up by another', () => {
  const { outbox, wants, send } = connected();
  outbox.open(C, 0);
  send('c', 0, 30_000, C);
  send('b', 0);
  expect(wants()).toEqual(['connect', 'b']);
  outbox.tick(1_000);
  expect(wants()).toEqual(['b']);
  outbox.connected(C, 1_500);
  expect(wants()).toEqual(['c']);
});

test('32 are on their way at once; the next follows with each that is done, and 512 may wait', () => {
  const { outbox, wants, send, done, settled } = connected();
  const names = Array.from({ length: 32 + 512 }, (_, index) => `m${index}`);
  expect(names.filter((name) => !send(name, 0, 60_000))).toEqual([]);
  expect(send('too many', 0)).toBe(false);
  expect(wants()).toEqual(names.slice(0, 32));
  done('m3', 10);
  expect(wants()).toEqual(['m32']);
  expect(send('fits again', 10, 500)).toBe(true);
  outbox.tick(510);
  expect(settled['fits again']).toMatchObject({ ok: false, error: 'earlier messages to the peer are still waiting' });
});

test('a connection that does not open is given up after 5 s and asked for again at growing intervals', () => {
  const { outbox, wants, send, settled } = bench();
  outbox.open(B, 0);
  send('a', 0);
  expect([wants(), outbox.nextTimeout()]).toEqual([['connect'], 5_000]);
  outbox.tick(4_999);
  expect(wants()).toEqual([]);
  outbox.tick(5_000);
  expect([wants(), outbox.nextTimeout()]).toEqual([['disconnect'], 5_400]);
  outbox.tick(5_400);
  expect(wants()).toEqual(['connect']);
  outbox.disconnected(B, 5_500);
  outbox.disconnected(B, 5_500);
  expect([wants(), outbox.nextTimeout()]).toEqual([[], 6_300]);
  outbox.tick(30_000);
  expect(settled.a).toMatchObject({ ok: false, delivered: false, error: 'no ZeroMQ connection to the peer' });
});

test('the pause before a new connection never exceeds 10 s, and starts over after one that was open', () => {
  const { outbox, wants, send } = bench();
  outbox.open(B, 0);
  send('a', 0, 10_000_000);
  let [nowMs, pause] = [0, 0];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    expect(wants()).toEqual(['connect']);
    outbox.disconnected(B, nowMs);
    pause = (outbox.nextTimeout() ?? 0) - nowMs;
    nowMs += pause;
    outbox.tick(nowMs);
  }
  expect(pause).toBe(10_000);
  outbox.connected(B, nowMs);
  outbox.disconnected(B, nowMs);
  expect((outbox.nextTimeout() ?? 0) - nowMs).toBe(200);
});

describe('when an open connection is lost', () => {
  test('what was not delivered goes out first over the next one; what was delivered fails', () => {
    const { outbox, wants, send, delivered, settled, sentAt } = connected();
    for (const name of ['a', 'b']) send(name, 0);
    delivered('b', 10);
    outbox.disconnected(B, 100);
    send('c', 100);
    const error = 'the connection was lost before the peer confirmed that it handled it';
    expect(settled).toEqual({ first: expect.anything(), b: { ok: false, delivered: true, error, rttMs: null, atMs: 100 } });
    outbox.tick(299);
    expect(wants()).toEqual(['a', 'b']);
    outbox.tick(300);
    expect(wants()).toEqual(['connect']);
    outbox.connected(B, 310);
    expect(wants()).toEqual(['a', 'c']);
    expect(sentAt.a).toEqual([0, 310]);
  });

  test('a message that was sent three times is sent once more', () => {
    const { outbox, wants, send } = connected();
    send('a', 0);
    for (const nowMs of [1_000, 2_000, 3_000]) outbox.tick(nowMs);
    outbox.disconnected(B, 3_500);
    outbox.tick(3_700);
    outbox.connected(B, 3_700);
    outbox.tick(4_700);
    expect(wants()).toEqual(['a', 'a', 'a', 'connect', 'a']);
  });
});

test('a connection that nobody uses for 300 s is closed, one with work is not', () => {
  const idle = connected(1_000);
  expect(idle.outbox.nextTimeout()).toBe(301_000);
  idle.outbox.tick(300_999);
  expect(idle.wants()).toEqual([]);
  idle.outbox.tick(301_000);
  expect([idle.wants(), idle.outbox.nextTimeout()]).toEqual([['disconnect'], undefined]);
  idle.send('a', 301_000);
  expect(idle.wants()).toEqual(['connect']);

  const busy = connected();
  busy.send('a', 0, 900_000);
  busy.delivered('a', 1);
  busy.outbox.tick(500_000);
  expect(busy.wants()).toEqual(['a']);
});

test('closing fails everything with the reason and disconnects; a peer that is opened twice keeps what it has', () => {
  const { outbox, wants, send, settled } = connected();
  send('a', 0);
  outbox.open(B, 5);
  expect(wants()).toEqual(['a']);
  outbox.close(B, 'it left', 10);
  outbox.close(B, 'it left', 11);
  expect(wants()).toEqual(['disconnect']);
  expect(settled.a).toEqual({ ok: false, delivered: false, error: 'it left', rttMs: null, atMs: 10 });
  expect(send('b', 20)).toBe(false);

  const never = bench();
  never.outbox.open(C, 0);
  never.outbox.close(C, 'it left', 1);
  expect(never.wants()).toEqual([]);
});
