/**
 * A change of 100 nodes in a fleet of 10,000, from the text of the message to what the two trees must refresh: all that
 * the extension host does before VS Code asks for the rows on screen. The client's own modules, without a window.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { FleetFeed } from '#client/fleet/fleetFeed.ts';
import { FleetRows } from '#client/fleet/fleetRows.ts';
import { Forest } from '#client/fleet/forest.ts';
import { FormerSelves } from '#client/fleet/formerSelves.ts';
import { PeerLenses } from '#client/fleet/peerLenses.ts';
import { nodeStatusText } from '#client/status/nodeStatusText.ts';
import { sidebar } from '#client/views/sidebarState.ts';
import type { PeerState } from '#schemas/fleet/peer.ts';
import type { FleetDelta, FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import { english, peer, view } from '../unit/client/facts.ts';
import { median, type Row } from './row.ts';

const size = 10_000;
const changed = 100;
const rounds = 80;
const warmUp = 20;
const frameMs = 16;
const roleCount = 40;

/** A member with two agents and a keepalive, as most are; its state follows from `version`. */
function member(index: number, version: number): FleetPeer {
  const role = `role-${index % roleCount}`;
  const state: PeerState = version === 0 ? 'alive' : version % 2 === 0 ? 'dead' : 'suspect';
  return peer({
    id: `10.0.${index >> 8}.${index & 255}:7946`,
    state,
    incarnation: version,
    since: new Date(Date.UTC(2026, 10, 21, 10, 0, version)).toISOString(),
    reason: state === 'alive' ? null : 'no answer to three pings, nor to those of two others',
    agents: [
      { id: `${role}-${index}`, role, capabilities: ['search', 'review'] },
      { id: `helper-${index}`, role: 'helper', capabilities: [] },
    ],
  });
}

type Roles = FleetView['roles'];

function rolesOf(peers: readonly FleetPeer[]): Roles {
  const holders = new Map<string, Roles[number]['holders']>();
  for (const { id, state, agents } of peers)
    for (const agent of agents) {
      const list = holders.get(agent.role) ?? [];
      list.push({ peer: id, agentId: agent.id, state });
      holders.set(agent.role, list);
    }
  return [...holders].map(([role, list]) => ({ role, holders: list, gone: false }));
}

/** Texts as they come from the server: a change of the state of 100 nodes each. */
function messages(snapshot: FleetView): string[] {
  const peers = [...snapshot.peers];
  const step = size / changed;
  return Array.from({ length: rounds }, (_, round) => {
    const indexes = Array.from({ length: changed }, (_each, n) => n * step + ((round * 7) % step));
    for (const index of indexes) peers[index] = member(index, round + 1);
    const delta: FleetDelta = {
      ...snapshot,
      base: snapshot.revision + round,
      revision: snapshot.revision + round + 1,
      peers: indexes.flatMap((index) => peers[index] ?? []),
      removed: [],
      // As the server tells it: roles follow the states of their nodes.
      roles: null,
    };
    return JSON.stringify(delta);
  });
}

/** What a window does with each change; the number of rows it refreshes with the last one. */
async function openWindow(snapshot: FleetView): Promise<(text: string) => number> {
  const rows = new FleetRows(english);
  const lenses = new PeerLenses(english);
  const selves = new FormerSelves([], () => {});
  const trees = { peers: new Forest(), roles: new Forest() };
  let refreshed = 0;
  const show = (known: FleetView | null): void => {
    if (known === null) return;
    const seen = selves.hide(known);
    const state = sidebar({ folderOpen: true, project: true, trusted: true, server: 'running' }, seen, english);
    lenses.of(seen);
    nodeStatusText(state, seen, english);
    const what = [trees.peers.replace(rows.peers(seen)), trees.roles.replace(rows.roles(seen))];
    refreshed = what.reduce((sum, each) => sum + (each === 'all' ? Number.NaN : each.length), 0);
  };
  const feed = new FleetFeed({
    snapshot: () => Promise.resolve(snapshot),
    changed: show,
    problem: (text) => {
      throw new Error(text);
    },
  });
  await feed.resync();
  return (text) => {
    // Applied before the first await in it: the promise says only that a snapshot, which is not needed here, has come.
    void feed.receive(JSON.parse(text));
    return refreshed;
  };
}

/** Without what only waits to be freed. */
function heapMiB(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

export async function tree(): Promise<Row[]> {
  const peers = Array.from({ length: size }, (_, index) => member(index, 0));
  const snapshot = view({ peers, roles: rolesOf(peers), expected: 0, alive: size });
  const texts = messages(snapshot);
  const own = JSON.stringify(snapshot);
  const before = heapMiB();
  const receive = await openWindow(JSON.parse(own) as FleetView);
  const memory = heapMiB() - before;
  const times: number[] = [];
  for (const [round, text] of texts.entries()) {
    const begun = process.threadCpuUsage();
    const refreshed = receive(text);
    const { user, system } = process.threadCpuUsage(begun);
    // Each changed node is a row, so is its agent below each of its two roles.
    if (refreshed < changed) throw new Error(`${refreshed} rows were refreshed for ${changed} changed nodes`);
    if (round >= warmUp) times.push((user + system) / 1000);
  }
  const p95 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
  return [
    {
      what: `${changed} of ${size} nodes change: message to rows in the extension host (p95 ${p95.toFixed(1)} ms)`,
      ours: median(times),
      reference: { name: 'one frame', value: frameMs },
      unit: 'ms',
      goal: '<= 1 x',
      holds: median(times) <= frameMs,
    },
    {
      what: `the same fleet in the extension host: model and rows of ${size} nodes with two agents each`,
      ours: memory,
      reference: { name: 'its snapshot as text', value: own.length / 1024 / 1024 },
      unit: 'MiB',
      goal: 'stated',
      holds: null,
    },
  ];
}
