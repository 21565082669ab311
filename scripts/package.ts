/**
 * Packs the VSIX for this platform out of a production build and checks its size.
 *
 *   node scripts/package.ts [--out FILE]
 *
 * vsce refuses a package.json with "files" (which npm needs) beside a .vscodeignore, so it packs a staging folder whose
 * manifest has only what VS Code reads.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { copyZeroMq, thisTarget } from './addon.ts';
import { notices, packagesOf } from './notices.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const staging = join(root, '.cache/vsix');
const LARGEST_BYTES = 2 * 1024 * 1024;
const BUNDLES = ['extension', 'server', 'meshHost', 'registryHost'].map((name) => `dist/${name}.js`);

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly [field: string]: unknown;
}

function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
      });
    }
    child.once('error', fail);
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`${command} ended with status ${code}:\n${output}`))));
  });
}

/** What VS Code reads of package.json; "type" and "imports" would change how Node loads the bundles. */
function extensionManifest(manifest: Manifest): Record<string, unknown> {
  const unused = [
    'type',
    'imports',
    'files',
    'bin',
    'scripts',
    'dependencies',
    'devDependencies',
    'optionalDependencies',
    'overrides',
  ];
  return Object.fromEntries(Object.entries(manifest).filter(([field]) => !unused.includes(field)));
}

function stage(manifest: Manifest): void {
  for (const bundle of BUNDLES) {
    if (!existsSync(join(root, bundle))) throw new Error(`${bundle} is missing: run "npm run build -- --production" first.`);
  }
  const bundled = JSON.parse(readFileSync(join(root, '.cache/bundle-inputs.json'), 'utf8')) as string[];
  const text = notices(root, [...new Set([...packagesOf(bundled), 'zeromq', 'cmake-ts'])].sort());
  const noticesFile = join(root, 'THIRD-PARTY-NOTICES.md');
  if (!existsSync(noticesFile) || readFileSync(noticesFile, 'utf8') !== text) writeFileSync(noticesFile, text);

  rmSync(staging, { recursive: true, force: true });
  mkdirSync(join(staging, 'dist'), { recursive: true });
  writeFileSync(join(staging, 'package.json'), `${JSON.stringify(extensionManifest(manifest), null, 2)}\n`);
  for (const path of ['.vscodeignore', 'README.md', 'LICENSE', 'THIRD-PARTY-NOTICES.md', 'media', 'docs', 'schemas/json']) {
    cpSync(join(root, path), join(staging, path), { recursive: true });
  }
  for (const path of [...BUNDLES, 'dist/package.json']) cpSync(join(root, path), join(staging, path));
}

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const target = thisTarget();
const out = resolve(values.out ?? join(root, `${manifest.name}-${target.name}-${manifest.version}.vsix`));

stage(manifest);
copyZeroMq(root, join(staging, 'dist'), target);
mkdirSync(dirname(out), { recursive: true });
await run(
  process.execPath,
  [
    join(root, 'node_modules/@vscode/vsce/vsce'),
    ...['package', '--target', target.name, '--out', out, '--no-dependencies'],
    // No repository is known yet, so relative links of the README stay relative.
    ...['--allow-missing-repository', '--no-rewrite-relative-links'],
  ],
  staging,
);

const { size } = statSync(out);
const files = readdirSync(staging, { recursive: true }).length;
console.log(`${relative(process.cwd(), out)}: ${(size / 1024).toFixed(0)} kB for ${target.name}, from ${files} staged files`);
if (size > LARGEST_BYTES) {
  console.error(`The VSIX is larger than ${LARGEST_BYTES / 1024} kB.`);
  process.exitCode = 1;
}
