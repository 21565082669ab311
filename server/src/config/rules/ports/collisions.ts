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

type Pair = readonly [FleetNode, FleetNode];
const pairsOf = new WeakMap<Fleet, readonly Pair[]>();

/** Both orders of every pair that claims some port in common; all pairs of a large fleet would be too many to look at. */
export function orderedPairs(fleet: Fleet): readonly Pair[] {
  const known = pairsOf.get(fleet);
  if (known !== undefined) return known;
  const claims = new Map<number, Set<number>>();
  const portsOf = ({ swim, zmq, view }: FleetNode) => [swim, zmq, metricsPort(view)].filter((port) => port !== null);
  for (const [index, node] of fleet.nodes.entries()) {
    for (const port of portsOf(node)) claims.set(port, (claims.get(port) ?? new Set()).add(index));
  }
  const pairs: Pair[] = [];
  for (const [index, a] of fleet.nodes.entries()) {
    const others = new Set(portsOf(a).flatMap((port) => [...(claims.get(port) ?? [])]));
    others.delete(index);
    for (const other of [...others].sort((x, y) => x - y)) {
      const b = fleet.nodes[other];
      if (b !== undefined) pairs.push([a, b]);
    }
  }
  pairsOf.set(fleet, pairs);
  return pairs;
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
  const taken = new Set(fleet.nodes.flatMap((other) => (other === node ? [] : [other.swim, other.zmq])));
  for (let port = (node.swim ?? 7946) + 1; port + offset <= 65535; port++) {
    const free = [port, port + offset].every((candidate) => !taken.has(candidate) && !knownServices.has(candidate));
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
): void {
  const at = portPlace(a.view);
  const other = portPlace(b.view);
  if (sameLine(at, other)) return;
  const related: Related[] = [{ ...other, message: texts.other }];
  report({ at, setting: 'JARVISCORE_BIND_PORT', message: texts.message, related, fixes: portFix(context, a) });
}

export const collisionRules: readonly Rule[] = [
  fleetRule('port-collision-swim', (context, report) => {
    for (const [a, b] of orderedPairs(context.fleet)) {
      if (a.swim === null || a.swim !== b.swim || !onOneMachine(a, b)) continue;
      reportPair(context, report, [a, b], {
        message: `Port ${a.swim} is also the SWIM port of ${b.view.label} on the same host; the second of them to start runs without P2P.`,
        other: `SWIM port ${b.swim} of ${b.view.label}`,
      });
    }
  }),

  fleetRule('port-collision-zmq', (context, report) => {
    for (const [a, b] of orderedPairs(context.fleet)) {
      if (a.zmq === null || a.zmq !== b.zmq || a.swim === b.swim || !onOneMachine(a, b)) continue;
      reportPair(context, report, [a, b], {
        message: `ZMQ port ${a.zmq} (${a.swim} + ${a.offset}) is also the ZMQ port of ${b.view.label} (${b.swim} + ${b.offset}) on the same host.`,
        other: `ZMQ port ${b.zmq} of ${b.view.label} (${b.swim} + ${b.offset})`,
      });
    }
  }),

  fleetRule('port-collision-swim-zmq', (context, report) => {
    for (const [a, b] of orderedPairs(context.fleet)) {
      if (!onOneMachine(a, b)) continue;
      if (a.swim !== null && a.swim === b.zmq) {
        reportPair(context, report, [a, b], {
          message: `Port ${a.swim} is also the ZMQ port of ${b.view.label} (${b.swim} + ${b.offset}) on the same host; the second of them to start runs without P2P.`,
          other: `ZMQ port ${b.zmq} of ${b.view.label} (${b.swim} + ${b.offset})`,
        });
      } else if (a.zmq !== null && a.zmq === b.swim) {
        reportPair(context, report, [a, b], {
          message: `ZMQ port ${a.zmq} (${a.swim} + ${a.offset}) is the SWIM port of ${b.view.label} on the same host; the second of them to start runs without P2P.`,
          other: `SWIM port ${b.swim} of ${b.view.label}`,
        });
      }
    }
  }),

  fleetRule('port-collision-metrics', ({ fleet }, report) => {
    for (const [a, b] of orderedPairs(fleet)) {
      const port = metricsPort(a.view);
      if (port === null || a.hostGroup !== b.hostGroup) continue;
      const at = a.view.placeOf('PROMETHEUS_PORT');
      const clash =
        port === metricsPort(b.view) ? 'metrics port' : port === b.swim ? 'SWIM port' : port === b.zmq ? 'ZMQ port' : null;
      if (clash === null) continue;
      const other = clash === 'metrics port' ? b.view.placeOf('PROMETHEUS_PORT') : portPlace(b.view);
      report({
        at,
        setting: 'PROMETHEUS_PORT',
        message: `Metrics port ${port} is also the ${clash} of ${b.view.label}; the process that comes second logs a warning and serves no metrics.`,
        related: sameLine(at, other)
          ? [{ ...b.view.place, message: b.view.label }]
          : [{ ...other, message: `${clash} of ${b.view.label}` }],
      });
    }
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
