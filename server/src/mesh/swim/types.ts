/** What the membership core takes and gives. Everything with `Ms` is milliseconds; addresses are numeric `a.b.c.d:port`. */
import type { Instant, Random } from '../core.ts';

/** What members gossip about a member (swim-p2p 1.2.6 knows no other state). */
export type GossipState = 'ALIVE' | 'SUSPECT' | 'DEAD';

/** What is shown to people. `left`: the member itself said it goes. */
export type MemberState = 'alive' | 'suspect' | 'dead' | 'left';

/** What our own probes say; `unknown`: never heard, still within its first probe. Never gossiped. */
export type Opinion = 'unknown' | 'alive' | 'suspect' | 'dead';

/**
 * Decompresses zlib data; null when it is damaged or inflates to more than `maxBytes`.
 * The caller brings it (`node:zlib` with `maxOutputLength`), so that the core stays free of I/O.
 */
export type Inflate = (zlib: Uint8Array, maxBytes: number) => Uint8Array | null;

/** Compresses with zlib. */
export type Deflate = (bytes: Uint8Array) => Uint8Array;

/** All durations. The defaults are for loopback and LAN fleets of up to a few dozen members. */
export interface SwimTiming {
  /** One protocol round; a member that says nothing for 0.7 to 1.2 of it is probed, while members are few. */
  readonly periodMs: number;
  /** An unanswered PING is repeated after this long, twice; helpers are asked together with the second repetition. */
  readonly probeRetryMs: number;
  /** From the first PING of a probe to "suspect", when nothing came back. */
  readonly probeDeadlineMs: number;
  /** From our own "suspect" to our own "dead", before local health stretches it. */
  readonly suspicionMs: number;
  /** How long a helper waits for the target's PONG before it answers "unreachable" (captured: 0.202 s). */
  readonly helperTimeoutMs: number;
  /** First pause before an unanswered seed is asked again; doubles up to `seedRetryMaxMs`, for ever. */
  readonly seedRetryMs: number;
  readonly seedRetryMaxMs: number;
  /** A seed without an answer for this long is "silent". */
  readonly seedSilentMs: number;
  /** How often a dead or departed member is probed at first; doubles up to `deadProbeMaxMs`. */
  readonly deadProbeMs: number;
  readonly deadProbeMaxMs: number;
  /** An incremental SYNC-REQ to one member. */
  readonly syncMs: number;
  /** A full SYNC-REQ to one member; also repairs what an incremental one cannot see after a peer's restart. */
  readonly fullSyncMs: number;
  /** A deadline handled later than this is our own stall, not a peer's. */
  readonly lateMs: number;
}

/** Bounds against hostile or broken senders. */
export interface SwimLimits {
  /** Members kept, tombstones included. */
  readonly members: number;
  /** Contacts kept. */
  readonly contacts: number;
  /** Members up to this many are all probed once a period; of more, this many in turn (see `probesFor`). */
  readonly probesPerPeriod: number;
  /** Messages a second that one source may send on average, and the burst it may send at once. */
  readonly ratePerSecond: number;
  readonly rateBurst: number;
}

export interface SwimOptions {
  /** The identity we announce, `host:port`; numeric IPv4, port 1..64535, not 0.0.0.0. */
  readonly self: string;
  /** Members of the fleet to join. They enter a digest only after they have shown themselves. */
  readonly seeds: readonly string[];
  readonly random: Random;
  /** A dead or departed member leaves `members()` after this long. */
  readonly forgetAfterMs: number;
  readonly inflate: Inflate;
  /** Absent: whatever is too long for a datagram goes by TCP. */
  readonly deflate?: Deflate | undefined;
  readonly timing?: Partial<SwimTiming> | undefined;
  readonly limits?: Partial<SwimLimits>;
}

export type SwimInput =
  /** A UDP datagram; `from` is its source address. */
  | { readonly kind: 'datagram'; readonly from: string; readonly bytes: Uint8Array }
  /** The payload of one TCP frame, without the 4-byte length; `from` is the connection's (ephemeral) remote address. */
  | { readonly kind: 'frame'; readonly from: string; readonly bytes: Uint8Array }
  /** The moment of `nextTimeout` has come. Early or needless ticks do no harm. */
  | { readonly kind: 'tick' }
  /** Look at an address without joining it: PING and SYNC-REQ only; its answers are reported, never merged. */
  | { readonly kind: 'contact'; readonly address: string }
  /** Gossip our own entry DEAD with incarnation + 1 and go silent. Repeating it sends the message again. */
  | { readonly kind: 'leave' }
  /** A person's command: gossip this member ALIVE with a higher incarnation. Ignored unless members hold it suspect or dead. */
  | { readonly kind: 'readmit'; readonly address: string }
  /** A person's command: drop a member that is not alive, or a contact. Ignored for an alive member. */
  | { readonly kind: 'forget'; readonly address: string };

export type SwimOutput =
  /** `bytes` is a datagram (udp) or a frame payload without the 4-byte length (tcp). */
  | { readonly kind: 'send'; readonly to: string; readonly transport: 'udp' | 'tcp'; readonly bytes: Uint8Array }
  /** Something visible of a member changed; `previous` is its state before, null when it was not listed. */
  | { readonly kind: 'member'; readonly member: Member; readonly previous: MemberState | null }
  /** No longer in `members()`. */
  | { readonly kind: 'forgotten'; readonly address: string }
  | { readonly kind: 'seed'; readonly seed: SeedFacts }
  /** A contact answered; `fleet` lists the members it named in a SYNC-RESP (null: it answered a PING only). */
  | { readonly kind: 'contacted'; readonly address: string; readonly fleet: readonly ContactEntry[] | null }
  /** Our own incarnation rose (refutation or leave). */
  | { readonly kind: 'self'; readonly incarnation: number }
  /** A message or a part of one that was not understood or not obeyed; one sentence. */
  | { readonly kind: 'violation'; readonly from: string; readonly what: string };

export interface ContactEntry {
  readonly address: string;
  readonly state: GossipState;
  readonly incarnation: number;
}

export interface SeedFacts {
  readonly address: string;
  /** waiting: asked, `seedSilentMs` not over; answering: heard; silent: no answer for `seedSilentMs` or more. */
  readonly state: 'waiting' | 'answering' | 'silent';
  readonly sinceWallMs: number;
}

/** One member as it is shown. A new object whenever something visible changed. */
export interface Member {
  /** Where it is reached; for a wildcard identity the address its packets come from. */
  readonly address: string;
  /** The worse of what members gossip and what our own probes say, with hysteresis: DEAD -> SUSPECT is no return. */
  readonly state: MemberState;
  /** As gossiped; 0 while nobody has gossiped it. */
  readonly incarnation: number;
  /** When `state` began. */
  readonly sinceWallMs: number;
  /** Why it has this state, one sentence. */
  readonly reason: string;
  /** Address of who told us; our own when we saw it ourselves. */
  readonly observedBy: string | null;
  /** Where our own probes and the fleet's gossip differ, one sentence. */
  readonly localOpinion: string | null;
  readonly opinion: Opinion;
  /** What members gossip, as our digests repeat it; null while nobody has gossiped it. */
  readonly gossipState: GossipState | null;
  /** True when a member of this fleet has named it: only then may it enter our digests. */
  readonly gossiped: boolean;
  /** The identity it announces when that cannot be sent to (`0.0.0.0:7946`), else null. */
  readonly wildcard: string | null;
  /** Members whose digests repeat its present SUSPECT or DEAD, the first teller first; not all of a large fleet. */
  readonly suspectedBy: readonly string[];
  /** What a person should know about it, one sentence each. */
  readonly warnings: readonly string[];
}

export interface Swim {
  /** Never throws, whatever the bytes. `now.monotonicMs` must not go back. */
  handle(input: SwimInput, now: Instant): void;
  /** Next output in order; undefined when there is none left. */
  poll(): SwimOutput | undefined;
  /** Monotonic milliseconds of the one deadline; undefined after `leave`. */
  nextTimeout(): number | undefined;
  /** All listed members but ourselves, by address. The same array until something visible changed. */
  members(): readonly Member[];
  member(address: string): Member | undefined;
  seeds(): readonly SeedFacts[];
  /** Monotonic milliseconds of the last packet from it, and the last probe's round trip; both change without an output. */
  contactTimes(address: string): {
    readonly lastHeardMonotonicMs: number | null;
    readonly rttMs: number | null;
    /** Its wall clock minus ours, as its last PINGs and PONGs tell. */
    readonly clockOffsetMs: number | null;
  };
  /** How many messages of this source, or parts of them, were not understood or not obeyed. */
  violations(source: string): number;
  /** Our own entry as digests carry it. */
  readonly incarnation: number;
  /** Lifeguard's local health: 0 is healthy, each step stretches our own probe deadlines by one more. */
  readonly localHealth: number;
}
