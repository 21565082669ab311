/** The VSIX of each platform, packed anew out of a production build beside the one that the other rows measure. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { targets } from '../../scripts/addon.ts';
import { build } from '../../scripts/bundle.ts';
import type { Row } from './row.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const limitMB = 2 * 1.048576;

export async function sizes(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-sizes-'));
  try {
    const dist = join(folder, 'dist');
    await build({ root, folder: dist, production: true });
    const wanted = [...targets.map(({ name }) => name), 'none'].flatMap((name) => ['--target', name]);
    execFileSync(process.execPath, ['scripts/package.ts', '--dist', dist, '--out', folder, ...wanted], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const packed = readdirSync(folder).filter((name) => name.endsWith('.vsix'));
    return packed.toSorted().map((name): Row => {
      const size = statSync(join(folder, name)).size / 1e6;
      return {
        what: `size of ${name.replace(/-[\d.]+\.vsix$/, '')}.vsix`,
        ours: size,
        reference: { name: 'the budget of 2 MiB', value: limitMB },
        unit: 'MB',
        goal: '<= 1 x',
        holds: size <= limitMB,
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
