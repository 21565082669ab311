/** What a person sees when something is missing: the reason, and what to do about it. Every welcome content is shown once. */
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server as NetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { prepareDemo } from '../../../scripts/demoFleet.ts';
import { freeNodePorts } from '../../../scripts/ports.ts';
import { joinScriptedPeer } from '../../sockets/mesh/scriptedPeer.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../harness/workbench.ts';
import { packedAddon, packedExtension, packedExtensions, screenshotFile, writeWorkspaceSettings } from './packed.ts';
import { neverShown, watchWelcomes } from './welcomes.ts';

const cleanUp: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

async function open(options: WorkbenchOptions): Promise<Workbench> {
  const workbench = await openWorkbench({ extensionsDir: packedExtensions(), ...options });
  await watchWelcomes(workbench);
  await openViews(workbench);
  return workbench;
}

/** All views of the container: two of them are closed until somebody opens them. */
async function openViews(workbench: Workbench): Promise<void> {
  await workbench.openViewContainer('JarvisCore');
  for (const title of ['Readiness', 'Messages']) await workbench.expandView(title);
}

/** A window of its own, for what cannot be changed in a running one. */
async function openAnother(options: WorkbenchOptions): Promise<Workbench> {
  const workbench = await open(options);
  cleanUp.push(() => workbench.stop());
  return workbench;
}

async function demoFolder(settings: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const demo = await prepareDemo();
  cleanUp.push(() => demo.remove());
  writeWorkspaceSettings(demo.folder, settings);
  return demo.folder;
}

function folderWith(files: Readonly<Record<string, string>>, settings: Readonly<Record<string, unknown>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'empty-'));
  cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeWorkspaceSettings(folder, settings);
  return folder;
}

const requirement = { 'requirements.txt': 'jarviscore-framework[p2p]==3.0.0\n' };

async function welcome(workbench: Workbench, text: string, timeoutMs = 60_000): Promise<string> {
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
  await workbench.page.locator('.monaco-editor .squiggly-error').first().waitFor();
}

function occupy(port: number): Promise<NetServer> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => done(server));
  });
}

describe('in a window', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await open({});
  });

  afterAll(() => workbench?.stop());

  async function openFolder(folder: string): Promise<void> {
    await workbench.openFolder(folder);
    await openViews(workbench);
  }

  it('says which port is taken and offers to choose another', async () => {
    const [port = 0] = await freeNodePorts(1);
    const owner = await occupy(port);
    cleanUp.push(() => void owner.close());
    await openFolder(await demoFolder({ 'jarviscoreFleet.node.port': port }));
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
      .waitFor();
    await workbench.screenshot(screenshotFile('declared-but-silent'));
  });

  it('says that an address cannot be used', async () => {
    await openFolder(
      folderWith(requirement, { 'jarviscoreFleet.node.port': 60_000, 'jarviscoreFleet.node.zmqPortOffset': 9_000 }),
    );
    await welcome(workbench, 'not started');
    await workbench.runCommand('JarvisCore: Start Local Node');
    await welcome(workbench, 'its address cannot be used');
    await workbench.page.locator('.statusbar-item', { hasText: 'node failed' }).waitFor();
    await workbench.screenshot(screenshotFile('bad-address'));
  });

  it('says that the node is alone, and with the first member that no agent is known', async () => {
    const [port = 0] = await freeNodePorts(1);
    await openFolder(folderWith(requirement, { 'jarviscoreFleet.node.port': port }));
    await welcome(workbench, 'not started');
    await workbench.runCommand('JarvisCore: Start Local Node');
    await welcome(workbench, 'started and alone. No seed');
    await workbench.page.locator('.statusbar-item', { hasText: 'alone' }).waitFor();
    await workbench.screenshot(screenshotFile('alone'));
    const peer = await joinScriptedPeer(`127.0.0.1:${port}`);
    cleanUp.push(() => peer.close());
    await workbench.treeRow('Fleet Peers', new RegExp(`^${peer.address}alive`));
    await workbench.until(async () => (await workbench.welcome('Roles')).includes('No agent has announced'), 'that of the roles');
    const said = async (): Promise<boolean> =>
      (await workbench.welcome('Messages')).includes('No question, answer or notification');
    await workbench.until(said, 'that of the messages');
  });

  it('says that the seeds do not answer', async () => {
    const [port = 0] = await freeNodePorts(1);
    await openFolder(folderWith(requirement, { 'jarviscoreFleet.node.seeds': [`127.0.0.1:${port}`] }));
    await welcome(workbench, 'not started');
    await workbench.runCommand('JarvisCore: Start Local Node');
    await welcome(workbench, 'seeds do not answer');
    await workbench.page.locator('.pane-header', { hasText: `127.0.0.1:${port} silent` }).waitFor();
    await workbench.screenshot(screenshotFile('seed-silent'));
  });

  it('leaves a folder without JarvisCore alone: no server, no node, no watcher, no status item', async () => {
    await openFolder(folderWith({ '.env': 'DATABASE_URL=postgres://localhost/x\nBIND_PORT=1\n', 'app.py': 'print(1)\n' }));
    await welcome(workbench, 'No JarvisCore project');
    await workbench.openFile('.env');
    expect(await workbench.page.locator('.statusbar-item', { hasText: /fleet node/ }).count()).toBe(0);
    expect(await workbench.page.locator('.monaco-editor .squiggly-error').count()).toBe(0);
    // The server, which alone registers watchers, and all that it would start.
    await workbench.until(() => Promise.resolve(workbench.extensionProcesses('dist/').length === 0), 'no process of ours');
    await workbench.screenshot(screenshotFile('no-project'));
  });

  it('says that the language server stopped several times in a row', async () => {
    await openFolder(await demoFolder());
    await welcome(workbench, 'not started');
    const killed = new Set<number>();
    await workbench.until(
      async () => {
        for (const pid of workbench.extensionProcesses('dist/server.js')) {
          if (killed.has(pid)) continue;
          killed.add(pid);
          process.kill(pid, 'SIGKILL');
        }
        return (await workbench.welcome('Fleet Peers')).includes('stopped several times');
      },
      'the server to be given up',
      60_000,
    );
    expect(killed.size).toBe(5);
    await workbench.page.locator('.statusbar-item', { hasText: 'JarvisCore' }).waitFor();
    await workbench.screenshot(screenshotFile('server-failed'));
    // Starting the node is a way out.
    await workbench.runCommand('JarvisCore: Start Local Node');
    await workbench.treeRow('Fleet Peers', 'this window');
  });
});

describe('in a window of its own', () => {
  it('says that there is no Python to run the declared nodes with, and works without it', async () => {
    const programs = mkdtempSync(join(tmpdir(), 'programs-'));
    cleanUp.push(() => rmSync(programs, { recursive: true, force: true }));
    // VSCODE_CLI: otherwise the workbench takes PATH from a login shell instead (VS Code 1.139, resolveShellEnv).
    const workbench = await openAnother({ workspace: await demoFolder(), env: { PATH: programs, VSCODE_CLI: '1' } });
    await welcome(workbench, 'No Python was found');
    await diagnosticsWork(workbench);
    await workbench.runCommand('JarvisCore: Start Local Node');
    await workbench.treeRow('Fleet Peers', 'this window');
    await workbench
      .view('Fleet Peers')
      .getByText(/no Python was found to run one/)
      .waitFor();
    await workbench.screenshot(screenshotFile('no-python'));
  });

  it('waits with the node until the workspace is trusted, and checks meanwhile', async () => {
    const workbench = await openAnother({
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

  it('says that the addon cannot be loaded, that the node crashed or did not start, and goes on checking', async () => {
    const extensions = mkdtempSync(join(tmpdir(), 'broken-'));
    cleanUp.push(() => rmSync(extensions, { recursive: true, force: true }));
    cpSync(packedExtensions(), extensions, { recursive: true });
    const addon = packedAddon(extensions);
    writeFileSync(addon, 'not an addon');
    const workbench = await openAnother({ extensionsDir: extensions, workspace: await demoFolder() });
    await welcome(workbench, 'not started');
    await workbench.runCommand('JarvisCore: Start Local Node');
    await welcome(workbench, 'ZeroMQ addon cannot be loaded');
    await workbench.screenshot(screenshotFile('addon-unavailable'));
    await diagnosticsWork(workbench);

    const host = join(packedExtension(extensions), 'dist/meshHost.js');
    expect(existsSync(host)).toBe(true);
    // Never ready: the server waits for it 15 s.
    writeFileSync(host, 'setInterval(() => {}, 1_000);');
    await workbench.runCommand('JarvisCore: Start Local Node');
    await welcome(workbench, 'could not start. The log says why');
    await workbench.screenshot(screenshotFile('node-failed'));
    // It is started again five times, after half a second, one, two, four and eight.
    writeFileSync(host, 'process.exitCode = 3;');
    await workbench.runCommand('JarvisCore: Start Local Node');
    await welcome(workbench, 'crashed several times in a row', 60_000);
    await workbench.screenshot(screenshotFile('node-crashed'));
    await diagnosticsWork(workbench);
  });
});

it('shows every welcome content of the manifest in one of these', () => {
  expect(neverShown()).toEqual([]);
});
