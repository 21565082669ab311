/** Two processes of one machine that want the same port. Each place is reported, with the other as its related location. */
import type { Related } from '../../model/types.ts';
import { fix } from '../fixes.ts';
import { canonicalHost, type Fleet, type FleetNode } from '../fleets.ts';
import { setCandidate } from '../processFixes.ts';
import { isWildcard, type ProcessView } from '../processView.ts';
import { type FleetContext, fleetRule, type Place, type Reporter, type Rule } from '../rule.ts';
import { knownServices } from './services.ts';

/** Where a node's port comes from: its own setting, else the declaration (the default port). */
export function portPlace(view: ProcessView): Place {
  return view.placeOf('JARVISCORE_BIND_PORT');
}

/** Of a hundred copies of one file each place names this many others, so that a report stays readable and linear. */
const namedAtMost = 10;

/** The nodes of one machine that use one port, found without looking at those whose addresses cannot overlap. */
class PortUsers {
  readonly all: FleetNode[] = [];
  readonly #known: FleetNode[] = [];
  readonly #wildcard: FleetNode[] = [];
  readonly #byHost = new Map<string, FleetNode[]>();

  add(node: FleetNode): void {
    this.all.push(node);
    if (node.host === null) return;
    this.#known.push(node);
    if (isWildcard(node.host)) this.#wildcard.push(node);
    else entry(this.#byHost, canonicalHost(node.host), (): FleetNode[] => []).push(node);
  }

  /** Those a socket on `host` is in the way of; an address that is known at run time only is in nobody's way. */
  overlapping(host: string | null): readonly FleetNode[] {
    if (host === null) return [];
    if (isWildcard(host)) return this.#known;
    const same = this.#byHost.get(canonicalHost(host)) ?? [];
    return this.#wildcard.length === 0 ? same : [...same, ...this.#wildcard];
  }
}

/** Who uses a port of a machine (`portKey`) for what. */
interface PortIndex {
  readonly swim: ReadonlyMap<string, PortUsers>;
  /** By SWIM port too: nodes that share that collide there already. */
  readonly zmq: ReadonlyMap<string, ReadonlyMap<number | null, PortUsers>>;
  readonly metrics: ReadonlyMap<string, PortUsers>;
  /** SWIM and ZMQ ports of every machine. */
  readonly taken: ReadonlyMap<number, readonly FleetNode[]>;
}
const keptIndexes = new WeakMap<Fleet, PortIndex>();

const portKey = (port: number, node: FleetNode): string => `${port} ${node.hostGroup}`;

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
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
  const swim = new Map<string, PortUsers>();
  const zmq = new Map<string, Map<number | null, PortUsers>>();
  const metrics = new Map<string, PortUsers>();
  const taken = new Map<number, FleetNode[]>();
  const users = () => new PortUsers();
  for (const node of fleet.nodes) {
    if (node.swim !== null) entry(swim, portKey(node.swim, node), users).add(node);
    if (node.zmq !== null)
      entry(
        entry(zmq, portKey(node.zmq, node), () => new Map()),
        node.swim,
        users,
      ).add(node);
    const port = metricsPort(node.view);
    if (port !== null) entry(metrics, portKey(port, node), users).add(node);
    for (const used of [node.swim, node.zmq]) if (used !== null) entry(taken, used, (): FleetNode[] => []).push(node);
  }
  const index = { swim, zmq, metrics, taken };
  keptIndexes.set(fleet, index);
  return index;
}

/** Users of a ZMQ port on the node's machine, without those on one SWIM port. */
function zmqUsers(index: PortIndex, port: number, node: FleetNode, without: number | null | undefined): readonly PortUsers[] {
  const users = index.zmq.get(portKey(port, node));
  if (users === undefined) return [];
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
        if (b !== a && tell(a, b)) left--;
      }
    }
  }
}

/** One process cannot collide with itself through two readings of one line; that is `per-process-var-in-shared-env`. */
function sameLine(a: Place, b: Place): boolean {
  return a.uri === b.uri && a.range.start.line === b.range.start.line && a.range.start.character === b.range.start.character;
}

const freePorts = new WeakMap<FleetNode, number | null>();

/** `findFreePort`, once per node: a crowded fleet asks for every pair. */
export function freePort(fleet: Fleet, node: FleetNode): number | null {
  const known = freePorts.get(node);
  if (known !== undefined) return known;
  const port = findFreePort(fleet, node);
  freePorts.set(node, port);
  return port;
}

/** The next port whose SWIM and ZMQ side are both free in the fleet and no known service's. */
function findFreePort(fleet: Fleet, node: FleetNode): number | null {
  const offset = node.offset ?? 1000;
  const users = indexOf(fleet).taken;
  const taken = (port: number): boolean => users.get(port)?.some((other) => other !== node) === true;
  for (let port = (node.swim ?? 7946) + 1; port + offset <= 65535; port++) {
    const free = [port, port + offset].every((candidate) => !taken(candidate) && !knownServices.has(candidate));
    if (free) return port;
  }
  return null;
}

function portFix({ fleet, documents }: FleetContext, node: FleetNode): ReturnType<typeof fix> {
  const port = freePort(fleet, node);
  if (port === null) return [];
  const edit = setCandidate(documents, node.view.written('JARVISCORE_BIND_PORT'), { text: String(port), literal: String(port) });
  return fix(`Use port ${port} (ZMQ ${port + (node.offset ?? 1000)})`, false, edit);
}

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
  report({ at, setting: 'JARVISCORE_BIND_PORT', message: texts.message, related, fixes: portFix(context, a) });
  return true;
}

export const collisionRules: readonly Rule[] = [
  fleetRule('port-collision-swim', (context, report) => {
    forCollisions(
      context.fleet,
      (a, index) => (a.swim === null ? [] : [index.swim.get(portKey(a.swim, a))?.overlapping(a.host)]),
      (a, b) =>
        reportPair(context, report, [a, b], {
          message: `Port ${a.swim} is also the SWIM port of ${b.view.label} on the same host; the second of them to start runs without P2P.`,
          other: `SWIM port ${b.swim} of ${b.view.label}`,
        }),
    );
  }),

  fleetRule('port-collision-zmq', (context, report) => {
    forCollisions(
      context.fleet,
      (a, index) => (a.zmq === null ? [] : zmqUsers(index, a.zmq, a, a.swim).map((users) => users.overlapping(a.host))),
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
        ...(a.swim === null ? [] : zmqUsers(index, a.swim, a, undefined).map((users) => users.overlapping(a.host))),
        a.zmq === null ? [] : index.swim.get(portKey(a.zmq, a))?.overlapping(a.host),
      ],
      (a, b) => {
        if (a.swim === b.zmq) {
          return reportPair(context, report, [a, b], {
            message: `Port ${a.swim} is also the ZMQ port of ${b.view.label} (${b.swim} + ${b.offset}) on the same host; the second of them to start runs without P2P.`,
            other: `ZMQ port ${b.zmq} of ${b.view.label} (${b.swim} + ${b.offset})`,
          });
        }
        return reportPair(context, report, [a, b], {
          message: `ZMQ port ${a.zmq} (${a.swim} + ${a.offset}) is the SWIM port of ${b.view.label} on the same host; the second of them to start runs without P2P.`,
          other: `SWIM port ${b.swim} of ${b.view.label}`,
        });
      },
    );
  }),

  fleetRule('port-collision-metrics', ({ fleet }, report) => {
    forCollisions(
      fleet,
      (a, index) => {
        const port = metricsPort(a.view);
        if (port === null) return [];
        const key = portKey(port, a);
        return [
          index.metrics.get(key)?.all,
          index.swim.get(key)?.all,
          ...zmqUsers(index, port, a, undefined).map((users) => users.all),
        ];
      },
      (a, b) => {
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
        });
        return true;
      },
    );
  }),

  fleetRule('port-collision-service', ({ fleet }, report) => {
    for (const node of fleet.nodes) {
      if (node.view.written('JARVISCORE_BIND_PORT') === undefined) continue;
      for (const [kind, port] of [['Port', node.swim] as const, ['ZMQ port', node.zmq] as const]) {
        const service = port === null ? undefined : serviceOn(port, node);
        if (port === null || service === undefined) continue;
        report({
          at: portPlace(node.view),
          setting: 'JARVISCORE_BIND_PORT',
          message: `${kind} ${port}${kind === 'Port' ? '' : ` (${node.swim} + ${node.offset})`} is the usual port of ${service}; both cannot run on one host.`,
        });
      }
    }
  }),
];

/** The port of the metrics server, null while it is off. */
export function metricsPort(view: ProcessView): number | null {
  return view.bool('PROMETHEUS_ENABLED') === true ? view.number('PROMETHEUS_PORT') : null;
}

function serviceOn(port: number, node: FleetNode): string | undefined {
  if (port === node.view.number('REDIS_PORT') && node.view.written('REDIS_PORT') !== undefined) return 'Redis (REDIS_PORT)';
  if (port === metricsPort(node.view)) return "this process's own metrics (PROMETHEUS_PORT)";
  return knownServices.get(port);
}
