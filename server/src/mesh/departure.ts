/**
 * Leaving: our agents are taken back over ZeroMQ, and the membership ends. Peers take a withdrawal from a member they
 * hold for dead as well (swim-p2p does not filter), but none that never reached them, so it has a head start.
 */

/** Of the withdrawal; a slow peer must not keep the others believing that we are here. */
const headStartMs = 40;
/** How long we stay to see withdrawals confirmed, and repeat those that are not. */
const patienceMs = 700;
/** Repeats of the farewell: it is one unacknowledged datagram per member. */
const farewells = 2;
const farewellPauseMs = 30;

export interface Departure {
  /** What to do now. `unconfirmed`: withdrawals that no peer has confirmed yet. */
  next(unconfirmed: number, nowMs: number): 'wait' | 'farewell' | 'done';
  /** Monotonic milliseconds at which `next` has something new to say at the latest. */
  readonly deadlineMs: number;
}

export function createDeparture(startMs: number): Departure {
  const endMs = startMs + patienceMs;
  let left = farewells;
  let nextMs = startMs + headStartMs;
  return {
    next(unconfirmed, nowMs) {
      if (left === farewells && unconfirmed === 0) nextMs = Math.min(nextMs, nowMs);
      if (left > 0) {
        if (nowMs < nextMs) return 'wait';
        left -= 1;
        nextMs = nowMs + farewellPauseMs;
        return 'farewell';
      }
      return unconfirmed > 0 && nowMs < endMs ? 'wait' : 'done';
    },
    get deadlineMs() {
      return left > 0 ? nextMs : endMs;
    },
  };
}
