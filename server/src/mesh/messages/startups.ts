/**
 * Which peers may still be starting. A node of 1.0.2 to 2.2.0 is a member and answers CAPABILITY_REQUEST from the first
 * 0.1 s, but registers its agents' clients only at the end of its start, 5 s later: until then it confirms a
 * PEER_REQUEST and loses it (core/mesh.py `start`, p2p/coordinator.py `_handle_peer_request`). Measured with 1.0.2, 1.5.1
 * and 1.14.1: of questions every 0.5 s all of the first 5 s were lost; the last thing before the clients, by 20 to 25 ms,
 * is a CAPABILITY_REQUEST to every member it then has. Its announcement says less: it also answers our own requests.
 */
import type { Instant } from '../core.ts';

/** `asyncio.sleep(5)` between joining and announcing, in all releases (core/mesh.py), and a second for a slow machine. */
const startMs = 6_000;
/** Before it announces it also waits for connections, twice at most 5 s; 5.8 to 11.6 s were seen under load. */
const slowStartMs = 12_000;
/** 1.0.2 to 1.13.0 see a send return only when a timer wakes their main loop: 41.5 s at most until the clients were there. */
const stalledStartMs = 45_000;
/** Between its CAPABILITY_REQUEST and the clients: the same request to further members, one after another. */
const settleMs = 500;
/**
 * A send that took this long shows a main loop without timers of its own: the first timer wakes it 30 s after its start,
 * and it announces 5 to 12 s after its start, so 18 to 25 s lie between. A busy machine alone takes less...
 */
const stallMs = 15_000;
/** ...which wakes next when its keepalive task looks around, every 10 s (p2p/keepalive.py). */
const stalledSettleMs = 10_500;
/** Who is alive this soon after our own start was there before us. */
const joinMs = 2_000;
/** Ids that are new with each process; a program can set fixed ones. */
const randomId = /-[0-9a-f]{8}$/;

interface Life {
  readonly sinceMs: number;
  /** It was there when we came. */
  readonly present: boolean;
  /** Of the life before, as far as they change with each process. */
  readonly formerAgents: ReadonlySet<string>;
  /** It announced its agents although nobody had asked. */
  announcedMs: number | null;
  requestedMs: number | null;
  started: boolean;
}

export interface Hold {
  /** On the monotonic clock. */
  readonly untilMs: number;
  /** It was seen to be starting; else it only may be. */
  readonly sure: boolean;
}

export interface StartupFacts {
  /** It has taken part in questions and answers, or is no node of the framework. */
  proven(peer: string): boolean;
  /** Release 1.13.0 or later: introduces itself to newcomers without being asked. */
  recent(peer: string): boolean;
}

export interface Startups {
  /** It answers us; the first time of a life its clock starts. */
  answers(peer: string, now: Instant): void;
  /** It does not answer or has left: what answers there next is a new process, unless its agents prove otherwise. */
  ended(peer: string): void;
  forget(peer: string): void;
  /** @param asked a CAPABILITY_REQUEST of ours may have caused it. */
  announced(peer: string, agentIds: readonly string[], asked: boolean, now: Instant): void;
  /** Its own CAPABILITY_REQUEST arrived. */
  requested(peer: string, now: Instant): void;
  /** Until when a question to it should wait; null: it can be asked. */
  hold(peer: string, now: Instant): Hold | null;
}

export function createStartups(facts: StartupFacts, ownStartMs: number): Startups {
  const lives = new Map<string, Life>();
  /** Of the last announcement. */
  const agents = new Map<string, ReadonlySet<string>>();
  const none: ReadonlySet<string> = new Set();

  function holdOf(life: Life, recent: boolean): Hold {
    const { announcedMs, requestedMs } = life;
    if (requestedMs !== null) {
      const stalls = announcedMs !== null && requestedMs - announcedMs > stallMs;
      return { untilMs: requestedMs + (stalls ? stalledSettleMs : settleMs), sure: true };
    }
    if (announcedMs !== null) return { untilMs: life.sinceMs + stalledStartMs, sure: true };
    return { untilMs: life.sinceMs + (life.present || recent ? startMs : slowStartMs), sure: false };
  }

  return {
    answers(peer, now) {
      if (lives.has(peer)) return;
      const sinceMs = now.monotonicMs;
      const formerAgents = agents.get(peer) ?? none;
      const present = sinceMs < ownStartMs + joinMs;
      lives.set(peer, { sinceMs, present, formerAgents, announcedMs: null, requestedMs: null, started: false });
    },
    ended: (peer) => void lives.delete(peer),
    forget(peer) {
      lives.delete(peer);
      agents.delete(peer);
    },

    announced(peer, agentIds, asked, now) {
      const random = agentIds.filter((id) => randomId.test(id));
      agents.set(peer, new Set(random));
      const life = lives.get(peer);
      if (life === undefined) return;
      if (random.some((id) => life.formerAgents.has(id))) life.started = true;
      if (!asked && life.requestedMs === null && !facts.recent(peer)) life.announcedMs ??= now.monotonicMs;
    },

    requested(peer, now) {
      const life = lives.get(peer);
      if (life !== undefined) life.requestedMs ??= now.monotonicMs;
    },

    hold(peer, now) {
      const life = lives.get(peer);
      if (life === undefined || life.started || facts.proven(peer)) return null;
      const recent = facts.recent(peer);
      // Nearly all nodes that were there before us have been there for long.
      if (recent && life.present && life.requestedMs === null) return null;
      const hold = holdOf(life, recent);
      if (now.monotonicMs < hold.untilMs) return hold;
      life.started = true;
      return null;
    },
  };
}
