/** Two processes of one machine that want the same port. Each place is reported, with the other as its related location. */
import type { Related } from '../../model/types.ts';
import { fix } from '../fixes.ts';
import { addressesOverlap, type Fleet, type FleetNode } from '../fleets.ts';
import { setCandidate } from '../processFixes.ts';
import type { ProcessView } from '../processView.ts';
import { type FleetContext, fleetRule, type Place, type Reporter, type Rule } from '../rule.ts';
import { knownServices } from './services.ts';

/** Where a node's port comes from: its own setting, else the declaration (the default port). */
export function portPlace(view: ProcessView): Place {
  return view.placeOf('JARVISCORE_BIND_PORT');
}

function onOneMachine(a: FleetNode, b: FleetNode): boolean {
  return a.hostGroup === b.hostGroup && addressesOverlap(a.host, b.host);
}

/** Of a hundred copies of one file each place names this many others, so that a report stays readable and linear. */
const namedAtMost = 10;

/** Port -> the nodes that use it, by use. */
interface PortUsers {
  readonly swim: ReadonlyMap<number | null, readonly FleetNode[]>;
  readonly zmq: ReadonlyMap<number | null, readonly FleetNode[]>;
  readonly metrics: ReadonlyMap<number | null, readonly FleetNode[]>;
}
const keptUsers = new WeakMap<Fleet, PortUsers>();

function usersOf(fleet: Fleet): PortUsers {
  let users = keptUsers.get(fleet);
  if (users === undefined) {
    users = {
      swim: Map.groupBy(fleet.nodes, (node) => node.swim),
      zmq: Map.groupBy(fleet.nodes, (node) => node.zmq),
      metrics: Map.groupBy(fleet.nodes, (node) => metricsPort(node.view)),
    };
    keptUsers.set(fleet, users);
  }
  return users;
}

/**
 * Calls `tell` for every node with each other one that may be in its way.
 *
 * @param others Nodes that use a port of the first; never asked for all pairs, of which a large fleet has too many.
 * @param tell True: reported, which counts towards the limit.
 */
function forCollisions(
  fleet: Fleet,
  others: (a: FleetNode, users: PortUsers) => readonly (readonly FleetNode[] | undefined)[],
  tell: (a: FleetNode, b: FleetNode) => boolean,
): void {
  const users = usersOf(fleet);
  for (const a of fleet.nodes) {
    let left = namedAtMost;
    for (const candidates of others(a, users)) {
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
  const { swim, zmq } = usersOf(fleet);
  const taken = (port: number): boolean =>
    [swim.get(port), zmq.get(port)].some((users) => users?.some((other) => other !== node) === true);
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
      (a, users) => (a.swim === null ? [] : [users.swim.get(a.swim)]),
      (a, b) =>
        onOneMachine(a, b) &&
        reportPair(context, report, [a, b], {
          message: `Port ${a.swim} is also the SWIM port of ${b.view.label} on the same host; the second of them to start runs without P2P.`,
          other: `SWIM port ${b.swim} of ${b.view.label}`,
        }),
    );
  }),

  fleetRule('port-collision-zmq', (context, report) => {
    forCollisions(
      context.fleet,
      (a, users) => (a.zmq === null ? [] : [users.zmq.get(a.zmq)]),
      (a, b) =>
        a.swim !== b.swim &&
        onOneMachine(a, b) &&
        reportPair(context, report, [a, b], {
          message: `ZMQ port ${a.zmq} (${a.swim} + ${a.offset}) is also the ZMQ port of ${b.view.label} (${b.swim} + ${b.offset}) on the same host.`,
          other: `ZMQ port ${b.zmq} of ${b.view.label} (${b.swim} + ${b.offset})`,
        }),
    );
  }),

  fleetRule('port-collision-swim-zmq', (context, report) => {
    forCollisions(
      context.fleet,
      (a, users) => [a.swim === null ? [] : users.zmq.get(a.swim), a.zmq === null ? [] : users.swim.get(a.zmq)],
      (a, b) => {
        if (!onOneMachine(a, b)) return false;
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
      (a, users) => {
        const port = metricsPort(a.view);
        return port === null ? [] : [users.metrics.get(port), users.swim.get(port), users.zmq.get(port)];
      },
      (a, b) => {
        const port = metricsPort(a.view);
        if (port === null || a.hostGroup !== b.hostGroup) return false;
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
