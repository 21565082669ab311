import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { environmentFor } from '#server/run/environment.ts';
import { type LaunchPlan, planLaunch } from '#server/run/plan.ts';
import { uriOf } from '#server/workspace/uris.ts';
import { modelOf } from '../rules/workspace.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'environment-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that reads this env file, which fills in what is not set. */
function plan(content: string, wins: boolean): LaunchPlan {
  const model = modelOf({ 'main.py': 'from jarviscore import Mesh\nMesh(mode="p2p", config={"bind_port": 7946})\n' });
  const [process] = model.processes;
  if (process === undefined) throw new Error('nothing is declared');
  const launch = planLaunch(process, model, false);
  if (!launch.ok) throw new Error(launch.why);
  const file = join(folder, '.env');
  writeFileSync(file, content);
  return { ...launch, files: [{ uri: uriOf(file), dialect: 'python-dotenv', wins }] };
}

test('the environment of the shell beats an env file, and what it decides is named', () => {
  const { values, overridden, files } = environmentFor(plan('A=file\nB=file\n', false), { A: 'shell' }, 'linux');
  expect(values).toEqual({ A: 'shell', B: 'file' });
  expect(overridden.map(({ name }) => name)).toEqual(['A']);
  expect(files.map(({ given }) => given)).toEqual([1]);
});

test('names that differ in their letters only are one on Windows and two elsewhere', () => {
  const content = 'PATH=file\n';
  expect(environmentFor(plan(content, false), { Path: 'shell' }, 'linux').values).toEqual({ Path: 'shell', PATH: 'file' });
  expect(environmentFor(plan(content, false), { Path: 'shell' }, 'win32').values).toEqual({ Path: 'shell' });
  expect(environmentFor(plan(content, true), { Path: 'shell' }, 'win32').values).toEqual({ PATH: 'file' });
});

test('what makes an editor run as Node does not reach the program', () => {
  expect(environmentFor(plan('', false), { ELECTRON_RUN_AS_NODE: '1', A: 'a' }).values).toEqual({ A: 'a' });
});
