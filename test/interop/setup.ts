/** Makes the Python environments once, before any test needs them: an install takes minutes and counts for no test. */
import { venv } from './python.ts';

/** The two ends of the release set: the first whose P2P works, and the newest. */
export const releases = ['1.0.2', '3.0.0'] as const;
/** One release of each behaviour towards an outside peer (A, B, C, E, G twice). */
export const releaseSet = ['1.0.2', '1.3.2', '1.5.1', '1.14.1', '2.4.1', '3.0.0'] as const;

export async function setup(): Promise<void> {
  // One after another: both would only compete for the same disk and network.
  for (const release of releaseSet) await venv(release);
}
