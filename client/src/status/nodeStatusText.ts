/** What the status bar says about the local node. */
import type { FleetView } from '#schemas/fleet/view.ts';
import { type Language, oneLine } from '../fleet/language.ts';
import { aliveOf, aliveText, type Sidebar } from '../views/sidebarState.ts';

export interface NodeStatusText {
  /** With a codicon, as status bar items allow. */
  readonly text: string;
  /** Plain text, a line per fact. */
  readonly tooltip: string;
  readonly ariaLabel: string;
  readonly severity: 'normal' | 'error';
  readonly command: 'jarviscoreFleet.peers.focus' | 'jarviscoreFleet.startLocalNode' | 'workbench.trust.manage';
}

function failureLines(view: FleetView | null, l10n: Language): string[] {
  const error = view?.node.error ?? null;
  return error === null ? [l10n.t('The local node could not be started.')] : [oneLine(error.message), oneLine(error.remedy)];
}

/** Null: no JarvisCore project here, so no item. */
export function nodeStatusText(sidebar: Sidebar, view: FleetView | null, l10n: Language): NodeStatusText | null {
  const focus = 'jarviscoreFleet.peers.focus';
  switch (sidebar.state) {
    case 'noProject':
    case 'looking':
      return null;
    case 'untrusted': {
      const tooltip = l10n.t('JarvisCore: the workspace is not trusted, so the local node cannot start. Diagnostics work.');
      const command = 'workbench.trust.manage';
      return { text: `$(shield) ${l10n.t('node off')}`, tooltip, ariaLabel: tooltip, severity: 'normal', command };
    }
    case 'serverFailed': {
      const tooltip = l10n.t('JarvisCore: the language server has stopped. See the log.');
      return { text: `$(error) ${l10n.t('JarvisCore')}`, tooltip, ariaLabel: tooltip, severity: 'error', command: focus };
    }
    case 'stopped': {
      const tooltip = l10n.t('JarvisCore: the local node is not started. Select to start it.');
      const command = 'jarviscoreFleet.startLocalNode';
      return { text: `$(radio-tower) ${l10n.t('fleet node off')}`, tooltip, ariaLabel: tooltip, severity: 'normal', command };
    }
    case 'starting': {
      const tooltip = l10n.t('JarvisCore: the local node is starting or stopping.');
      return { text: `$(loading~spin) ${l10n.t('fleet node')}`, tooltip, ariaLabel: tooltip, severity: 'normal', command: focus };
    }
    case 'alone':
    case 'aloneSilent':
    case 'running': {
      if (view === null) return null;
      const { alive, total } = aliveOf(view);
      const address = view.node.self?.address ?? '';
      const lines = [l10n.t('JarvisCore fleet: {0}', aliveText(view, l10n)), l10n.t('Local node {0}', address)];
      if (view.expected > 0) lines.push(l10n.t('Expected by the files: {0}, alive: {1}', view.expected, alive));
      const { restarts } = view.node;
      if (restarts === 1) lines.push(l10n.t('Restarted after a crash: once'));
      if (restarts > 1) lines.push(l10n.t('Restarted after a crash: {0} times', restarts));
      return {
        text: `$(radio-tower) ${total === 0 ? l10n.t('alone') : l10n.t('{0}/{1} alive', alive, total)}`,
        tooltip: lines.join('\n'),
        ariaLabel: l10n.t('JarvisCore fleet: {0}. Select to show the peers.', aliveText(view, l10n)),
        severity: 'normal',
        command: focus,
      };
    }
    default: {
      const lines = failureLines(view, l10n);
      const ariaLabel = l10n.t('JarvisCore: the local node has failed. {0}', lines.join(' '));
      return {
        text: `$(error) ${l10n.t('node failed')}`,
        tooltip: lines.join('\n'),
        ariaLabel,
        severity: 'error',
        command: focus,
      };
    }
  }
}
