/**
 * A change of 100 nodes in a fleet of 10,000, from the text of the message to the rows on screen: all that the extension
 * host does for it with the extension's own views. Only VS Code's side of the interface is a stand-in.
 */
import { registerHooks } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { plain } from '#client/fleet/arrangement.ts';
import { FleetFeed } from '#client/fleet/fleetFeed.ts';
import { FormerSelves } from '#client/fleet/formerSelves.ts';
import { Diagnoses } from '#client/run/diagnoses.ts';
import { PeerAdditions } from '#client/run/peerAdditions.ts';
import { checkerStatusText } from '#client/status/checkerStatusText.ts';
import { nodeStatusText } from '#client/status/nodeStatusText.ts';
import type { FleetViews } from '#client/views/fleetViews.ts';
import { sidebar } from '#client/views/sidebarState.ts';
import type { PeerState } from '#schemas/fleet/peer.ts';
import type { FleetDelta, FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import { rolesOf } from '#server/mesh/roster.ts';
import { english, peer, self, view } from '../unit/client/facts.ts';
import { rowsAskedFor } from './fakeVscode.ts';
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

/** The views of the extension, which import `vscode`. */
async function openViews(): Promise<FleetViews> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier === 'vscode' ? new URL('./fakeVscode.ts', import.meta.url).href : specifier, context),
  });
  const module = await import('#client/views/fleetViews.ts');
  hooks.deregister();
  return new module.FleetViews(english, new PeerAdditions({ version: 0, get: () => null }, new Diagnoses()));
}

/** What a window does with each change; the number of rows VS Code asks for after the last one. */
async function openWindow(views: FleetViews, snapshot: FleetView): Promise<(text: string) => number> {
  const selves = new FormerSelves([], () => {});
  const window = { folderOpen: true, project: true, trusted: true, server: 'running' } as const;
  const show = (known: FleetView | null): void => {
    if (known === null) return;
    const seen = selves.hide(known);
    const state = sidebar(window, seen, english);
    views.show(seen, state, plain);
    JSON.stringify([nodeStatusText(state, seen, english), checkerStatusText(window.server, seen, english)]);
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
    rowsAskedFor();
    // Applied before the first await in it: the promise says only that a snapshot, which is not needed here, has come.
    void feed.receive(JSON.parse(text));
    return rowsAskedFor();
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
  const snapshot = view({ peers, roles: rolesOf(self, peers), expected: 0, alive: size });
  const texts = messages(snapshot);
  const own = JSON.stringify(snapshot);
  const views = await openViews();
  const before = heapMiB();
  const receive = await openWindow(views, JSON.parse(own) as FleetView);
  const memory = heapMiB() - before;
  const times: number[] = [];
  for (const [round, text] of texts.entries()) {
    const begun = process.threadCpuUsage();
    const asked = receive(text);
    const { user, system } = process.threadCpuUsage(begun);
    // Each changed node is a row, and so are those roles whose agents have moved.
    if (asked <= changed) throw new Error(`${asked} rows were asked for after ${changed} nodes changed`);
    if (round >= warmUp) times.push((user + system) / 1000);
  }
  const p95 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
  return [
    {
      what: `${changed} of ${size} nodes change: message to rows in the extension host`,
      detail: `p95 ${p95.toFixed(1)} ms`,
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
