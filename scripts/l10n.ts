/**
 * Writes l10n/bundle.l10n.json from the sources and brings the translations into the same shape: texts that are gone go,
 * new ones come in empty and are listed for the translator.
 *
 *   node scripts/l10n.ts [--check]     --check: write nothing. Exit 1 when a file is out of date or a text has no translation
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Bundle, extractTexts, languages, merge, readBundle } from './l10n/bundles.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'l10n');
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
let failed = false;

function put(name: string, bundle: Bundle): void {
  const path = join(folder, name);
  const text = `${JSON.stringify(bundle, null, 2)}\n`;
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  if (values.check) {
    console.error(`l10n/${name} is out of date: run "npm run l10n"`);
    failed = true;
    return;
  }
  writeFileSync(path, text);
  console.log(`wrote l10n/${name}`);
}

mkdirSync(folder, { recursive: true });
const source = await extractTexts(root);
put('bundle.l10n.json', source);
for (const language of languages) {
  const name = `bundle.l10n.${language}.json`;
  const path = join(folder, name);
  const translated = merge(source, existsSync(path) ? readBundle(path) : {});
  put(name, translated);
  const missing = Object.keys(translated).filter((key) => translated[key] === '');
  for (const key of missing) console.error(`l10n/${name}: no translation of ${JSON.stringify(key)}`);
  if (missing.length > 0) failed = true;
}
if (failed) process.exitCode = 1;
