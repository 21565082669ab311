/** What a release cannot do between nodes: told once per fleet, at the pin that would have to be raised. */
import type { Requirement } from '../../model/types.ts';
import { fix, insertMeshKey } from '../fixes.ts';
import { addressesOverlap, type Fleet, type FleetNode } from '../fleets.ts';
import { frameworkRequirement } from '../packaging.ts';
import { type FleetContext, fleetRule, type Rule } from '../rule.ts';

/** A rule that is true for every fleet of two or more Python nodes in its releases; the inventory knows the releases. */
function outgrown(id: string, message: (context: FleetContext) => string): Rule {
  return fleetRule(id, (context, report) => {
    const nodes = context.fleet.nodes.filter(({ view }) => view.document?.kind === 'python' || view.process.program !== null);
    const found: { readonly document: { readonly uri: string }; readonly requirement: Requirement } | null = frameworkRequirement(
      context.documents.values(),
    );
    if (nodes.length < 2 || found === null) return;
    report({
      at: { uri: found.document.uri, range: found.requirement.range },
      message: message(context),
      related: nodes.slice(0, 10).map(({ view }) => ({ ...view.place, message: view.label })),
    });
  });
}

/** A node of the same machine that listens on the same port. */
function neighbour(fleet: Fleet, node: FleetNode): FleetNode | undefined {
  return fleet.nodes.find(
    (other) =>
      other !== node &&
      other.swim === node.swim &&
      other.hostGroup === node.hostGroup &&
      addressesOverlap(other.host, node.host) &&
      other.view.process.declaration.kind !== 'join-mesh',
  );
}

export const pythonFleetRules: readonly Rule[] = [
  outgrown(
    'mesh-late-joiner',
    ({ target, fleet }) =>
      `Nodes of JarvisCore ${target} announce their agents once, when they start: of the ${fleet.nodes.length} nodes declared here, one that joins later hears of the others' agents only when it asks (fixed in 1.13.1).`,
  ),
  outgrown(
    'mesh-ghost-agents',
    ({ target }) =>
      `JarvisCore ${target} keeps listing the agents of nodes that died, and stop() says no goodbye; calls to them run into their timeout (fixed in 2.1.1).`,
  ),
  outgrown(
    'mesh-early-request-dropped',
    ({ target }) =>
      `Requests that reach a node of JarvisCore ${target} while it is still starting are dropped; repeat them after their timeout (fixed in 2.3.0).`,
  ),

  fleetRule('join-mesh-default-port', ({ fleet }, report) => {
    for (const node of fleet.nodes) {
      const { view } = node;
      const { declaration } = view.process;
      if (declaration.kind !== 'join-mesh' || !view.complete || view.written('JARVISCORE_BIND_PORT') !== undefined) continue;
      const other = node.swim === null ? undefined : neighbour(fleet, node);
      if (other === undefined) continue;
      report({
        at: view.place,
        setting: 'JARVISCORE_BIND_PORT',
        message: `join_mesh() without a port takes the default ${node.swim}, which ${other.view.label} uses on this host; it looks for a free one only with "bind_port": 0.`,
        related: [{ ...other.view.placeOf('JARVISCORE_BIND_PORT'), message: `Port ${other.swim} of ${other.view.label}` }],
        fixes: fix('Take a free port ("bind_port": 0)', false, insertMeshKey(view.process, 'bind_port', '0')),
      });
    }
  }),
];
