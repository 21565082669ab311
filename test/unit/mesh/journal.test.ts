import { describe, expect, it } from 'vitest';
import type { Json } from '#schemas/fleet/mesh.ts';
import { messagePageSchema } from '#schemas/fleet/messageLog.ts';
import { createJournal, type Journal } from '#server/mesh/messages/journal.ts';

const at = (ms: number) => ({ monotonicMs: ms, wallMs: 1_700_000_000_000 + ms });
const peer = '127.0.0.1:7946';

function send(journal: Journal, id: string, ms: number, { type = 'PEER_REQUEST', size = 10, payload = {} as Json } = {}): void {
  journal.sent({ id, bytes: new Uint8Array(size) }, { type, peer, payload }, at(ms));
}

const message = (type: string, requireAck = true) => ({
  ...{ kind: 'message' as const, type, id: 'x', fromNode: peer, fromName: null, client: null, requireAck },
  payload: { correlation_id: 'req-1', data: 1 },
});

describe('the journal', () => {
  it('follows a message from the queue to its acknowledgements', () => {
    const journal = createJournal();
    send(journal, 'm1', 100, { payload: { correlation_id: 'req-1' } });
    const states = [journal.page(null).entries[0]];
    journal.delivered('m1', at(103.456));
    states.push(journal.page(null).entries[0]);
    journal.settled('m1', { ok: true, delivered: true, error: null, rttMs: 5 }, at(110));
    states.push(journal.page(null).entries[0]);
    expect(states.map((entry) => [entry?.state, entry?.deliveredMs, entry?.processedMs, entry?.correlationId])).toEqual([
      ['pending', null, null, 'req-1'],
      ['delivered', 3.46, null, 'req-1'],
      ['acknowledged', 3.46, 10, 'req-1'],
    ]);
  });

  it('says why a message failed, and what was received was made of', () => {
    const journal = createJournal();
    send(journal, 'm1', 0);
    journal.settled('m1', { ok: false, delivered: false, error: 'the peer died', rttMs: null }, at(9));
    journal.received(message('PEER_NOTIFY'), peer, 55, null, at(10));
    journal.received(message('PEER_NOTIFY', false), peer, 55, null, at(11));
    journal.received(message('PEER_NOTIFY'), peer, 55, 'Payload of PEER_NOTIFY is not understood', at(12));
    expect(journal.page(null).entries.map(({ direction, state, error, size }) => [direction, state, error, size])).toEqual([
      ['sent', 'failed', 'the peer died', 10],
      ['received', 'acknowledged', null, 55],
      ['received', 'unacknowledged', null, 55],
      ['received', 'failed', 'Payload of PEER_NOTIFY is not understood', 55],
    ]);
  });

  it('gives what changed after a revision only', () => {
    const journal = createJournal();
    send(journal, 'm1', 0);
    send(journal, 'm2', 1);
    const { revision } = journal.page(null);
    expect(journal.page(revision).entries).toEqual([]);
    journal.delivered('m1', at(5));
    expect(journal.page(revision).entries.map(({ seq }) => seq)).toEqual([1]);
  });

  it('is bounded, and small talk does not push out work', () => {
    const journal = createJournal();
    send(journal, 'asked', 0, { payload: { question: 1 } });
    for (let index = 0; index < 2_000; index++) send(journal, `k${index}`, index, { type: 'P2P_KEEPALIVE' });
    const page = journal.page(null);
    expect(page.entries).toHaveLength(501);
    expect(page.dropped).toBe(1_500);
    expect(page.entries[0]).toMatchObject({ seq: 1, type: 'PEER_REQUEST' });
    expect(journal.payload(1)).toEqual({ question: 1 });
    // Of an entry that is gone nothing happens any more.
    journal.settled('k0', { ok: true, delivered: true, error: null, rttMs: 1 }, at(9_000));
    expect(journal.page(page.revision).entries).toEqual([]);
    expect(messagePageSchema.safeParse({ epoch: 'one', ...page }).success).toBe(true);
  });

  it('gives up the oldest payloads first, and keeps none that is too large', () => {
    const journal = createJournal();
    for (let index = 0; index < 6; index++) send(journal, `m${index}`, index, { size: 100 * 1024, payload: index });
    send(journal, 'huge', 7, { size: 200 * 1024, payload: 'huge' });
    expect(journal.page(null).entries.map(({ payload }) => payload)).toEqual([false, true, true, true, true, true, false]);
    expect(journal.payload(1)).toBeUndefined();
    expect(journal.payload(2)).toBe(1);
    expect(journal.payload(7)).toBeUndefined();
  });

  it('writes down all of a message, and when', () => {
    const journal = createJournal();
    send(journal, 'm1', 1_500, { type: 'PEER_RESPONSE', size: 7, payload: { correlation_id: 'c' } });
    journal.received({ ...message('CUSTOM_MESSAGE'), payload: null }, peer, 9, null, at(2_000));
    const common = { peer, error: null, deliveredMs: null, processedMs: null, payload: true };
    expect(journal.page(null)).toEqual({
      revision: 2,
      dropped: 0,
      entries: [
        {
          ...common,
          seq: 1,
          at: '2023-11-14T22:13:21.500Z',
          direction: 'sent',
          type: 'PEER_RESPONSE',
          size: 7,
          state: 'pending',
          correlationId: 'c',
        },
        {
          ...common,
          seq: 2,
          at: '2023-11-14T22:13:22.000Z',
          direction: 'received',
          type: 'CUSTOM_MESSAGE',
          size: 9,
          state: 'acknowledged',
          correlationId: null,
        },
      ],
    });
    expect([journal.payload(1), journal.payload(2), journal.payload(3)]).toEqual([{ correlation_id: 'c' }, null, undefined]);
  });

  it.each<[Json, string | null]>([
    [{ correlation_id: 'c' }, 'c'],
    [{ correlation_id: 'x'.repeat(201) }, 'x'.repeat(200)],
    [{ correlation_id: 7 }, null],
    [{ correlation_id: null }, null],
    [{}, null],
    [null, null],
    ['correlation_id', null],
    [[{ correlation_id: 'c' }], null],
  ])('of %j the correlation is %j', (payload, expected) => {
    const journal = createJournal();
    send(journal, 'm', 0, { payload });
    expect(journal.page(null).entries[0]?.correlationId).toBe(expected);
  });

  it('measures a delivery once, to a hundredth of a millisecond, and never below nothing', () => {
    const journal = createJournal();
    for (const id of ['a', 'b']) send(journal, id, 10);
    journal.delivered('a', at(11.2345));
    journal.delivered('a', at(20));
    journal.delivered('b', at(9));
    journal.delivered('none', at(9));
    expect(journal.page(null).entries.map(({ deliveredMs }) => deliveredMs)).toEqual([1.23, 0]);
    const { revision } = journal.page(null);
    expect(revision, 'two were written down, two delivered').toBe(4);
  });

  it('hears nothing more of a message that is done', () => {
    const journal = createJournal();
    send(journal, 'a', 0);
    journal.settled('a', { ok: false, delivered: true, error: 'no', rttMs: 7 }, at(8));
    journal.delivered('a', at(9));
    journal.settled('a', { ok: true, delivered: true, error: null, rttMs: 1 }, at(10));
    expect(journal.page(null)).toMatchObject({
      revision: 2,
      entries: [{ state: 'failed', error: 'no', processedMs: 8, deliveredMs: null }],
    });
  });

  it('keeps 500 of work and 500 of everything else', () => {
    const journal = createJournal();
    for (let index = 0; index < 500; index++) {
      send(journal, `w${index}`, index, { type: 'PEER_NOTIFY' });
      send(journal, `t${index}`, index, { type: 'CAPABILITY_REQUEST' });
    }
    expect([journal.page(null).dropped, journal.page(null).entries.length]).toEqual([0, 1_000]);
    send(journal, 'one more', 600, { type: 'PEER_REQUEST' });
    const page = journal.page(null);
    expect([page.dropped, page.entries.length, page.entries[0]?.seq]).toEqual([1, 1_000, 2]);
    expect(page.entries.map(({ seq }) => seq)).toEqual([...page.entries.map(({ seq }) => seq)].sort((a, b) => a - b));
    expect(journal.payload(1)).toBeUndefined();
  });

  it.each([
    [128 * 1024, true],
    [128 * 1024 + 1, false],
  ])('a message of %d bytes has its payload kept: %s', (size, kept) => {
    const journal = createJournal();
    send(journal, 'm', 0, { size, payload: 'x' });
    expect([journal.page(null).entries[0]?.payload, journal.payload(1)]).toEqual([kept, kept ? 'x' : undefined]);
  });

  it('keeps payloads of 512 KiB in each share, to the byte', () => {
    const journal = createJournal();
    for (let index = 0; index < 4; index++) send(journal, `w${index}`, 0, { size: 128 * 1024, payload: index });
    send(journal, 't', 0, { type: 'P2P_KEEPALIVE', size: 128 * 1024, payload: 't' });
    const kept = () => journal.page(null).entries.map(({ payload }) => payload);
    expect(kept()).toEqual([true, true, true, true, true]);
    send(journal, 'one byte', 0, { size: 1, payload: 'b' });
    expect(kept()).toEqual([false, true, true, true, true, true]);
    expect(journal.payload(1)).toBeUndefined();
  });

  it('shows no control characters of a stranger', () => {
    const journal = createJournal();
    journal.received(message('EVIL\u0007\u202eTYPE'), peer, 1, null, at(0));
    expect(journal.page(null).entries[0]?.type).toBe('EVIL  TYPE');
  });
});
