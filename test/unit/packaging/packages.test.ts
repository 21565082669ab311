/** What is shipped: each platform's package with its one addon, the same bytes twice, licences and a bill of materials. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { targets, thisTarget } from '../../../scripts/addon.ts';
import { build, inputsOf } from '../../../scripts/bundle.ts';
import { bundles } from '../../../scripts/bundles.ts';
import { notices, shippedPackages } from '../../../scripts/notices.ts';
import { restrict } from '../../../scripts/sbom.ts';
import { pack, readManifest, stage } from '../../../scripts/staging.ts';
import { tryPackage } from '../../../scripts/tryPackage.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const limitBytes = 2 * 1024 * 1024;
const when = new Date('2026-01-02T03:04:06Z');
let scratch = '';

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'packages-'));
  for (const name of ['one', 'two']) await build({ root, folder: join(scratch, name), production: true });
}, 240_000);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

test('two builds of one source have equal files', () => {
  const [one, two] = [join(scratch, 'one'), join(scratch, 'two')];
  expect(files(one)).toEqual(files(two));
  for (const file of files(one)) expect(digest(join(one, file)), file).toBe(digest(join(two, file)));
});

test('a packed file does on this platform what it is for', async () => {
  const staging = join(scratch, 'tried-staging');
  const out = join(scratch, 'tried.vsix');
  stage(root, join(scratch, 'one'), staging, thisTarget());
  await pack(root, { staging, out, target: thisTarget(), preRelease: false, when });
  await tryPackage(out, true);
  stage(root, join(scratch, 'one'), staging, null);
  await pack(root, { staging, out, target: null, preRelease: true, when });
  await tryPackage(out, false);
}, 180_000);

test('two packages of one source are equal to the byte, and within the budget', async () => {
  const [target] = targets;
  if (target === undefined) throw new Error('no target');
  const made: string[] = [];
  for (const name of ['one', 'two']) {
    const staging = join(scratch, `${name}-staging`);
    stage(root, join(scratch, name), staging, target);
    const out = join(scratch, `${name}.vsix`);
    expect(await pack(root, { staging, out, target, preRelease: false, when })).toBeLessThanOrEqual(limitBytes);
    made.push(digest(out));
  }
  expect(made[0]).toBe(made[1]);
}, 120_000);

test.each(targets)('the package for $name has the addon of that platform and no other', (target) => {
  const staging = join(scratch, target.name);
  stage(root, join(scratch, 'one'), staging, target);
  const addons = files(staging).filter((file) => file.endsWith('.node'));
  expect(addons).toHaveLength(1);
  expect(addons[0]).toMatch(new RegExp(`^dist/node_modules/zeromq/build/${target.os}/${target.arch}/`));
  const listed = JSON.parse(readFileSync(join(staging, 'dist/node_modules/zeromq/build/manifest.json'), 'utf8')) as object;
  expect(Object.keys(listed)).toHaveLength(1);
  for (const { name, inVsix } of bundles) expect(files(staging).includes(`dist/${name}.js`), name).toBe(inVsix);
});

test('the package for all other platforms has no addon', () => {
  const staging = join(scratch, 'none');
  stage(root, join(scratch, 'one'), staging, null);
  expect(files(staging).filter((file) => file.includes('node_modules'))).toEqual([]);
});

test('the licences of everything that is shipped are written down', () => {
  const shipped = shippedPackages(root, inputsOf(join(scratch, 'one')));
  expect(readFileSync(join(root, 'THIRD-PARTY-NOTICES.md'), 'utf8'), '"npm run package" writes it anew').toBe(
    notices(root, shipped),
  );
  const copyleft = shipped.filter(
    ({ license }) => !/^(?:MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|BlueOak-1\.0\.0)$/.test(license ?? ''),
  );
  expect(copyleft.map(({ name, license }) => `${name}: ${license}`)).toEqual(['zeromq: MIT AND MPL-2.0']);
});

test('the bill of materials has what is shipped and nothing else', () => {
  const component = (name: string, version: string): { 'bom-ref': string; name: string; version: string; scope: string } => ({
    ...{ 'bom-ref': `${name}@${version}`, name, version, scope: 'optional' },
  });
  const bom = {
    bomFormat: 'CycloneDX' as const,
    serialNumber: 'urn:uuid:0',
    metadata: { timestamp: 'now', component: component('folder', '1.0.0') },
    components: [
      component('zod', '4.0.0'),
      component('zod', '3.0.0'),
      component('vitest', '5.0.0'),
      component('zeromq', '6.0.0'),
    ],
    dependencies: [
      { ref: 'zod@4.0.0', dependsOn: ['vitest@5.0.0'] },
      { ref: 'zeromq@6.0.0', dependsOn: [] },
    ],
  };
  const shipped = [
    { name: 'zod', version: '4.0.0', license: 'MIT', folder: '' },
    { name: 'zeromq', version: '6.0.0', license: 'MPL-2.0', folder: '' },
  ];
  const cut = restrict(bom, shipped, 'product', when);
  expect(cut.components.map((each) => each['bom-ref'])).toEqual(['zod@4.0.0', 'zeromq@6.0.0', 'libzmq', 'libsodium']);
  expect(cut.dependencies).toEqual([
    { ref: 'folder@1.0.0', dependsOn: ['zeromq@6.0.0', 'zod@4.0.0'] },
    { ref: 'zod@4.0.0', dependsOn: [] },
    { ref: 'zeromq@6.0.0', dependsOn: ['libzmq', 'libsodium'] },
  ]);
  expect(cut.metadata).toMatchObject({ timestamp: '2026-01-02T03:04:06.000Z', component: { name: 'product' } });
  expect(cut).not.toHaveProperty('serialNumber');
  expect(() => restrict({ ...bom, components: [] }, shipped, 'product', when)).toThrow(/zeromq@6\.0\.0, zod|zod@4\.0\.0, zeromq/);
});

test('the npm package brings no binaries, tools or scripts of ours along', () => {
  const manifest = readManifest(root);
  expect(manifest.files).toEqual(expect.arrayContaining(['dist/*.js', 'dist/package.json']));
  const stripped = spawnSync(process.execPath, [join(root, 'scripts/npmManifest.ts'), 'show'], { encoding: 'utf8' });
  const shown = JSON.parse(stripped.stdout) as Record<string, unknown>;
  expect(Object.keys(shown).filter((key) => /dependencies|scripts|overrides/i.test(key))).toEqual(['dependencies']);
  expect(shown.dependencies).toEqual(manifest.dependencies);
});
