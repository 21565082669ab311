/** The rest of the sidebar: readiness, messages, arrangement, details, notifications, joining, reports and fixes. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Scene, Stage } from './stage.ts';

async function labels({ workbench }: Stage, view: string): Promise<string[]> {
  return (await workbench.treeRows(view)).filter(({ level }) => level === 1).map(({ label }) => label);
}

async function descriptions({ workbench }: Stage, view: string): Promise<string[]> {
  return (await workbench.treeRows(view)).map(({ description }) => description);
}

export const sidebarScenes: Readonly<Record<string, Scene>> = {
  'jarviscoreFleet.notifyPeer': async ({ workbench, running, heard }) => {
    await running();
    await workbench.runCommand('JarvisCore: Notify Peer…');
    await workbench.choose('researcher');
    await workbench.answer('{"build": "done"}');
    await workbench.until(
      () => Promise.resolve(heard.some(({ by, type }) => by === 'researcher-01' && type === 'PEER_NOTIFY')),
      'the notification to arrive',
    );
    expect(heard.findLast(({ type }) => type === 'PEER_NOTIFY')?.data).toEqual({ build: 'done' });
    await workbench.treeRow('Fleet Peers', /^this windowalive · .* · announced as fleet-viewer/);
  },
  'jarviscoreFleet.showPeerDetails': async ({ workbench, running, tab, editor }) => {
    await running();
    await workbench.selectRow('Fleet Peers', /^coder-01/);
    await workbench.runCommand('JarvisCore: Show Peer Details');
    await workbench.until(async () => (await tab()).includes('coder-01'), 'the document');
    await workbench.until(async () => /State\s+alive/.test(await editor()), 'the facts');
    expect(await editor()).toContain('States seen by this window');
  },
  'jarviscoreFleet.filterPeers': async (stage) => {
    const { workbench, running } = stage;
    await running();
    await workbench.runCommand('JarvisCore: Filter Fleet Peers…');
    await workbench.page.locator('.quick-input-widget input[type="text"]').first().fill('coder');
    // The rows follow while the person types.
    await workbench.until(async () => (await labels(stage, 'Fleet Peers')).join() === 'coder-01', 'only one row');
    await workbench.page.keyboard.press('Enter');
    await workbench.view('Fleet Peers').getByText('Filter: coder').waitFor();
    await workbench.runCommand('JarvisCore: Clear Filter of Fleet Peers');
    await workbench.treeRow('Fleet Peers', /^researcher-01/);
  },
  'jarviscoreFleet.clearPeerFilter': async (stage) => {
    const { workbench, running } = stage;
    await running();
    await workbench.runCommand('JarvisCore: Filter Fleet Peers…');
    await workbench.answer('nobody is called like this');
    await workbench.until(async () => (await labels(stage, 'Fleet Peers')).length === 0, 'no row');
    await workbench.runCommand('JarvisCore: Clear Filter of Fleet Peers');
    await workbench.treeRow('Fleet Peers', /^researcher-01/);
  },
  'jarviscoreFleet.groupPeers': async (stage) => {
    const { workbench, running } = stage;
    await running();
    await workbench.runCommand('JarvisCore: Group Fleet Peers…');
    await workbench.choose('By state');
    await workbench.treeRow('Fleet Peers', /^alive\d nodes/);
    await workbench.treeRow('Fleet Peers', /^declared, never seen1 node/);
    const alive = (await workbench.treeRows('Fleet Peers')).find(({ label }) => label === 'alive');
    expect(alive).toMatchObject({ level: 1, expanded: true, ariaLabel: 'Group alive: 3 nodes.' });
    await workbench.runCommand('JarvisCore: Group Fleet Peers…');
    await workbench.choose('No groups');
    await workbench.until(async () => !(await labels(stage, 'Fleet Peers')).includes('alive'), 'no group');
  },
  'jarviscoreFleet.sortPeers': async (stage) => {
    const { workbench, running } = stage;
    await running();
    expect((await labels(stage, 'Fleet Peers'))[0]).not.toBe('researcher-01');
    await workbench.runCommand('JarvisCore: Sort Fleet Peers…');
    // By name analyst-01, which was never seen, stands before those who are alive; by time it comes after them.
    const missingIsFirst = async (): Promise<boolean> => {
      const shown = await descriptions(stage, 'Fleet Peers');
      const missing = shown.findIndex((text) => text.startsWith('declared, never seen'));
      return missing >= 0 && missing < shown.findIndex((text) => text.startsWith('alive'));
    };
    expect(await missingIsFirst()).toBe(true);
    await workbench.choose('By time');
    await workbench.until(async () => !(await missingIsFirst()), 'the missing node after those who are alive');
    await workbench.runCommand('JarvisCore: Sort Fleet Peers…');
    await workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: /By time.*now/ }).waitFor();
    await workbench.choose('By name');
    await workbench.until(missingIsFirst, 'the old order');
  },
  'jarviscoreFleet.showReadiness': async ({ workbench }) => {
    await workbench.openViewContainer('JarvisCore');
    await workbench.runCommand('JarvisCore: Show Readiness');
    await workbench.treeRow('Readiness', /^Production checklist/);
    const row = await workbench.treeRow('Readiness', /^P1 (?:pass|fail|confirm by hand)A model provider is configured/);
    expect(await row.getAttribute('aria-label')).toMatch(/^P1 A model provider is configured: (?:pass|fail|confirm by hand)\. /);
  },
  'jarviscoreFleet.showMessages': async ({ workbench, running }) => {
    await running();
    await workbench.runCommand('JarvisCore: Show Messages');
    await workbench.treeRow('Messages', /^PEER_(?:REQUEST|NOTIFY)to .* bytes · acknowledged after/);
  },
  'jarviscoreFleet.showProtocolMessages': async ({ workbench, running }) => {
    await running();
    await workbench.expandView('Messages');
    await workbench.runCommand('JarvisCore: Show Protocol Messages');
    await workbench.treeRow('Messages', /^(?!PEER_)\w+(?:from|to) .* bytes · /);
  },
  'jarviscoreFleet.filterMessages': async (stage) => {
    const { workbench, running } = stage;
    await running();
    await workbench.expandView('Messages');
    await workbench.runCommand('JarvisCore: Filter Messages…');
    await workbench.answer('capability_announcement');
    await workbench.until(async () => {
      const now = await labels(stage, 'Messages');
      return now.length > 0 && now.every((label) => label === 'CAPABILITY_ANNOUNCEMENT');
    }, 'only announcements');
    await workbench.runCommand('JarvisCore: Filter Messages…');
    await workbench.answer('');
    await workbench.until(async () => new Set(await labels(stage, 'Messages')).size > 1, 'all of them');
  },
  'jarviscoreFleet.hideProtocolMessages': async (stage) => {
    const { workbench, running } = stage;
    await running();
    await workbench.expandView('Messages');
    await workbench.runCommand('JarvisCore: Show Protocol Messages');
    await workbench.runCommand('JarvisCore: Hide Protocol Messages');
    await workbench.until(
      async () => (await labels(stage, 'Messages')).every((label) => label.startsWith('PEER_')),
      'only questions, answers and notifications',
    );
  },
  'jarviscoreFleet.showMessage': async ({ workbench, running, tab, editor }) => {
    await running();
    await workbench.expandView('Messages');
    const row = await workbench.treeRow('Messages', /^PEER_NOTIFYto researcher-01/);
    await row.click();
    await workbench.until(async () => (await tab()).startsWith('PEER_NOTIFY'), 'the document');
    await workbench.until(async () => (await editor()).includes('"build": "done"'), 'the payload');
  },
  'jarviscoreFleet.pauseMessages': async ({ workbench, running }) => {
    await running();
    await workbench.expandView('Messages');
    await workbench.runCommand('JarvisCore: Pause Messages');
    await workbench.page.locator('.pane-header', { hasText: /Messages.*paused/ }).waitFor();
  },
  'jarviscoreFleet.resumeMessages': async ({ workbench, running }) => {
    await running();
    await workbench.expandView('Messages');
    await workbench.runCommand('JarvisCore: Pause Messages');
    await workbench.runCommand('JarvisCore: Resume Messages');
    await workbench.page.locator('.pane-header', { hasText: /^(?!.*paused).*Messages/ }).waitFor();
  },
  'jarviscoreFleet.exportMessages': async (stage) => {
    const { workbench, running, demo } = stage;
    await running();
    await workbench.runCommand('JarvisCore: Export Messages…');
    const path = join(demo.folder, 'exported.jsonl');
    await stage.workbench.saveAs(path);
    const lines = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.length).toBeGreaterThan(3);
    const told = lines.find(({ type }) => type === 'PEER_NOTIFY');
    expect(told).toMatchObject({ direction: 'sent', state: 'acknowledged', payload: { data: { build: 'done' } } });
  },
  'jarviscoreFleet.clearMessages': async (stage) => {
    const { workbench, running } = stage;
    await running();
    await workbench.expandView('Messages');
    await workbench.runCommand('JarvisCore: Hide Protocol Messages').catch(() => {});
    await workbench.runCommand('JarvisCore: Clear Messages');
    await workbench.until(async () => (await labels(stage, 'Messages')).length === 0, 'no row');
  },
  'jarviscoreFleet.joinFleet': async ({ workbench, running, demo }) => {
    await running();
    const port = demo.nodes.find(({ name }) => name === 'coder-01')?.port;
    const before = workbench.extensionProcesses('dist/meshHost.js');
    await workbench.runCommand('JarvisCore: Join Fleet…');
    await workbench.choose('Other addresses');
    await workbench.answer(`127.0.0.1:${port}`);
    // The node leaves the fleet it is in before it joins another.
    await workbench.until(async () => {
      const now = workbench.extensionProcesses('dist/meshHost.js');
      return now.length === 1 && now[0] !== before[0];
    }, 'another mesh host');
    // Not `running()`: the sidebar may still show that the node left, and would have it started once more.
    await workbench.treeRow('Fleet Peers', /^coder-01alive/);
    await workbench.runCommand('JarvisCore: Join Fleet…');
    await workbench.choose('As the settings and files say');
    await workbench.treeRow('Fleet Peers', /^researcher-01alive/);
  },
  'jarviscoreFleet.exportReport': async (stage) => {
    const { workbench, demo } = stage;
    await workbench.runCommand('JarvisCore: Export Report…');
    await workbench.choose('SARIF');
    const path = join(demo.folder, 'exported.sarif');
    await stage.workbench.saveAs(path);
    const report = JSON.parse(readFileSync(path, 'utf8')) as { version: string; runs: { results: { ruleId: string }[] }[] };
    expect(report.version).toBe('2.1.0');
    expect(report.runs[0]?.results.length).toBeGreaterThan(0);
  },
  'jarviscoreFleet.chooseRelease': async ({ workbench, demo, tab }) => {
    const file = join(demo.folder, 'jarviscore-fleet.json');
    await workbench.runCommand('JarvisCore: Choose Framework Release…');
    await workbench.choose('2.1.0');
    await workbench.choose('jarviscore-fleet.json');
    await workbench.until(async () => (await tab()).includes('jarviscore-fleet.json'), 'the file');
    await workbench.until(() => Promise.resolve(readFileSync(file, 'utf8').includes('2.1.0')), 'the file to be saved');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ target: '2.1.0' });
    rmSync(file);
  },
  'jarviscoreFleet.fixAllInWorkspace': async ({ workbench, demo, editor }) => {
    const file = join(demo.folder, 'extra.env');
    writeFileSync(file, 'P2P_ENABLED=yes\nJARVISCORE_SEED_NODES=127.0.0.1:7110,127.0.0.1:7110\n');
    await workbench.openFile('extra.env');
    await workbench.page.locator('.monaco-editor .squiggly-warning, .monaco-editor .squiggly-info').first().waitFor();
    await workbench.runCommand('JarvisCore: Fix All in Workspace');
    await workbench.until(async () => (await editor()).includes('P2P_ENABLED=true'), 'the fixed text');
    expect(await editor()).toMatch(/JARVISCORE_SEED_NODES=127\.0\.0\.1:7110$/);
    await workbench.runCommand('File: Save All');
    const fixed = 'P2P_ENABLED=true\nJARVISCORE_SEED_NODES=127.0.0.1:7110\n';
    await workbench.until(() => Promise.resolve(readFileSync(file, 'utf8') === fixed), 'the fixed file');
    rmSync(file);
  },
};
