/**
 * Runs a mocha suite inside the extension host of the workbench. The suite is a CommonJS module with
 * `run(): Promise<void>`, as for @vscode/test-electron.
 */
import { resolve } from 'node:path';
import { format } from 'node:util';
import type { Browser } from 'playwright-core';
import { startBrowser } from './browser.ts';
import { startServer } from './server.ts';

const NOISE =
  /^(Resolv|Creating a socket|\[reconnection|Ignoring fetching|\[Service Worker|\[AgentHost|\[AccountPolicy|Canceled: Canceled|Updating additional|Extension host)/;

export interface HostTestOptions {
  /** The extension under test first, more development extensions after it. */
  readonly extensions: readonly string[];
  /** The suite's entry module. */
  readonly tests: string;
  /** Default: an empty scratch folder. */
  readonly workspace?: string;
  /** Further, installed extensions. */
  readonly extensionsDir?: string;
  /** Environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** Gives 0 passed, 1 failed or not loaded, 124 timed out. */
export async function runInHost(options: HostTestOptions): Promise<number> {
  // Without this mode the workbench ignores `payload`, and so the tests, without a word.
  const server = await startServer({
    ...(options.workspace ? { workspace: options.workspace } : {}),
    ...(options.extensionsDir ? { extensionsDir: options.extensionsDir } : {}),
    ...(options.env ? { env: options.env } : {}),
    testMode: true,
  });
  let browser: Browser | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    browser = await startBrowser(server);
    const page = await browser.newPage();
    // The workbench looks for these two functions on `window`.
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      const line = format(...args);
      if (NOISE.test(line)) return;
      (type === 'error' || type === 'warn' ? process.stderr : process.stdout).write(`${line}\n`);
    });
    const exit = Promise.withResolvers<number>();
    await page.exposeFunction('codeAutomationExit', (code: number) => exit.resolve(code));
    page.on('crash', () => {
      console.error('The browser page crashed.');
      exit.resolve(1);
    });
    timer = setTimeout(() => {
      console.error(`The tests did not finish within ${options.timeoutMs / 1000} s. WORKBENCH_KEEP=1 keeps ${server.logFile}.`);
      exit.resolve(124);
    }, options.timeoutMs);
    const uri = (path: string): string => `vscode-remote://${server.authority}${resolve(path)}`;
    const payload = [
      ...options.extensions.map((folder) => ['extensionDevelopmentPath', uri(folder)]),
      ['extensionTestsPath', uri(options.tests)],
      ['extensionEnvironment', JSON.stringify(options.env ?? {})],
      ['skipWelcome', 'true'],
      ['skipReleaseNotes', 'true'],
    ];
    await page.goto(`${server.pageUrl}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    return await exit.promise;
  } finally {
    clearTimeout(timer);
    await browser?.close().catch(() => {});
    await server.stop();
  }
}
