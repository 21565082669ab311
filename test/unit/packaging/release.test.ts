import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { releaseFiles } from '../../../scripts/staging.ts';

test('a release replaces the files of another one and nothing else in the folder a person names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    const ours = ['SHA256SUMS', 'fleet-1.0.0.cdx.json', 'fleet-1.0.0.tgz', 'fleet-1.0.0.vsix', 'fleet-linux-x64-1.0.0.vsix'];
    for (const name of [...ours, 'thesis.docx', 'fleet-notes.txt', 'other-1.0.0.vsix']) writeFileSync(join(folder, name), '');
    mkdirSync(join(folder, 'photos'));
    expect(releaseFiles(folder, 'fleet')).toEqual(ours);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
