/** Keepalive of p2p/keepalive.py, which is the same from 1.0.2 to 3.0.0. */
import { fix, insertMeshKey } from './fixes.ts';
import { neverTogether, parseSeed } from './fleets.ts';
import { removeCandidate, setCandidate } from './processFixes.ts';
import { isLoopback } from './processView.ts';
import { firstWritten, relation, writtenRelation } from './relation.ts';
import { fleetRule, type Rule } from './rule.ts';

const interval = 'KEEPALIVE_INTERVAL';
const window = 'ACTIVITY_SUPPRESS_WINDOW';
/** The loop looks at peers every 10 s (keepalive.py). */
const tickSeconds = 10;
/** Of a thousand copies of one file a finding names this many others. */
const namedAtMost = 10;

export const keepaliveRules: readonly Rule[] = [
  writtenRelation('keepalive-timeout-ge-interval', ['KEEPALIVE_TIMEOUT', interval], (process) => {
    const timeout = process.number('KEEPALIVE_TIMEOUT');
    const every = process.number(interval);
    if (timeout === null || every === null || timeout < every) return null;
    return {
      at: firstWritten(process, 'KEEPALIVE_TIMEOUT', interval),
      with: [interval],
      message: `KEEPALIVE_TIMEOUT (${timeout} s) is not shorter than KEEPALIVE_INTERVAL (${every} s). No release applies the timeout.`,
    };
  }),

  writtenRelation('suppress-window-ge-interval', [window, interval], (process) => {
    const quiet = process.number(window);
    const every = process.number(interval);
    if (quiet === null || every === null || quiet < every) return null;
    const period = Math.ceil(quiet / tickSeconds) * tickSeconds;
    return {
      at: firstWritten(process, window, interval),
      with: [interval],
      message: `ACTIVITY_SUPPRESS_WINDOW (${quiet} s) reaches KEEPALIVE_INTERVAL (${every} s): own keepalives count as activity, so the real period is about ${period} s.`,
    };
  }),

  writtenRelation('keepalive-below-tick', [interval], (process) => {
    const every = process.number(interval);
    if (every === null || every >= tickSeconds || every < 0) return null;
    return {
      at: interval,
      message: `KEEPALIVE_INTERVAL is ${every} s, but the keepalive loop runs every ${tickSeconds} s; it cannot be more frequent.`,
    };
  }),

  writtenRelation('keepalive-too-long-for-nat', [interval], (process) => {
    const every = process.number(interval);
    if (every === null || every <= 300) return null;
    return {
      at: interval,
      message: `KEEPALIVE_INTERVAL is ${every} s; idle connections are commonly dropped after 300 s, by swim-p2p and by address translation alike.`,
    };
  }),

  writtenRelation('keepalive-backoff-masked', ['KEEPALIVE_FAILURE_BACKOFF_SECONDS'], (process) => {
    const backoff = process.number('KEEPALIVE_FAILURE_BACKOFF_SECONDS');
    const quiet = process.number(window);
    if (backoff === null || quiet === null || backoff > quiet) return null;
    return {
      at: 'KEEPALIVE_FAILURE_BACKOFF_SECONDS',
      with: [window],
      message: `The failure backoff of ${backoff} s ends inside the suppress window of ${quiet} s and is never seen.`,
    };
  }),

  relation('allow-zero-peers-in-cluster', (process, { production, documents }) => {
    const { seeds, p2pEnabled } = process.process.ports;
    if (seeds.length === 0 || p2pEnabled === false || !process.complete) return null;
    if (process.document?.kind !== 'python' || process.bool('ALLOW_ZERO_PEERS') === false) return null;
    // Nodes on one machine are no cluster that loses its peers.
    if (!production && seeds.every((seed) => isLoopback(parseSeed(seed)?.host ?? ''))) return null;
    const written = process.written('ALLOW_ZERO_PEERS');
    if (written !== undefined && process.bool('ALLOW_ZERO_PEERS') !== true) return null;
    // An explicit True is a decision; outside production it is respected.
    if (written !== undefined && !production) return null;
    const edit =
      written === undefined
        ? insertMeshKey(process.process, 'allow_zero_peers', 'False')
        : setCandidate(documents, written, { text: 'false', literal: 'False' });
    return {
      at: written === undefined ? 'JARVISCORE_SEED_NODES' : 'ALLOW_ZERO_PEERS',
      ...(production ? { severity: 'warning' } : {}),
      message: 'The node has seeds, yet it stays silent when it finds no peer; "allow_zero_peers": False makes it warn.',
      fixes: fix('Set "allow_zero_peers": False', false, edit),
    };
  }),

  writtenRelation('allow-zero-peers-single', ['ALLOW_ZERO_PEERS'], (process, { documents }) => {
    const { seeds, p2pEnabled } = process.process.ports;
    // Without P2P there is no coordinator that could miss a peer.
    const alone =
      p2pEnabled !== false &&
      seeds.length === 0 &&
      !process.isSet('JARVISCORE_SEED_NODES') &&
      !process.isSet('JARVISCORE_MESH_ENDPOINT');
    if (process.bool('ALLOW_ZERO_PEERS') !== false || !alone || !process.complete) return null;
    return {
      at: 'ALLOW_ZERO_PEERS',
      message: 'A node without seeds and "allow_zero_peers": False warns about missing peers every 45 s for ever.',
      fixes: fix('Remove "allow_zero_peers"', false, removeCandidate(documents, process.written('ALLOW_ZERO_PEERS'))),
    };
  }),

  fleetRule('keepalive-disabled', ({ fleet, documents }, report) => {
    if (fleet.nodes.length < 2) return;
    for (const { view } of fleet.nodes) {
      if (view.bool('KEEPALIVE_ENABLED') !== false) continue;
      const place = view.placeOf('KEEPALIVE_ENABLED');
      report({
        at: place,
        setting: 'KEEPALIVE_ENABLED',
        message: 'Keepalive is off: idle connections between the nodes of this fleet may be dropped unnoticed.',
        fixes: fix('Remove the line', false, removeCandidate(documents, view.written('KEEPALIVE_ENABLED'))),
      });
    }
  }),

  fleetRule('zmq-offset-mismatch', ({ fleet, documents }, report) => {
    const offsets = new Map<number, number>();
    for (const { offset } of fleet.nodes) if (offset !== null) offsets.set(offset, (offsets.get(offset) ?? 0) + 1);
    if (offsets.size < 2) return;
    const common = [...offsets].toSorted((a, b) => b[1] - a[1] || Math.abs(a[0] - 1000) - Math.abs(b[0] - 1000))[0]?.[0] ?? 1000;
    const reference = fleet.nodes.find((node) => node.offset === common);
    for (const node of fleet.nodes) {
      if (node.offset === null || node.offset === common) continue;
      report({
        at: node.view.placeOf('ZMQ_PORT_OFFSET'),
        setting: 'ZMQ_PORT_OFFSET',
        message: `Offset ${node.offset} here, ${common} on ${reference?.view.label ?? 'other nodes'}: peers compute each other's ZMQ port with their own offset and miss it.`,
        related:
          reference === undefined
            ? []
            : [{ ...reference.view.placeOf('ZMQ_PORT_OFFSET'), message: `Offset ${common} of ${reference.view.label}` }],
        fixes: fix(
          `Use the offset ${common}`,
          false,
          setCandidate(documents, node.view.written('ZMQ_PORT_OFFSET'), { text: String(common), literal: String(common) }),
        ),
      });
    }
  }),

  fleetRule('node-name-duplicate', ({ fleet }, report) => {
    const byName = new Map<string, (typeof fleet.nodes)[number][]>();
    for (const node of fleet.nodes) {
      const name = node.view.text('JARVISCORE_NODE_NAME');
      if (name === null || name === '') continue;
      const same = byName.get(name);
      if (same === undefined) byName.set(name, [node]);
      else same.push(node);
    }
    for (const [name, nodes] of byName) {
      if (nodes.length < 2) continue;
      const written = nodes.filter(({ view }) => view.written('JARVISCORE_NODE_NAME') !== undefined);
      if (written.length === 0) {
        const [first, ...others] = nodes;
        if (first === undefined || nodes.length !== fleet.nodes.length || !nodes.every(({ view }) => view.complete)) continue;
        report({
          at: first.view.place,
          setting: 'JARVISCORE_NODE_NAME',
          severity: 'hint',
          message: `All ${nodes.length} nodes keep the default name "${name}"; logs and member lists cannot tell them apart.`,
          related: others.slice(0, namedAtMost).map(({ view }) => ({ ...view.place, message: view.label })),
        });
        continue;
      }
      for (const { view } of written) {
        const others = nodes.filter((other) => other.view !== view && !neverTogether(other.view, view)).slice(0, namedAtMost);
        if (others.length === 0) continue;
        report({
          at: view.placeOf('JARVISCORE_NODE_NAME'),
          setting: 'JARVISCORE_NODE_NAME',
          message: `${nodes.length} nodes are called "${name}".`,
          related: others.map((other) => ({ ...other.view.placeOf('JARVISCORE_NODE_NAME'), message: other.view.label })),
        });
      }
    }
  }),

  fleetRule('bind-host-loopback-in-fleet', ({ fleet }, report) => {
    for (const node of fleet.nodes) {
      const loopback = node.host !== null && /^(127\.|localhost$|::1$)/i.test(node.host);
      const remote = node.seeds.find((seed) => !/^(127\.|localhost$|::1$|0\.0\.0\.0$)/i.test(seed.host));
      if (!loopback || remote === undefined || !node.view.complete) continue;
      const written = node.view.written('JARVISCORE_BIND_HOST') !== undefined;
      report({
        at: written ? node.view.placeOf('JARVISCORE_BIND_HOST') : node.view.placeOf('JARVISCORE_SEED_NODES'),
        setting: 'JARVISCORE_BIND_HOST',
        message: `The node ${written ? 'binds' : 'binds, by default,'} ${node.host} and cannot be reached by ${remote.text}; bind this machine's own address.`,
        related: written ? node.view.relatedTo('JARVISCORE_SEED_NODES', `Seed ${remote.text}`) : [],
      });
    }
  }),
];
