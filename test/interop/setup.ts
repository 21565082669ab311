/** Makes the Python environments once, before any test needs them: an install takes minutes and counts for no test. */
import { venv } from './python.ts';

/** The two ends of the release set: the first whose P2P works, and the newest. */
export const releases = ['1.0.2', '3.0.0'] as const;

export async function setup(): Promise<void> {
  // One after another: both would only compete for the same disk and network.
  for (const release of releases) await venv(release);
}
