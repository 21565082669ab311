/**
 * Takes the Node binaries of the development set-up out of package.json while npm packs, and puts them back.
 *
 *   node scripts/npmManifest.ts strip|restore|show
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const manifest = fileURLToPath(new URL('../package.json', import.meta.url));
const original = `${manifest}.orig`;

/** Puts the original back; also after a pack that was interrupted, so that a stripped manifest is never the original. */
function restore(): void {
  if (existsSync(original)) renameSync(original, manifest);
}

/** The manifest as it is published. */
function published(text: string): string {
  const content = JSON.parse(text) as Record<string, unknown>;
  // They give every npm script a recent Node (60 MB each); whoever installs the package brings a Node along. Development
  // dependencies and scripts mean nothing to them either.
  for (const field of ['optionalDependencies', 'devDependencies', 'scripts', 'overrides']) delete content[field];
  return `${JSON.stringify(content, null, 2)}\n`;
}

function strip(): void {
  restore();
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(original, text);
  writeFileSync(manifest, published(text));
}

const [action] = process.argv.slice(2);
if (action === 'strip') strip();
else if (action === 'restore') restore();
else if (action === 'show') process.stdout.write(published(readFileSync(manifest, 'utf8')));
else {
  console.error('usage: node scripts/npmManifest.ts strip|restore|show');
  process.exitCode = 2;
}
