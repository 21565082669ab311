/** Runs a generator in slices so that the event loop keeps answering. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Half a frame: an answer that waits for one slice is still not felt. */
const sliceMs = 8;

/**
 * Runs `steps` to its end, yielding to the event loop between slices.
 * @returns false when `signal` was aborted before the end.
 */
export async function inSlices(steps: Iterator<unknown>, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const end = performance.now() + sliceMs;
    do {
      if (steps.next().done === true) return true;
    } while (performance.now() < end);
    await nextTurn();
  }
  return false;
}
