/** The hook as pre-commit itself installs and runs it: from a clone, packed by npm, in an environment of its own. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createProject, type Project } from '../../lsp/project.ts';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../..', import.meta.url));
const environment = join(repository, '.cache', 'venvs', 'pre-commit-4.7.0');
const preCommit = join(environment, 'bin', 'pre-commit');
const installMs = 15 * 60_000;

/** Everything pre-commit installs; thrown away in the end, because it is made from this very commit. */
const home = mkdtempSync(join(tmpdir(), 'pre-commit-'));
const binaries = join(home, 'bin');
let project: Project;

beforeAll(async () => {
  if ((await stat(preCommit).catch(() => null)) === null) {
    await run('python3', ['-m', 'venv', environment]);
    await run(join(environment, 'bin', 'python'), ['-m', 'pip', 'install', '-q', 'pre-commit==4.7.0'], { timeout: installMs });
  }
  // nodeenv prefers the name that Debian has; both are the Node of this test.
  mkdirSync(binaries);
  for (const name of ['node', 'nodejs']) symlinkSync(process.execPath, join(binaries, name));
  const { stdout: head } = await run('git', ['-C', repository, 'rev-parse', 'HEAD']);
  project = createProject({
    '.pre-commit-config.yaml': `repos:\n  - repo: ${repository}\n    rev: ${head.trim()}\n    hooks:\n      - id: jarviscore-fleet\n`,
    'node/.env.worker': 'JARVISCORE_BIND_PORT=7950\n',
    LICENSE: 'nothing to check\n',
  });
  await git('init', '-q');
  await git('add', '-A');
}, installMs);

afterAll(() => {
  project.dispose();
  rmSync(home, { recursive: true, force: true });
});

function git(...args: string[]) {
  return run('git', ['-C', project.folder, ...args]);
}

/** Where packages come from and how they are reached: a machine may say so in the environment only. */
const reach = 'config_(?:registry|cafile|proxy|https?_proxy|noproxy|strict_ssl)$';
const added = new RegExp(`^(?:npm_(?!${reach})|vitest|node_(?!extra_ca_certs)|init_cwd)`, 'i');
/** What a person's shell has (certificates and proxies too), without what npm and vitest add to it for this process. */
const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !added.test(name)));

interface Outcome {
  readonly status: number;
  readonly output: string;
}

async function hook(...args: string[]): Promise<Outcome> {
  try {
    const { stdout, stderr } = await run(preCommit, ['run', '--verbose', ...args], {
      cwd: project.folder,
      timeout: installMs,
      maxBuffer: 64 * 1024 * 1024,
      env: { ...own, PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}`, PRE_COMMIT_HOME: home },
    });
    return { status: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { status: code, output: `${stdout}${stderr}` };
  }
}

test(
  'passes where nothing is wrong, fails with the finding where something is, and stays out of other changes',
  async () => {
    const fine = await hook('--all-files');
    expect(fine.output).toContain('nothing found');
    expect(fine.status).toBe(0);

    project.write('node/.env.worker', 'BIND_PORT=7946\n');
    await git('add', '-A');
    const wrong = await hook('--all-files');
    expect(wrong.output).toContain('node/.env.worker:1:1 error');
    expect(wrong.output).toContain('unprefixed-p2p-var');
    expect(wrong.status).toBe(1);

    project.write('jarviscore-fleet.json', '{"severities": {"unprefixed-p2p-var": "off"}}');
    await git('add', '-A');
    expect((await hook('--all-files')).status).toBe(0);

    const other = await hook('--files', 'LICENSE');
    expect(other.output).toContain('no files to check');
    expect(other.status).toBe(0);
  },
  installMs,
);
