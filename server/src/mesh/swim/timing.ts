import type { SwimLimits, SwimTiming } from './types.ts';

/** The defaults; what they add up to is in `crashBounds`. swim-p2p's own nodes take 0.4..3.1 s and 15.7..18.9 s. */
export const DEFAULT_TIMING: SwimTiming = {
  periodMs: 1_000,
  probeRetryMs: 300,
  probeDeadlineMs: 1_000,
  suspicionMs: 2_500,
  helperTimeoutMs: 200,
  seedRetryMs: 500,
  seedRetryMaxMs: 5_000,
  seedSilentMs: 5_000,
  deadProbeMs: 2_000,
  deadProbeMaxMs: 30_000,
  syncMs: 10_000,
  fullSyncMs: 30_000,
  lateMs: 100,
};

/**
 * A member that was heard, by its own PING for example, needs no PING of ours for this part of a period. Of two of our
 * nodes only one probes the other then, and with a look every half period the worst wait stays 1.2 periods.
 */
export const HEARD_ENOUGH = 0.7;

export const DEFAULT_LIMITS: SwimLimits = {
  members: 4_096,
  contacts: 1_000,
  probesPerPeriod: 32,
  ratePerSecond: 200,
  rateBurst: 400,
};

/** Above this many members what everybody does about everybody has to become rarer. */
const LARGE = 32;
/** Probes of a whole large fleet in one period, when all its members are of our kind. */
const FLEET_PROBES = 4_096;
const FEWEST_PROBES = 4;

/**
 * Probes one node starts in a period, when it knows `others` members. Everybody while they are few; then
 * `probesPerPeriod` in turn; in fleets of hundreds fewer, because there others look as well and their questions
 * (PING-REQ) make everybody look.
 */
export function probesFor(others: number, limits: SwimLimits): number {
  if (others <= limits.probesPerPeriod) return limits.probesPerPeriod;
  return Math.min(limits.probesPerPeriod, Math.max(FEWEST_PROBES, Math.floor(FLEET_PROBES / others)));
}

/**
 * Helpers asked about a silent member. Three as in swim-p2p; in large fleets some multiple of the logarithm of the size,
 * because there a question is also how it spreads that somebody is silent.
 */
export function helpersFor(others: number): number {
  return others <= LARGE ? 3 : 2 * Math.ceil(Math.log2(others));
}

/** How much rarer full syncs are in a large fleet, as in memberlist's `pushPullScale`: a digest is as long as the fleet. */
export function syncScale(others: number): number {
  return others <= LARGE ? 1 : Math.ceil(Math.log2(others) - Math.log2(LARGE)) + 1;
}

/**
 * The longest time from a crash to our "suspect" and "dead" by our own probes alone, in good health and without loss.
 *
 * While everybody is probed each period: a member is due 0.7 periods after its last packet, the next look comes within
 * half a period, and the verdict after the probe's deadline. With turns, a member that was not due at its turn waits
 * for the next one.
 */
export function crashBounds(
  others: number,
  timing: SwimTiming = DEFAULT_TIMING,
  limits: SwimLimits = DEFAULT_LIMITS,
): { readonly suspectMs: number; readonly deadMs: number } {
  const probes = probesFor(others, limits);
  const periods = others <= probes ? HEARD_ENOUGH + 0.5 : Math.ceil(others / probes) + HEARD_ENOUGH + 0.5;
  const suspectMs = periods * timing.periodMs + timing.probeDeadlineMs;
  return { suspectMs, deadMs: suspectMs + timing.suspicionMs };
}
