import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { referencePages } from '../../../scripts/docs/pages.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

describe('reference pages', () => {
  const pages = referencePages();

  it.each([...pages])('%s is up to date (npm run docs writes it)', async (path, make) => {
    const text = make();
    expect(await readFile(`${root}/${path}`, 'utf8')).toBe(text);
    expect(text).not.toContain(root);
  });

  it('are one per rule and no more', async () => {
    const present = await readdir(`${root}/docs/rules`);
    expect(present.filter((name) => name.endsWith('.md') && !pages.has(`docs/rules/${name}`))).toEqual([]);
  });
});
