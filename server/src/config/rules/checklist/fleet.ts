/** Item 10 of the production checklist: P2P and per-node ports of a fleet. */
import { compareReleases } from '#schemas/settings/catalogue.ts';
import type { Range } from '../../text/position.ts';
import { type FleetContext, fleetRule, type Rule } from '../rule.ts';

/** Whether a requirement of the workspace names the framework without the P2P extra. */
function lacksExtra({ documents }: FleetContext): { readonly uri: string; readonly range: Range } | null {
  for (const document of documents.values()) {
    const own = document.requirements.filter(
      (r) => r.distribution.toLowerCase() === 'jarviscore-framework' && r.source === 'requirement',
    );
    if (own.length > 0 && own.every((r) => !r.extras.includes('p2p') && !r.extras.includes('all')))
      return { uri: document.uri, range: own[0]?.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };
  }
  return null;
}

export const fleetChecklistRules: readonly Rule[] = [
  fleetRule('prod-p2p-config', (context, report) => {
    const { nodes } = context.fleet;
    if (compareReleases(context.target, '1.1.0') >= 0) {
      const place = lacksExtra(context);
      if (place !== null && nodes.length > 1)
        report({
          at: place,
          severity: 'error',
          setting: 'P2P_ENABLED',
          message: `${nodes.length} nodes are declared, but the requirement lacks the p2p extra: write jarviscore-framework[p2p].`,
        });
    }
    for (const { view, seeds } of nodes) {
      if (!view.production || !view.complete) continue;
      const enabled = view.bool('P2P_ENABLED') === true && view.written('P2P_ENABLED') !== undefined;
      const port = view.written('JARVISCORE_BIND_PORT');
      if (enabled && port === undefined && seeds.length === 0)
        report({
          at: view.placeOf('P2P_ENABLED'),
          setting: 'P2P_ENABLED',
          message: `P2P is on for ${view.name} without bind port and seeds: it listens on the default 7946 and finds nobody.`,
        });
      else if (enabled && port === undefined && nodes.length > 1)
        report({
          at: view.placeOf('P2P_ENABLED'),
          setting: 'JARVISCORE_BIND_PORT',
          message: `${view.name} keeps the default port 7946; give each node of the fleet its own.`,
        });
      else if (view.written('P2P_ENABLED') === undefined && view.process.declaration.kind !== 'join-mesh')
        report({
          at: view.placeOf('JARVISCORE_BIND_PORT'),
          setting: 'P2P_ENABLED',
          severity: 'info',
          message: `P2P_ENABLED is not set for ${view.name}; the code's default is true from 1.1.0 on. Say so explicitly.`,
        });
    }
  }),
];
