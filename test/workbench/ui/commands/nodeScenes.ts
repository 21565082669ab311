/** The local node: start, stop, restart. */
import { expect } from 'vitest';
import type { Scene } from './stage.ts';

export const nodeScenes: Readonly<Record<string, Scene>> = {
  'jarviscoreFleet.startLocalNode': async ({ workbench, own, stopped }) => {
    await stopped();
    await workbench.runCommand('JarvisCore: Start Local Node');
    await workbench.treeRow('Fleet Peers', `this windowalive · ${own} · observing`);
    await workbench.page.locator('.statusbar-item', { hasText: /alive/ }).waitFor();
    expect(workbench.extensionProcesses('dist/meshHost.js')).toHaveLength(1);
  },
  'jarviscoreFleet.stopLocalNode': async ({ workbench, running }) => {
    await running();
    await workbench.runCommand('JarvisCore: Stop Local Node');
    await workbench.until(async () => (await workbench.welcome('Fleet Peers')).includes('not started'), 'the welcome content');
    await workbench.until(() => Promise.resolve(workbench.extensionProcesses('dist/meshHost.js').length === 0), 'no mesh host');
  },
  'jarviscoreFleet.restartLocalNode': async ({ workbench, running }) => {
    await running();
    const before = workbench.extensionProcesses('dist/meshHost.js');
    await workbench.runCommand('JarvisCore: Restart Local Node');
    await workbench.until(async () => {
      const now = workbench.extensionProcesses('dist/meshHost.js');
      return now.length === 1 && now[0] !== before[0];
    }, 'another mesh host');
    await workbench.treeRow('Fleet Peers', /^researcher-01alive/);
  },
};
