/** Large fleets: who sees what when. */
import type { Swim } from '#server/mesh/swim/types.ts';
import { addresses, World } from './world.ts';

export interface LargeFleet {
  readonly world: World;
  readonly all: readonly string[];
  readonly nodes: Map<string, Swim>;
}

/** `count` nodes that start in the same moment with one seed. */
export function startTogether(count: number, seed: number, limits: { readonly probesPerPeriod?: number } = {}): LargeFleet {
  const world = new World(seed);
  world.recordFirstSight = false;
  const all = addresses(count);
  const nodes = new Map<string, Swim>();
  for (const [index, address] of all.entries()) {
    const [first = ''] = all;
    nodes.set(address, world.start(address, index === 0 ? [] : [first], { limits }));
  }
  return { world, all, nodes };
}

/** How many pairs (observer, member) do not show the member as alive. */
export function missing(fleet: LargeFleet, gone: readonly string[] = []): number {
  let count = 0;
  for (const [at, swim] of fleet.nodes) {
    if (gone.includes(at)) continue;
    const alive = swim.members().filter((member) => member.state === 'alive' && !gone.includes(member.address)).length;
    count += fleet.nodes.size - 1 - gone.length - alive;
  }
  return count;
}

export interface CrashSeen {
  /** From the crash to the first and the last observer's "suspect", and to the last one's "dead"; milliseconds. */
  readonly firstSuspectMs: number;
  readonly lastSuspectMs: number;
  readonly lastDeadMs: number;
  /** Observers that came to each verdict; all of them must. */
  readonly suspecting: number;
  readonly burying: number;
  /** Changes about anybody else. */
  readonly others: number;
}

/** Kills `victim` and watches for `forMs`. */
export function crashOne(fleet: LargeFleet, victim: string, forMs: number): CrashSeen {
  const { world } = fleet;
  const from = world.changes.length;
  const killedMs = world.now.monotonicMs;
  world.crash(victim);
  world.run(forMs);
  const changes = world.changes.slice(from);
  const times = (state: string): number[] =>
    changes.filter((change) => change.about === victim && change.to === state).map((change) => change.atMs - killedMs);
  const suspects = times('suspect');
  const dead = times('dead');
  return {
    firstSuspectMs: Math.min(...suspects),
    lastSuspectMs: Math.max(...suspects),
    lastDeadMs: Math.max(...dead),
    suspecting: suspects.length,
    burying: dead.length,
    others: changes.filter((change) => change.about !== victim).length,
  };
}

/**
 * The time in which all members of a large fleet of our kind suspect a crashed one, as the closed forms of the SWIM paper
 * have it: the first look (nobody looked for t periods: `e^-kt`, here one in a thousand), the rounds in which questions
 * spread (each asked member asks `helpers` more after two repetitions; one round more than the logarithm for the last
 * ones), and the verdict at the deadline of the own probe.
 */
export function spreadBoundMs(
  others: number,
  probes: number,
  helpers: number,
  timing: { readonly periodMs: number; readonly probeRetryMs: number; readonly probeDeadlineMs: number },
): number {
  const firstLook = (Math.log(1_000) / probes) * timing.periodMs;
  const rounds = Math.ceil(Math.log(others) / Math.log(1 + helpers)) + 1;
  return firstLook + rounds * 2 * timing.probeRetryMs + timing.probeDeadlineMs;
}
