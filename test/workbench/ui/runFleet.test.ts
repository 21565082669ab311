/** "Run Fleet" with real Python nodes: a taken port is said before anything is launched; then terminals, alive rows, roles. */
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, prepareDemo } from '../../../scripts/demoFleet.ts';
import { freeNodePorts } from '../../../scripts/ports.ts';
import { venv } from '../../interop/python.ts';
import { openWorkbench, type Workbench } from '../harness/workbench.ts';
import { packedExtensions, screenshotFile, writeWorkspaceSettings } from './packed.ts';

const names = ['researcher-01', 'coder-01', 'analyst-01'] as const;
/** A Python node needs up to half a minute to import the framework, here three at once. */
const startMs = 180_000;

let demo: Demo;
let workbench: Workbench;
let blocker: Server | undefined;
let analystPort = 0;

/** Tabs of the terminal panel as a screen reader hears them. */
function terminals(): Promise<string[]> {
  return workbench.page
    .locator('.tabs-list .monaco-list-row')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
}

async function toast(wanted: RegExp): Promise<string> {
  return workbench.until(async () => (await workbench.notifications()).find((text) => wanted.test(text)), `${wanted}`);
}

const alive = (name: string) =>
  workbench.treeRow('Fleet Peers', new RegExp(`^${name}alive .*started here, process \\d+`), startMs);

beforeAll(async () => {
  demo = await prepareDemo();
  const [free = 0, own = 0] = await freeNodePorts(2);
  analystPort = free;
  // The planted collision is mended as a person would: the analyst gets a port of its own.
  const file = join(demo.folder, 'analyst.py');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^BIND_PORT = \d+$/m, `BIND_PORT = ${free}`));
  writeWorkspaceSettings(demo.folder, { 'jarviscoreFleet.node.port': own });
  symlinkSync(dirname(dirname(await venv('3.0.0'))), join(demo.folder, '.venv'));
  workbench = await openWorkbench({ extensionsDir: packedExtensions(), workspace: demo.folder });
  await workbench.openViewContainer('JarvisCore');
  await workbench.until(async () => (await workbench.welcome('Fleet Peers')).includes('not started'), 'the welcome content');
});

afterAll(async () => {
  blocker?.close();
  await workbench?.stop();
  demo?.remove();
});

describe('Run Fleet', () => {
  it('says that a port is taken before anything is launched', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(analystPort + 1_000, '127.0.0.1', done));
    blocker = server;
    await workbench.runCommand('JarvisCore: Run Fleet');
    const said = await toast(/Nothing was started/);
    expect(said).toContain(`Port ${analystPort + 1_000} (ZeroMQ) on 127.0.0.1, which analyst-01 needs, is taken by`);
    expect(said).toContain(`process ${process.pid}`);
    expect(workbench.extensionProcesses('dist/cli.js')).toEqual([]);
    await workbench.screenshot(screenshotFile('run-fleet-port-taken'));
    await workbench.runCommand('Notifications: Clear All Notifications');
    await new Promise((done) => server.close(done));
  });

  it('starts three terminals, and three rows become alive with their roles', async () => {
    await workbench.runCommand('JarvisCore: Start Local Node');
    await workbench.treeRow('Fleet Peers', 'this window');
    await workbench.runCommand('JarvisCore: Run Fleet');
    await workbench.until(() => Promise.resolve(workbench.extensionProcesses('dist/cli.js').length === 3), 'three commands');
    for (const name of names) await alive(name);
    for (const role of ['researcher', 'coder', 'analyst'])
      await workbench.treeRow('Roles', new RegExp(`^${role}1 of 1 alive`), startMs);
    const rows = (await workbench.treeRows('Fleet Peers')).filter(({ level }) => level === 1);
    // One row for a started process and its live peer.
    expect(rows.map(({ label }) => label).toSorted()).toEqual(['analyst-01', 'coder-01', 'researcher-01', 'this window']);
    const tabs = await workbench.until(async () => {
      const shown = await terminals();
      return shown.length === names.length && shown;
    }, 'three terminals');
    for (const name of names) expect(tabs.filter((tab) => tab.includes(name))).toHaveLength(1);
    await workbench.screenshot(screenshotFile('run-fleet'));
  });

  it('finds nothing wrong with them', async () => {
    await workbench.page.keyboard.press('Escape');
    await workbench.runCommand('JarvisCore: Diagnose Connection');
    await workbench.page.locator('.tab', { hasText: 'Doctor' }).first().waitFor();
    const text = await workbench.until(async () => {
      const shown = await workbench.page.locator('.editor-group-container.active .view-lines').first().textContent();
      return shown?.includes('config') === true && shown.replaceAll('\u00a0', ' ');
    }, 'the document');
    expect(text).not.toContain('FAIL');
    await workbench.screenshot(screenshotFile('doctor'));
  });

  it('stops one by the button of its row, and its row says so', async () => {
    const row = await workbench.treeRow('Fleet Peers', /^analyst-01alive/);
    await row.hover();
    await row.getByRole('button', { name: 'Stop Declared Node' }).click();
    await workbench.until(() => Promise.resolve(workbench.extensionProcesses('dist/cli.js').length === 2), 'its command to end');
    const gone = await workbench.treeRow('Fleet Peers', /^analyst-01(?:suspect|dead|left)/, 30_000);
    expect(await gone.textContent()).not.toContain('started here');
  });

  it('printed no value of an env file', async () => {
    await workbench.runCommand('Terminal: Focus Terminal');
    const text = (await workbench.page.locator('.xterm-rows').allInnerTexts()).join('\n');
    expect(text).not.toContain('change-me');
  });
});
