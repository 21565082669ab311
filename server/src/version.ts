/** The version of this package, from the manifest beside the bundles. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param bundleFolder `dist`, whose parent holds package.json both in the npm package and in a VSIX. */
export function packageVersion(bundleFolder: string): string {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(bundleFolder, '..', 'package.json'), 'utf8'));
    if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  } catch {
    // A bundle that was copied elsewhere on its own still works.
  }
  return 'unknown';
}
