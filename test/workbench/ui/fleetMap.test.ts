/** The fleet map of the packaged extension: what it shows, how it is used without a mouse, what it may load, what it saves. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Demo, FleetProcess } from '../../../scripts/demoFleet.ts';
import type { AxeResult, Workbench } from '../harness/workbench.ts';
import { type LivingDemo, openLivingDemo } from './livingDemo.ts';
import { expectNoViolations, inEveryTheme } from './look.ts';
import { axeSource, screenshotFile } from './packed.ts';

let demo: Demo;
let nodes: readonly FleetProcess[] = [];
let living: LivingDemo | undefined;
let workbench: Workbench;
/** What the browser said about content security policies. */
const refused: string[] = [];

beforeAll(async () => {
  living = await openLivingDemo();
  ({ demo, nodes, workbench } = living);
  workbench.page.on('console', (message) => {
    if (/content security policy/i.test(message.text()) && /fleetMap|webview|fake\.html/i.test(message.location().url))
      refused.push(message.text());
  });
});

afterAll(() => living?.end());

/** The page of the map, inside the frame that VS Code puts around it. */
function frame(): Promise<Frame> {
  return workbench.until(async () => {
    for (const each of workbench.page.frames()) {
      if (each.isDetached()) continue;
      if (
        (await each
          .locator('main .topology')
          .count()
          .catch(() => 0)) > 0
      )
        return each;
    }
    return undefined;
  }, 'the page of the map');
}

function drawn(page: Frame, label: string | RegExp): Locator {
  return page.locator('.topology g.node', { has: page.locator('.name', { hasText: label }) });
}

/** Whether the keyboard is at a node, and at which. */
function focused(page: Frame): Promise<string | null> {
  return page.evaluate('document.activeElement?.getAttribute("aria-label") ?? null');
}

async function axe(page: Frame): Promise<AxeResult> {
  await page.evaluate(axeSource);
  return page.evaluate('axe.run(document)');
}

async function save(name: string): Promise<string> {
  const target = join(demo.folder, name);
  await workbench.saveAs(target);
  return target;
}

describe('the fleet map', () => {
  it('opens without a node and says why there is nothing to see', async () => {
    await workbench.openViewContainer('JarvisCore');
    await workbench.until(async () => (await workbench.welcome('Fleet Peers')).includes('not started'), 'the welcome content');
    await workbench.runCommand('JarvisCore: Open Fleet Map');
    const page = await frame();
    await page.locator('.summary', { hasText: 'not started' }).waitFor();
    expect(await page.locator('.topology g.node').count()).toBe(0);
  });

  it('shows the nodes as soon as the local node runs, each with its state, its roles and a sentence', async () => {
    await workbench.runCommand('JarvisCore: Start Local Node');
    const page = await frame();
    for (const name of ['researcher-01', 'coder-01'])
      await page.locator('.topology g.node.alive', { hasText: name }).waitFor({ timeout: 30_000 });
    await page.locator('.summary', { hasText: '3 of 4 alive' }).waitFor({ timeout: 30_000 });
    await drawn(page, 'coder-01').locator('.roles', { hasText: 'coder' }).waitFor();
    expect(await page.locator('.topology g.node').count()).toBe(5);
    expect(await page.locator('.topology g.node.self').getAttribute('aria-label')).toMatch(
      /^Node this window: observing since .+, address 127\.0\.0\.1:\d+\.$/,
    );
    expect(await drawn(page, 'coder-01').getAttribute('aria-label')).toMatch(
      /^Node coder-01, coder: alive since .+, address 127\.0\.0\.1:\d+\.$/,
    );
    expect(await drawn(page, 'analyst-01').getAttribute('class')).toBe('node unseen');
    expect(await page.locator('.topology path.edge.member').count()).toBe(3);
    expect(await page.locator('.span.alive rect').count()).toBe(3);
    expect(await page.locator('.names text').allTextContents()).toEqual(
      expect.arrayContaining(['researcher-01', 'coder-01', 'analyst-01']),
    );
  });

  it('is used with the keyboard: from node to node, into the details and back, nearer and farther', async () => {
    const page = await frame();
    await page.locator('.topology g.node[tabindex="0"]').focus();
    const first = await focused(page);
    const seen = new Set([first]);
    for (let step = 1; step < 5; step++) {
      await workbench.page.keyboard.press('ArrowRight');
      seen.add(await focused(page));
    }
    expect(seen.size).toBe(5);
    await workbench.page.keyboard.press('ArrowRight');
    expect(await focused(page)).toBe(first);
    await drawn(page, 'coder-01').focus();
    const zoom = (): Promise<string | null> => page.locator('.topology .view').getAttribute('transform');
    const before = await zoom();
    await workbench.page.keyboard.press('+');
    expect(await zoom()).not.toBe(before);
    await workbench.page.keyboard.press('0');
    expect(await zoom()).toBe('translate(0,0) scale(1)');
    await workbench.page.keyboard.press('Enter');
    const details = page.locator('aside.details');
    await details.locator('dt', { hasText: 'Incarnation' }).waitFor();
    expect(await details.locator('h2').textContent()).toBe('coder-01');
    await workbench.page.keyboard.press('Escape');
    await details.waitFor({ state: 'hidden' });
    expect(await focused(page)).toMatch(/^Node coder-01/);
  });

  it('leads to the row of a node', async () => {
    const page = await frame();
    await drawn(page, 'researcher-01').click();
    await page.getByRole('button', { name: 'Show in Fleet Peers' }).click();
    const row = workbench.view('Fleet Peers').locator('.monaco-list-row.selected', { hasText: 'researcher-01' });
    await row.waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
  });

  it('zooms the timeline, and follows the present again', async () => {
    const page = await frame();
    const now = page.getByRole('button', { name: 'Now', exact: true });
    const ticks = (): Promise<string[]> => page.locator('.axis text').allTextContents();
    const before = await ticks();
    await page.getByRole('button', { name: 'Show less time' }).click();
    await page.getByRole('button', { name: 'Show less time' }).click();
    expect(await ticks()).not.toEqual(before);
    await page.locator('.timeline .scroll').focus();
    await workbench.page.keyboard.press('ArrowLeft');
    expect(await now.getAttribute('aria-pressed')).toBe('false');
    await workbench.page.keyboard.press('End');
    expect(await now.getAttribute('aria-pressed')).toBe('true');
  });

  it('has no serious accessibility issue as a picture', async () => {
    expectNoViolations(await axe(await frame()), 11);
  });

  inEveryTheme(
    'map',
    () => workbench,
    async () => drawn(await frame(), 'researcher-01').waitFor(),
  );

  it('says the same in tables', async () => {
    const page = await frame();
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    const [table] = await page.locator('table').all();
    const rows = (await table?.locator('tbody tr').all()) ?? [];
    const texts = await Promise.all(rows.map(async (row) => (await row.locator('th, td').allTextContents()).join(' | ')));
    expect(texts).toHaveLength(5);
    expect(texts).toContainEqual(expect.stringMatching(/^coder-01 \| alive \| .+ \| coder \| 127\.0\.0\.1:\d+ \| {2}\| $/));
    expect(texts).toContainEqual(expect.stringMatching(/^analyst-01 \| declared, never seen \|/));
    expect(await table?.locator('thead th').allTextContents()).toContain('Roles');
    await page.locator('table').nth(1).locator('tbody tr', { hasText: 'coder-01' }).first().waitFor();
    expectNoViolations(await axe(page));
  });

  it('is there again after a reload of the window, as it was', async () => {
    // By the command, as a person does it: it waits until VS Code has written down what it keeps.
    const loaded = workbench.page.waitForEvent('load');
    await workbench.runCommand('Developer: Reload Window');
    await loaded;
    await workbench.page.waitForSelector('.monaco-workbench');
    const page = await frame();
    await page.locator('table').first().waitFor();
    expect(await page.getByRole('button', { name: 'Table', exact: true }).getAttribute('aria-pressed')).toBe('true');
    await page.locator('table tbody tr', { hasText: 'coder-01' }).first().waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    await drawn(page, 'coder-01').waitFor();
  });

  it('saves a valid SVG that needs nothing else, and a PNG', async () => {
    const page = await frame();
    await page.getByRole('button', { name: 'SVG', exact: true }).click();
    const text = readFileSync(await save('map.svg'), 'utf8');
    const parsed: unknown = await workbench.page.evaluate((source) => {
      const { DOMParser: Parser } = globalThis as unknown as {
        DOMParser: new () => { parseFromString(text: string, type: string): never };
      };
      const root = (new Parser().parseFromString(source, 'image/svg+xml') as { documentElement: unknown }).documentElement as {
        tagName: string;
        querySelectorAll(selector: string): { length: number };
      };
      return {
        tag: root.tagName,
        errors: root.querySelectorAll('parsererror').length,
        paths: root.querySelectorAll('path').length,
      };
    }, text);
    expect(parsed).toMatchObject({ tag: 'svg', errors: 0 });
    for (const name of ['researcher-01', 'coder-01', 'analyst-01']) expect(text).toContain(name);
    expect(text).not.toMatch(/var\(--|class=|<script|href=/);
    await page.getByRole('button', { name: 'PNG', exact: true }).click();
    const png = readFileSync(await save('map.png'));
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(png.length).toBeGreaterThan(10_000);
  });

  it('shows a node that dies where it stands, who says so, and touches no other', async () => {
    const page = await frame();
    const mark = `for (const each of document.querySelectorAll('.topology g.node')) each.marked = each.getAttribute('transform')`;
    await page.evaluate(mark);
    nodes.find(({ name }) => name === 'coder-01')?.crash();
    await page.locator('.topology g.node.suspect, g.node.dead', { hasText: 'coder-01' }).waitFor({ timeout: 30_000 });
    await page
      .locator('.topology path.edge.suspects, .topology path.edge.dead')
      .first()
      .waitFor({ state: 'attached', timeout: 30_000 });
    await page.locator('.topology g.node.dead', { hasText: 'coder-01' }).waitFor({ timeout: 40_000 });
    expect(await drawn(page, 'coder-01').getAttribute('aria-label')).toMatch(/^Node coder-01, coder: dead since .+according to /);
    const moved = await page.evaluate(
      `[...document.querySelectorAll('.topology g.node')].filter((each) => each.marked !== each.getAttribute('transform')).length`,
    );
    expect(moved).toBe(0);
    await page.locator('.span.dead rect').waitFor();
    expect(await page.locator('.said').textContent()).toMatch(/coder-01: dead/);
    await workbench.screenshot(screenshotFile('map-dead'));
  });

  it('was refused nothing by its content security policy, and asked nothing of any other machine', () => {
    expect(refused).toEqual([]);
    expect([...workbench.foreign]).toEqual([]);
  });
});
