/** What a window remembers: chosen seeds, the filter, whom it met, and to what a person has agreed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freeNodePorts } from '../../../scripts/ports.ts';
import { joinScriptedPeer } from '../../sockets/mesh/scriptedPeer.ts';
import { openWorkbench, type Workbench } from '../harness/workbench.ts';
import { packedExtensions, screenshotFile, writeWorkspaceSettings } from './packed.ts';

function folderWith(settings: Readonly<Record<string, unknown>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'kept-'));
  writeFileSync(join(folder, 'requirements.txt'), 'jarviscore-framework[p2p]==3.0.0\n');
  writeWorkspaceSettings(folder, settings);
  return folder;
}

const folders: string[] = [];
let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench({ extensionsDir: packedExtensions() });
});

afterAll(async () => {
  await workbench?.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function openProject(settings: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = folderWith(settings);
  folders.push(folder);
  await workbench.openFolder(folder);
  await workbench.openViewContainer('JarvisCore');
  await workbench.until(async () => (await workbench.welcome('Fleet Peers')).includes('not started'), 'the welcome content');
}

/** By the command, as a person does it: it waits until VS Code has written down what it keeps. */
async function reloadWindow(): Promise<void> {
  const loaded = workbench.page.waitForEvent('load');
  await workbench.runCommand('Developer: Reload Window');
  await loaded;
  await workbench.page.waitForSelector('.monaco-workbench');
  await workbench.openViewContainer('JarvisCore');
}

describe('a node that joined seeds of its own choice', () => {
  let own = '';
  let silent = '';
  let guest = '';

  beforeAll(async () => {
    const [port = 0, nobody = 0] = await freeNodePorts(2);
    [own, silent] = [`127.0.0.1:${port}`, `127.0.0.1:${nobody}`];
    await openProject({ 'jarviscoreFleet.node.port': port });
    await workbench.runCommand('JarvisCore: Join Fleet…');
    await workbench.choose('Other addresses');
    await workbench.answer(silent);
    await workbench.page.locator('.pane-header', { hasText: `${silent} silent` }).waitFor();
  });

  it('shows a peer of before its restart as offline, and asks nobody to come back', async () => {
    const peer = await joinScriptedPeer(own);
    guest = peer.address;
    await workbench.treeRow('Fleet Peers', new RegExp(`^${guest}alive`)).finally(() => peer.close());
    await workbench.runCommand('JarvisCore: Restart Local Node');
    await workbench.treeRow('Fleet Peers', new RegExp(`^${guest}offline · since .+known from earlier`));
    const row = (await workbench.treeRows('Fleet Peers')).find(({ label }) => label === guest);
    expect(row?.ariaLabel).toMatch(/^Node .*: offline, since .+, address 127\.0\.0\.1:\d+\.$/);
    await workbench.screenshot(screenshotFile('offline'));
  });

  it('keeps seeds, filter and the offline peer over a reload of the window', async () => {
    await workbench.runCommand('JarvisCore: Filter Fleet Peers…');
    await workbench.answer(guest);
    await workbench.view('Fleet Peers').getByText(`Filter: ${guest}`).waitFor();
    await reloadWindow();
    await workbench.treeRow('Fleet Peers', new RegExp(`^${guest}offline · since .+known from earlier`));
    await workbench.view('Fleet Peers').getByText(`Filter: ${guest}`).waitFor();
    expect((await workbench.treeRows('Fleet Peers')).map(({ label }) => label)).toEqual([guest]);
    await workbench.runCommand('JarvisCore: Clear Filter of Fleet Peers');
    await workbench.treeRow('Fleet Peers', `this windowalive · ${own} · observing`);
    await workbench.runCommand('JarvisCore: Join Fleet…');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: `forget the choice of ${silent}` }).waitFor();
    await workbench.page.keyboard.press('Escape');
    // The peer is forgotten here, and stays so.
    await workbench.selectRow('Fleet Peers', new RegExp(`^${guest}offline`));
    await workbench.runCommand('JarvisCore: Forget Peer');
    await workbench.until(
      async () => !(await workbench.treeRows('Fleet Peers')).some(({ label }) => label === guest),
      'the row to go',
    );
  });
});

describe('a start that others can reach', () => {
  const ownAddress = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

  it('asks first, does nothing without a yes, and asks once only', async () => {
    if (ownAddress === undefined) throw new Error('This test needs a machine with an address that is not loopback.');
    const [seed = 0] = await freeNodePorts(1);
    await openProject({ 'jarviscoreFleet.node.seeds': [`${ownAddress}:${seed}`] });
    const { page } = workbench;
    const dialog = page.locator('.monaco-dialog-box');
    await workbench.runCommand('JarvisCore: Start Local Node');
    await dialog.getByText(`The fleet is reached over a network. Join it from ${ownAddress}?`).waitFor();
    const detail = await dialog.textContent();
    expect(detail).toContain(`Seeds: ${ownAddress}:${seed}.`);
    expect(detail).toContain('neither authentication nor encryption');
    await workbench.screenshot(screenshotFile('exposed-start'));
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await workbench.welcome('Fleet Peers')).toContain('not started');
    expect(workbench.extensionProcesses('dist/meshHost.js')).toEqual([]);

    const header = page.locator('.pane-header', { hasText: `${ownAddress}:${seed} silent` });
    await workbench.runCommand('JarvisCore: Start Local Node');
    await dialog.getByRole('button', { name: `Join from ${ownAddress}` }).click();
    await header.waitFor();
    await workbench.runCommand('JarvisCore: Stop Local Node');
    await workbench.until(async () => (await workbench.welcome('Fleet Peers')).includes('not started'), 'the end of the node');
    await workbench.runCommand('JarvisCore: Start Local Node');
    await header.waitFor();
    expect(await dialog.count()).toBe(0);
  });
});
