/** A real VS Code server with its own port, settings, extensions and scratch directory, everything on 127.0.0.1. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { signal, survivors } from './processes.ts';
import { ensureToolchain, type Toolchain } from './toolchain.ts';

const SETTINGS: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'remote.autoForwardPorts': false, // otherwise every port an extension opens raises a notification
  'window.autoDetectColorScheme': false, // otherwise the browser's colour scheme overrides colorTheme
  'window.autoDetectHighContrast': false,
  'git.openRepositoryInParentFolders': 'never', // a fixture inside a repository raises no question
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'files.simpleDialog.enable': true,
};

export interface ServerOptions {
  /** Folder to open; default: an empty scratch folder. */
  readonly workspace?: string;
  /** Extension folders (with package.json) to load as installed. */
  readonly extensions?: readonly string[];
  /** Use this --extensions-dir instead, e.g. one with an installed VSIX. */
  readonly extensionsDir?: string;
  /** User settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Extra environment of the server and the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Honour the `payload` query parameter (see hostTests.ts). */
  readonly testMode?: boolean;
  /** Ask for this password; without it there is no login. */
  readonly password?: string;
  /** Whether workspace trust is asked for, as it is for a person; default: every folder is trusted. */
  readonly workspaceTrust?: boolean;
}

export interface Server {
  readonly tools: Toolchain;
  readonly root: string;
  readonly userData: string;
  readonly extensionsDir: string;
  readonly url: string;
  readonly logFile: string;
  readonly runId: string;
  readonly workspace: string;
  readonly authority: string;
  readonly pageUrl: string;
  /** Changes user settings for the next page load; a running workbench does not notice reliably. */
  setSettings(changes: Readonly<Record<string, unknown>>): void;
  stop(): Promise<void>;
}

/** Installs an extension folder by a link named the way VS Code names installed extensions. */
function linkExtension(folder: string, extensionsDir: string): void {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) throw new Error(`No package.json in the extension folder ${folder}`);
  const { publisher, name, version } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  symlinkSync(folder, join(extensionsDir, `${publisher}.${name}-${version}`));
}

/** A process that cleans up when this one is killed with SIGKILL (see guard.ts). */
function startGuard(runId: string, root: string): ChildProcess {
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, WORKBENCH_RUN_ID: _outer, ...env } = process.env;
  const script = fileURLToPath(new URL('guard.ts', import.meta.url));
  const guard = spawn(process.execPath, [script, runId, root], {
    env,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.once('error', () => {});
  guard.stdin?.on('error', () => {});
  guard.unref();
  if (guard.stdin && 'unref' in guard.stdin && typeof guard.stdin.unref === 'function') guard.stdin.unref();
  return guard;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ends the process group, then anything that left the group but still carries this run's mark. */
function stopper(child: ChildProcess, runId: string, root: string, guard: ChildProcess): () => Promise<void> {
  const killAll = (name: NodeJS.Signals): void => {
    if (child.pid !== undefined) signal(-child.pid, name);
    for (const pid of survivors(runId)) signal(pid, name);
  };
  const removeScratch = (): void => {
    if (!process.env.WORKBENCH_KEEP) rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  // Also when a test throws or calls process.exit(); an exit handler cannot await.
  const atExit = (): void => {
    killAll('SIGKILL');
    const clock = new Int32Array(new SharedArrayBuffer(4));
    for (let i = 0; i < 40 && survivors(runId).length > 0; i++) Atomics.wait(clock, 0, 0, 50);
    try {
      removeScratch();
    } catch {
      // A dying process still wrote into it; the guard removes it.
    }
  };
  process.once('exit', atExit);
  // The server is in a group of its own, so Ctrl-C in the terminal does not reach it.
  const onSignal = (name: NodeJS.Signals): void => {
    atExit();
    if (process.listenerCount(name) === 0) process.kill(process.pid, name); // nobody else handles it
  };
  for (const name of SIGNALS) process.once(name, onSignal);
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    killAll('SIGTERM');
    for (let i = 0; i < 100 && survivors(runId).length > 0; i++) await wait(50);
    killAll('SIGKILL');
    process.off('exit', atExit);
    for (const name of SIGNALS) process.off(name, onSignal);
    for (let i = 0; i < 40 && survivors(runId).length > 0; i++) await wait(50);
    removeScratch();
    guard.stdin?.end();
  };
  return () => {
    stopped ??= stop();
    return stopped;
  };
}

function environment(options: ServerOptions, root: string, runId: string): NodeJS.ProcessEnv {
  const home = join(root, 'xdg');
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...options.env,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    XDG_CACHE_HOME: home,
    XDG_STATE_HOME: home,
    TMPDIR: join(root, 't'),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}', // no marketplace, so no network
    WORKBENCH_RUN_ID: runId,
  };
  for (const name of ['PORT', 'VSCODE_IPC_HOOK_CLI', 'NODE_OPTIONS', 'NODE_V8_COVERAGE', 'PASSWORD', 'HASHED_PASSWORD']) {
    delete env[name];
  }
  if (options.password) env.PASSWORD = options.password;
  return env;
}

/** Starts the server and waits until it answers. Throws with its log when it does not within 30 s. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const tools = await ensureToolchain();
  const root = mkdtempSync(join(tmpdir(), 'wb-'));
  // VS Code puts its sockets below this directory and the kernel allows 107 bytes for a socket's path.
  if (root.length > 55) {
    throw new Error(`The temporary directory is too long for VS Code's sockets: ${root}. Set TMPDIR to a shorter one.`);
  }
  const userData = join(root, 'data');
  const settingsFile = join(userData, 'User', 'settings.json');
  const settings = { ...SETTINGS, 'security.workspace.trust.enabled': options.workspaceTrust ?? false, ...options.settings };
  mkdirSync(join(userData, 'User'), { recursive: true });
  mkdirSync(join(root, 't'));
  writeFileSync(settingsFile, JSON.stringify(settings, null, 2));
  writeFileSync(join(root, 'config.yaml'), 'cert: false\n');

  const extensionsDir = options.extensionsDir ? resolve(options.extensionsDir) : join(root, 'extensions');
  mkdirSync(extensionsDir, { recursive: true });
  for (const folder of options.extensions ?? []) linkExtension(resolve(folder), extensionsDir);

  const runId = randomBytes(8).toString('hex');
  // The kernel chooses a port that is free and the server announces it, so parallel runs cannot meet.
  const args = [
    tools.server,
    ...['--config', join(root, 'config.yaml'), '--bind-addr', '127.0.0.1:0', '--auth', options.password ? 'password' : 'none'],
    ...['--user-data-dir', userData, '--extensions-dir', extensionsDir],
    ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--disable-proxy'],
    '--ignore-last-opened',
    ...(options.workspaceTrust ? [] : ['--disable-workspace-trust']),
    ...(options.testMode ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
  const child = spawn(tools.node, args, {
    env: environment(options, root, runId),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const logFile = join(root, 'server.log');
  const log = createWriteStream(logFile);
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const stop = stopper(child, runId, root, startGuard(runId, root));

  const output = (): string => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  const deadline = Date.now() + 30_000;
  let match: RegExpExecArray | null = null;
  while (match === null) {
    if (child.exitCode !== null || Date.now() > deadline) {
      const text = output().slice(-4000);
      await stop();
      throw new Error(`The workbench server did not start:\n${text}`);
    }
    await wait(50);
    match = /HTTP server listening on (http:\/\/(127\.0\.0\.1:\d+))/.exec(output());
  }
  const [, url = '', authority = ''] = match;

  const workspace = options.workspace ? resolve(options.workspace) : join(root, 'workspace');
  if (!options.workspace) mkdirSync(workspace);
  return {
    ...{ tools, root, userData, extensionsDir, url, logFile, runId, workspace, authority, stop },
    pageUrl: `${url}/?folder=${encodeURIComponent(workspace)}`,
    setSettings: (changes) => writeFileSync(settingsFile, JSON.stringify(Object.assign(settings, changes), null, 2)),
  };
}
