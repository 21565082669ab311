/** Renders media/icon.svg to media/icon.png (VS Code wants a PNG of at least 128 px), in the test harness' browser. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBrowser } from '../test/workbench/harness/browser.ts';
import { ensureToolchain } from '../test/workbench/harness/toolchain.ts';

const media = fileURLToPath(new URL('../media', import.meta.url));
const size = 256;
const root = mkdtempSync(join(tmpdir(), 'icon-'));
const browser = await startBrowser({ tools: await ensureToolchain(), root, runId: `icon-${process.pid}` });
try {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${readFileSync(join(media, 'icon.svg'), 'utf8')}`);
  await page.screenshot({ path: join(media, 'icon.png'), omitBackground: true, animations: 'disabled' });
} finally {
  await browser.close();
  rmSync(root, { recursive: true, force: true });
}
