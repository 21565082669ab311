/**
 * Opens the extension on a demo project with a live fleet: in VS Code where `code` is on the PATH, else in a real
 * workbench in the browser.
 *
 *   node scripts/start.ts [--check [--screenshot FILE]]
 *
 * --check: without a person; waits until diagnostics, peers and roles are on screen, writes a screenshot, exits 0.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startServer } from '../test/workbench/harness/server.ts';
import { ensureToolchain, unsupportedMachine } from '../test/workbench/harness/toolchain.ts';
import { checkDemo } from './demoCheck.ts';
import { type Demo, prepareDemo, startFleet } from './demoFleet.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** VS Code's command line launcher on the PATH; null where there is none. */
function findCode(): string | null {
  const names = process.platform === 'win32' ? ['code.cmd', 'code.exe'] : ['code'];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      if (folder !== '' && existsSync(join(folder, name))) return join(folder, name);
    }
  }
  return null;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
// Ends through the exit handlers, which stop and remove whatever exists by then; a signal alone would skip them.
const endEarly = (): never => process.exit(130);
for (const name of SIGNALS) process.on(name, endEarly);

/** Resolves at Ctrl-C or when the process is asked to end, for a way out that can wait. */
function interrupted(): Promise<void> {
  return new Promise((done) => {
    for (const name of SIGNALS) {
      process.off(name, endEarly);
      process.once(name, () => done());
    }
  });
}

async function openInCode(code: string, demo: Demo): Promise<void> {
  const args = [`--extensionDevelopmentPath=${root}`, '--new-window', '--wait', demo.folder];
  const child = spawn(code, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  console.log('Opened in VS Code. Ctrl-C here, or closing that window, ends the demo fleet.');
  const failed = new Promise<never>((_, fail) => child.once('error', fail));
  await Promise.race([interrupted(), once(child, 'exit'), failed]);
}

async function openInBrowser(demo: Demo): Promise<void> {
  // Whoever can open the page can run commands as this user: a login keeps others on the machine out.
  const password = randomBytes(12).toString('base64url');
  const server = await startServer({ extensions: [root], workspace: demo.folder, password });
  console.log(`\nOpen in your browser: ${server.pageUrl}`);
  console.log(`Password (new for every start): ${password}`);
  console.log('Then press the button "Start Local Node" in the view "Fleet Peers" (JarvisCore icon on the left).');
  console.log('Ctrl-C stops everything.');
  await interrupted();
  await server.stop();
}

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    screenshot: { type: 'string', default: join(root, 'dist/demo.png') },
  },
});

async function main(): Promise<void> {
  const code = values.check ? null : findCode();
  const unsupported = unsupportedMachine();
  if (code === null && unsupported !== null) {
    throw new Error(
      `VS Code's command "code" is not on the PATH, and a workbench in the browser cannot run here: ${unsupported}.\n` +
        'Install VS Code from https://code.visualstudio.com, then run "Shell Command: Install \'code\' command in PATH" from its command palette.',
    );
  }
  if (code === null) await ensureToolchain();
  const demo = await prepareDemo();
  process.once('exit', demo.remove);
  try {
    const fleet = await startFleet(demo);
    console.log(`Demo project: ${demo.folder}\nLive fleet: ${fleet.description}`);
    try {
      if (values.check) {
        await checkDemo(root, demo, values.screenshot);
        console.log(`Diagnostics, peers and roles are on screen: ${values.screenshot}`);
      } else if (code !== null) await openInCode(code, demo);
      else await openInBrowser(demo);
    } finally {
      await fleet.stop();
    }
  } finally {
    demo.remove();
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
