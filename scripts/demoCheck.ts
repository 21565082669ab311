/** Opens the demo in a real workbench without a person and waits until everything is on screen. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { openWorkbench, type Workbench } from '../test/workbench/harness/workbench.ts';
import type { Demo } from './demoFleet.ts';

const DEADLINE_MS = 60_000;

/** Waits for diagnostics, peers and roles. Throws with what is missing. */
async function waitForFleet(workbench: Workbench, demo: Demo): Promise<void> {
  await workbench.openViewContainer('JarvisCore');
  await workbench.view('Fleet Peers').getByText('Start Local Node').first().waitFor({ timeout: DEADLINE_MS });
  await workbench.openFile('.env');
  await workbench.page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: DEADLINE_MS });
  await workbench.runCommand('JarvisCore: Start Local Node');
  for (const node of demo.nodes) {
    // A node that no file declares is called by its address: the mesh protocol carries no names.
    await workbench.treeRow('Fleet Peers', new RegExp(`(${node.name}|:${node.port}).*alive`), DEADLINE_MS);
    for (const agent of node.agents) await workbench.treeRow('Roles', agent.role, DEADLINE_MS);
  }
}

async function arrange(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.problems();
  await workbench.until(
    async () => (await workbench.problems()).some((row) => row.includes('analyst.py') || row.includes('BIND_PORT')),
    'the problems of the workspace',
    DEADLINE_MS,
  );
  // Wide enough to read the rows: the border between side bar and editor, dragged to the right.
  const sideBar = await page.locator('.part.sidebar').boundingBox();
  if (sideBar !== null) {
    const border = { x: sideBar.x + sideBar.width + 1, y: sideBar.y + sideBar.height / 2 };
    await page.mouse.move(border.x, border.y);
    await page.mouse.down();
    await page.mouse.move(border.x + 150, border.y, { steps: 5 });
    await page.mouse.up();
  }
  await workbench.expandRow('Fleet Peers', 'researcher-01');
  await page.locator('.monaco-editor .view-line').first().click();
  await page.mouse.move(1000, 450);
}

/** Runs the check and writes the screenshot; on failure, too, with a name that says so. */
export async function checkDemo(root: string, demo: Demo, screenshot: string): Promise<void> {
  const file = resolve(screenshot);
  mkdirSync(dirname(file), { recursive: true });
  const workbench = await openWorkbench({
    extensions: [root],
    workspace: demo.folder,
    settings: { 'workbench.colorTheme': 'Dark Modern' },
    viewport: { width: 1440, height: 900 },
  });
  try {
    await waitForFleet(workbench, demo);
    await arrange(workbench);
    await workbench.screenshot(file);
    if (!existsSync(file)) throw new Error(`The screenshot ${file} was not written.`);
  } catch (error) {
    const failed = `${file.replace(/\.png$/, '')}.failed.png`;
    await workbench.screenshot(failed).catch(() => {});
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${reason}\nWhat was on screen: ${failed}`);
  } finally {
    await workbench.stop();
  }
}
