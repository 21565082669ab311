/** Shown clock offsets move in these steps: every round trip measures a little different. */
const stepMs = 100;
const maxPeers = 4_096;

/**
 * Offsets fit to be shown: rounded, and the same until the measured one has moved by a whole step.
 *
 * @param measure Its wall clock minus ours, milliseconds; null: not measured.
 */
export function createSteadyOffset(measure: (peer: string) => number | null): (peer: string) => number | null {
  const shown = new Map<string, number>();
  return (peer) => {
    const measured = measure(peer);
    if (measured === null) return null;
    const before = shown.get(peer);
    if (before !== undefined && Math.abs(measured - before) < stepMs) return before;
    if (shown.size >= maxPeers) shown.clear();
    // `+ 0` turns -0 into 0.
    const rounded = Math.round(measured / stepMs) * stepMs + 0;
    shown.set(peer, rounded);
    return rounded;
  };
}
