/** The walkthrough of the packaged extension: its steps, their drawings, and that they are ticked off. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, prepareDemo } from '../../../scripts/demoFleet.ts';
import { openWorkbench, type Workbench } from '../harness/workbench.ts';
import { inEveryTheme } from './look.ts';
import { packedExtensions } from './packed.ts';

let demo: Demo;
let workbench: Workbench;

beforeAll(async () => {
  demo = await prepareDemo();
  workbench = await openWorkbench({
    extensionsDir: packedExtensions(),
    workspace: demo.folder,
    settings: { 'workbench.colorTheme': 'Dark Modern' },
  });
});

afterAll(async () => {
  await workbench?.stop();
  demo?.remove();
});

describe('the walkthrough', () => {
  it('shows its steps with their drawings', async () => {
    await workbench.runCommand('Welcome: Open Walkthrough...');
    const { page } = workbench;
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Get Started with JarvisCore Fleet' }).first().click();
    const steps = page.locator('.getting-started-step .step-title');
    await steps.first().waitFor();
    expect(await steps.count()).toBe(7);
    await page.locator('.getting-started-step', { hasText: 'Look at the fleet as a map' }).click();
    const drawing = await workbench.until(async () => {
      for (const frame of page.frames()) {
        const found = frame.locator('svg text', { hasText: 'coder-01 · suspect' });
        if ((await found.count().catch(() => 0)) > 0) return found;
      }
      return undefined;
    }, 'the drawing of the map');
    expect(
      await drawing.evaluate(
        (text) => (globalThis as unknown as { getComputedStyle(of: unknown): { fill: string } }).getComputedStyle(text).fill,
      ),
    ).toMatch(/^rgb/);
  });

  inEveryTheme(
    'walkthrough',
    () => workbench,
    () => workbench.page.locator('.getting-started-step .step-title').first().waitFor(),
  );

  it('ticks a step off when its command has run', async () => {
    await workbench.runCommand('JarvisCore: Check Workspace');
    await workbench.page
      .locator('.getting-started-step .codicon-getting-started-step-checked.complete, .getting-started-step .complete')
      .first()
      .waitFor();
  });
});
