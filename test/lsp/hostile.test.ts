import { spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openClient } from './client.ts';
import { createProject, type Project } from './project.ts';

let files: Project;
beforeEach(() => {
  files = createProject({ 'good/.env': 'P2P_ENABLED=yess\n' });
});
afterEach(() => files.dispose());

test.skipIf(process.platform === 'win32')(
  'pipes, devices and links in a circle do not keep the server from its work',
  async () => {
    expect(spawnSync('mkfifo', [files.path('pipe.env')]).status).toBe(0);
    symlinkSync('/dev/zero', files.path('zero.env'));
    symlinkSync('loop.env', files.path('loop.env'));
    await using client = await openClient({ folders: [files.uri] });
    expect(await client.diagnostics(files.uriOf('good/.env'))).toEqual([expect.objectContaining({ code: 'invalid-bool' })]);
    for (const name of ['pipe.env', 'zero.env', 'loop.env'])
      expect(await client.diagnostics(files.uriOf(name)), name).toEqual([expect.objectContaining({ code: 'file-unreadable' })]);
  },
);

test('files that nobody can read whole say so, and cost their neighbours nothing', { timeout: 120_000 }, async () => {
  const growing = Array.from({ length: 60 }, (_, i) => `A${i + 1}=$\{A${i}}$\{A${i}}\n`).join('');
  files.write('growing/.env', `A0=aaaaaaaaaa\n${growing}`);
  files.write('long/app.py', `from jarviscore import Mesh\n${'x = 1\n'.repeat(300_000)}`);
  files.write('bytes/.env', new Uint8Array([0x41, 0x3d, 0xff]));
  files.write('nested/compose.yaml', `services:\n  a:\n    environment: ${'{a: '.repeat(50_000)}\n`);
  await using client = await openClient({ folders: [files.uri] });
  const codes = async (name: string) => (await client.diagnostics(files.uriOf(name))).map(({ code }) => code);
  expect(await codes('good/.env')).toEqual(['invalid-bool']);
  expect(await codes('growing/.env')).toContain('dotenv-interpolation');
  expect(await codes('long/app.py')).toEqual(['file-too-large']);
  expect(await codes('bytes/.env')).toEqual(['file-not-utf8']);
});
