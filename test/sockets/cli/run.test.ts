/** `run` as a person uses it: the declared program with its own environment, its ports checked first. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { run } from '#server/cli/program.ts';
import { createProject, type Project } from '../../lsp/project.ts';
import { freePort } from '../mesh/freePort.ts';
import { cliPath, type Outcome, runCli, start } from './command.ts';

let project: Project;
const cleanups: (() => Promise<unknown> | unknown)[] = [];

/** In place of Python: says what it got, then does what the "program" asks for. */
const interpreter = `#!${process.execPath}
const { readFileSync, writeFileSync } = require('node:fs');
const [file, ...rest] = process.argv.slice(2);
writeFileSync('got.json', JSON.stringify({ file, rest, cwd: process.cwd(), env: process.env }));
const text = readFileSync(file, 'utf8');
const exit = /# exit (\\d+)/.exec(text);
if (text.includes('# wait')) {
  process.on('SIGTERM', () => { console.log('left the mesh'); process.exit(5); });
  setInterval(() => {}, 1000);
  console.log('running');
} else process.exit(exit === null ? 0 : Number(exit[1]));
`;

const node = (name: string, port: number, rest = '') =>
  `${rest}\nfrom jarviscore import Mesh\nmesh = Mesh(config={"node_name": "${name}", "bind_host": "127.0.0.1", "bind_port": ${port}, "p2p_enabled": True})\n`;

// What commands load when they run counts for none of the tests.
beforeAll(async () => {
  await import('#server/cli/run.ts');
}, 120_000);

beforeEach(() => {
  project = createProject({
    'requirements.txt': 'jarviscore-framework[p2p]==3.0.0\n',
    '.venv/pyvenv.cfg': 'home = /usr/bin\n',
    '.venv/bin/python': interpreter,
  });
  chmodSync(project.path('.venv/bin/python'), 0o755);
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  project.dispose();
});

/** Without a process of its own, which only costs time where the program says nothing. */
async function runHere(args: readonly string[], cwd: string): Promise<Outcome> {
  const said = { out: '', err: '' };
  const status = await run(args, {
    cwd,
    bundleFolder: dirname(cliPath),
    version: '0.0.0',
    color: false,
    out: (text) => {
      said.out += `${text}\n`;
    },
    err: (text) => {
      said.err += `${text}\n`;
    },
  });
  return { status, stdout: said.out, stderr: said.err };
}

interface Got {
  readonly file: string;
  readonly rest: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

const got = (): Got => JSON.parse(readFileSync(project.path('got.json'), 'utf8')) as Got;
const started = (): boolean => existsSync(project.path('got.json'));

/** Sees the line, or the end of the process. */
async function says(child: ChildProcessWithoutNullStreams, wanted: string): Promise<void> {
  let text = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    text += chunk;
    if (text.includes(wanted)) return;
  }
  throw new Error(`It ended without "${wanted}": ${text}`);
}

test('the program gets its env file as the framework reads it, and no value is printed', async () => {
  project.write('worker.py', node('worker', await freePort(), '# exit 3'));
  project.write(
    '.env',
    [
      'NEXUS_SECRET=canary-secret',
      'BASE=/data',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the syntax of env files
      'STORE="${BASE}/store"',
      'DANGER=$(touch executed)',
      "QUOTED='a # b'",
      'this line is no statement',
      'BARE',
    ].join('\n'),
  );
  const { status, stdout, stderr } = await runHere(['run', '.', '--process', 'worker'], project.folder);
  expect(status).toBe(3);
  const { file, cwd, env } = got();
  expect({ file, cwd }).toEqual({ file: 'worker.py', cwd: project.folder });
  expect(env).toMatchObject({
    NEXUS_SECRET: 'canary-secret',
    STORE: '/data/store',
    DANGER: '$(touch executed)',
    QUOTED: 'a # b',
  });
  expect(env).not.toHaveProperty('BARE');
  expect(existsSync(project.path('executed'))).toBe(false);
  expect(stdout).toBe('');
  expect(stderr).toContain('.env: 5 variables; its reader drops line 6');
  expect(stderr).not.toContain('canary');
});

test('the surrounding environment beats an env file, decides about the port, and that is said', async () => {
  const [port, other] = [await freePort(), await freePort()];
  project.write('worker.py', 'from jarviscore import Mesh\nmesh = Mesh(config={"p2p_enabled": True})\n');
  project.write('.env', `JARVISCORE_BIND_PORT=${port}\nJARVISCORE_BIND_HOST=127.0.0.1\nLOG_LEVEL=INFO\n`);
  const env = { PATH: process.env.PATH, JARVISCORE_BIND_PORT: String(other), ELECTRON_RUN_AS_NODE: '1' };
  const child = spawn(process.execPath, [cliPath, 'run', '.', '--process', 'worker.py'], { cwd: project.folder, env });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  await once(child, 'close');
  expect(stderr).toContain(`127.0.0.1:${other} (UDP and TCP) and ${other + 1000} (ZeroMQ)`);
  expect(stderr).toContain('JARVISCORE_BIND_PORT of .env gives way to the one of this shell');
  expect(got().env).toMatchObject({ JARVISCORE_BIND_PORT: String(other), LOG_LEVEL: 'INFO' });
  // With it an editor's executable would be Node in every program the child starts.
  expect(got().env).not.toHaveProperty('ELECTRON_RUN_AS_NODE');
});

async function takeTcp(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  cleanups.push(() => new Promise((done) => server.close(done)));
}

async function takeUdp(port: number): Promise<void> {
  const socket = createSocket('udp4');
  await new Promise<void>((done) => socket.bind(port, '127.0.0.1', done));
  cleanups.push(() => socket.close());
}

test.each([
  ['TCP', 0, takeTcp, 'TCP'],
  ['UDP', 0, takeUdp, 'UDP'],
  ['ZeroMQ', 1_000, takeTcp, 'ZeroMQ'],
])('a taken %s port is said, with who holds it, and nothing is started', async (_, above, take, what) => {
  const port = await freePort();
  project.write('worker.py', node('worker', port));
  await take(port + above);
  const { status, stderr } = await runHere(['run', '.', '--process', 'worker'], project.folder);
  expect(status).toBe(1);
  expect(stderr).toContain(`Port ${port + above} (${what}) on 127.0.0.1, which worker needs, is taken by`);
  if (process.platform === 'linux') expect(stderr).toContain(`(process ${process.pid})`);
  expect(stderr).toContain('worker was not started');
  expect(started()).toBe(false);
});

test('a signal reaches the program, and its exit status is ours', async () => {
  project.write('worker.py', node('worker', await freePort(), '# wait'));
  const child = start(['run', '.', '--process', 'worker'], project.folder);
  const closed = once(child, 'close');
  await says(child, 'running');
  child.kill('SIGTERM');
  expect(await closed).toEqual([5, null]);
});

test('a program that a signal ends gives 128 and its number', async () => {
  project.write('worker.py', node('worker', await freePort()));
  const command = [process.execPath, '-e', 'process.kill(process.pid, "SIGKILL")'];
  const { status } = await runHere(['run', '.', '--process', 'worker', '--', ...command], project.folder);
  expect(status).toBe(137);
});

test('a command that cannot be started gives 127', async () => {
  project.write('worker.py', node('worker', await freePort()));
  const { status, stderr } = await runHere(
    ['run', '.', '--process', 'worker', '--', 'no-such-program', '--key=canary'],
    project.folder,
  );
  expect(status).toBe(127);
  expect(stderr).toContain('no-such-program cannot be started');
  expect(stderr).not.toContain('canary');
});

test('--dry-run starts nothing', async () => {
  project.write('worker.py', node('worker', await freePort()));
  const { status, stderr } = await runHere(['run', '.', '--process', 'worker', '--dry-run'], project.folder);
  expect(status).toBe(0);
  expect(stderr).toContain('worker: ');
  expect(started()).toBe(false);
});

test('a node that only an env file declares needs a command, and then gets that file', async () => {
  const port = await freePort();
  project.write('nodes/one.env', `JARVISCORE_NODE_NAME=one\nJARVISCORE_BIND_PORT=${port}\n`);
  project.write('nodes/two.env', `JARVISCORE_NODE_NAME=two\nJARVISCORE_BIND_PORT=${port + 1}\n`);
  const refused = await runHere(['run', '.', '--process', 'one'], project.folder);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain('an env file does not name a program');
  const print = 'console.log(process.env.JARVISCORE_NODE_NAME, process.env.JARVISCORE_BIND_PORT)';
  const run = await runCli(['run', '.', '--process', 'one', '--', process.execPath, '-e', print], project.folder);
  expect(run).toMatchObject({ status: 0, stdout: `one ${port}\n` });
});

test('a service of a compose file is not run beside its container, and the command that starts it is named', async () => {
  project.write(
    'compose.yml',
    'services:\n  coder:\n    image: jarviscore:1\n    environment:\n      JARVISCORE_NODE_NAME: coder\n',
  );
  const { status, stderr } = await runHere(['run', '.', '--process', 'coder'], project.folder);
  expect(status).toBe(2);
  expect(stderr).toContain('docker compose -f compose.yml up coder');
});

test('a systemd unit runs its program with its env files, which beat its own lines', async () => {
  const port = await freePort();
  project.write('worker.py', 'from jarviscore import Mesh\nmesh = Mesh(config={"p2p_enabled": True})\n');
  project.write('etc/worker.env', `JARVISCORE_BIND_PORT=${port}\nMODE=file\n`);
  project.write(
    'etc/worker.service',
    '[Service]\nEnvironment=MODE=line ZONE=eu\nEnvironmentFile=worker.env\nExecStart=/usr/bin/python3 /srv/worker.py --loud\n',
  );
  const { status, stderr } = await runHere(['run', '.', '--process', 'worker'], project.folder);
  expect({ status, stderr }).toMatchObject({ status: 0 });
  expect(got()).toMatchObject({
    file: 'worker.py',
    rest: ['--loud'],
    env: { MODE: 'file', ZONE: 'eu', JARVISCORE_BIND_PORT: String(port) },
  });
});

test('a secret in the unit itself reaches the program and nothing else; one that only systemd can read is refused', async () => {
  project.write('worker.py', node('worker', await freePort()));
  const unit = (line: string) => `[Service]\n${line}\nExecStart=/usr/bin/python3 /srv/worker.py\n`;
  project.write('worker.service', unit('Environment=NEXUS_SECRET=canary-secret'));
  const plain = await runHere(['run', '.', '--process', 'worker'], project.folder);
  expect(plain.status).toBe(0);
  expect(got().env.NEXUS_SECRET).toBe('canary-secret');
  project.write('worker.service', unit('Environment=NEXUS_SECRET=canary\\x20secret'));
  const escaped = await runHere(['run', '.', '--process', 'worker'], project.folder);
  expect(escaped.status).toBe(2);
  expect(escaped.stderr).toContain('worker.service:2 sets NEXUS_SECRET to a text with quotes, escapes or variables');
  expect(plain.stderr + escaped.stderr).not.toContain('canary');
});

test('two processes of one name are told apart by file', async () => {
  project.write('a.py', node('worker', await freePort()));
  project.write('b.py', node('worker', await freePort()));
  const { status, stderr } = await runHere(['run', '.', '--process', 'worker'], project.folder);
  expect(status).toBe(2);
  expect(stderr).toContain('2 processes are called worker: a.py:3 (--process a.py#');
  expect(stderr).toContain('b.py:3');
  expect((await runHere(['run', '.', '--process', 'b.py'], project.folder)).status).toBe(0);
  expect(got().file).toBe('b.py');
});

test('a name that nobody declares, and no --process', async () => {
  project.write('a.py', node('alpha', await freePort()));
  const unknown = await runHere(['run', '.', '--process', 'beta'], project.folder);
  expect(unknown).toMatchObject({ status: 2, stderr: 'jarviscore-fleet: No process is called beta. Declared: alpha.\n' });
  expect((await runHere(['run', '.'], project.folder)).status).toBe(2);
});
