/**
 * What this node sent and received, bounded in number and bytes. Keepalives and announcements have a share of their own,
 * so that a large fleet's small talk does not push out the question somebody asked a minute ago.
 */
import type { Json } from '#schemas/fleet/mesh.ts';
import type { LoggedMessage, MessagePage } from '#schemas/fleet/messageLog.ts';
import type { Instant } from '../core.ts';
import { type AppMessage, showable } from './codec.ts';
import type { SendOutcome } from './outbox.ts';

/** Of work (questions, answers, notifications), and as many again of everything else. */
const mostEntries = 500;
/** Of encoded messages whose payloads are kept, each share. Bytes. */
const mostPayloadBytes = 512 * 1024;
/** A longer payload is not kept. Bytes. */
const longestPayload = 128 * 1024;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

interface Entry {
  /** Of the message, while it is under way. */
  id: string | null;
  /** Its time is put into words when somebody looks: under load that is seldom. */
  readonly logged: Mutable<Omit<LoggedMessage, 'at'>>;
  readonly wallMs: number;
  readonly startedMs: number;
  revision: number;
  payload: Json | undefined;
}

class Share {
  readonly entries = new Map<number, Entry>();
  readonly #onDrop: (entry: Entry) => void;
  #bytes = 0;

  constructor(onDrop: (entry: Entry) => void) {
    this.#onDrop = onDrop;
  }

  add(entry: Entry): void {
    this.entries.set(entry.logged.seq, entry);
    if (entry.payload !== undefined) this.#bytes += entry.logged.size;
    for (const old of this.entries.values()) {
      if (this.#bytes <= mostPayloadBytes) break;
      this.#release(old);
    }
    if (this.entries.size <= mostEntries) return;
    const [oldest] = this.entries.values();
    if (oldest === undefined) return;
    this.#release(oldest);
    this.entries.delete(oldest.logged.seq);
    this.#onDrop(oldest);
  }

  #release(entry: Entry): void {
    if (entry.payload === undefined) return;
    this.#bytes -= entry.logged.size;
    entry.payload = undefined;
    entry.logged.payload = false;
  }
}

export interface Journal {
  sent(
    encoded: { readonly id: string; readonly bytes: Uint8Array },
    facts: { readonly type: string; readonly peer: string; readonly payload: Json },
    now: Instant,
  ): void;
  delivered(id: string, now: Instant): void;
  settled(id: string, outcome: SendOutcome, now: Instant): void;
  /** @param refused what our processing acknowledgement said instead of success; null: the message was understood. */
  received(message: AppMessage, peer: string, size: number, refused: string | null, now: Instant): void;
  /** What changed after a revision; null: all that is kept. */
  page(after: number | null): Omit<MessagePage, 'epoch'>;
  /** Undefined: not kept (any more). */
  payload(seq: number): Json | undefined;
}

function correlationOf(payload: Json): string | null {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return null;
  const id = payload.correlation_id;
  return typeof id === 'string' ? id.slice(0, 200) : null;
}

export function createJournal(): Journal {
  const underWay = new Map<string, Entry>();
  const onDrop = ({ id }: Entry): void => {
    dropped += 1;
    if (id !== null) underWay.delete(id);
  };
  const work = new Share(onDrop);
  const talk = new Share(onDrop);
  let revision = 0;
  let seq = 0;
  let dropped = 0;

  function add(
    facts: Pick<LoggedMessage, 'direction' | 'type' | 'peer' | 'size' | 'state' | 'error'>,
    payload: Json,
    now: Instant,
  ): Entry {
    const isKept = facts.size <= longestPayload;
    const entry: Entry = {
      id: null,
      logged: {
        seq: ++seq,
        ...facts,
        correlationId: correlationOf(payload),
        deliveredMs: null,
        processedMs: null,
        payload: isKept,
      },
      wallMs: now.wallMs,
      startedMs: now.monotonicMs,
      revision: ++revision,
      payload: isKept ? payload : undefined,
    };
    (facts.type.startsWith('PEER_') ? work : talk).add(entry);
    return entry;
  }

  const since = (entry: Entry, now: Instant): number => Math.round(Math.max(0, now.monotonicMs - entry.startedMs) * 100) / 100;

  return {
    sent({ id, bytes }, { type, peer, payload }, now) {
      const facts = { direction: 'sent', type, peer, size: bytes.length, state: 'pending', error: null } as const;
      const entry = add(facts, payload, now);
      underWay.set(id, entry);
      entry.id = id;
    },

    delivered(id, now) {
      const entry = underWay.get(id);
      if (entry === undefined || entry.logged.deliveredMs !== null) return;
      entry.logged.deliveredMs = since(entry, now);
      entry.logged.state = 'delivered';
      entry.revision = ++revision;
    },

    settled(id, outcome, now) {
      const entry = underWay.get(id);
      if (entry === undefined) return;
      underWay.delete(id);
      entry.id = null;
      entry.logged.state = outcome.ok ? 'acknowledged' : 'failed';
      entry.logged.error = outcome.error;
      if (outcome.rttMs !== null) entry.logged.processedMs = since(entry, now);
      entry.revision = ++revision;
    },

    received(message, peer, size, refused, now) {
      const state = refused !== null ? 'failed' : message.requireAck ? 'acknowledged' : 'unacknowledged';
      const type = showable(message.type, 60);
      // What was parsed from JSON is JSON.
      add({ direction: 'received', type, peer, size, state, error: refused }, message.payload as Json, now);
    },

    page(after) {
      const entries: LoggedMessage[] = [];
      for (const share of [work, talk])
        for (const entry of share.entries.values())
          if (after === null || entry.revision > after)
            entries.push({ ...entry.logged, at: new Date(entry.wallMs).toISOString() });
      return { revision, dropped, entries: entries.sort((a, b) => a.seq - b.seq) };
    },

    payload: (wanted) => (work.entries.get(wanted) ?? talk.entries.get(wanted))?.payload,
  };
}
