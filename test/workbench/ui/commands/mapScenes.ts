/** The fleet map, and what a report of a problem needs. */
import { expect } from 'vitest';
import type { Scene } from './stage.ts';

export const mapScenes: Readonly<Record<string, Scene>> = {
  'jarviscoreFleet.openFleetMap': async ({ workbench, running, tab }) => {
    await running();
    await workbench.runCommand('JarvisCore: Open Fleet Map');
    await workbench.until(async () => (await tab()).includes('Fleet Map'), 'the tab');
    await workbench.until(async () => {
      for (const frame of workbench.page.frames()) {
        const node = frame.locator('.topology g.node.alive', { hasText: 'researcher-01' });
        if ((await node.count().catch(() => 0)) > 0) return true;
      }
      return false;
    }, 'a node on the map');
  },
  'jarviscoreFleet.copyDiagnostics': async ({ workbench, running, clipboard }) => {
    await running();
    await workbench.runCommand('JarvisCore: Copy Diagnostics Information');
    await workbench.until(async () => (await clipboard()).startsWith('## Versions'), 'the diagnostics information');
    const text = await clipboard();
    expect(text).toMatch(/^- JarvisCore Fleet \d+\.\d+\.\d+$/m);
    expect(text).toMatch(/^- Local node: running, 0 restarts after a crash$/m);
    expect(text).toMatch(/^- jarviscoreFleet\.node\.port = \d+ \(workspace\)$/m);
    expect(text).not.toContain('change-me');
  },
};
