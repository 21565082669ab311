/** What becomes of a mesh whose P2P part cannot start. */
import { compareReleases, type Release } from '#schemas/settings/catalogue.ts';

/**
 * 1.0 lets the error through (core/mesh.py:261-270 of 1.0.2), so that `Mesh.start()` raises; from 1.1.0 on it is logged
 * and the mesh goes on alone (core/mesh.py:497-506 of 3.0.0).
 */
export function withoutP2p(release: Release): string {
  return compareReleases(release, '1.1.0') < 0 ? 'does not start (Mesh.start() raises)' : 'runs without P2P';
}
