/**
 * Builds what an installation from a git clone needs; npm calls it after `npm ci` too.
 *
 * `npm install -g git+…`, by which pre-commit installs hooks, hands its `--global` down to the installation of the clone's
 * own dependencies, so that none of them is there (npm/cli issue 8440). Then they are installed here.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const npm = process.env.npm_execpath;

if (!existsSync(`${root}node_modules/esbuild`) && npm !== undefined) {
  const { npm_config_global: _, ...env } = process.env;
  const install = ['ci', '--global=false', '--include=dev', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  execFileSync(process.execPath, [npm, ...install], { cwd: root, env, stdio: 'inherit' });
}
await import('./build.ts');
