/** Headless Chromium of the toolchain. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import type { Toolchain } from './toolchain.ts';

function hasFonts(): boolean {
  return ['/usr/share/fonts', '/usr/local/share/fonts'].some((dir) => existsSync(dir) && readdirSync(dir).length > 0);
}

/** Launches the browser; its files stay below `root`, its processes carry `runId`. */
export async function startBrowser(where: { tools: Toolchain; root: string; runId: string }): Promise<Browser> {
  const { tools, root, runId } = where;
  const home = join(root, 'browser');
  mkdirSync(home, { recursive: true });
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
  Object.assign(env, {
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
    WORKBENCH_RUN_ID: runId,
    LD_LIBRARY_PATH: tools.libraries,
    ...(hasFonts() ? {} : { FONTCONFIG_PATH: tools.fonts }),
  });
  return chromium.launch({
    executablePath: tools.chromium,
    // One owner ends everything (server.ts).
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
    ],
    env,
  });
}
