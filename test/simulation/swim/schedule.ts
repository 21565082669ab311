/**
 * What can happen to a small fleet, as data that shrinks: a list of mishaps, then the network heals and everything that
 * is to run runs, and all views have to agree.
 */
import fc from 'fast-check';
import type { Swim } from '#server/mesh/swim/types.ts';
import { PythonModel } from './pythonModel.ts';
import { addresses, seededRandom, World } from './world.ts';

/** `node` counts through the fleet, ours first; numbers beyond its size start again. `ms`: how long it lasts. */
export type Mishap =
  /** kill -9; a later `start` is a new process that remembers nothing. */
  | { readonly kind: 'crash'; readonly node: number }
  /** Ours say goodbye first. */
  | { readonly kind: 'leave'; readonly node: number }
  | { readonly kind: 'start'; readonly node: number }
  /** The process does not run, its packets wait. */
  | { readonly kind: 'stall'; readonly node: number; readonly ms: number }
  /** The machine sleeps, its packets are lost, its monotonic clock stands still. */
  | { readonly kind: 'sleep'; readonly node: number; readonly ms: number }
  | { readonly kind: 'jumpClock'; readonly node: number; readonly ms: number }
  /** Nothing goes to or from it. */
  | { readonly kind: 'isolate'; readonly node: number }
  /** Nothing of `node` reaches `other`; the other way is open. */
  | { readonly kind: 'deafen'; readonly node: number; readonly other: number }
  /** Nodes below and from this one on do not reach each other. */
  | { readonly kind: 'split'; readonly node: number }
  | { readonly kind: 'heal' };

export interface Schedule {
  readonly seed: number;
  readonly ours: number;
  readonly python: number;
  readonly loss: number;
  readonly duplication: number;
  /** Longest one-way delay, milliseconds; the shortest is 0.1, so long ones reorder. */
  readonly delayMs: number;
  /** Each with the milliseconds until the next. */
  readonly mishaps: readonly { readonly what: Mishap; readonly thenMs: number }[];
  /** Which nodes stay dead in the end. */
  readonly gone: readonly number[];
}

const node = fc.nat(7);
const mishap: fc.Arbitrary<Mishap> = fc.oneof(
  fc.record({ kind: fc.constant('crash' as const), node }),
  fc.record({ kind: fc.constant('leave' as const), node }),
  fc.record({ kind: fc.constant('start' as const), node }),
  fc.record({ kind: fc.constant('stall' as const), node, ms: fc.nat(8_000) }),
  fc.record({ kind: fc.constant('sleep' as const), node, ms: fc.nat(60_000) }),
  fc.record({ kind: fc.constant('jumpClock' as const), node, ms: fc.integer({ min: -86_400_000, max: 86_400_000 }) }),
  fc.record({ kind: fc.constant('isolate' as const), node }),
  fc.record({ kind: fc.constant('deafen' as const), node, other: node }),
  fc.record({ kind: fc.constant('split' as const), node }),
  fc.record({ kind: fc.constant('heal' as const) }),
);

export const schedule: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.nat(),
  ours: fc.integer({ min: 1, max: 5 }),
  python: fc.oneof(fc.constant(0), fc.nat(3)),
  loss: fc.oneof(fc.constant(0), fc.constantFrom(0.02, 0.1, 0.2)),
  duplication: fc.constantFrom(0, 0.1),
  delayMs: fc.constantFrom(1, 20, 100),
  mishaps: fc.array(fc.record({ what: mishap, thenMs: fc.nat(6_000) }), { maxLength: 7 }),
  gone: fc.uniqueArray(node, { maxLength: 2 }),
});

/** Longest wait for all views to agree: our probes of the dead come every 30 s at last, Python's resurrections rarer. */
const AGREE_MS = 90_000;
const QUIET_MS = 3_000;

export interface Outcome {
  /** Folded from every packet and every change. */
  readonly trace: number;
  /** What must not have happened, one line each. */
  readonly violations: readonly string[];
  /** Milliseconds from the healing until all views agreed. */
  readonly agreedMs: number;
}

class Run {
  readonly world: World;
  readonly ours = new Map<string, Swim>();
  readonly models = new Map<string, PythonModel>();
  readonly all: readonly string[];
  private readonly ourAddresses: ReadonlySet<string>;
  private readonly cut = new Set<string>();

  constructor(plan: Schedule) {
    this.world = new World(plan.seed);
    this.world.tracing = true;
    this.world.recordFirstSight = false;
    this.world.network.loss = plan.loss;
    this.world.network.duplication = plan.duplication;
    this.world.network.delayMs = [0.1, plan.delayMs];
    this.world.network.passes = (from, to) => !this.cut.has(`${from} ${to}`);
    this.all = addresses(plan.ours + plan.python);
    this.ourAddresses = new Set(this.all.slice(0, plan.ours));
    for (const address of this.all) this.start(address);
  }

  address(number: number): string {
    return this.all[number % this.all.length] ?? '';
  }

  start(address: string): void {
    if (this.world.has(address)) return;
    const seeds = this.all.filter((other) => other !== address);
    if (this.ourAddresses.has(address)) {
      this.ours.set(address, this.world.start(address, seeds));
      return;
    }
    const model = new PythonModel(
      address,
      seeds.slice(0, 1),
      seededRandom(Math.floor(this.world.random() * 2 ** 32)),
      this.world.now,
    );
    this.models.set(address, model);
    this.world.add(address, model);
  }

  stop(address: string): void {
    this.world.crash(address);
    this.ours.delete(address);
    this.models.delete(address);
  }

  happen(what: Mishap): void {
    if (what.kind === 'heal') {
      this.cut.clear();
      return;
    }
    const address = this.address(what.node);
    switch (what.kind) {
      case 'crash':
        this.stop(address);
        break;
      case 'leave':
        if (this.ours.has(address)) this.world.give(address, { kind: 'leave' });
        this.stop(address);
        break;
      case 'start':
        this.start(address);
        break;
      case 'stall':
        this.world.stall(address, what.ms);
        break;
      case 'sleep':
        this.world.sleep(address, what.ms);
        break;
      case 'jumpClock':
        this.world.jumpClock(address, what.ms);
        break;
      case 'isolate':
        for (const other of this.all) this.separate(address, other);
        break;
      case 'deafen':
        this.cut.add(`${address} ${this.address(what.other)}`);
        break;
      case 'split':
        for (const [index, one] of this.all.entries())
          for (const other of this.all.slice(index)) if (one < address && other >= address) this.separate(one, other);
        break;
    }
  }

  heal(gone: readonly number[]): void {
    this.cut.clear();
    this.world.network.loss = 0;
    const dead = new Set(gone.map((number) => this.address(number)));
    // One of ours has to be there to look.
    dead.delete(this.address(0));
    for (const address of this.all) {
      if (dead.has(address)) this.stop(address);
      else this.start(address);
    }
    this.world.run(this.world.allAwakeMs - this.world.now.monotonicMs);
  }

  /** Nodes that some Python node has not made up its mind about: it tells the others, and all views move once more. */
  doubted(): string[] {
    return [...this.models.values()].flatMap((model) =>
      this.all.filter((about) => {
        const held = model.state(about);
        return held === 'SUSPECT' || (held === 'ALIVE' && !this.world.has(about));
      }),
    );
  }

  /** What Python nodes hold of one another, as text. */
  pythonView(): string {
    const held = (model: PythonModel) => this.all.map((about) => (this.ours.has(about) ? '' : model.state(about))).join();
    return [...this.models.values()].map(held).join('; ');
  }

  /** Why the views do not agree, or null. Nodes in `apart` are not looked at. */
  disagreement(apart: ReadonlySet<string> = new Set()): string | null {
    const python = new Map<string, string>();
    for (const [at, swim] of this.ours) {
      for (const about of this.all) {
        if (about === at || apart.has(about)) continue;
        const member = swim.member(about);
        const state = member?.state ?? 'unknown';
        if (!this.world.has(about)) {
          if (state === 'alive' || state === 'suspect') return `${at} holds the dead ${about} for ${state}`;
          // Who came later hears of the dead only while somebody tells of them; then it looks for itself, which takes
          // `probeDeadlineMs + suspicionMs` = 3,500 ms from that moment, more than QUIET_MS.
          const teller = state === 'unknown' ? this.tellerOf(about) : undefined;
          if (teller !== undefined) return `${at} has not heard from ${teller} of the dead ${about} yet`;
        } else if (this.ourAddresses.has(about)) {
          if (state !== 'alive') return `${at} holds ${about} for ${state}`;
        } else {
          // It runs and nobody says otherwise: an opinion of ours alone has to give way.
          if (state === 'dead' && member?.gossipState === 'ALIVE') return `${at} alone holds ${about} for dead`;
          // A restarted Python node may stay dead for its fleet for ever; then it does so for all.
          const shown = state === 'left' ? 'dead' : state;
          if (python.get(about) !== undefined && python.get(about) !== shown)
            return `${about} is ${shown} at ${at} and ${python.get(about)} elsewhere`;
          python.set(about, shown);
          // Nobody but another Python node clears a Python node: it believes what is said of it.
          if (shown === 'unknown' || (shown === 'suspect' && this.models.size > 1)) return `${at} holds ${about} for ${shown}`;
        }
      }
    }
    for (const [at, model] of this.models) {
      for (const about of this.ours.keys()) {
        if (model.state(about) !== 'ALIVE') return `Python node ${at} holds ${about} for ${model.state(about)}`;
      }
    }
    return null;
  }

  /** A running node whose digests name `about`: Python's name everybody, ours those of whom they were told what they show. */
  private tellerOf(about: string): string | undefined {
    for (const [at, model] of this.models) if (model.state(about) !== undefined) return at;
    for (const [at, swim] of this.ours) {
      const member = swim.member(about);
      if (member === undefined || member.gossipState === null) continue;
      if (member.gossipState !== 'ALIVE' || member.opinion !== 'dead') return at;
    }
    return undefined;
  }

  private separate(one: string, other: string): void {
    this.cut.add(`${one} ${other}`);
    this.cut.add(`${other} ${one}`);
  }
}

/** Runs a schedule to its end. */
export function runSchedule(plan: Schedule): Outcome {
  const run = new Run(plan);
  const { world } = run;
  const violations: string[] = [];
  world.watch = (from, to, accusation) => violations.push(`${from} accuses ${accusation} to ${to}`);
  world.run(1_500);
  for (const { what, thenMs } of plan.mishaps) {
    run.happen(what);
    world.run(thenMs);
  }
  run.heal(plan.gone);
  const healedMs = world.now.monotonicMs;
  let why = run.disagreement();
  while (why !== null && world.now.monotonicMs - healedMs < AGREE_MS) {
    world.run(100);
    why = run.disagreement();
  }
  const agreedMs = world.now.monotonicMs - healedMs;
  if (why !== null) violations.push(`after ${AGREE_MS} ms ${why}`);
  else {
    // Agreement has to last, but for nodes that Python nodes themselves doubt: what they say of one another is theirs.
    const doubted = new Set(run.doubted());
    let held = run.pythonView();
    for (let ms = 0; ms < QUIET_MS; ms += 100) {
      world.run(100);
      for (const about of run.doubted()) if (!run.ours.has(about)) doubted.add(about);
      // Python nodes bring back one they held for dead: that is news, and the wait for all to have it begins anew.
      const now = run.pythonView();
      if (now !== held && world.now.monotonicMs - healedMs < AGREE_MS) ms = -100;
      held = now;
    }
    for (const about of run.ours.keys()) doubted.delete(about);
    const again = run.disagreement(doubted);
    if (again !== null) violations.push(`${QUIET_MS} ms after all agreed ${again}`);
  }
  return { trace: world.trace, violations, agreedMs };
}
