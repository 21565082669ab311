/** One timer for the next deadline of a node. */

/** Longer timers overflow in Node, and a clock that jumped is noticed sooner. */
const longestMs = 60_000;
/** A deadline that moved away by more than this is worth a new timer: waking up for nothing costs more than setting one. */
const idleWakeMs = 40;

export interface Alarm {
  /** @param deadlineMs on the clock of `performance.now()`; undefined: nothing is due. It rings at the deadline or a little earlier. */
  set(deadlineMs: number | undefined): void;
  stop(): void;
}

export function createAlarm(ring: () => void): Alarm {
  let timer: NodeJS.Timeout | null = null;
  let timerAtMs = Number.POSITIVE_INFINITY;

  return {
    set(deadlineMs) {
      const nowMs = performance.now();
      const atMs = Math.min(deadlineMs ?? Number.POSITIVE_INFINITY, nowMs + longestMs);
      // Most inputs move the deadline by little or not at all.
      if (timer !== null && timerAtMs <= atMs && atMs - timerAtMs <= idleWakeMs) return;
      if (timer !== null) clearTimeout(timer);
      timerAtMs = atMs;
      timer = setTimeout(
        () => {
          timer = null;
          ring();
        },
        Math.max(0, Math.ceil(atMs - nowMs)),
      );
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
