/** A thousand relay nodes and a thousand CircuitForge nodes at once. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { RegistryCommand, RegistryEvent } from '#schemas/registry/host.ts';
import { atEnd, post, serve, until } from '../sockets/registry/support.ts';
import { beat, registration } from '../unit/registry/hubHarness.ts';

const count = Number(process.env.REGISTRY_NODES ?? 1_000);
const measureMs = Number(process.env.REGISTRY_MS ?? 120_000);
const beatMs = 12_000;

interface Figures {
  readonly event: 'figures';
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly heapUsed: number;
  readonly rss: number;
}

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

test(`${count} relay and ${count} CircuitForge nodes: nobody is offline by mistake`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'registry-scale-'));
  const host = fork(fileURLToPath(new URL('measuredRegistry.ts', import.meta.url)), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  atEnd(() => host.kill('SIGKILL'));
  const states = new Map<string, string>();
  const offline: string[] = [];
  const sent = new Map<string, { readonly agents: number; readonly at: number }>();
  const latencies: number[] = [];
  let measuring = false;
  let figures: Figures | null = null;
  let addresses: string[] = [];
  host.on('message', (event: RegistryEvent | Figures) => {
    if (event.event === 'figures') figures = event;
    else if (event.event === 'ready') addresses = event.sources.flatMap(({ address }) => address ?? []);
    else if (event.event === 'delta') {
      const now = performance.now();
      for (const peer of event.delta.peers) {
        if (measuring && peer.state !== 'alive') offline.push(`${peer.id}: ${peer.reason}`);
        states.set(peer.id, peer.state);
        const beaten = sent.get(peer.id);
        if (beaten === undefined || peer.capacity?.activeAgents !== beaten.agents) continue;
        sent.delete(peer.id);
        if (measuring) latencies.push(now - beaten.at);
      }
    }
  });
  const tell = (command: RegistryCommand | 'measure' | 'figures') => host.send(command);
  const tokens = Array.from({ length: count }, (_, i) => `nt_live_${i}`);
  tell({
    command: 'start',
    config: {
      store: { path: join(folder, 'nodes.db'), ageLimitMs: 30 * 86_400_000 },
      hub: { listen: { host: '127.0.0.1', port: null }, tokens, workspaceKey: null },
      coordinator: { listen: { host: '127.0.0.1', port: null }, pollMs: 10_000, probeTimeoutMs: 5_000 },
      announce: [],
    },
  });
  await until('the sources', () => addresses.length === 2);
  const [hub, coordinator] = addresses;

  const agents = await serve(
    createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(request.url?.endsWith('/gpu-info') ? '{"gpus":[]}' : '{"residents":[]}');
    }),
  );
  for (let i = 0; i < count; i += 50) {
    await Promise.all(
      Array.from({ length: 50 }, (_, j) =>
        post(`http://${coordinator}/api/nodes`, { node_id: `forge${i + j}`, agent_url: `${agents}/n/${i + j}` }),
      ),
    );
  }
  const beats: NodeJS.Timeout[] = [];
  atEnd(() => {
    for (const timer of beats) clearInterval(timer);
  });
  for (const [i, token] of tokens.entries()) {
    const socket = new WebSocket(`ws://${hub}/v1/node/ws`, {
      headers: { authorization: `Bearer ${token}` },
      perMessageDeflate: false,
    });
    atEnd(() => socket.terminate());
    await once(socket, 'open');
    const id = `node${i}`;
    const provider = { name: 'broker', instance_id: `i${i}` };
    socket.send(JSON.stringify({ v: 1, ...registration({ node_id: id, name: id, provider, max_agents: 0 }) }));
    let active = 0;
    beats.push(
      setInterval(() => {
        active = (active + 1) % 50;
        sent.set(id, { agents: active, at: performance.now() });
        socket.send(
          JSON.stringify({ v: 1, ...beat({ node_id: id, name: id, provider, max_agents: 0, load: 0, active_agents: active }) }),
        );
      }, beatMs),
    );
  }
  await until('all alive', () => states.size === 2 * count && [...states.values()].every((state) => state === 'alive'), 60_000);
  measuring = true;
  tell('measure');
  await new Promise((resolve) => setTimeout(resolve, measureMs));
  measuring = false;
  tell('figures');
  await until('the figures', () => figures !== null);
  expect(offline).toEqual([]);
  latencies.sort((a, b) => a - b);
  expect(latencies.length).toBeGreaterThan(count * (Math.floor(measureMs / beatMs) - 2));
  const { heapUsed, max, p50, p99, rss } = figures as unknown as Figures;
  console.info(
    `${count} + ${count} nodes for ${measureMs / 1000} s: event-loop delay p50 ${p50.toFixed(1)} p99 ${p99.toFixed(1)} max ${max.toFixed(1)} ms, ` +
      `heap ${(heapUsed / 1048576).toFixed(0)} MiB, resident ${(rss / 1048576).toFixed(0)} MiB, ` +
      `heartbeat to row p50 ${percentile(latencies, 0.5).toFixed(0)} p99 ${percentile(latencies, 0.99).toFixed(0)} max ${latencies.at(-1)?.toFixed(0)} ms ` +
      `(${latencies.length} beats), nobody offline by mistake`,
  );
  tell({ command: 'stop' });
  rmSync(folder, { recursive: true, force: true });
});
