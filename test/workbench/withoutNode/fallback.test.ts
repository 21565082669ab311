/** The package for platforms without a ZeroMQ addon: it starts no node, says so, and does everything else. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, prepareDemo } from '../../../scripts/demoFleet.ts';
import { openWorkbench, type Workbench } from '../harness/workbench.ts';
import { packedExtension, packedExtensions, screenshotFile } from '../ui/packed.ts';

let demo: Demo;
let workbench: Workbench;

beforeAll(async () => {
  demo = await prepareDemo();
  workbench = await openWorkbench({ extensionsDir: packedExtensions(), workspace: demo.folder });
  await workbench.openViewContainer('JarvisCore');
});

afterAll(async () => {
  await workbench?.stop();
  demo?.remove();
});

describe('the package without the addon', () => {
  it('is the one that is installed', () => {
    expect(existsSync(join(packedExtension(packedExtensions()), 'dist/node_modules'))).toBe(false);
  });

  it('says why no node starts, and leaves no process behind', async () => {
    await workbench.runCommand('JarvisCore: Start Local Node');
    await workbench.until(
      async () => (await workbench.welcome('Fleet Peers')).includes('ZeroMQ addon cannot be loaded'),
      'the reason',
      60_000,
    );
    await workbench.screenshot(screenshotFile('without-addon'));
    await workbench.until(async () => workbench.extensionProcesses('dist/meshHost.js').length === 0, 'the end of the mesh host');
  });

  it('marks the line that nobody reads', async () => {
    await workbench.openFile('.env');
    await workbench.page.locator('.monaco-editor .squiggly-error').first().waitFor();
  });

  it('lists the checklists', async () => {
    await workbench.expandView('Readiness');
    await workbench.treeRow('Readiness', /^Production checklist/);
  });
});
