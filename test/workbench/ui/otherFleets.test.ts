/** Relay and CircuitForge nodes beside the mesh: commands, rows, a reload, and what is forgotten. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Demo, prepareDemo } from '../../../scripts/demoFleet.ts';
import { freeNodePorts } from '../../../scripts/ports.ts';
import { beat, registration } from '../../unit/registry/hubHarness.ts';
import { openWorkbench, type Workbench } from '../harness/workbench.ts';
import { expectAccessibleViews } from './look.ts';
import { packedExtensions, screenshotFile, writeWorkspaceSettings } from './packed.ts';

const gpu = { gpu_id: 0, name: 'NVIDIA GeForce RTX 3090', vram_total_mb: 24_576, vram_used_mb: 1_024, vram_free_mb: 23_552 };
const agent = createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(request.url === '/gpu-info' ? { node_id: 'heimdall', gpus: [gpu] } : { residents: [] }));
});
let demo: Demo;
let workbench: Workbench;
let relayPort = 0;
let coordinatorPort = 0;
let socket: WebSocket | null = null;

beforeAll(async () => {
  [relayPort = 0, coordinatorPort = 0] = await freeNodePorts(2);
  demo = await prepareDemo();
  writeWorkspaceSettings(demo.folder, {
    'jarviscoreFleet.relayHub.port': relayPort,
    'jarviscoreFleet.coordinator.port': coordinatorPort,
  });
  await new Promise<void>((done) => agent.listen(0, '127.0.0.1', done));
  workbench = await openWorkbench({
    extensionsDir: packedExtensions(),
    workspace: demo.folder,
    settings: { 'workbench.colorTheme': 'Dark Modern' },
  });
  await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await workbench.openViewContainer('JarvisCore');
});

afterAll(async () => {
  socket?.terminate();
  agent.close();
  await workbench?.stop();
  demo?.remove();
  await workbench?.until(() => Promise.resolve(workbench.extensionProcesses('dist/').length === 0), 'the registry host to end');
});

const agentUrl = () => {
  const address = agent.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
};

describe('other fleets in the workbench', () => {
  it('starts a relay hub whose connection line lets a node in', async () => {
    // The palette lists what is enabled when it opens: not before the folder has been looked at.
    await workbench.until(async () => (await workbench.welcome('Fleet Peers')).includes('not started'), 'the welcome content');
    await workbench.runCommand('JarvisCore: Start Relay Hub');
    await workbench.treeRow('Fleet Peers', `Relay fleethub listening on 127.0.0.1:${relayPort} · 0 nodes`);
    await workbench.runCommand('JarvisCore: Copy Connection of the Relay Hub');
    const line = await workbench.until(async () => {
      const text = await workbench.page.evaluate('navigator.clipboard.readText()');
      return typeof text === 'string' && text.startsWith('RELAYCAST_BASE_URL=') && text;
    }, 'the connection line');
    const [, base = '', key = ''] = /^RELAYCAST_BASE_URL=(\S+) RELAY_WORKSPACE_KEY=(rk_live_[0-9a-f]{48})$/.exec(line) ?? [];
    expect(base).toBe(`http://127.0.0.1:${relayPort}`);
    const reply = await fetch(`${base}/v1/nodes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ name: 'builder', node_id: 'node_a', role: 'broker' }),
    });
    const { data } = (await reply.json()) as { data: { token: string } };
    socket = new WebSocket(`ws://127.0.0.1:${relayPort}/v1/node/ws?token=${data.token}`);
    socket.on('open', () => {
      socket?.send(JSON.stringify({ v: 1, ...registration() }));
      socket?.send(JSON.stringify({ v: 1, ...beat() }));
    });
    await workbench.treeRow('Fleet Peers', /^builderalive · since .+ · 2 of 4 agents active$/);
  });

  it('starts a coordinator and shows the GPUs of its agents', async () => {
    await workbench.runCommand('JarvisCore: Start CircuitForge Coordinator');
    await workbench.treeRow('Fleet Peers', `CircuitForgecoordinator listening on 127.0.0.1:${coordinatorPort}`);
    const reply = await fetch(`http://127.0.0.1:${coordinatorPort}/api/nodes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ node_id: 'heimdall', agent_url: agentUrl() }),
    });
    expect(reply.status).toBe(200);
    await workbench.expandRow('Fleet Peers', /^heimdallalive/);
    await workbench.treeRow('Fleet Peers', 'GPU 0NVIDIA GeForce RTX 3090 · 1.0 of 24.0 GB used');
    const rows = await workbench.treeRows('Fleet Peers');
    expect(rows.find(({ label }) => label === 'GPU 0')?.ariaLabel).toBe(
      'GPU 0 of heimdall: NVIDIA GeForce RTX 3090, 1.0 of 24.0 GB used.',
    );
    await workbench.screenshot(screenshotFile('other-fleets'));
  });

  it('has no accessibility violations', async () => {
    await expectAccessibleViews(workbench);
  });

  it('starts both again after a reload, with the nodes it knew', async () => {
    socket?.terminate();
    await workbench.treeRow('Fleet Peers', /^builderoffline/);
    await workbench.reload();
    await workbench.openViewContainer('JarvisCore');
    await workbench.treeRow('Fleet Peers', /^heimdallalive/);
    await workbench.treeRow('Fleet Peers', /^builderoffline · since .+ · restored, not heard from since the start$/);
  });

  it('forgets a node on command', async () => {
    await (await workbench.treeRow('Fleet Peers', /^builderoffline/)).click();
    await workbench.runCommand('JarvisCore: Forget Peer');
    await workbench.treeRow('Fleet Peers', `Relay fleethub listening on 127.0.0.1:${relayPort} · 0 nodes`);
  });

  it('stops both, and their ports are free', async () => {
    await workbench.runCommand('JarvisCore: Stop Relay Hub');
    await workbench.runCommand('JarvisCore: Stop CircuitForge Coordinator');
    await workbench.until(async () => (await workbench.welcome('Fleet Peers')).includes('not started'), 'the welcome content');
    for (const port of [relayPort, coordinatorPort]) await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });
});
