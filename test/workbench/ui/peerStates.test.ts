/** Every state a node can be in, as its row says it to eyes and ears. Members are real sockets; nothing of ours is replaced. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FleetProcess, startOwnNode } from '../../../scripts/demoFleet.ts';
import { freeNodePorts } from '../../../scripts/ports.ts';
import { closeAll, startActor } from '../../sockets/doctor/actors.ts';
import { joinScriptedPeer, type ScriptedPeer } from '../../sockets/mesh/scriptedPeer.ts';
import { openWorkbench, type TreeRow, type Workbench } from '../harness/workbench.ts';
import { expectAccessibleViews, inEveryTheme } from './look.ts';
import { packedExtensions, writeWorkspaceSettings } from './packed.ts';

const folder = mkdtempSync(join(tmpdir(), 'states-'));
let workbench: Workbench;
let own = '';
let leaver: FleetProcess;
let leaverPort = 0;
let wildPort = 0;
let neverPort = 0;
let clerk: ScriptedPeer;
let guest: ScriptedPeer;

const program = (name: string, port: number, host = '127.0.0.1'): string =>
  `from jarviscore import Mesh\n\nmesh = Mesh(mode="p2p", config={\n    "p2p_enabled": True,\n    "node_name": "${name}",\n    "bind_host": "${host}",\n    "bind_port": ${port},\n    "seed_nodes": "127.0.0.1:${wildPort}",\n})\n`;
const time = String.raw`\d{1,2}:\d{2}(?::\d{2})?`;

function announcement({ address }: ScriptedPeer, role: string): object {
  const agents = { 0: { agent_id: `${role}-1`, role, capabilities: ['files'] } };
  const payload = JSON.stringify({ node_id: address, capabilities: {}, agents });
  return { type: 'CAPABILITY_ANNOUNCEMENT', id: `announcement-${role}`, from_node: address, require_ack: true, payload };
}

/** The row once it looks like this, with everything VS Code says about it. */
async function row(label: string, description: RegExp, view = 'Fleet Peers'): Promise<TreeRow> {
  let last: readonly string[] = [];
  try {
    return await workbench.until(async () => {
      const rows = await workbench.treeRows(view);
      last = rows.map((each) => `${each.label} ${each.description}`);
      const found = rows.find((each) => each.label === label);
      return found !== undefined && description.test(found.description) && found;
    }, `the row ${label} with ${description}`);
  } catch (error) {
    throw new Error(`Last seen: ${JSON.stringify(last)}`, { cause: error });
  }
}

beforeAll(async () => {
  const [port = 0, leaves = 0, wild = 0, never = 0] = await freeNodePorts(4);
  own = `127.0.0.1:${port}`;
  [leaverPort, wildPort, neverPort] = [leaves, wild, never];
  // They knock until there is somebody.
  clerk = await joinScriptedPeer(own);
  writeFileSync(join(folder, 'requirements.txt'), 'jarviscore-framework[p2p]==3.0.0\n');
  writeFileSync(join(folder, 'clerk.py'), program('clerk-01', Number(clerk.address.split(':')[1])));
  writeFileSync(join(folder, 'leaver.py'), program('leaver-01', leaverPort));
  writeFileSync(join(folder, 'wild.py'), program('wild-01', wildPort, '0.0.0.0'));
  writeFileSync(join(folder, 'never.py'), program('never-01', neverPort));
  writeWorkspaceSettings(folder, {
    'jarviscoreFleet.node.port': port,
    'jarviscoreFleet.node.seeds': [`127.0.0.1:${wildPort}`],
    'jarviscoreFleet.node.keepaliveIntervalSeconds': 1,
    'jarviscoreFleet.node.activitySuppressWindowSeconds': 8,
  });
  await startActor({ port: wildPort, identity: `0.0.0.0:${wildPort}` });
  leaver = startOwnNode({ name: 'leaver-01', port: leaverPort, seeds: [own], agents: [] });
  await leaver.ready;
  workbench = await openWorkbench({
    extensionsDir: packedExtensions(),
    workspace: folder,
    viewport: { width: 1400, height: 1100 },
  });
  await workbench.openViewContainer('JarvisCore');
  await workbench.until(async () => (await workbench.welcome('Fleet Peers')).includes('not started'), 'the welcome content');
  await workbench.runCommand('JarvisCore: Start Local Node');
  await workbench.treeRow('Fleet Peers', 'this window');
});

afterAll(async () => {
  clerk?.close();
  leaver?.crash();
  await closeAll();
  await workbench?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a node', () => {
  it('that is declared and lives', async () => {
    // What a stranger announces is not kept: it has to be a member first.
    await row('clerk-01', /^alive/);
    const dealer = await clerk.dealer();
    await dealer.send(announcement(clerk, 'clerk'));
    const found = await row('clerk-01', new RegExp(`^alive · since ${time} · clerk$`));
    expect(found.ariaLabel).toMatch(new RegExp(`^Node clerk-01: alive, since ${time}, clerk, address ${clerk.address}\\.$`));
    expect(found).toMatchObject({ level: 1, expanded: false });
    await workbench.expandRow('Fleet Peers', 'clerk-01');
    const agent = await workbench.until(
      async () => (await workbench.treeRows('Fleet Peers')).find(({ level, label }) => level === 2 && label === 'clerk'),
      'its agent',
    );
    expect(agent.ariaLabel).toBe('Agent clerk of clerk-01, capabilities files.');
  });

  it('whose role is listed', async () => {
    expect((await row('clerk', /^1 of 1 alive$/, 'Roles')).ariaLabel).toBe('Role clerk: 1 of 1 alive.');
    const holder = await row('clerk-1', /^alive · clerk-01$/, 'Roles');
    expect(holder.ariaLabel).toBe('Agent clerk-1 on clerk-01, alive, has the role clerk.');
  });

  it('whose keepalive waits, is acknowledged, and is not needed after other messages', async () => {
    await row('keepalive', /^waiting, none sent yet$|^ok · acknowledged/);
    const found = await row('keepalive', new RegExp(`^ok · acknowledged ${time}`));
    expect(found.ariaLabel).toMatch(new RegExp(`^Keepalive with clerk-01: ok · acknowledged ${time}`));
    await workbench.runCommand('JarvisCore: Ask Peer…');
    await workbench.choose('clerk');
    await workbench.answer('are you there?');
    await row('keepalive', /^suppressed by activity$/);
  });

  it('that nobody declares', async () => {
    guest = await joinScriptedPeer(own);
    const found = await row(guest.address, /not declared$/);
    expect(found.description).toMatch(new RegExp(`^alive · since ${time} · agents not announced yet · not declared$`));
    expect(found.ariaLabel).toMatch(/^Node .*: alive, .*not declared, address .*\.$/);
  });

  it('that calls itself 0.0.0.0, where nobody can call it back', async () => {
    const found = await row('wild-01', /0\.0\.0\.0/);
    expect(found.description).toMatch(/^alive · since .* It announces itself as 0\.0\.0\.0:\d+, which no other node can reach/);
    expect(found.ariaLabel).toContain('which no other node can reach');
  });

  it('that the files declare and nobody has seen', async () => {
    const found = await row('never-01', /^declared, never seen · never\.py:\d+$/);
    expect(found.ariaLabel).toMatch(/^Node never-01: declared, never seen, never\.py:\d+, address 127\.0\.0\.1:\d+\.$/);
  });

  it('that is our own', async () => {
    const found = await row('this window', /^alive · /);
    expect(found.ariaLabel).toMatch(/^The local node of this window, alive at 127\.0\.0\.1:\d+, announced as fleet-viewer\.$/);
    await workbench.expandRow('Fleet Peers', 'this window');
    const keepalive = await workbench.until(async () => {
      const rows = await workbench.treeRows('Fleet Peers');
      return rows.find(({ ariaLabel }) => ariaLabel.startsWith('Keepalive with this window'));
    }, 'its keepalive');
    expect(keepalive.ariaLabel).toBe('Keepalive with this window: running.');
  });

  it('that leaves, as it says itself', async () => {
    await row('leaver-01', /^alive/);
    leaver.child.stdin?.write('{"command":"stop"}\n');
    const found = await row('leaver-01', /^left/);
    expect(found.ariaLabel).toMatch(new RegExp(`^Node leaver-01: left, since ${time}`));
  });

  it('that falls silent: suspect, then dead, and a tombstone with the reason', async () => {
    guest.close();
    const suspect = await row(guest.address, /^suspect · since .+ · /);
    expect(suspect.ariaLabel).toMatch(/^Node .*: suspect, since /);
    const dead = await row(guest.address, /^dead · since .+ · /);
    expect(dead.ariaLabel).toMatch(/^Node .*: dead, since .*address 127\.0\.0\.1:\d+\.$/);
  });

  inEveryTheme(
    'states',
    () => workbench,
    () => expectAccessibleViews(workbench),
  );
});
