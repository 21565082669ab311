/**
 * The contract of every sans-IO part below `mesh/` (models: foca, quinn-proto).
 *
 * `handle` is the only way state changes and never throws, whatever the bytes. After each `handle` the shell
 * drains `poll` until it is undefined and arms one timer for `nextTimeout`. Randomness comes in as a function,
 * time with each input, so the same core runs under real sockets and under the simulator.
 */

/** A moment on both clocks. */
export interface Instant {
  /** Milliseconds on a clock that never jumps; the only one deadlines are computed on. */
  readonly monotonicMs: number;
  /** Milliseconds since 1970; only for what goes on the wire or is shown to a person. */
  readonly wallMs: number;
}

/** Uniform in [0, 1). */
export type Random = () => number;

/** Hex digits from `random`; ids on the wire, not secrets. */
export function hexId(random: Random, digits: number): string {
  let id = '';
  while (id.length < digits) id += Math.floor(random() * 16).toString(16);
  return id;
}
