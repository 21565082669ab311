/** The way a person goes: open the project, see problems, start the node, see the fleet, fix a line. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FleetProcess } from '../../../scripts/demoFleet.ts';
import { survivors } from '../harness/processes.ts';
import type { Workbench } from '../harness/workbench.ts';
import { type LivingDemo, openLivingDemo } from './livingDemo.ts';
import { expectAccessibleViews, inEveryTheme } from './look.ts';

let nodes: readonly FleetProcess[] = [];
let living: LivingDemo | undefined;
let workbench: Workbench;

function node(name: string): FleetProcess {
  const found = nodes.find((each) => each.name === name);
  if (found === undefined) throw new Error(`No demo node ${name}`);
  return found;
}

beforeAll(async () => {
  living = await openLivingDemo();
  ({ nodes, workbench } = living);
});

afterAll(async () => {
  await living?.end();
  expect(survivors(workbench.server.runId)).toEqual([]);
  // The mesh host carries no mark of the run; it ends by itself when its server does.
  await workbench.until(() => Promise.resolve(workbench.extensionProcesses('dist/').length === 0), 'the mesh host to end');
});

describe('a JarvisCore project in the workbench', () => {
  it('offers to start the local node', async () => {
    await workbench.openViewContainer('JarvisCore');
    await workbench.until(async () => (await workbench.welcome('Fleet Peers')).includes('not started'), 'the welcome content');
    await workbench.page.locator('.statusbar-item', { hasText: 'fleet node off' }).waitFor();
  });

  it('marks the line that nobody reads, and the port collision at both places', async () => {
    await workbench.openFile('.env');
    await workbench.page.locator('.monaco-editor .squiggly-error').first().waitFor();
    await workbench.until(
      async () => (await workbench.problems()).some((row) => row.includes('BIND_PORT is not read')),
      'the problem of the name',
    );
    await workbench.filterProblems('port-collision-swim-zmq');
    await workbench.until(async () => {
      const rows = await workbench.problems();
      const atSwim = rows.some((row) => /is also the ZMQ port of researcher-01/.test(row));
      return atSwim && rows.some((row) => /is the SWIM port of analyst-01/.test(row));
    }, 'both sides of the collision');
    await workbench.filterProblems('');
  });

  it('starts the node from the command palette and shows every live peer with its role', async () => {
    await workbench.runCommand('JarvisCore: Start Local Node');
    for (const name of ['researcher-01', 'coder-01']) await workbench.treeRow('Fleet Peers', new RegExp(`${name}alive`));
    for (const role of ['researcher', 'coder', 'writer']) await workbench.treeRow('Roles', new RegExp(`^${role}1 of 1 alive`));
    const rows = await workbench.treeRows('Fleet Peers');
    const missing = rows.find((row) => row.label === 'analyst-01');
    expect(missing?.description).toMatch(/^declared, never seen · analyst\.py:\d+$/);
    const undeclared = rows.filter((row) => row.description.includes('not declared'));
    expect(undeclared).toHaveLength(1);
    const own = rows.at(-1);
    expect(own?.label).toBe('this window');
    expect(own?.description).toMatch(/^alive · 127\.0\.0\.1:\d+ · observing$/);
    await workbench.page.locator('.statusbar-item', { hasText: '3/4 alive' }).waitFor();
  });

  it('shows agents and keepalive below a node, and says it in sentences', async () => {
    await workbench.expandRow('Fleet Peers', 'researcher-01');
    await workbench.treeRow('Fleet Peers', /^keepalive/);
    const rows = await workbench.treeRows('Fleet Peers');
    expect(rows.find((row) => row.level === 2)?.ariaLabel).toBe(
      'Agent researcher of researcher-01, capabilities research, search.',
    );
    expect(rows.find((row) => row.label === 'researcher-01')?.ariaLabel).toMatch(/^Node researcher-01: alive, since .+\.$/);
  });

  it('keeps a tooltip open while the fleet lives', async () => {
    const { page } = workbench;
    await page.mouse.move(900, 400);
    await (await workbench.treeRow('Fleet Peers', 'coder-01')).locator('.label-name').hover();
    const hover = page.locator('.workbench-hover', { hasText: 'Incarnation' });
    await hover.waitFor();
    // Pings, acknowledgements and gossip go on all the time; none of them may refresh a row that looks the same.
    const until = Date.now() + 4_000;
    while (Date.now() < until) {
      expect(await hover.isVisible()).toBe(true);
      await wait(200);
    }
    await page.mouse.move(900, 400);
  });

  it('has no accessibility violations in its views', async () => {
    await expectAccessibleViews(workbench);
  });

  inEveryTheme(
    'fleet',
    () => workbench,
    () => workbench.treeRow('Fleet Peers', 'researcher-01'),
  );

  it('applies the quick fix of a name', async () => {
    const { page } = workbench;
    await workbench.openFile('.env');
    const line = page.locator('.monaco-editor .view-line', { hasText: /^BIND_PORT=/ });
    const fix = page
      .locator('.action-widget .action-item, .action-widget .monaco-list-row', { hasText: 'JARVISCORE_BIND_PORT' })
      .first();
    await workbench.until(async () => {
      // A key that comes while the focus is still on its way to the editor is nobody's.
      await line.click({ position: { x: 20, y: 8 } });
      await page.keyboard.press('Control+.');
      return fix.click({ timeout: 10_000 }).then(
        () => true,
        () => false,
      );
    }, 'the fix to be offered');
    await page.locator('.monaco-editor .view-line', { hasText: /^JARVISCORE_BIND_PORT=/ }).waitFor();
    await workbench.until(
      async () => !(await workbench.problems()).some((row) => row.includes('BIND_PORT is not read')),
      'the problem to go away',
    );
  });

  it('shows a node that dies and its role as gone', async () => {
    node('coder-01').crash();
    await workbench.treeRow('Fleet Peers', /coder-01(suspect|dead)/);
    await workbench.treeRow('Fleet Peers', /coder-01dead/);
    await workbench.treeRow('Roles', /^codergone/);
  });

  it('starts the node again after the window is loaded again', async () => {
    await workbench.reload();
    await workbench.openViewContainer('JarvisCore');
    await workbench.treeRow('Fleet Peers', /researcher-01alive/);
  });

  it('recovers when the language server is killed: diagnostics, node and rows come back', async () => {
    const labels = (await workbench.treeRows('Fleet Peers')).map((row) => row.label);
    const servers = workbench.extensionProcesses('dist/server.js');
    expect(servers).toHaveLength(1);
    for (const pid of servers) process.kill(pid, 'SIGKILL');
    await workbench.until(async () => {
      const now = workbench.extensionProcesses('dist/server.js');
      return now.length === 1 && now[0] !== servers[0];
    }, 'a new language server');
    await workbench.treeRow('Fleet Peers', /researcher-01alive/);
    // The old host has left, the new server has one of its own, and the own node of before is no missing peer.
    await workbench.until(() => Promise.resolve(workbench.extensionProcesses('dist/meshHost.js').length === 1), 'one mesh host');
    const same = async (): Promise<boolean> =>
      (await workbench.treeRows('Fleet Peers')).map((row) => row.label).join() === labels.join();
    await workbench.until(same, 'the same rows as before');
    // The new server knows the open file and answers for a line it has never seen.
    await workbench.openFile('.env');
    await workbench.page.locator('.monaco-editor .view-line').first().click();
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type('BIND_HOST=127.0.0.1');
    await workbench.page.locator('.monaco-editor .squiggly-error').first().waitFor();
  });

  it('stops the node from the command palette', async () => {
    await workbench.runCommand('JarvisCore: Stop Local Node');
    await workbench.until(async () => (await workbench.welcome('Fleet Peers')).includes('not started'), 'the welcome content');
    await workbench.until(() => Promise.resolve(workbench.extensionProcesses('dist/meshHost.js').length === 0), 'no mesh host');
  });

  it('asked nothing of any other machine', () => {
    expect([...workbench.foreign]).toEqual([]);
  });
});
