/** What a person sees when something is missing: the reason, and what to do about it. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server as NetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { prepareDemo } from '../../../scripts/demoFleet.ts';
import { freeNodePorts } from '../../../scripts/ports.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../harness/workbench.ts';
import { packedAddon, packedExtensions, screenshotFile, writeWorkspaceSettings } from './packed.ts';

const cleanUp: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

async function open(options: WorkbenchOptions): Promise<Workbench> {
  const workbench = await openWorkbench({ extensionsDir: packedExtensions(), ...options });
  cleanUp.push(() => workbench.stop());
  await workbench.openViewContainer('JarvisCore');
  return workbench;
}

async function demoFolder(settings: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const demo = await prepareDemo();
  cleanUp.push(() => demo.remove());
  writeWorkspaceSettings(demo.folder, settings);
  return demo.folder;
}

async function welcome(workbench: Workbench, text: string, timeoutMs = 30_000): Promise<string> {
  return workbench.until(
    async () => {
      const shown = await workbench.welcome('Fleet Peers');
      return shown.includes(text) && shown;
    },
    `the welcome content "${text}"`,
    timeoutMs,
  );
}

async function diagnosticsWork(workbench: Workbench): Promise<void> {
  await workbench.openFile('.env');
  await workbench.page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: 30_000 });
}

function occupy(port: number): Promise<NetServer> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => done(server));
  });
}

describe('empty states', () => {
  it('says which port is taken and offers to choose another', async () => {
    const [port = 0] = await freeNodePorts(1);
    const owner = await occupy(port);
    cleanUp.push(() => void owner.close());
    const workbench = await open({ workspace: await demoFolder({ 'jarviscoreFleet.node.port': port }) });
    await welcome(workbench, 'not started');
    await workbench.runCommand('JarvisCore: Start Local Node');
    await welcome(workbench, 'port is taken');
    const toasts = await workbench.until(async () => {
      const texts = await workbench.notifications();
      return texts.length > 0 && texts;
    }, 'a notification');
    expect(toasts.join()).toContain(String(port));
    await workbench.screenshot(screenshotFile('port-taken'));
    await diagnosticsWork(workbench);
    owner.close();
    await workbench.view('Fleet Peers').getByRole('button', { name: 'Start Local Node' }).last().click();
    await workbench.treeRow('Fleet Peers', 'this window');
    // Nobody runs what the files declare: said above the rows, with the seeds that do not answer.
    await workbench
      .view('Fleet Peers')
      .getByText(/No node answers\. Seeds .* have been silent since/)
      .waitFor({ timeout: 20_000 });
    await workbench.screenshot(screenshotFile('declared-but-silent'));
  });

  it('says that the seeds do not answer', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'silent-'));
    cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
    const [port = 0] = await freeNodePorts(1);
    writeFileSync(join(folder, 'requirements.txt'), 'jarviscore-framework[p2p]==3.0.0\n');
    writeWorkspaceSettings(folder, { 'jarviscoreFleet.node.seeds': [`127.0.0.1:${port}`] });
    const workbench = await open({ workspace: folder });
    await welcome(workbench, 'not started');
    await workbench.runCommand('JarvisCore: Start Local Node');
    await welcome(workbench, 'seeds do not answer');
    await workbench.page.locator('.pane-header', { hasText: `127.0.0.1:${port} silent` }).waitFor();
    await workbench.screenshot(screenshotFile('seed-silent'));
  });

  it('says that there is no Python to run the declared nodes with, and works without it', async () => {
    const programs = mkdtempSync(join(tmpdir(), 'programs-'));
    cleanUp.push(() => rmSync(programs, { recursive: true, force: true }));
    // VSCODE_CLI: otherwise the workbench takes PATH from a login shell instead (VS Code 1.139, resolveShellEnv).
    const workbench = await open({ workspace: await demoFolder(), env: { PATH: programs, VSCODE_CLI: '1' } });
    await welcome(workbench, 'No Python was found');
    await diagnosticsWork(workbench);
    await workbench.runCommand('JarvisCore: Start Local Node');
    await workbench.treeRow('Fleet Peers', 'this window');
    await workbench
      .view('Fleet Peers')
      .getByText(/no Python was found to run one/)
      .waitFor({ timeout: 20_000 });
    await workbench.screenshot(screenshotFile('no-python'));
  });

  it('waits with the node until the workspace is trusted, and checks meanwhile', async () => {
    const workbench = await open({
      workspace: await demoFolder(),
      workspaceTrust: true,
      settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' },
    });
    await welcome(workbench, 'not trusted');
    await workbench.view('Fleet Peers').getByRole('button', { name: 'Manage Workspace Trust' }).waitFor();
    await diagnosticsWork(workbench);
    await workbench.screenshot(screenshotFile('untrusted'));
    expect(workbench.extensionProcesses('dist/meshHost.js')).toEqual([]);
    await workbench.view('Fleet Peers').getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await workbench.page.locator('.workspace-trust-editor').getByRole('button', { name: 'Trust', exact: true }).click();
    await welcome(workbench, 'not started');
    await workbench.runCommand('JarvisCore: Start Local Node');
    await workbench.treeRow('Fleet Peers', 'this window');
    expect(workbench.extensionProcesses('dist/meshHost.js')).toHaveLength(1);
  });

  it('says that the ZeroMQ addon cannot be loaded, and goes on checking', async () => {
    const extensions = mkdtempSync(join(tmpdir(), 'broken-'));
    cleanUp.push(() => rmSync(extensions, { recursive: true, force: true }));
    cpSync(packedExtensions(), extensions, { recursive: true });
    writeFileSync(packedAddon(extensions), 'not an addon');
    const workbench = await open({ extensionsDir: extensions, workspace: await demoFolder() });
    await welcome(workbench, 'not started');
    await workbench.runCommand('JarvisCore: Start Local Node');
    await welcome(workbench, 'ZeroMQ addon cannot be loaded');
    await workbench.screenshot(screenshotFile('addon-unavailable'));
    await diagnosticsWork(workbench);
  });

  it('leaves a folder without JarvisCore alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'other-'));
    cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, '.env'), 'DATABASE_URL=postgres://localhost/x\nBIND_PORT=1\n');
    const workbench = await open({ workspace: folder });
    await welcome(workbench, 'No JarvisCore project');
    await workbench.openFile('.env');
    expect(await workbench.page.locator('.statusbar-item', { hasText: /fleet node/ }).count()).toBe(0);
    expect(await workbench.page.locator('.monaco-editor .squiggly-error').count()).toBe(0);
    await workbench.screenshot(screenshotFile('no-project'));
  });
});
