/** The project: checks, effective settings, the log. */
import { expect } from 'vitest';
import type { Scene } from './stage.ts';

export const projectScenes: Readonly<Record<string, Scene>> = {
  'jarviscoreFleet.checkWorkspace': async ({ workbench }) => {
    await workbench.runCommand('JarvisCore: Check Workspace');
    await workbench.page.locator('.markers-panel').waitFor();
    await workbench.until(
      async () => (await workbench.problems()).some((row) => row.includes('BIND_PORT is not read')),
      'a problem of the workspace',
    );
  },
  'jarviscoreFleet.showEffective': async ({ workbench, tab, editor }) => {
    await workbench.runCommand('JarvisCore: Show Effective Settings…');
    await workbench.choose('coder-01');
    await workbench.until(async () => (await tab()).includes('coder-01 settings'), 'the document');
    await workbench.until(async () => (await editor()).includes('JARVISCORE_BIND_PORT'), 'the settings');
    expect(await editor()).not.toContain('change-me');
  },
  'jarviscoreFleet.showLog': async ({ workbench }) => {
    await workbench.runCommand('JarvisCore: Show Log');
    await workbench.page.locator('.output-view, [id="workbench.panel.output"]').first().waitFor();
    await workbench.until(
      async () => ((await workbench.page.locator('.panel .view-lines').first().textContent()) ?? '').length > 0,
      'lines of the log',
    );
  },
};
