/**
 * Puts together what goes into a VSIX and packs it.
 *
 * vsce refuses a package.json with "files" (which npm needs) beside a .vscodeignore, so it packs a staging folder whose
 * manifest has only what VS Code reads.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyZeroMq, type Target } from './addon.ts';
import { inputsOf } from './bundle.ts';
import { bundles } from './bundles.ts';
import { notices, shippedPackages } from './notices.ts';
import { withPalette } from './png.ts';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly [field: string]: unknown;
}

export function readManifest(root: string): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
}

/** Names in `folder` that a release of this product is made of; whatever else lies there is somebody's own. */
export function releaseFiles(folder: string, product: string): string[] {
  const isOurs = (name: string): boolean =>
    name === 'SHA256SUMS' || (name.startsWith(`${product}-`) && /\.(?:vsix|tgz|cdx\.json)$/.test(name));
  return readdirSync(folder).filter(isOurs).sort();
}

/** What VS Code reads of package.json; "type" and "imports" would change how Node loads the bundles. */
function extensionManifest(manifest: Manifest): Record<string, unknown> {
  const scripts = ['scripts', 'dependencies', 'devDependencies', 'optionalDependencies', 'overrides'];
  const unused = ['type', 'imports', 'files', 'bin', ...scripts];
  return Object.fromEntries(Object.entries(manifest).filter(([field]) => !unused.includes(field)));
}

/** Bundles of the extension, and the files that a production build made for several of them. */
function bundleFiles(dist: string): string[] {
  const named = bundles.filter(({ inVsix }) => inVsix).map(({ name }) => `${name}.js`);
  for (const file of named) {
    if (!existsSync(join(dist, file)))
      throw new Error(`${join(dist, file)} is missing: run "npm run build -- --production" first.`);
  }
  const shared = readdirSync(dist).filter((file) => /^engine-.*\.js$/.test(file));
  // A page's style sheet stands beside its script.
  const styles = bundles.filter(({ runs }) => runs === 'browser').map(({ name }) => `${name}.css`);
  return [...named, ...shared, ...styles, 'package.json'];
}

/** Equal permissions everywhere: a zip file keeps those of whoever packed it. */
function settlePermissions(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, entry);
    chmodSync(path, statSync(path).isDirectory() ? 0o755 : 0o644);
  }
}

/**
 * Fills `staging` anew.
 *
 * @param dist a production build
 * @param target the one platform whose ZeroMQ addon goes in; null: none, for platforms without a package of their own
 * @returns number of files
 */
export function stage(root: string, dist: string, staging: string, target: Target | null): number {
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(join(staging, 'dist'), { recursive: true });
  writeFileSync(join(staging, 'package.json'), `${JSON.stringify(extensionManifest(readManifest(root)), null, 2)}\n`);
  const texts = ['package.nls.json', 'package.nls.de.json', 'l10n'];
  const pages = ['README.md', 'CHANGELOG.md', 'LICENSE', 'media', 'docs', 'schemas/json'];
  for (const path of ['.vscodeignore', ...texts, ...pages]) {
    if (existsSync(join(root, path))) cpSync(join(root, path), join(staging, path), { recursive: true });
  }
  writeFileSync(join(staging, 'THIRD-PARTY-NOTICES.md'), notices(root, shippedPackages(root, inputsOf(dist))));
  for (const name of readdirSync(join(staging, 'media'))) {
    const file = join(staging, 'media', name);
    if (name.endsWith('.png')) writeFileSync(file, withPalette(readFileSync(file)));
  }
  for (const file of bundleFiles(dist)) cpSync(join(dist, file), join(staging, 'dist', file));
  if (target !== null) copyZeroMq(root, join(staging, 'dist'), target);
  settlePermissions(staging);
  return readdirSync(staging, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
}

/**
 * Time that packages carry, so that two builds of one commit are equal: SOURCE_DATE_EPOCH, else the commit's, else that of
 * the first moment a zip file can hold.
 */
export function sourceDate(root: string): Date {
  const named = Number(process.env.SOURCE_DATE_EPOCH ?? Number.NaN);
  if (Number.isSafeInteger(named)) return new Date(named * 1000);
  try {
    const args = ['log', '-1', '--format=%ct'];
    const seconds = Number(execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    if (Number.isSafeInteger(seconds) && seconds > 0) return new Date(seconds * 1000);
  } catch {
    // A source archive has no history.
  }
  return new Date('1980-01-01T00:00:00Z');
}

function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
      });
    }
    child.once('error', fail);
    child.once('close', (code) => (code === 0 ? done() : fail(new Error(`${command} ended with status ${code}:\n${output}`))));
  });
}

export interface PackRequest {
  readonly staging: string;
  /** The VSIX to write. */
  readonly out: string;
  readonly target: Target | null;
  readonly preRelease: boolean;
  readonly when: Date;
}

/** Packs a staging folder. @returns size in bytes. @throws with vsce's output where it refuses */
export async function pack(root: string, { staging, out, target, preRelease, when }: PackRequest): Promise<number> {
  mkdirSync(dirname(out), { recursive: true });
  const args = [
    join(root, 'node_modules/@vscode/vsce/vsce'),
    ...['package', '--out', out, '--no-dependencies'],
    ...(target === null ? [] : ['--target', target.name]),
    ...(preRelease ? ['--pre-release'] : []),
    // No repository is known yet, so relative links of the README stay relative.
    ...['--allow-missing-repository', '--no-rewrite-relative-links'],
  ];
  // Zip files hold local times, and vsce sorts by the rules of the language.
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(when.getTime() / 1000), TZ: 'UTC', LC_ALL: 'C' };
  await run(process.execPath, args, staging, env);
  return statSync(out).size;
}
