/** A window in German: the manifest's texts, those of the client, and those of the page of the map, all from the package. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Workbench } from '../harness/workbench.ts';
import { type LivingDemo, openLivingDemo } from './livingDemo.ts';
import { expectAccessibleViews } from './look.ts';
import { screenshotFile } from './packed.ts';

const peers = 'Flotten-Peers';
let living: LivingDemo | undefined;
let workbench: Workbench;

beforeAll(async () => {
  living = await openLivingDemo('de');
  workbench = living.workbench;
  await workbench.openViewContainer('JarvisCore');
});

afterAll(() => living?.end());

describe('in a German window', () => {
  it('views and what an empty one says are German', async () => {
    const said = async (): Promise<boolean> =>
      (await workbench.welcome(peers)).includes('Der lokale Knoten ist nicht gestartet.');
    await workbench.until(said, 'the welcome content');
    await workbench.view(peers).getByRole('button', { name: 'Lokalen Knoten starten' }).waitFor();
  });

  it('a command is found by its German title, and rows and their sentences are German', async () => {
    await workbench.runCommand('JarvisCore: Lokalen Knoten starten');
    await workbench.treeRow(peers, /^researcher-01aktiv · seit /);
    const rows = await workbench.treeRows(peers);
    const of = (wanted: string) => rows.find(({ label }) => label === wanted);
    expect(of('analyst-01')?.description).toMatch(/^deklariert, nie gesehen · analyst\.py:\d+$/);
    expect(of('researcher-01')?.ariaLabel).toMatch(/^Knoten researcher-01: aktiv, seit .+\.$/);
    expect(rows.at(-1)).toMatchObject({
      label: 'dieses Fenster',
      description: expect.stringMatching(/^aktiv · 127\.0\.0\.1:\d+ · beobachtend$/),
      ariaLabel: expect.stringMatching(/^Der lokale Knoten dieses Fensters, aktiv unter .+, beobachtend: /),
    });
    await workbench.page.locator('.statusbar-item', { hasText: '3/4 aktiv' }).waitFor();
    await expectAccessibleViews(workbench);
    await workbench.screenshot(screenshotFile('german'));
  });

  it('the fleet map is German', async () => {
    await workbench.runCommand('JarvisCore: Flottenkarte öffnen');
    const page = workbench.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await page.locator('.summary', { hasText: '3 von 4 aktiv' }).waitFor();
    await page.locator('.topology g.node[aria-label^="Knoten coder-01, coder: aktiv seit "]').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await workbench.screenshot(screenshotFile('german-map'));
  });
});
