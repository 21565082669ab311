/** Two processes of one machine that want the same port. Each place is reported, with the other as its related location. */
import { Latest } from '../../model/latest.ts';
import type { Related } from '../../model/types.ts';
import { fix } from '../fixes.ts';
import { canonicalHost, type Fleet, type FleetNode, neverTogether, seedReaches } from '../fleets.ts';
import { setCandidate } from '../processFixes.ts';
import { isWildcard, type ProcessView } from '../processView.ts';
import { type FleetContext, fleetRule, type Place, type Reporter, type Rule } from '../rule.ts';
import { withoutP2p } from './outcome.ts';
import { knownServices } from './services.ts';

/** Where a node's port comes from: its own setting, else the declaration (the default port). */
export function portPlace(view: ProcessView): Place {
  return view.placeOf('JARVISCORE_BIND_PORT');
}

/** Of a hundred copies of one file each place names this many others, so that a report stays readable and linear. */
const namedAtMost = 10;

const none: readonly never[] = [];

/** Nodes that use one port. Those of one machine whose addresses overlap are found without looking at all the others. */
class PortUsers {
  readonly all: FleetNode[] = [];
  #machines: ReadonlyMap<string, Machine> | null = null;

  /** Those in whose way a socket of the node is; an address that is known at run time only is in nobody's way. */
  overlapping(node: FleetNode): readonly FleetNode[] {
    if (node.host === null || (this.all.length === 1 && this.all[0] === node)) return none;
    this.#machines ??= machinesOf(this.all);
    const machine = this.#machines.get(node.hostGroup);
    if (machine === undefined) return none;
    if (isWildcard(node.host)) return machine.known;
    const same = machine.byHost.get(canonicalHost(node.host)) ?? [];
    return machine.wildcard.length === 0 ? same : [...same, ...machine.wildcard];
  }
}

interface Machine {
  readonly known: FleetNode[];
  readonly wildcard: FleetNode[];
  readonly byHost: Map<string, FleetNode[]>;
}

function machinesOf(nodes: readonly FleetNode[]): ReadonlyMap<string, Machine> {
  const machines = new Map<string, Machine>();
  for (const node of nodes) {
    if (node.host === null) continue;
    const machine = entry(machines, node.hostGroup, () => ({ known: [], wildcard: [], byHost: new Map() }));
    machine.known.push(node);
    if (isWildcard(node.host)) machine.wildcard.push(node);
    else entry(machine.byHost, canonicalHost(node.host), (): FleetNode[] => []).push(node);
  }
  return machines;
}

/** Who uses a port for what. */
interface PortIndex {
  readonly swim: ReadonlyMap<number, PortUsers>;
  /** By SWIM port too: nodes that share that collide there already. */
  readonly zmq: ReadonlyMap<number, ReadonlyMap<number | null, PortUsers>>;
  readonly metrics: ReadonlyMap<number, PortUsers>;
  /** SWIM and ZMQ ports. */
  readonly taken: ReadonlySet<number>;
}
const keptIndexes = new Latest<Fleet, PortIndex>();

function entry<K, V>(map: { get(key: K): V | undefined; set(key: K, value: V): unknown }, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function indexOf(fleet: Fleet): PortIndex {
  const known = keptIndexes.get(fleet);
  if (known !== undefined) return known;
  const swim = new Map<number, PortUsers>();
  const zmq = new Map<number, Map<number | null, PortUsers>>();
  const metrics = new Map<number, PortUsers>();
  const users = () => new PortUsers();
  for (const node of fleet.nodes) {
    if (node.swim !== null) entry(swim, node.swim, users).all.push(node);
    if (node.zmq !== null)
      entry(
        entry(zmq, node.zmq, () => new Map()),
        node.swim,
        users,
      ).all.push(node);
    const port = metricsPort(node.view);
    if (port !== null) entry(metrics, port, users).all.push(node);
  }
  const index = { swim, zmq, metrics, taken: new Set([...swim.keys(), ...zmq.keys()]) };
  keptIndexes.set(fleet, index);
  return index;
}

/** Users of a ZMQ port, without those on one SWIM port. */
function zmqUsers(index: PortIndex, port: number, without: number | null | undefined): readonly PortUsers[] {
  const users = index.zmq.get(port);
  if (users === undefined || (users.size === 1 && without !== undefined && users.has(without))) return none;
  return [...users].flatMap(([swim, some]) => (swim === without ? [] : [some]));
}

/**
 * Calls `tell` for every node with each other one that may be in its way.
 *
 * @param others Nodes that use a port of the first; never asked for all pairs, of which a large fleet has too many.
 * @param tell True: reported, which counts towards the limit.
 */
function forCollisions(
  fleet: Fleet,
  others: (a: FleetNode, index: PortIndex) => readonly (readonly FleetNode[] | undefined)[],
  tell: (a: FleetNode, b: FleetNode) => boolean,
): void {
  const index = indexOf(fleet);
  for (const a of fleet.nodes) {
    let left = namedAtMost;
    for (const candidates of others(a, index)) {
      for (const b of candidates ?? []) {
        if (left === 0) break;
        if (b !== a && !neverTogether(a.view, b.view) && tell(a, b)) left--;
      }
    }
  }
}

/** One process cannot collide with itself through two readings of one line; that is `per-process-var-in-shared-env`. */
function sameLine(a: Place, b: Place): boolean {
  return a.uri === b.uri && a.range.start.line === b.range.start.line && a.range.start.character === b.range.start.character;
}

/** Offset -> port that is not free -> a port above it from which on to look. */
const keptSkips = new Latest<Fleet, Map<number, Map<number, number>>>();

/**
 * The next port whose SWIM and ZMQ side are both free in the fleet and no known service's. Of a crowded fleet every node
 * asks, so runs of taken ports are skipped at once.
 */
export function freePort(fleet: Fleet, node: FleetNode): number | null {
  const given = entry(keptGiven, fleet, () => new Map<FleetNode, number | null>());
  const known = given.get(node);
  if (known !== undefined) return known;
  const port = nextPort(fleet, node);
  given.set(node, port);
  return port;
}

/** What was proposed to whom: nodes that all move away from one port must not meet at the next. */
const keptGiven = new Latest<Fleet, Map<FleetNode, number | null>>();
const keptReserved = new Latest<Fleet, Set<number>>();

function nextPort(fleet: Fleet, node: FleetNode): number | null {
  const offset = node.offset ?? 1000;
  const reserved = entry(keptReserved, fleet, () => new Set<number>());
  const { taken } = indexOf(fleet);
  const skips = entry(
    entry(keptSkips, fleet, () => new Map<number, Map<number, number>>()),
    offset,
    () => new Map<number, number>(),
  );
  const passed: number[] = [];
  for (let port = (node.swim ?? 7946) + 1; port + offset <= 65535; ) {
    const skip = skips.get(port);
    if (
      skip === undefined &&
      [port, port + offset].every(
        (candidate) => !taken.has(candidate) && !reserved.has(candidate) && !knownServices.has(candidate),
      )
    ) {
      for (const one of passed) skips.set(one, port);
      reserved.add(port).add(port + offset);
      return port;
    }
    passed.push(port);
    port = skip ?? port + 1;
  }
  for (const one of passed) skips.set(one, 65536);
  return null;
}

const keptSeeded = new Latest<Fleet, ReadonlySet<FleetNode>>();

/** The nodes that others name in their seeds. */
function seededOf(fleet: Fleet): ReadonlySet<FleetNode> {
  return entry(keptSeeded, fleet, () => {
    const byPort = Map.groupBy(fleet.nodes, ({ swim }) => swim);
    return new Set(
      fleet.nodes.flatMap((from) =>
        from.seeds.flatMap((seed) =>
          (byPort.get(seed.port) ?? []).filter((node) => node !== from && seedReaches(seed, node, from)),
        ),
      ),
    );
  });
}

/** Another port, unless others name the node in their seeds: those would lead nowhere then. */
function portFix({ fleet, documents }: FleetContext, node: FleetNode): ReturnType<typeof fix> {
  const port = seededOf(fleet).has(node) ? null : freePort(fleet, node);
  if (port === null) return [];
  const edit = setCandidate(documents, node.view.written('JARVISCORE_BIND_PORT'), { text: String(port), literal: String(port) });
  return fix(`Use port ${port} (ZMQ ${port + (node.offset ?? 1000)})`, false, edit);
}

const keptMetrics = new Latest<Fleet, Set<number>>();

/** The next port for metrics that no process of the machine listens on. */
function metricsFix({ fleet, documents }: FleetContext, node: FleetNode): ReturnType<typeof fix> {
  const taken = new Set(
    fleet.nodes
      .filter(({ hostGroup }) => hostGroup === node.hostGroup)
      .flatMap(({ swim, zmq, view }) => [swim, zmq, metricsPort(view)]),
  );
  const first = metricsPort(node.view) ?? 9090;
  const reserved = entry(keptMetrics, fleet, () => new Set<number>());
  const port = Array.from({ length: 1000 }, (_, i) => first + 1 + i).find(
    (one) => !taken.has(one) && !reserved.has(one) && !knownServices.has(one),
  );
  if (port === undefined || port > 65_535) return [];
  reserved.add(port);
  const edit = setCandidate(documents, node.view.written('PROMETHEUS_PORT'), { text: String(port), literal: String(port) });
  return fix(`Use port ${port}`, false, edit);
}

/** A node is told of ten others at most, each time with the same way out. */
const keptFixes = new Latest<Fleet, Map<FleetNode, ReturnType<typeof fix>>>();

function reportPair(
  context: FleetContext,
  report: Reporter,
  [a, b]: readonly [FleetNode, FleetNode],
  texts: { readonly message: string; readonly other: string },
): boolean {
  const at = portPlace(a.view);
  const other = portPlace(b.view);
  if (sameLine(at, other)) return false;
  const related: Related[] = [{ ...other, message: texts.other }];
  const fixes = entry(
    entry(keptFixes, context.fleet, () => new Map<FleetNode, ReturnType<typeof fix>>()),
    a,
    () => portFix(context, a),
  );
  report({ at, setting: 'JARVISCORE_BIND_PORT', message: texts.message, related, fixes });
  return true;
}

export const collisionRules: readonly Rule[] = [
  fleetRule('port-collision-swim', (context, report) => {
    forCollisions(
      context.fleet,
      (a, index) => (a.swim === null ? none : [index.swim.get(a.swim)?.overlapping(a)]),
      (a, b) =>
        reportPair(context, report, [a, b], {
          message: `Port ${a.swim} is also the SWIM port of ${b.view.label} on the same host; the second of them to start ${withoutP2p(context.target)}.`,
          other: `SWIM port ${b.swim} of ${b.view.label}`,
        }),
    );
  }),

  fleetRule('port-collision-zmq', (context, report) => {
    forCollisions(
      context.fleet,
      (a, index) => (a.zmq === null ? none : zmqUsers(index, a.zmq, a.swim).map((users) => users.overlapping(a))),
      (a, b) =>
        reportPair(context, report, [a, b], {
          message: `ZMQ port ${a.zmq} (${a.swim} + ${a.offset}) is also the ZMQ port of ${b.view.label} (${b.swim} + ${b.offset}) on the same host.`,
          other: `ZMQ port ${b.zmq} of ${b.view.label} (${b.swim} + ${b.offset})`,
        }),
    );
  }),

  fleetRule('port-collision-swim-zmq', (context, report) => {
    forCollisions(
      context.fleet,
      (a, index) => [
        ...(a.swim === null ? [] : zmqUsers(index, a.swim, undefined).map((users) => users.overlapping(a))),
        a.zmq === null ? [] : index.swim.get(a.zmq)?.overlapping(a),
      ],
      (a, b) => {
        if (a.swim === b.zmq) {
          return reportPair(context, report, [a, b], {
            message: `Port ${a.swim} is also the ZMQ port of ${b.view.label} (${b.swim} + ${b.offset}) on the same host; the second of them to start ${withoutP2p(context.target)}.`,
            other: `ZMQ port ${b.zmq} of ${b.view.label} (${b.swim} + ${b.offset})`,
          });
        }
        return reportPair(context, report, [a, b], {
          message: `ZMQ port ${a.zmq} (${a.swim} + ${a.offset}) is the SWIM port of ${b.view.label} on the same host; the second of them to start ${withoutP2p(context.target)}.`,
          other: `SWIM port ${b.swim} of ${b.view.label}`,
        });
      },
    );
  }),

  fleetRule('port-collision-metrics', (context, report) => {
    const { fleet } = context;
    forCollisions(
      fleet,
      (a, index) => {
        const port = metricsPort(a.view);
        if (port === null) return none;
        return [
          index.metrics.get(port)?.all,
          index.swim.get(port)?.all,
          ...zmqUsers(index, port, undefined).map((users) => users.all),
        ];
      },
      (a, b) => {
        if (a.hostGroup !== b.hostGroup) return false;
        const port = metricsPort(a.view);
        const at = a.view.placeOf('PROMETHEUS_PORT');
        const clash = port === metricsPort(b.view) ? 'metrics port' : port === b.swim ? 'SWIM port' : 'ZMQ port';
        const other = clash === 'metrics port' ? b.view.placeOf('PROMETHEUS_PORT') : portPlace(b.view);
        report({
          at,
          setting: 'PROMETHEUS_PORT',
          message: `Metrics port ${port} is also the ${clash} of ${b.view.label}; the process that comes second logs a warning and serves no metrics.`,
          related: sameLine(at, other)
            ? [{ ...b.view.place, message: b.view.label }]
            : [{ ...other, message: `${clash} of ${b.view.label}` }],
          fixes: metricsFix(context, a),
        });
        return true;
      },
    );
  }),

  fleetRule('port-collision-service', (context, report) => {
    const { fleet } = context;
    for (const node of fleet.nodes) {
      if (node.view.written('JARVISCORE_BIND_PORT') === undefined) continue;
      for (const [kind, port] of [['Port', node.swim] as const, ['ZMQ port', node.zmq] as const]) {
        const service = port === null ? undefined : serviceOn(port, node);
        if (port === null || service === undefined) continue;
        report({
          at: portPlace(node.view),
          setting: 'JARVISCORE_BIND_PORT',
          message: `${kind} ${port}${kind === 'Port' ? '' : ` (${node.swim} + ${node.offset})`} is the usual port of ${service}; both cannot run on one host.`,
          fixes: portFix(context, node),
        });
      }
    }
  }),
];

/** The port of the metrics server; null while it is off, and where the number is no port. */
export function metricsPort(view: ProcessView): number | null {
  const port = view.bool('PROMETHEUS_ENABLED') === true ? view.number('PROMETHEUS_PORT') : null;
  return port !== null && port >= 1 && port <= 65_535 ? port : null;
}

function serviceOn(port: number, node: FleetNode): string | undefined {
  if (port === node.view.number('REDIS_PORT') && node.view.written('REDIS_PORT') !== undefined) return 'Redis (REDIS_PORT)';
  if (port === metricsPort(node.view)) return "this process's own metrics (PROMETHEUS_PORT)";
  return knownServices.get(port);
}
