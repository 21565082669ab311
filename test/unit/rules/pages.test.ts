import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { referencePages } from '../../../scripts/docs/pages.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('reference pages', () => {
  const pages = referencePages();

  it('are up to date (npm run docs writes them)', async () => {
    const outdated: string[] = [];
    for (const [path, text] of pages)
      if ((await readFile(`${root}/${path}`, 'utf8').catch(() => null)) !== text) outdated.push(path);
    expect(outdated).toEqual([]);
  });

  it('are one per rule and no more', async () => {
    const present = await readdir(`${root}/docs/rules`);
    expect(present.filter((name) => name.endsWith('.md') && !pages.has(`docs/rules/${name}`))).toEqual([]);
  });

  it('name no machine path', () => {
    for (const [path, text] of pages) expect(text.includes(root), path).toBe(false);
  });
});
