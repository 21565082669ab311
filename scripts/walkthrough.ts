/**
 * Draws the pictures of the walkthrough into media/walkthrough/.
 *
 *   node scripts/walkthrough.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pictures } from './walkthrough/pictures.ts';

const folder = fileURLToPath(new URL('../media/walkthrough/', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(pictures)) writeFileSync(folder + name, text);
console.log(`wrote ${Object.keys(pictures).length} pictures into media/walkthrough`);
