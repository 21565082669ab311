/** How things look, and whether everybody can use them: the same questions for every view and page. */
import { expect, it } from 'vitest';
import type { AxeResult, Workbench } from '../harness/workbench.ts';
import { axeSource, screenshotFile } from './packed.ts';
import { themes } from './themes.ts';

/** Fails with what axe found and where. @param leastPasses how many rules must have had something to look at */
export function expectNoViolations({ violations, passes }: AxeResult, leastPasses = 1): void {
  expect(passes.length).toBeGreaterThanOrEqual(leastPasses);
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** Asks axe about the views in the side bar. */
export async function expectAccessibleViews(workbench: Workbench): Promise<void> {
  const result = await workbench.axe(axeSource, '.sidebar .pane-body', {
    // VS Code puts no space between a row's label and its description, which this rule takes for one word.
    rules: { 'label-content-name-mismatch': { enabled: false } },
  });
  expectNoViolations(result);
}

/** A test for each theme, with a picture of it to look at; the dark one, that of the start, comes last. */
export function inEveryTheme(picture: string, workbench: () => Workbench, check: () => Promise<unknown>): void {
  it.each(themes.toReversed())('is drawn in the %s theme', async (theme, label, className) => {
    await workbench().setTheme(label, className);
    await check();
    await workbench().screenshot(screenshotFile(`${picture}-${theme}`));
  });
}
