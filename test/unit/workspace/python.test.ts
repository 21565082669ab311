import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findsPython } from '#server/workspace/python.ts';

const root = mkdtempSync(join(tmpdir(), 'python-'));
const windows = process.platform === 'win32';
const name = windows ? 'python.exe' : 'python3';

afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a Python is found on the PATH or in a virtual environment of the project, else not', () => {
  const empty = join(root, 'empty');
  const programs = join(root, 'programs');
  const project = join(root, 'project');
  const environment = join(project, '.venv', windows ? 'Scripts' : 'bin');
  for (const folder of [empty, programs, environment]) mkdirSync(folder, { recursive: true });
  expect(findsPython([project], [empty, programs].join(delimiter))).toBe(false);
  expect(findsPython([], '')).toBe(false);
  writeFileSync(join(programs, name), '');
  expect(findsPython([project], [empty, programs].join(delimiter))).toBe(true);
  writeFileSync(join(environment, name), '');
  expect(findsPython([project], empty)).toBe(true);
});
