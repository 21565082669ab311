/** How often a declared process really sends keepalives. */
import { type KeepaliveCadence, keepaliveCadence } from '../model/cadence.ts';
import type { DeclaredProcess, WorkspaceModel } from '../model/types.ts';
import { ProcessView } from '../rules/processView.ts';
import { membersOf } from './fleets.ts';

const defaultBackoffSeconds = 45;

export interface ProcessCadence extends KeepaliveCadence {
  /** As `KEEPALIVE_INTERVAL` gives it. */
  readonly intervalSeconds: number;
}

/** Other nodes of its fleet; a fleet of which only one node is declared here has at least a second one elsewhere. */
function peersOf(model: WorkspaceModel, process: DeclaredProcess): number {
  return Math.max(1, (membersOf(model).get(process)?.fleet.length ?? 2) - 1);
}

/** @returns null where the process sends none, or where its settings are not known here. */
export function cadenceOf(model: WorkspaceModel, process: DeclaredProcess): ProcessCadence | null {
  const view = new ProcessView(process, undefined, false);
  const intervalSeconds = view.number('KEEPALIVE_INTERVAL');
  const activityWindowSeconds = view.number('ACTIVITY_SUPPRESS_WINDOW');
  if (process.ports.p2pEnabled === false || view.bool('KEEPALIVE_ENABLED') === false) return null;
  if (intervalSeconds === null || activityWindowSeconds === null) return null;
  const cadence = keepaliveCadence({
    intervalSeconds,
    activityWindowSeconds,
    backoffSeconds: view.number('KEEPALIVE_FAILURE_BACKOFF_SECONDS') ?? defaultBackoffSeconds,
    peers: peersOf(model, process),
    allowZeroPeers: view.bool('ALLOW_ZERO_PEERS') ?? true,
  });
  return cadence.effectiveSeconds === null ? null : { ...cadence, intervalSeconds };
}
