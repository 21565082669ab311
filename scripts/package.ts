/**
 * Packs VSIX files out of a production build and checks their sizes.
 *
 *   node scripts/package.ts                                  for this platform
 *   node scripts/package.ts --target win32-x64 [--target …]  for others; "none" is the one without the ZeroMQ addon
 *   node scripts/package.ts --all                            a whole release: every platform, the npm package, the bill of
 *                                                            materials and the checksums
 *   further: --out FOLDER (the repository, or release/ with --all), --dist FOLDER (a production build), --pre-release
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Target, targets, thisTarget } from './addon.ts';
import { inputsOf } from './bundle.ts';
import { notices, shippedPackages } from './notices.ts';
import { shippedBom } from './sbom.ts';
import { pack, readManifest, releaseFiles, sourceDate, stage } from './staging.ts';

const largestBytes = 2 * 1024 * 1024;
const root = fileURLToPath(new URL('..', import.meta.url));

const { values } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    all: { type: 'boolean', default: false },
    out: { type: 'string' },
    dist: { type: 'string', default: join(root, 'dist') },
    'pre-release': { type: 'boolean', default: false },
  },
});

function targetNamed(name: string): Target | null {
  if (name === 'none') return null;
  const found = targets.find((target) => target.name === name);
  if (found === undefined)
    throw new Error(`Unknown target ${name}: ${[...targets.map((each) => each.name), 'none'].join(', ')}.`);
  return found;
}

function wanted(): (Target | null)[] {
  if (values.all) return [...targets, null];
  return values.target === undefined ? [thisTarget()] : values.target.map(targetNamed);
}

/** The npm package; its own scripts build once more and take the development set-up out of the manifest. */
function packNpm(folder: string): void {
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm === undefined ? ['npm'] : [process.execPath, npm];
  execFileSync(command ?? 'npm', [...first, 'pack', '--pack-destination', folder, '--loglevel', 'error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function checksums(folder: string, files: readonly string[]): string {
  const sum = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex');
  return files.map((name) => `${sum(name)}  ${name}\n`).join('');
}

const manifest = readManifest(root);
const out = resolve(values.out ?? (values.all ? join(root, 'release') : root));
const dist = resolve(values.dist);
const when = sourceDate(root);
const shipped = shippedPackages(root, inputsOf(dist));
const noticesFile = join(root, 'THIRD-PARTY-NOTICES.md');
const text = notices(root, shipped);
if (!existsSync(noticesFile) || readFileSync(noticesFile, 'utf8') !== text) writeFileSync(noticesFile, text);

mkdirSync(out, { recursive: true });
// What an earlier release left must not get into the checksums of this one.
if (values.all) for (const name of releaseFiles(out, manifest.name)) rmSync(join(out, name));
for (const target of wanted()) {
  const staging = join(root, '.cache/vsix', target?.name ?? 'none');
  const files = stage(root, dist, staging, target);
  const name = [manifest.name, ...(target === null ? [] : [target.name]), manifest.version].join('-');
  const file = join(out, `${name}.vsix`);
  const size = await pack(root, { staging, out: file, target, preRelease: values['pre-release'], when });
  const whose = target === null ? 'every other platform, without the local node' : target.name;
  console.log(`${relative(process.cwd(), file)}: ${(size / 1024).toFixed(0)} kB for ${whose}, ${files} files`);
  if (size > largestBytes) {
    console.error(`${relative(process.cwd(), file)} is larger than ${largestBytes / 1024} kB.`);
    process.exitCode = 1;
  }
}
if (values.all) {
  const bom = await shippedBom(root, shipped, manifest.name, when);
  writeFileSync(join(out, `${manifest.name}-${manifest.version}.cdx.json`), `${JSON.stringify(bom, null, 2)}\n`);
  packNpm(out);
  writeFileSync(join(out, 'SHA256SUMS'), checksums(out, releaseFiles(out, manifest.name)));
  for (const name of releaseFiles(out, manifest.name))
    if (!name.endsWith('.vsix')) console.log(relative(process.cwd(), join(out, name)));
}
