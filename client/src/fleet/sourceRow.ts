/** The group of a fleet beside the mesh, with the server of ours that hears of its nodes. */
import type { PeerKind } from '#schemas/fleet/peer.ts';
import type { SourceHealth } from '#schemas/registry/host.ts';
import { type Language, oneLine } from './language.ts';
import type { Row, RowIcon } from './row.ts';

export type OtherKind = Exclude<PeerKind, 'jarviscore'>;

const sourceOf: Readonly<Record<OtherKind, SourceHealth['source']>> = { relay: 'relay-hub', circuitforge: 'coordinator' };

export function sourceFor(kind: OtherKind, sources: readonly SourceHealth[]): SourceHealth | null {
  return sources.find(({ source }) => source === sourceOf[kind]) ?? null;
}

function icon(source: SourceHealth | null): RowIcon {
  if (source?.state === 'failed') return { id: 'error', color: 'list.errorForeground' };
  return { id: 'server', color: source === null ? 'disabledForeground' : null };
}

/** @param children the rows of its nodes; null is returned where there are none and nothing runs. */
export function sourceRow(kind: OtherKind, source: SourceHealth | null, children: readonly Row[], l10n: Language): Row | null {
  if (source === null && children.length === 0) return null;
  const label = kind === 'relay' ? l10n.t('Relay fleet') : l10n.t('CircuitForge');
  const server = kind === 'relay' ? l10n.t('hub') : l10n.t('coordinator');
  const nodes = children.length === 1 ? l10n.t('1 node') : l10n.t('{0} nodes', children.length);
  const state =
    source === null
      ? l10n.t('{0} not running', server)
      : source.state === 'running'
        ? l10n.t('{0} listening on {1}', server, source.address ?? '')
        : oneLine(source.error?.message ?? source.message);
  const running = source?.state === 'running' ? ' running' : '';
  return {
    id: `fleet:${kind}`,
    label,
    description: `${state} · ${nodes}`,
    icon: icon(source),
    contextValue: `${kind === 'relay' ? 'relayHub' : 'coordinator'}${running}`,
    ariaLabel: l10n.t('{0}: {1}, {2}.', label, state, nodes),
    // Open from the start: VS Code keeps a row that once had nothing below it closed.
    collapsible: 'expanded',
    children,
    subject: { kind: 'fleet', fleet: kind },
    place: null,
  };
}
