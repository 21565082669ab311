/** The keepalive row of a peer that stops acknowledging: how often it failed, until when we wait, and that it recovers. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freeNodePorts } from '../../../scripts/ports.ts';
import { joinScriptedPeer, type ScriptedPeer } from '../../sockets/mesh/scriptedPeer.ts';
import { openWorkbench, type Workbench } from '../harness/workbench.ts';
import { packedExtensions, screenshotFile, writeWorkspaceSettings } from './packed.ts';

const folder = mkdtempSync(join(tmpdir(), 'keepalive-'));
let workbench: Workbench;
let peer: ScriptedPeer;

beforeAll(async () => {
  const [port = 0] = await freeNodePorts(1);
  writeFileSync(join(folder, 'requirements.txt'), 'jarviscore-framework[p2p]==3.0.0\n');
  writeWorkspaceSettings(folder, {
    'jarviscoreFleet.node.port': port,
    'jarviscoreFleet.node.keepaliveIntervalSeconds': 1,
    'jarviscoreFleet.node.activitySuppressWindowSeconds': 0,
    'jarviscoreFleet.node.keepaliveBackoffSeconds': 3,
  });
  workbench = await openWorkbench({ extensionsDir: packedExtensions(), workspace: folder });
  await workbench.openViewContainer('JarvisCore');
  // The palette lists commands as they are when it opens; before the folder was looked at, there is none to start.
  await workbench.until(async () => (await workbench.welcome('Fleet Peers')).includes('not started'), 'the welcome content');
  await workbench.runCommand('JarvisCore: Start Local Node');
  // Before anybody is there the view shows why it is empty, so the status bar says that the node runs.
  await workbench.page.locator('.statusbar-item', { hasText: /alone/ }).waitFor();
  peer = await joinScriptedPeer(`127.0.0.1:${port}`);
  await workbench.treeRow('Fleet Peers', new RegExp(`^${peer.address}alive`));
  await workbench.expandRow('Fleet Peers', peer.address);
});

afterAll(async () => {
  peer?.close();
  await workbench?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const clock = String.raw`\d{1,2}:\d{2}:\d{2}`;

it('shows each failure and the time until which it backs off, and neither after a success', async () => {
  await workbench.treeRow('Fleet Peers', new RegExp(`^keepaliveok · acknowledged ${clock}`));
  peer.acknowledges = false;
  await workbench.treeRow('Fleet Peers', new RegExp(`^keepalivein backoff until ${clock}.* · 1 failure$`));
  await workbench.treeRow('Fleet Peers', /^keepalivenot acknowledged · 1 failure$/);
  await workbench.treeRow('Fleet Peers', new RegExp(`^keepalivein backoff until ${clock}.* · 2 failures$`));
  await workbench.screenshot(screenshotFile('keepalive-backoff'));
  const rows = await workbench.treeRows('Fleet Peers');
  expect(rows.find((row) => row.label === peer.address)?.description, 'liveness is a matter of pings').toMatch(/^alive/);
  peer.acknowledges = true;
  await workbench.treeRow('Fleet Peers', new RegExp(`^keepaliveok · acknowledged ${clock}`));
});
