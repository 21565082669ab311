/** Seeds against the nodes that are declared: wrong targets, islands, own address. */
import type { Edit, Related } from '../../model/types.ts';
import { fix, insertMeshKey } from '../fixes.ts';
import {
  canonicalHost,
  components,
  type FleetNode,
  parseSeed,
  type SeedAddress,
  seedReaches,
  swimListeners,
  targetOf,
  zmqListeners,
} from '../fleets.ts';
import { portPlace } from '../ports/collisions.ts';
import { knownServices } from '../ports/services.ts';
import { removeCandidate, setCandidate } from '../processFixes.ts';
import { isLoopback, isWildcard, type ProcessView } from '../processView.ts';
import { fleetRule, type Place, type ProcessContext, processRule, type Rule } from '../rule.ts';
import { seedArgument } from './list.ts';

function seedsOf(view: ProcessView): Place {
  const given = seedArgument(view.process.declaration);
  if (given === null) return view.placeOf('JARVISCORE_SEED_NODES');
  return { uri: view.process.uri, range: given.fact.valueRange ?? given.fact.range };
}

const seedsPlace = ({ view }: FleetNode): Place => seedsOf(view);

/** Writes another list where the process has its own. */
function writeSeeds(view: ProcessView, documents: ProcessContext['documents'], text: string): Edit | null {
  const given = seedArgument(view.process.declaration);
  const literal = JSON.stringify(text);
  if (given === null) return setCandidate(documents, view.written('JARVISCORE_SEED_NODES'), { text, literal });
  const { valueRange } = given.fact;
  return valueRange === null ? null : { uri: view.process.uri, range: valueRange, newText: literal };
}

const nodeRelated = (node: FleetNode, message: string): Related[] => [{ ...portPlace(node.view), message }];

/** Whether a seed is the node's own address as swim compares it: literally. */
function isSelf(seed: SeedAddress, node: FleetNode): boolean {
  return seed.port === node.swim && seed.host === node.host;
}

/** The node itself or one of its replicas (`worker-0.worker` in the list of every worker) by the name of its service. */
function isOwnName(seed: SeedAddress, node: FleetNode): boolean {
  return seed.port === node.swim && node.view.process.hosts.includes(seed.host);
}

/** Whether a seed leads to a declared node. */
function isKnown(seed: SeedAddress, node: FleetNode, nodes: readonly FleetNode[]): boolean {
  return isSelf(seed, node) || isOwnName(seed, node) || targetOf(seed, node, nodes) !== undefined;
}

const isHost = (host: string, node: FleetNode): boolean => node.host !== null && canonicalHost(node.host) === canonicalHost(host);

/** Whether a node whose port is known at run time only may be meant. */
function mayBeUnknownPort(seed: SeedAddress, from: FleetNode, nodes: readonly FleetNode[]): boolean {
  return nodes.some(
    (node) => node !== from && node.swim === null && node.host !== null && (isHost(seed.host, node) || isWildcard(node.host)),
  );
}

/** Whether another node listens on that port on every address of its machine, of which the seed's may be one. */
function mayBeWildcard(seed: SeedAddress, from: FleetNode, nodes: readonly FleetNode[]): boolean {
  if (mayBeUnknownPort(seed, from, nodes)) return true;
  if (isLoopback(seed.host)) return false;
  return swimListeners(seed.port, nodes).some((node) => node !== from && node.host !== null && isWildcard(node.host));
}

/** The node's own machine under another name: a phantom member, because members are keyed by the literal address. */
function isSelfAlias(seed: SeedAddress, node: FleetNode, others: readonly FleetNode[]): boolean {
  if (seed.port !== node.swim || isSelf(seed, node) || isOwnName(seed, node) || isWildcard(seed.host)) return false;
  const local = isLoopback(seed.host) && node.host !== null && (isLoopback(node.host) || isWildcard(node.host));
  const byName = seed.host === node.view.text('JARVISCORE_NODE_NAME') && node.view.written('JARVISCORE_NODE_NAME') !== undefined;
  return (local || byName) && targetOf(seed, node, others) === undefined;
}

/** A node of the same machine that listens on the seed's host with its ZMQ port. */
function zmqOwner(seed: SeedAddress, from: FleetNode, nodes: readonly FleetNode[]): FleetNode | undefined {
  return zmqListeners(seed.port, nodes).find(
    (node) => node.swim !== null && seedReaches({ ...seed, port: node.swim }, node, from),
  );
}

const withSeeds = (nodes: readonly FleetNode[]): readonly FleetNode[] => nodes.filter((node) => node.seeds.length > 0);

function seedsText(node: FleetNode, replace: (seed: SeedAddress) => string | null): string {
  return node.seeds.flatMap((seed) => replace(seed) ?? []).join(',');
}

/** A message names this many of a list. */
const namedAtMost = 10;

/** `a, b, c and 990 more`. */
function enumerate(nodes: readonly FleetNode[], text: (node: FleetNode) => string): string {
  const rest = nodes.length - namedAtMost;
  return nodes.slice(0, namedAtMost).map(text).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** The addresses of all nodes but one. A large fleet asks for each of its nodes, so nothing runs through all of them. */
function enumerateOthers(addressed: readonly FleetNode[], without: FleetNode): string {
  const named = addressed.slice(0, namedAtMost + 1).filter((node) => node !== without);
  const rest = addressed.length - (without.host === null ? 0 : 1) - namedAtMost;
  const text = enumerate(named.slice(0, namedAtMost), (node) => `${node.host}:${node.swim ?? '?'}`);
  return text + (rest > 0 ? ` and ${rest} more` : '');
}

export const seedGraphRules: readonly Rule[] = [
  processRule('seed-self', ({ process, documents }, report) => {
    const { host, swim, seeds } = process.process.ports;
    if (host === null || swim === null) return;
    const own = `${host}:${swim}`;
    if (isWildcard(host) || !seeds.some((seed) => seed.trim() === own)) return;
    const rest = seeds.filter((seed) => seed.trim() !== own);
    const only = rest.length === 0;
    const edit = only ? null : writeSeeds(process, documents, rest.join(','));
    report({
      at: seedsOf(process),
      setting: 'JARVISCORE_SEED_NODES',
      ...(only ? { severity: 'error' } : {}),
      message: only
        ? `${own} is this node's own address and its only seed: swim skips it, and the node stays alone.`
        : `${own} is this node's own address; swim skips it.`,
      fixes: fix(`Remove ${own}`, false, edit),
    });
  }),

  fleetRule('seed-self-alias', ({ fleet, documents }, report) => {
    for (const node of fleet.nodes) {
      const alias = node.seeds.find((seed) => isSelfAlias(seed, node, fleet.nodes));
      if (alias === undefined) continue;
      const rest = seedsText(node, (seed) => (seed === alias ? null : seed.text));
      const edit = rest === '' ? null : writeSeeds(node.view, documents, rest);
      report({
        at: seedsPlace(node),
        setting: 'JARVISCORE_SEED_NODES',
        message: `${alias.text} is this node itself${node.host === null ? '' : ` (${node.host}:${node.swim})`} under another name; it becomes a member that never answers.`,
        fixes: fix(`Remove ${alias.text}`, false, edit),
      });
    }
  }),

  fleetRule('seed-unknown-node', ({ fleet }, report) => {
    if (fleet.nodes.length < 2) return;
    const addressed = fleet.nodes.filter((node) => node.host !== null);
    for (const node of withSeeds(fleet.nodes)) {
      const unknown = node.seeds.filter((seed) => !isKnown(seed, node, fleet.nodes) && !mayBeWildcard(seed, node, fleet.nodes));
      const near = unknown.find((seed) => isLoopback(seed.host) || fleet.nodes.some((other) => isHost(seed.host, other)));
      const first = near ?? unknown[0];
      if (first === undefined) continue;
      const external = near === undefined;
      report({
        at: seedsPlace(node),
        setting: 'JARVISCORE_SEED_NODES',
        ...(external ? { severity: 'info' } : {}),
        message: external
          ? `${first.text} is no node of this workspace; it has to run elsewhere.`
          : `No declared node has the address ${first.text}; known: ${enumerateOthers(addressed, node)}.`,
      });
    }
  }),

  fleetRule('seed-points-to-zmq-port', ({ fleet, documents }, report) => {
    for (const node of withSeeds(fleet.nodes)) {
      for (const seed of node.seeds) {
        const owner = zmqOwner(seed, node, fleet.nodes);
        if (owner === undefined || targetOf(seed, node, fleet.nodes) !== undefined) continue;
        const text = seedsText(node, (other) => (other === seed ? `${seed.host}:${owner.swim}` : other.text));
        report({
          at: seedsPlace(node),
          setting: 'JARVISCORE_SEED_NODES',
          message: `${seed.text} is the ZMQ port of ${owner.view.label} (${owner.swim} + ${owner.offset}); a seed is the SWIM port ${owner.swim}.`,
          related: nodeRelated(owner, `SWIM port of ${owner.view.label}`),
          fixes: fix(`Write ${seed.host}:${owner.swim}`, false, writeSeeds(node.view, documents, text)),
        });
      }
    }
  }),

  fleetRule('seed-points-to-service', ({ fleet }, report) => {
    for (const node of withSeeds(fleet.nodes)) {
      for (const seed of node.seeds) {
        const service = knownServices.get(seed.port);
        if (service === undefined || targetOf(seed, node, fleet.nodes) !== undefined) continue;
        report({
          at: seedsPlace(node),
          setting: 'JARVISCORE_SEED_NODES',
          message: `${seed.text}: ${seed.port} is the usual port of ${service}, not a SWIM port.`,
        });
      }
    }
  }),

  fleetRule('seed-loopback-remote', ({ fleet }, report) => {
    for (const node of withSeeds(fleet.nodes)) {
      const loopback = node.seeds.find((seed) => isLoopback(seed.host) && targetOf(seed, node, fleet.nodes) === undefined);
      if (loopback === undefined) continue;
      // A socket bound to one address of the machine does not answer on loopback either.
      const elsewhere = swimListeners(loopback.port, fleet.nodes).find(
        (other) =>
          other !== node &&
          other.host !== null &&
          (other.hostGroup !== node.hostGroup || (!isLoopback(other.host) && !isWildcard(other.host))),
      );
      if (elsewhere === undefined) continue;
      report({
        at: seedsPlace(node),
        setting: 'JARVISCORE_SEED_NODES',
        message: `${loopback.text} is this node's own machine, but ${elsewhere.view.label} listens on ${elsewhere.host}; name that address.`,
        related: nodeRelated(elsewhere, elsewhere.view.label),
      });
    }
  }),

  fleetRule('seed-host-alias', ({ fleet, documents }, report) => {
    for (const node of withSeeds(fleet.nodes)) {
      for (const seed of node.seeds) {
        const target = targetOf(seed, node, fleet.nodes);
        if (target === undefined || target.host === null || target.host === seed.host || isWildcard(target.host)) continue;
        // Loopback of another machine or container is no spelling of its address: nobody reaches it there at all.
        if (target.hostGroup !== node.hostGroup && isLoopback(target.host)) continue;
        const text = seedsText(node, (other) => (other === seed ? `${target.host}:${seed.port}` : other.text));
        report({
          at: seedsPlace(node),
          setting: 'JARVISCORE_SEED_NODES',
          message: `${seed.text} and the bind host ${target.host} of ${target.view.label} are two spellings of one address; members are listed by the literal address, so the node appears twice for a while.`,
          related: [{ ...target.view.placeOf('JARVISCORE_BIND_HOST'), message: `Bind host of ${target.view.label}` }],
          fixes: fix(`Write ${target.host}:${seed.port}`, false, writeSeeds(node.view, documents, text)),
        });
      }
    }
  }),

  fleetRule('fleet-no-seed-anywhere', ({ fleet }, report) => {
    const { nodes } = fleet;
    const [first, ...others] = nodes;
    if (first === undefined || others.length === 0 || nodes.some((node) => !mayLackSeeds(node))) return;
    const joiner = others[0] ?? first;
    const seed = `${first.host === null || isWildcard(first.host) ? '127.0.0.1' : first.host}:${first.swim}`;
    report({
      at: joiner.view.place,
      setting: 'JARVISCORE_SEED_NODES',
      message: `${nodes.length} nodes and none has a seed: each forms its own mesh. Give all but one the address of another.`,
      related: nodes
        .filter((node) => node !== joiner)
        .slice(0, namedAtMost)
        .map((node) => ({ ...node.view.place, message: node.view.label })),
      fixes:
        first.swim === null || first.host === null || first === joiner
          ? []
          : fix(
              `Seed ${joiner.view.name} with ${seed}`,
              false,
              insertMeshKey(joiner.view.process, 'seed_nodes', JSON.stringify(seed)),
            ),
    });
  }),

  fleetRule('fleet-islands', ({ fleet }, report) => {
    if (withSeeds(fleet.nodes).length === 0) return;
    // A list that leads nowhere at all (malformed, the own address) is reported where it stands, not as an island.
    const misled = (node: FleetNode): boolean =>
      (node.view.isSet('JARVISCORE_SEED_NODES') || seedArgument(node.view.process.declaration) !== null) &&
      node.seeds.every((seed) => isSelf(seed, node) || isWildcard(seed.host));
    const external = (node: FleetNode): boolean => misled(node) || node.seeds.some((seed) => !isKnown(seed, node, fleet.nodes));
    const groups = components(fleet.nodes).filter((group) => !group.some(external) && group.every((node) => node.view.complete));
    const all = components(fleet.nodes);
    if (all.length < 2 || groups.length === 0) return;
    const largest = all.toSorted((a, b) => b.length - a.length)[0];
    const names = (group: readonly FleetNode[]): string => enumerate(group, (node) => node.view.name);
    const split = all.slice(0, namedAtMost).map(names).join(' | ') + (all.length > namedAtMost ? ' | …' : '');
    const members = names(largest ?? []);
    for (const group of groups) {
      const head = group[0];
      if (group === largest || head === undefined || (largest !== undefined && largest[0] === head)) continue;
      report({
        at: head.seeds.length > 0 ? seedsPlace(head) : head.view.place,
        setting: 'JARVISCORE_SEED_NODES',
        message: `The seeds split the fleet into ${all.length} groups (${split}); ${names(group)} will not meet the others.`,
        related: (largest ?? []).slice(0, 1).map((node) => ({ ...node.view.place, message: `Largest group: ${members}` })),
      });
    }
  }),

  fleetRule('fleet-single-seed', ({ fleet }, report) => {
    const joining = withSeeds(fleet.nodes);
    if (fleet.nodes.length < 3 || joining.length < 2) return;
    const distinct = new Set(joining.flatMap((node) => node.seeds.map((seed) => `${canonicalHost(seed.host)}:${seed.port}`)));
    const first = joining[0];
    if (distinct.size !== 1 || first === undefined) return;
    // On one machine the seed is down when everything is.
    if (joining.every((node) => node.seeds.every((seed) => isLoopback(seed.host)))) return;
    report({
      at: seedsPlace(first),
      setting: 'JARVISCORE_SEED_NODES',
      message: `All nodes join through ${[...distinct][0]}; while it is down nobody can join.`,
      related: joining.slice(1, 1 + namedAtMost).map((node) => ({ ...seedsPlace(node), message: node.view.label })),
    });
  }),

  processRule('seeds-in-env-short-wait', ({ process, documents }, report) => {
    const written = process.written('JARVISCORE_SEED_NODES');
    if (written === undefined || written.origin.kind === 'mesh-config' || process.process.ports.seeds.length === 0) return;
    // Who starts it by a unit or a service names its seeds there on purpose.
    if (process.process.startedBy.length > 0) return;
    if (process.process.declaration.kind !== 'mesh' || process.process.ports.p2pEnabled === false) return;
    const seeds = process.process.ports.seeds.join(',');
    const document = written.origin.uri === null ? undefined : documents.get(written.origin.uri);
    report({
      at: process.placeOf('JARVISCORE_SEED_NODES'),
      setting: 'JARVISCORE_SEED_NODES',
      message:
        'With seeds from the environment the mesh waits 0.3 s for peers before it announces its agents, with "seed_nodes" in the Mesh dict 5 s.',
      fixes:
        document === undefined
          ? []
          : fix(
              'Put "seed_nodes" into the Mesh dict',
              false,
              insertMeshKey(process.process, 'seed_nodes', JSON.stringify(seeds)),
            ),
    });
  }),

  processRule('mesh-endpoint-misuse', ({ process, documents }, report) => {
    const text = process.isSet('JARVISCORE_MESH_ENDPOINT') ? process.text('JARVISCORE_MESH_ENDPOINT') : null;
    if (text === null) return;
    const { host, swim } = process.process.ports;
    const seed = parseSeed(text);
    const seeded = process.isSet('JARVISCORE_SEED_NODES');
    const own = host !== null && swim !== null && text.trim() === `${host}:${swim}`;
    const portless = seed === null && !text.includes(':');
    if (!own && !portless) return;
    report({
      at: process.placeOf('JARVISCORE_MESH_ENDPOINT'),
      setting: 'JARVISCORE_MESH_ENDPOINT',
      ...(seeded ? { severity: 'info' } : portless ? { severity: 'error' } : {}),
      message: seeded
        ? 'JARVISCORE_SEED_NODES is set, so JARVISCORE_MESH_ENDPOINT is ignored.'
        : portless
          ? `JARVISCORE_MESH_ENDPOINT is used as a seed and needs host:port; "${text}" has no port.`
          : `JARVISCORE_MESH_ENDPOINT is used as a seed, not as the own address: ${text} is this node itself.`,
      fixes:
        portless && !seeded
          ? fix(
              `Write ${text.trim()}:7946`,
              false,
              setCandidate(documents, process.written('JARVISCORE_MESH_ENDPOINT'), {
                text: `${text.trim()}:7946`,
                literal: JSON.stringify(`${text.trim()}:7946`),
              }),
            )
          : fix('Remove the line', false, removeCandidate(documents, process.written('JARVISCORE_MESH_ENDPOINT'))),
    });
  }),
];

/** A node without seeds whose declaration is fully known. */
function mayLackSeeds(node: FleetNode): boolean {
  return (
    node.seeds.length === 0 &&
    node.view.complete &&
    !node.view.isSet('JARVISCORE_SEED_NODES') &&
    !node.view.isSet('JARVISCORE_MESH_ENDPOINT')
  );
}
