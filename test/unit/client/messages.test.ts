import { describe, expect, it } from 'vitest';
import { MessageLog } from '#client/messages/messageLog.ts';
import { messageRows, outcomeText } from '#client/messages/messageRows.ts';
import type { LoggedMessage, MessagePage } from '#schemas/fleet/messageLog.ts';
import { english, t1042 } from './facts.ts';

function message(changes: Partial<LoggedMessage> = {}): LoggedMessage {
  return {
    ...{ seq: 1, at: t1042, direction: 'sent', type: 'PEER_REQUEST', peer: '127.0.0.1:7946', size: 412 },
    ...{ correlationId: null, state: 'acknowledged', deliveredMs: 1.2, processedMs: 3.44, error: null, payload: true },
    ...changes,
  };
}

const page = (entries: LoggedMessage[], changes: Partial<MessagePage> = {}): MessagePage => ({
  ...{ epoch: 'one', revision: 1, dropped: 0, entries },
  ...changes,
});
const everything = { words: '', protocol: true };
const nameOf = (peer: string): string => (peer === '127.0.0.1:7946' ? 'researcher' : peer);

describe('a message', () => {
  it('says what, to or from whom, when, how much and what became of it', () => {
    const rows = messageRows(
      [message(), message({ seq: 2, direction: 'received', state: 'unacknowledged' })],
      everything,
      nameOf,
      english,
    );
    expect(rows.map(({ description }) => description)).toEqual([
      'from researcher · 10:42:00 · 412 bytes · no acknowledgement asked for',
      'to researcher · 10:42:00 · 412 bytes · acknowledged after 3.4 ms',
    ]);
    expect(rows.map(({ icon }) => icon.id)).toEqual(['arrow-down', 'arrow-up']);
    expect(rows[1]?.ariaLabel).toBe('PEER_REQUEST to researcher at 10:42:00, 412 bytes, acknowledged after 3.4 ms.');
  });

  it.each([
    [{ state: 'pending', deliveredMs: null }, 'not delivered yet'],
    [{ state: 'delivered', deliveredMs: 12.7 }, 'delivered after 13 ms'],
    [{ state: 'acknowledged', processedMs: null }, 'acknowledged'],
    [{ state: 'failed', error: 'the peer\ndied' }, 'failed: the peer died'],
  ] as const)('%o is "%s"', (changes, text) => {
    expect(outcomeText(message(changes), english)).toBe(text);
  });

  it('is hidden while only work is shown, and where the words are not in it', () => {
    const all = [message(), message({ seq: 2, type: 'P2P_KEEPALIVE' }), message({ seq: 3, state: 'failed', error: 'no route' })];
    const seqs = (words: string, protocol: boolean): string[] =>
      messageRows(all, { words, protocol }, nameOf, english).map(({ id }) => id);
    expect(seqs('', true)).toEqual(['message:3', 'message:2', 'message:1']);
    expect(seqs('', false)).toEqual(['message:3', 'message:1']);
    expect(seqs('FAILED route', true)).toEqual(['message:3']);
    expect(seqs('127.0.0.1:7946 keepalive', true)).toEqual(['message:2']);
  });
});

describe('the log', () => {
  it('asks for everything first, then for what changed, and replaces entries that did', async () => {
    const log = new MessageLog();
    expect(log.position).toEqual({ epoch: null, after: null });
    expect(await log.take(page([message({ state: 'pending' })], { revision: 7 }))).toBe(true);
    expect(log.position).toEqual({ epoch: 'one', after: 7 });
    expect(await log.take(page([], { revision: 7 }))).toBe(false);
    expect(await log.take(page([message()], { revision: 8 }))).toBe(true);
    expect(log.messages.map(({ state }) => state)).toEqual(['acknowledged']);
  });

  it('starts anew with another node, and keeps what it has while none runs', async () => {
    const log = new MessageLog();
    await log.take(page([message()]));
    expect(await log.take(null)).toBe(false);
    expect(log.messages).toHaveLength(1);
    expect(await log.take(page([message({ type: 'PEER_NOTIFY' })], { epoch: 'two' }))).toBe(true);
    expect(log.messages.map(({ type }) => type)).toEqual(['PEER_NOTIFY']);
  });

  it('changes nothing for what it cannot read', async () => {
    const log = new MessageLog();
    await log.take(page([message()]));
    expect(await log.take({ entries: 'none' })).toBe(false);
    expect(log.messages).toHaveLength(1);
  });

  it('is bounded: the oldest go', async () => {
    const log = new MessageLog();
    await log.take(page(Array.from({ length: 2_100 }, (_, index) => message({ seq: index + 1 }))));
    expect(log.messages).toHaveLength(2_000);
    expect(log.messages[0]?.seq).toBe(101);
  });
});
