/** What is photographed: each scene leads the window to a state worth looking at. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { closeAll, startActor } from '../../sockets/doctor/actors.ts';
import { joinScriptedPeer, type ScriptedPeer } from '../../sockets/mesh/scriptedPeer.ts';
import type { Workbench } from '../harness/workbench.ts';
import type { Stage } from '../ui/commands/stage.ts';

export interface Photographed {
  readonly name: string;
  /** Leads to the state, once. */
  prepare(stage: Stage): Promise<void>;
  /** Done again for every picture: what a change of theme has closed. */
  pose?(stage: Stage): Promise<void>;
}

const open: ScriptedPeer[] = [];

/** Ends the members that scenes have brought along. */
export async function leave(): Promise<void> {
  for (const peer of open.splice(0)) peer.close();
  await closeAll();
}

async function closeEditors({ workbench }: Stage): Promise<void> {
  await workbench.runCommand('View: Close All Editors');
}

async function closePanel({ page }: Workbench): Promise<void> {
  if (await page.locator('.part.panel').isVisible())
    await page.locator('.part.panel .codicon-panel-close, .part.panel .codicon-close').first().click();
}

/** Wide enough to read the rows: the border between side bar and editor, dragged to the right. */
export async function widen({ page }: Workbench): Promise<void> {
  const sideBar = await page.locator('.part.sidebar').boundingBox();
  if (sideBar === null || sideBar.width > 400) return;
  const border = { x: sideBar.x + sideBar.width + 1, y: sideBar.y + sideBar.height / 2 };
  await page.mouse.move(border.x, border.y);
  await page.mouse.down();
  await page.mouse.move(border.x + 220, border.y, { steps: 5 });
  await page.mouse.up();
}

/** Opens only these views of the side bar. */
async function views({ workbench: { page } }: Stage, wanted: readonly string[]): Promise<void> {
  for (const title of ['Fleet Peers', 'Roles', 'Readiness', 'Messages']) {
    const header = page.locator(`.sidebar .pane-header[aria-label^="${title}"]`).first();
    const expanded = (await header.getAttribute('aria-expanded')) === 'true';
    if (expanded !== wanted.includes(title)) await header.click();
  }
}

/** Away from everything that says something when it is pointed at. */
async function aside({ workbench: { page } }: Stage): Promise<void> {
  await page.mouse.move(1_000, 860);
  await page.locator('.workbench-hover').filter({ visible: true }).waitFor({ state: 'detached' });
}

export const scenes: readonly Photographed[] = [
  {
    name: 'welcome-stopped',
    async prepare(stage) {
      await stage.stopped();
      await views(stage, ['Fleet Peers', 'Roles']);
    },
  },
  {
    name: 'fleet',
    async prepare(stage) {
      const { workbench } = stage;
      await stage.running();
      await workbench.expandRow('Fleet Peers', /^researcher-01/);
      await workbench.openFile('.env');
      await workbench.page.locator('.monaco-editor .squiggly-error').first().waitFor();
      await workbench.problems();
      await workbench.until(async () => (await workbench.problems()).some((row) => row.includes('BIND_PORT')), 'the problems');
      await workbench.page.locator('.monaco-editor .view-line').first().click();
    },
    pose: aside,
  },
  {
    name: 'states',
    async prepare(stage) {
      const { workbench, own } = stage;
      await closePanel(workbench);
      await closeEditors(stage);
      const guest = await joinScriptedPeer(own);
      const accused = await joinScriptedPeer(own);
      open.push(accused);
      await workbench.treeRow('Fleet Peers', new RegExp(`^${guest.address}alive`));
      await workbench.treeRow('Fleet Peers', new RegExp(`^${accused.address}alive`));
      guest.close();
      await workbench.treeRow('Fleet Peers', new RegExp(`^${guest.address}dead`));
      const entry = { addr: accused.address, state: 'DEAD', incarnation: 9, last_heartbeat: 1, metadata: {} };
      const digest = { version: 1, entries: [entry], is_full: false, timestamp: 1, source: accused.address };
      const accuser = await joinScriptedPeer(own);
      open.push(accuser);
      await workbench.treeRow('Fleet Peers', new RegExp(`^${accuser.address}alive`));
      const told = { type: 'HEARTBEAT', from: accuser.address, digest: { ...digest, source: accuser.address } };
      accuser.datagram(`U${JSON.stringify({ ...told, id: '0123abcd', timestamp: 1 })}`);
      await workbench.treeRow('Fleet Peers', new RegExp(`^${accused.address}dead .*can be readmitted`));
      // A declared node that calls itself 0.0.0.0: the one that the demo cannot start.
      const port = (stage.demo.nodes.find(({ name }) => name === 'researcher-01')?.port ?? 0) + 1_000;
      await startActor({ port, identity: `0.0.0.0:${port}`, tcp: false, zmq: false });
      await workbench.treeRow('Fleet Peers', /^analyst-01alive .*0\.0\.0\.0/);
      stage.node('coder-01').child.stdin?.write('{"command":"stop"}\n');
      await workbench.treeRow('Fleet Peers', /^coder-01left/);
      await workbench.expandRow('Fleet Peers', /^this window/);
    },
    pose: aside,
  },
  {
    name: 'tooltip',
    async prepare() {},
    async pose({ workbench }) {
      await workbench.page.mouse.move(1_000, 860);
      await (await workbench.treeRow('Fleet Peers', /^researcher-01/)).locator('.label-name').hover();
      await workbench.page.locator('.workbench-hover', { hasText: 'Incarnation' }).waitFor();
    },
  },
  {
    name: 'groups',
    async prepare({ workbench }) {
      await workbench.runCommand('JarvisCore: Group Fleet Peers…');
      await workbench.choose('By state');
      await workbench.treeRow('Fleet Peers', /^alive\d nodes/);
    },
    pose: aside,
  },
  {
    name: 'roles-and-details',
    async prepare(stage) {
      const { workbench } = stage;
      await workbench.runCommand('JarvisCore: Group Fleet Peers…');
      await workbench.choose('No groups');
      await workbench.selectRow('Fleet Peers', /^researcher-01/);
      await workbench.runCommand('JarvisCore: Show Peer Details');
      await workbench.until(async () => /State\s+alive/.test(await stage.editor()), 'the details');
    },
    pose: aside,
  },
  {
    name: 'readiness',
    async prepare(stage) {
      await closeEditors(stage);
      await views(stage, ['Readiness']);
      await stage.workbench.runCommand('JarvisCore: Show Readiness');
      await stage.workbench.treeRow('Readiness', /^Production checklist/);
    },
    pose: aside,
  },
  {
    name: 'answer-and-messages',
    async prepare(stage) {
      const { workbench } = stage;
      await views(stage, ['Fleet Peers', 'Messages']);
      await workbench.runCommand('JarvisCore: Ask Peer…');
      await workbench.choose('researcher');
      await workbench.answer('What did you find?');
      await workbench.until(async () => (await stage.editor()).includes('"by": "researcher-01"'), 'the answer');
      await workbench.runCommand('JarvisCore: Show Messages');
      await workbench.treeRow('Messages', /^PEER_REQUEST/);
    },
    pose: aside,
  },
  {
    name: 'doctor',
    async prepare(stage) {
      const { workbench } = stage;
      await closeEditors(stage);
      await views(stage, ['Fleet Peers']);
      await workbench.selectRow('Fleet Peers', /^coder-01/);
      await workbench.runCommand('JarvisCore: Diagnose Connection');
      await workbench.until(async () => (await stage.editor()).includes('FAIL'), 'the steps');
    },
    pose: aside,
  },
  {
    name: 'effective',
    async prepare(stage) {
      await closeEditors(stage);
      await stage.workbench.runCommand('JarvisCore: Show Effective Settings…');
      await stage.workbench.choose('coder-01');
      await stage.workbench.until(async () => (await stage.editor()).includes('JARVISCORE_BIND_PORT'), 'the settings');
    },
    pose: aside,
  },
  {
    name: 'hover',
    async prepare(stage) {
      await closeEditors(stage);
      await stage.workbench.openFile('.env');
    },
    async pose({ workbench: { page } }) {
      await page.mouse.move(1_000, 860);
      await page.locator('.monaco-editor .view-line', { hasText: 'HITL_ENABLED' }).last().locator('span span').first().hover();
      await page.locator('.monaco-hover', { hasText: 'HITL_ENABLED' }).first().waitFor();
    },
  },
  {
    name: 'map',
    async prepare(stage) {
      const { workbench } = stage;
      await closeEditors(stage);
      await workbench.runCommand('JarvisCore: Open Fleet Map');
      const map = workbench.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
      await map.locator('.topology g.node').first().waitFor();
    },
    pose: aside,
  },
  {
    name: 'walkthrough',
    async prepare(stage) {
      await closeEditors(stage);
      // In a narrow editor VS Code leaves the drawings out.
      await stage.workbench.runCommand('View: Close Primary Side Bar');
      await stage.workbench.runCommand('Welcome: Open Walkthrough...');
      await stage.workbench.choose('Get Started with JarvisCore Fleet');
      const { page } = stage.workbench;
      await page.locator('.getting-started-step', { hasText: 'Look at the fleet as a map' }).click();
      const isDrawn = async (): Promise<boolean> => {
        const texts = page.frames().map((frame) => frame.locator('svg text', { hasText: 'coder-01 · suspect' }));
        const counts = await Promise.all(texts.map((text) => text.count().catch(() => 0)));
        return counts.some((count) => count > 0);
      };
      await stage.workbench.until(isDrawn, 'the drawing of the map');
    },
    pose: aside,
  },
  {
    name: 'no-project',
    async prepare({ workbench }) {
      const empty = join(workbench.server.root, 'empty');
      mkdirSync(empty, { recursive: true });
      await workbench.openFolder(empty);
      await workbench.openViewContainer('JarvisCore');
      await workbench.until(async () => (await workbench.welcome('Fleet Peers')).includes('No JarvisCore project'), 'its words');
    },
    pose: aside,
  },
];
