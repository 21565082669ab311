/** What is known of one other member, and how it is put to a person. */
import type { DigestEntry } from '#schemas/wire/swim.ts';
import type { Member, MemberState, Opinion } from './types.ts';

export interface MemberRecord {
  readonly address: string;
  /** What members gossip, as our digests repeat it; null while nobody has. Never touched by our own probes. */
  gossip: DigestEntry | null;
  /** Who told us the state in `gossip`. */
  toldBy: string;
  /** Gossip has called it DEAD and nothing of a higher incarnation ALIVE since: swim-p2p flips DEAD -> SUSPECT -> DEAD. */
  heldDead: boolean;
  /** Monotonic milliseconds of its own farewell, else null. */
  leftAtMs: number | null;
  opinion: Opinion;
  /** The opinion in words, fixed when it was formed. */
  opinionText: string | null;
  /** Helper that reaches it while we do not. */
  reachedBy: string | null;
  lastHeardMs: number | null;
  rttMs: number | null;
  /** Members whose digests repeat its present SUSPECT or DEAD; a new array with every change. */
  accusers: readonly string[];
  /** When our own "suspect" becomes "dead". */
  deadAtMs: number | null;
  /** Probes of a dead member come at growing intervals. */
  nextProbeMs: number;
  deadProbePauseMs: number;
  /** The change counter's value when `gossip` last changed. */
  changedAt: number;
  /** Its place in the table's `ChangeLog`; -1 when it has none. */
  logIndex: number;
  /** Its place in the table's order of turns. */
  turnIndex: number;
  /** `gossip` as digests carry it; null until it is needed again. */
  text: string | null;
  /** Gossip has brought it back from DEAD: swim-p2p 1.2.6 drops the rest of a digest behind such an entry. */
  returned: boolean;
  /** The peer's change counter as of its last SYNC-RESP. */
  knownVersion: number;
  wildcard: string | null;
  warnings: readonly string[];
  /** Forgotten for people, but remembered so that stale gossip does not bring it back. */
  hidden: boolean;
  lastMentionedMs: number;
  /** Since when it has been dead or gone, for forgetting. */
  goneSinceMs: number | null;
  shown: Member | null;
}

const NONE: readonly string[] = [];

export function newRecord(address: string, nowMs: number): MemberRecord {
  return {
    address,
    gossip: null,
    toldBy: address,
    heldDead: false,
    leftAtMs: null,
    opinion: 'unknown',
    opinionText: null,
    reachedBy: null,
    lastHeardMs: null,
    rttMs: null,
    accusers: NONE,
    deadAtMs: null,
    nextProbeMs: nowMs,
    deadProbePauseMs: 0,
    changedAt: 0,
    logIndex: -1,
    turnIndex: -1,
    text: null,
    returned: false,
    knownVersion: 0,
    wildcard: null,
    warnings: NONE,
    hidden: false,
    lastMentionedMs: nowMs,
    goneSinceMs: null,
    shown: null,
  };
}

const rank: Record<MemberState | 'unknown', number> = { unknown: 0, alive: 0, suspect: 1, dead: 2, left: 3 };

/** The gossiped state with hysteresis. */
export function gossipedState(record: MemberRecord): MemberState | 'unknown' {
  if (record.gossip === null) return 'unknown';
  if (record.leftAtMs !== null) return 'left';
  if (record.heldDead || record.gossip.state === 'DEAD') return 'dead';
  return record.gossip.state === 'SUSPECT' ? 'suspect' : 'alive';
}

/** What people see: the worse of gossip and our own opinion. */
export function shownState(record: MemberRecord): MemberState {
  const gossiped = gossipedState(record);
  if (rank[record.opinion] > rank[gossiped] && record.opinion !== 'unknown') return record.opinion;
  return gossiped === 'unknown' ? 'alive' : gossiped;
}

interface Wording {
  readonly reason: string;
  readonly observedBy: string;
  readonly localOpinion: string | null;
}

function wording(record: MemberRecord, state: MemberState, self: string): Wording {
  const told = record.toldBy;
  const teller = told === self ? 'this node' : told === record.address ? 'the node itself' : told;
  if (state === 'left') return { reason: 'It said that it leaves.', observedBy: told, localOpinion: record.opinionText };
  if (state === 'alive') {
    const localOpinion =
      record.reachedBy === null ? null : `It does not answer our probes, but ${record.reachedBy} says that it answers there.`;
    if (told === self) return { reason: 'Readmitted by this node.', observedBy: self, localOpinion };
    if (record.opinion === 'alive') return { reason: 'It answers our probes.', observedBy: self, localOpinion };
    return { reason: `Named by ${teller}; not heard by us yet.`, observedBy: told, localOpinion };
  }
  if (gossipedState(record) !== state) {
    return { reason: record.opinionText ?? 'It does not answer our probes.', observedBy: self, localOpinion: record.opinionText };
  }
  const localOpinion = record.opinion === 'alive' ? 'It answers our probes.' : record.opinionText;
  if (state === 'suspect') return { reason: `It does not answer members, says ${teller}.`, observedBy: told, localOpinion };
  const reason =
    told === record.address ? 'It holds itself dead, as its fleet told it.' : `Its fleet holds it dead, says ${teller}.`;
  return { reason, observedBy: told, localOpinion };
}

/** How `record` is shown now; the same object as before when nothing visible changed. */
export function show(record: MemberRecord, self: string, wallMs: number): Member {
  const before = record.shown;
  const state = shownState(record);
  const member: Member = {
    address: record.address,
    state,
    incarnation: record.gossip?.incarnation ?? 0,
    sinceWallMs: before !== null && before.state === state ? before.sinceWallMs : wallMs,
    ...wording(record, state, self),
    opinion: record.opinion,
    gossipState: record.gossip?.state ?? null,
    gossiped: record.gossip !== null,
    wildcard: record.wildcard,
    suspectedBy: record.accusers,
    warnings: record.warnings,
  };
  if (before === null) return member;
  const same =
    before.state === member.state &&
    before.incarnation === member.incarnation &&
    before.reason === member.reason &&
    before.observedBy === member.observedBy &&
    before.localOpinion === member.localOpinion &&
    before.opinion === member.opinion &&
    before.gossipState === member.gossipState &&
    before.gossiped === member.gossiped &&
    before.wildcard === member.wildcard &&
    before.suspectedBy === member.suspectedBy &&
    before.warnings === member.warnings;
  return same ? before : member;
}
