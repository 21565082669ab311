/** Questions of ours to agents of others: resolve, be known to the target, send, wait. */
import type { Json, Strategy, Target } from '#schemas/fleet/mesh.ts';
import { hexId, type Instant } from '../core.ts';
import type { Choice } from './choice.ts';
import { seconds } from './codec.ts';
import type { OwnAgents } from './ownAgents.ts';
import type { RemoteAgent } from './registry.ts';
import type { Hold } from './startups.ts';
import { type CommandId, describeTarget, type MessagesContext, resultEvent } from './types.ts';

const maxAsks = 1_000;
/** How long a role may take to appear while an alive member's roster is still on its way: all releases announce 5.0 to 5.2 s after they came alive. */
const resolvePatienceMs = 7_000;

interface Ask {
  readonly id: CommandId;
  readonly target: Target;
  readonly data: Json;
  readonly correlationId: string;
  readonly timeoutMs: number;
  readonly strategy: Strategy;
  readonly startedMs: number;
  stage: 'resolving' | 'introducing' | 'starting' | 'sent';
  /** While its peer is starting: when to look again. */
  heldUntilMs: number;
  found: RemoteAgent | null;
  /** The peer has confirmed the request. */
  taken: boolean;
}

export interface Question {
  readonly target: Target;
  readonly data: Json;
  readonly timeoutMs: number;
  readonly strategy: Strategy;
}

export interface Asks {
  start(id: CommandId, question: Question, now: Instant): void;
  /** False: no such question is open. */
  cancel(id: CommandId): boolean;
  /** An answer of `peer` arrived. False: late, repeated, never asked for, or another was asked. */
  answer(peer: string, correlationId: string, data: Json): boolean;
  /** The peer confirmed our agents. */
  confirmed(peer: string, now: Instant): void;
  rosterChanged(now: Instant): void;
  /** What is known of the start of the peer changed. */
  startupChanged(peer: string, now: Instant): void;
  /** Whether a question waits for the peer to start. */
  waitsFor(peer: string): boolean;
  peerGone(peer: string, how: string): void;
  failAll(reason: string): void;
  tick(now: Instant): void;
  nextTimeout(): number | undefined;
  readonly open: number;
}

export function createAsks(
  context: MessagesContext,
  own: OwnAgents,
  choice: Choice,
  options: {
    /** Announces the asking agent to everybody where that has not happened. */
    introduce(now: Instant): void;
    isConfirmed(peer: string): boolean;
    /** Whether some alive member's roster is not here yet. */
    rosterMissing(): boolean;
    /** Until when the peer may lose what it is asked, because it is starting. */
    hold(peer: string, now: Instant): Hold | null;
    /** The peer confirmed a question and did not answer it in time. */
    ignored(peer: string): void;
  },
): Asks {
  const asks = new Map<CommandId, Ask>();
  const byCorrelation = new Map<string, Ask>();

  function finish(ask: Ask, outcome: { ok: boolean; data?: Json; error?: string }): void {
    asks.delete(ask.id);
    byCorrelation.delete(ask.correlationId);
    context.emit(resultEvent(ask.id, 'ask', outcome));
  }

  function send(ask: Ask, found: RemoteAgent, now: Instant): void {
    if (ask.stage === 'starting') context.emit({ kind: 'touched', peer: found.peer });
    ask.stage = 'sent';
    const asker = own.asker();
    const { peer, agent } = found;
    const payload = {
      sender: asker.id,
      sender_node: context.self.address,
      target: agent.id,
      target_role: agent.role,
      // AutoAgent and HumanAgent need `query` (profiles/autoagent.py 1.11.0 and later); CustomAgent takes anything.
      data: typeof ask.data === 'string' ? { query: ask.data, from: asker.role } : ask.data,
      correlation_id: ask.correlationId,
      timestamp: seconds(now.wallMs),
      context: null,
    };
    const accepted = context.send(peer, 'PEER_REQUEST', payload, now, {
      limitMs: Math.max(1, ask.startedMs + ask.timeoutMs - now.monotonicMs),
      settle(outcome) {
        if (outcome.ok) ask.taken = true;
        // A request that was delivered may still be answered, whatever became of its processing acknowledgement.
        if (!outcome.ok && !outcome.delivered && asks.get(ask.id) === ask) {
          finish(ask, { ok: false, error: `The request did not reach ${peer}: ${outcome.error ?? 'unknown reason'}.` });
        }
      },
    });
    if (!accepted) finish(ask, { ok: false, error: `Too many messages to ${peer} are waiting already.` });
  }

  function advance(ask: Ask, now: Instant): void {
    if (ask.stage === 'resolving') {
      const found = choice.choose(ask.target, ask.strategy);
      if (typeof found === 'string') {
        const patient = options.rosterMissing() && now.monotonicMs < ask.startedMs + resolvePatienceMs;
        if (!patient) finish(ask, { ok: false, error: found });
        return;
      }
      ask.found = found;
      ask.stage = 'introducing';
      options.introduce(now);
    }
    // `introduce` may have advanced this very question through a confirmation.
    if (ask.found === null || ask.stage === 'sent' || !options.isConfirmed(ask.found.peer)) return;
    const untilMs = heldUntil(ask, ask.found.peer, now);
    if (untilMs === null) send(ask, ask.found, now);
    else wait(ask, ask.found.peer, untilMs);
  }

  /** A mere possibility must not use up the time of the question: half of it is left for the answer. */
  function heldUntil(ask: Ask, peer: string, now: Instant): number | null {
    const hold = options.hold(peer, now);
    if (hold === null) return null;
    const untilMs = hold.sure ? hold.untilMs : Math.min(hold.untilMs, ask.startedMs + ask.timeoutMs / 2);
    return now.monotonicMs < untilMs ? untilMs : null;
  }

  function wait(ask: Ask, peer: string, untilMs: number): void {
    ask.heldUntilMs = untilMs;
    if (ask.stage === 'starting') return;
    ask.stage = 'starting';
    const text = `The question to ${ask.found?.agent.id ?? peer} waits for ${peer} to start.`;
    context.emit({ kind: 'event', event: { event: 'log', level: 'info', text } });
    context.emit({ kind: 'touched', peer });
  }

  const deadline = (ask: Ask) => {
    const end = ask.startedMs + ask.timeoutMs;
    if (ask.stage === 'resolving') return Math.min(end, ask.startedMs + resolvePatienceMs);
    return ask.stage === 'starting' ? Math.min(end, ask.heldUntilMs) : end;
  };

  return {
    start(id, question, now) {
      if (asks.has(id)) {
        context.emit(resultEvent(id, 'ask', { ok: false, error: 'A question with this id is still open.' }));
        return;
      }
      if (asks.size >= maxAsks) {
        context.emit(resultEvent(id, 'ask', { ok: false, error: `${maxAsks} questions are open already.` }));
        return;
      }
      const ask: Ask = {
        id,
        ...question,
        correlationId: `req-${hexId(context.random, 12)}`,
        startedMs: now.monotonicMs,
        stage: 'resolving',
        heldUntilMs: 0,
        found: null,
        taken: false,
      };
      asks.set(id, ask);
      byCorrelation.set(ask.correlationId, ask);
      advance(ask, now);
    },

    cancel(id) {
      const ask = asks.get(id);
      if (ask === undefined) return false;
      finish(ask, { ok: false, error: 'The question was cancelled.' });
      return true;
    },

    answer(peer, correlationId, data) {
      const ask = byCorrelation.get(correlationId);
      if (ask === undefined || ask.stage !== 'sent' || ask.found?.peer !== peer) return false;
      finish(ask, { ok: true, data });
      return true;
    },

    confirmed(peer, now) {
      for (const ask of [...asks.values()]) {
        if (ask.stage === 'introducing' && ask.found?.peer === peer) advance(ask, now);
      }
    },

    rosterChanged(now) {
      for (const ask of [...asks.values()]) if (ask.stage === 'resolving') advance(ask, now);
    },

    startupChanged(peer, now) {
      for (const ask of [...asks.values()]) if (ask.stage === 'starting' && ask.found?.peer === peer) advance(ask, now);
    },

    waitsFor(peer) {
      for (const ask of asks.values()) if (ask.stage === 'starting' && ask.found?.peer === peer) return true;
      return false;
    },

    peerGone(peer, how) {
      for (const ask of [...asks.values()]) {
        if (ask.found?.peer === peer) finish(ask, { ok: false, error: `${peer} ${how} before it answered.` });
      }
    },

    failAll(reason) {
      for (const ask of [...asks.values()]) finish(ask, { ok: false, error: reason });
    },

    tick(now) {
      for (const ask of [...asks.values()]) {
        if (now.monotonicMs < deadline(ask)) continue;
        const waits = ask.stage === 'resolving' || ask.stage === 'starting';
        if (waits && now.monotonicMs < ask.startedMs + ask.timeoutMs) {
          advance(ask, now);
          continue;
        }
        if (ask.taken && ask.found !== null) options.ignored(ask.found.peer);
        const waited = `within ${Math.round(ask.timeoutMs / 100) / 10} s`;
        const error =
          ask.stage === 'resolving'
            ? `No peer announced ${describeTarget(ask.target)} ${waited}.`
            : ask.stage === 'introducing'
              ? `${ask.found?.peer ?? 'The peer'} did not acknowledge our announcement ${waited}; without it no answer could arrive.`
              : ask.stage === 'starting'
                ? `${ask.found?.peer ?? 'The peer'} was still starting ${waited}; it would have lost the question, so it was not sent.`
                : `${ask.found?.agent.id ?? describeTarget(ask.target)} did not answer ${waited}.`;
        finish(ask, { ok: false, error });
      }
    },

    nextTimeout() {
      let next = Number.POSITIVE_INFINITY;
      for (const ask of asks.values()) next = Math.min(next, deadline(ask));
      return Number.isFinite(next) ? next : undefined;
    },

    get open() {
      return asks.size;
    },
  };
}
