/** What a person should know about our own node: our standstills, our address, strangers who break rules at our ports. */
import type { Instant } from './core.ts';

/** A busy machine is late by less. */
const standstillMs = 5_000;
/** Everybody has heard our refutation by then. */
const standstillShownMs = 60_000;
const maxStrangers = 4;
const strangerShownMs = 600_000;

export interface SelfNotes {
  /** A sender that is no member broke a rule. */
  stranger(from: string, what: string, now: Instant): void;
  /** Whether this machine still has the address we are bound to. */
  network(up: boolean): void;
  /**
   * To be called with every input: `deadlineMs` is the moment at which one was due at the latest. Returns how long this
   * process stood still, milliseconds; null: it did not. A sleeping laptop stops the monotonic clock, a stopped process
   * does not: either way the wall clock has gone on without us.
   */
  input(now: Instant, deadlineMs: number | undefined): number | null;
  /** True if `list` changed since the last call. */
  changed(now: Instant): boolean;
  list(): readonly string[];
}

export function createSelfNotes(host: string, start: Instant): SelfNotes {
  const strangers = new Map<string, number>();
  let down = false;
  let standstill: { readonly text: string; readonly untilMs: number } | null = null;
  let last = start;
  let shown: readonly string[] = [];

  function current(now: Instant): string[] {
    for (const [text, atMs] of strangers) if (now.monotonicMs - atMs >= strangerShownMs) strangers.delete(text);
    if (standstill !== null && now.monotonicMs >= standstill.untilMs) standstill = null;
    return [
      ...(down ? [`${host} is not an address of this machine any more: nobody can be reached until it is back.`] : []),
      ...(standstill === null ? [] : [standstill.text]),
      ...strangers.keys(),
    ];
  }

  return {
    stranger(from, what, now) {
      if (strangers.size < maxStrangers) strangers.set(`${from}, no member: ${what}`, now.monotonicMs);
    },
    network(up) {
      down = !up;
    },
    input(now, deadlineMs) {
      const asleepMs = now.wallMs - last.wallMs - (now.monotonicMs - last.monotonicMs);
      const lateMs = deadlineMs === undefined ? 0 : now.monotonicMs - deadlineMs;
      last = now;
      const stoodMs = Math.max(asleepMs, lateMs);
      if (stoodMs < standstillMs) return null;
      const seconds = Math.round(stoodMs / 1_000);
      standstill = {
        text: `This node stood still for ${seconds} s (a sleeping machine, a debugger): its peers may have held it for dead.`,
        untilMs: now.monotonicMs + standstillShownMs,
      };
      return stoodMs;
    },
    changed(now) {
      const next = current(now);
      if (next.length === shown.length && next.every((text, index) => text === shown[index])) return false;
      shown = next;
      return true;
    },
    list: () => shown,
  };
}
