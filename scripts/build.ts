/**
 * Bundles every entry point of scripts/bundles.ts into dist/.
 *
 *   node scripts/build.ts [--production] [--watch]
 */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, watch } from './bundle.ts';

const { values } = parseArgs({
  options: { production: { type: 'boolean', default: false }, watch: { type: 'boolean', default: false } },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}dist`;

// A development build replaces files one by one, so that a process started from the last build keeps working.
if (values.production) rmSync(folder, { recursive: true, force: true });
if (values.watch) await watch(root, folder);
else await build({ root, folder, production: values.production });
