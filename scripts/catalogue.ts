/**
 * Takes a framework release into the catalogue (schemas/settings), or holds a known one against it.
 *
 *   npm run catalogue -- --release 3.1.0     one release
 *   npm run catalogue -- --new               every release of the package index that is newer than the catalogue
 *   further: --check (write nothing), --report FILE (the report as Markdown)
 *
 * Exit status 1 where a known release differs from the catalogue. Sources are fetched as wheels and read, never run.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareReleases, releaseSchema, releases } from '#schemas/settings/catalogue.ts';
import { type CatalogueFiles, takeRelease } from './catalogue/apply.ts';
import { fetchRelease, offeredReleases } from './catalogue/extract.ts';
import { reportOf } from './catalogue/report.ts';

const folder = fileURLToPath(new URL('../schemas/settings', import.meta.url));
const { values } = parseArgs({
  options: {
    release: { type: 'string', multiple: true, default: [] },
    new: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    report: { type: 'string' },
  },
});

async function wanted(): Promise<string[]> {
  const named = values.release.map((each) => releaseSchema.parse(each));
  if (!values.new) return named;
  const newest = releases.at(-1) ?? '0.0.0';
  const offered = (await offeredReleases()).filter((each) => releaseSchema.safeParse(each).success);
  return [...named, ...offered.filter((each) => compareReleases(each, newest) > 0)];
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const swim = (JSON.parse(read('releases.json')) as { swim: { version: string } }).swim.version;
let files: CatalogueFiles = { settings: read('settings.json'), releases: read('releases.json') };
const sections: string[] = [];
const chosen = await wanted();
if (chosen.length === 0 && !values.new) throw new Error('Which release? --release X, or --new for all newer ones.');
for (const release of chosen) {
  const { extraction, facts } = await fetchRelease(release, swim);
  const taken = takeRelease(files, release, extraction, facts);
  ({ files } = taken);
  sections.push(reportOf(release, taken, extraction));
  if (taken.before === null && taken.differences.length > 0) process.exitCode = 1;
}
if (!values.check) {
  if (files.settings !== read('settings.json')) writeFileSync(join(folder, 'settings.json'), files.settings);
  if (files.releases !== read('releases.json')) writeFileSync(join(folder, 'releases.json'), files.releases);
}
const text = sections.length === 0 ? 'No release is newer than the catalogue.\n' : sections.join('\n');
process.stdout.write(text);
if (values.report !== undefined) {
  mkdirSync(dirname(values.report), { recursive: true });
  writeFileSync(values.report, text);
}
