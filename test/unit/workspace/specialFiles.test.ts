import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isFileProblem, maxFileBytes, readFile } from '#server/workspace/files.ts';
import { Workspace } from '#server/workspace/workspace.ts';
import { createProject, type Project } from '../../lsp/project.ts';

let files: Project;
beforeEach(() => {
  // What must be found whatever lies beside it.
  files = createProject({ 'good/.env': 'P2P_ENABLED=yess\n' });
});
afterEach(() => files.dispose());

/** `file rule severity: message` of every finding; `between` runs after each step of the scan. */
function found(between: (step: number) => void = () => {}): string[] {
  const workspace = new Workspace({ epoch: 'test', log: () => {} });
  workspace.setFolders([files.uri]);
  let count = 0;
  for (const steps = workspace.scan(); steps.next().done !== true; ) between(count++);
  return [...workspace.allFindings()].flatMap(([uri, { findings }]) =>
    findings.map(({ rule, severity, message }) => `${uri.slice(files.uri.length + 1)} ${rule} ${severity}: ${message}`),
  );
}

const good = expect.stringMatching(/^good\/\.env invalid-bool error: /);

/** The findings without the one that is always there. */
function others(between?: (step: number) => void): string[] {
  const all = found(between);
  expect(all).toContainEqual(good);
  return all.filter((line) => !line.startsWith('good/'));
}

describe.skipIf(process.platform === 'win32')('in the place of an env file', () => {
  test('a named pipe is mentioned and never waited for', () => {
    expect(spawnSync('mkfifo', [files.path('pipe.env')]).status).toBe(0);
    symlinkSync('pipe.env', files.path('link.env'));
    const message = expect.stringContaining('This is a named pipe.');
    expect(others()).toEqual([message, message]);
    expect(others().every((line) => line.includes('file-unreadable info'))).toBe(true);
  });

  test('a socket is an error', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(files.path('socket.env'), resolve));
    try {
      expect(others()).toEqual([expect.stringMatching(/^socket\.env file-unreadable error: .*put a file here\.$/)]);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  test('an endless device is not read', () => {
    symlinkSync('/dev/zero', files.path('zero.env'));
    expect(others()).toEqual(['zero.env file-unreadable error: This is a device and no file. Put a file here.']);
  });

  test('a link that leads in a circle or nowhere says what to mend', () => {
    symlinkSync('loop.env', files.path('loop.env'));
    symlinkSync('nowhere', files.path('dangling.env'));
    expect(others()).toEqual([
      expect.stringMatching(/^dangling\.env .*ENOENT.*mend the link, or remove it\.$/),
      expect.stringMatching(/^loop\.env .*ELOOP.*lead in a circle: mend one of them\.$/),
    ]);
  });

  test('folders are walked whatever their name, and links to folders are not followed', () => {
    mkdirSync(files.path('folder/.env'), { recursive: true });
    writeFileSync(files.path('folder/.env/x.env'), 'P2P_ENABLED=yess\n');
    symlinkSync('..', files.path('folder/up.env'));
    symlinkSync('..', files.path('folder/up'));
    expect(others()).toEqual([expect.stringMatching(/^folder\/\.env\/x\.env invalid-bool /)]);
  });

  test.runIf(process.platform === 'linux')('a file whose reading fails half-way is an error', () => {
    symlinkSync('/proc/self/mem', files.path('broken.env'));
    expect(others()).toEqual([expect.stringMatching(/^broken\.env file-unreadable error: The file cannot be read \(EIO: /)]);
  });

  test.runIf(process.platform === 'linux')('a file without a size is read to its end', () => {
    const status = readFile('/proc/self/status');
    expect(isFileProblem(status) ? status.message : status.text).toMatch(/^Name:/);
  });
});

test('a folder that is named as a file is an error', () => {
  const workspace = new Workspace({ epoch: 'test', log: () => {} });
  mkdirSync(files.path('folder.env'));
  workspace.loadFile(files.path('folder.env'));
  expect([...workspace.allFindings().values()].flatMap(({ findings }) => findings)).toEqual([
    expect.objectContaining({ rule: 'file-unreadable', severity: 'error' }),
  ]);
});

test('a file that vanishes after it was listed is an error, one that vanishes before is nothing', () => {
  // The files of a folder are listed together and read one by one.
  files.write('a.env', 'A=1\n');
  files.write('b.env', 'B=1\n');
  files.write('c/.env', 'C=1\n');
  const lines = others((step) => {
    if (step !== 0) return;
    rmSync(files.path('b.env'));
    rmSync(files.path('c'), { recursive: true });
  });
  expect(lines).toEqual([
    expect.stringMatching(/^b\.env file-unreadable error: The file cannot be read \(ENOENT: /),
    expect.stringMatching(/^c file-unreadable error: The folder cannot be read \(ENOENT: /),
  ]);
});

test('a file at the limit is read, one byte more is not', () => {
  files.write('limit.env', new Uint8Array(maxFileBytes).fill(0x23));
  files.write('above.env', new Uint8Array(maxFileBytes + 1).fill(0x23));
  expect(others()).toEqual([expect.stringMatching(/^above\.env file-too-large warning: The file has 20 MB; /)]);
});
