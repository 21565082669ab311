/**
 * A fleet in motion leaves alone what a person looks at: 200 members, 20 changes of state a second, nobody joins.
 * FLEET_HOVER_SECONDS: how long it is watched; 10 by default.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freeNodePorts } from '../../../scripts/ports.ts';
import { openWorkbench, type TreeRow, type Workbench } from '../harness/workbench.ts';
import { type Crowd, joinCrowd } from './crowd.ts';
import { packedExtensions, screenshotFile, writeWorkspaceSettings } from './packed.ts';

const size = 200;
const watchedMs = Number(process.env.FLEET_HOVER_SECONDS ?? 10) * 1_000;
const folder = mkdtempSync(join(tmpdir(), 'crowd-'));
let workbench: Workbench;
let crowd: Crowd;

beforeAll(async () => {
  const [port = 0] = await freeNodePorts(1);
  writeFileSync(join(folder, 'requirements.txt'), 'jarviscore-framework[p2p]==3.0.0\n');
  writeWorkspaceSettings(folder, { 'jarviscoreFleet.node.port': port });
  workbench = await openWorkbench({
    extensionsDir: packedExtensions(),
    workspace: folder,
    viewport: { width: 1400, height: 1400 },
    settings: { 'workbench.hover.delay': 200 },
  });
  await workbench.openViewContainer('JarvisCore');
  await workbench.until(async () => (await workbench.welcome('Fleet Peers')).includes('not started'), 'the welcome content');
  await workbench.runCommand('JarvisCore: Start Local Node');
  await workbench.page.locator('.statusbar-item', { hasText: /alone/ }).waitFor();
  crowd = await joinCrowd(`127.0.0.1:${port}`, size);
  await workbench.page.locator('.pane-header', { hasText: `${size + 1} of ${size + 1} alive` }).waitFor({ timeout: 120_000 });
});

afterAll(async () => {
  crowd?.close();
  await workbench?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('keeps tooltip, selection and expansion while everything else changes', async () => {
  const { page } = workbench;
  // What is below a member comes a moment after the member.
  const [selected, , hovered] = await workbench.until(async () => {
    const members = (await workbench.treeRows('Fleet Peers')).filter(({ level }) => level === 1);
    return members.length > 2 && members.every(({ expanded }) => expanded !== undefined) && members;
  }, 'members with rows below');
  if (selected === undefined || hovered === undefined) throw new Error('No rows');
  await workbench.expandRow('Fleet Peers', selected.label);
  // The tree asks for the rows below only then.
  await workbench.until(
    async () => (await workbench.treeRows('Fleet Peers')).some(({ level }) => level === 2),
    'the rows below the selected one',
  );
  const moving = crowd.members.filter((member) => member !== hovered.label);

  const tooltip = page.locator('.workbench-hover', { hasText: 'Incarnation' });
  /** Until now or this: the tooltip of a row whose own node changes closes, as it must. */
  const look = async (): Promise<string> =>
    (await workbench.treeRows('Fleet Peers')).find(({ label }) => label === hovered.label)?.description ?? '';
  let seen = '';
  const hover = async (): Promise<void> => {
    await page.mouse.move(900, 700);
    await (await workbench.treeRow('Fleet Peers', hovered.label)).locator('.label-name').hover();
    await tooltip.waitFor();
    seen = await look();
  };
  const places = (rows: readonly TreeRow[]): string => rows.map(({ label, level }) => `${level} ${label}`).join();

  const before = await workbench.treeRows('Fleet Peers');
  const looks = new Set<string>();
  let turns = 0;
  await hover();
  const motion = setInterval(() => {
    // The row that is selected changes, too: that must not move it.
    const member = turns % 40 === 0 ? selected.label : moving[(turns * 7) % moving.length];
    turns += 1;
    if (member !== undefined) crowd.turn(member);
  }, 50);
  try {
    let openMs = 0;
    for (let last = Date.now(); openMs < watchedMs; await wait(100)) {
      const rows = await workbench.treeRows('Fleet Peers');
      for (const { label, description } of rows) looks.add(`${label} ${description}`);
      expect(places(rows), 'rows stay where they are').toBe(places(before));
      expect(rows.find(({ label }) => label === selected.label)?.expanded).toBe(true);
      const row = workbench.view('Fleet Peers').locator('.monaco-list-row.selected');
      expect(await row.locator('.label-name').allTextContents()).toEqual([selected.label]);
      const open = await tooltip.isVisible();
      openMs = open ? openMs + Date.now() - last : 0;
      if (!open) {
        // A busy machine answers pings late: then the hovered node itself has changed, and all begins anew.
        expect(await look(), 'the tooltip is open, or its own row has changed').not.toBe(seen);
        await hover();
      }
      last = Date.now();
    }
  } finally {
    clearInterval(motion);
  }
  await workbench.screenshot(screenshotFile('crowd'));
  // Rows on screen that were seen in more than one state: the fleet did move.
  const changed = looks.size - before.length;
  console.log(
    `${turns} changes of state, ${watchedMs / 1_000} s with one tooltip, ${changed} of the changes seen on the ${before.length} rows on screen`,
  );
  expect(turns).toBeGreaterThan(0);
  expect(changed).toBeGreaterThan(before.length / 4);
});
