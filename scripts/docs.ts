/**
 * Writes the reference pages: `docs/settings.md` and one page per rule in `docs/rules/`.
 * `--check` writes nothing and exits 1 when a page is out of date.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { referencePages } from './docs/pages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The text of a file; null where there is none. */
async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

const pages = new Map([...referencePages()].map(([path, make]) => [path, make()]));
const check = process.argv.includes('--check');
const present = (await readdir(join(root, 'docs/rules')).catch(() => [])).map((name) => `docs/rules/${name}`);
const stale = present.filter((path) => path.endsWith('.md') && !pages.has(path));
const changed: string[] = [];
for (const [path, text] of pages) if ((await textOf(join(root, path))) !== text) changed.push(path);

if (check) {
  const wrong = [...changed, ...stale];
  if (wrong.length > 0) {
    console.error(`${wrong.length} generated pages are out of date (${wrong.slice(0, 5).join(', ')}…). Run: npm run docs`);
    process.exitCode = 1;
  }
} else {
  await mkdir(join(root, 'docs/rules'), { recursive: true });
  for (const path of stale) await rm(join(root, path));
  for (const path of changed) await writeFile(join(root, path), pages.get(path) ?? '');
  console.log(`${pages.size} pages, ${changed.length} written, ${stale.length} removed`);
}
