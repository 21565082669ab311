/** What a fuzz target is: inputs to start from, a way to change them, and code that must take anything. */
import type { Dice } from './random.ts';

export interface FuzzTarget {
  readonly name: string;
  /** A codec is small and fast, and gets a million inputs; readers run whole models. */
  readonly kind: 'codec' | 'reader';
  /** Valid inputs; asked for once. */
  seeds(): readonly Uint8Array[];
  mutate(seed: Uint8Array, dice: Dice, other: Uint8Array): Uint8Array;
  /** @throws where the code under test does, or where what it gives breaks a promise */
  run(input: Uint8Array): void;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const bytesOf = (text: string): Uint8Array => encoder.encode(text);
/** As a reader of files would: damaged UTF-8 becomes U+FFFD. */
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);

const made = new WeakMap<FuzzTarget, readonly Uint8Array[]>();

/** The seeds of a target; making them can cost more than a run. */
export function seedsOf(target: FuzzTarget): readonly Uint8Array[] {
  const seeds = made.get(target) ?? target.seeds();
  made.set(target, seeds);
  return seeds;
}

/** The input that a state of the dice stands for; one of fifty is a seed as it is. */
export function inputOf(target: FuzzTarget, dice: Dice): Uint8Array {
  const seeds = seedsOf(target);
  const seed = dice.pick(seeds);
  if (dice.chance(0.02)) return seed;
  return target.mutate(seed, dice, dice.pick(seeds));
}

/** What a broken promise is reported as. */
export function promise(holds: boolean, what: string): void {
  if (!holds) throw new Error(`broken promise: ${what}`);
}
