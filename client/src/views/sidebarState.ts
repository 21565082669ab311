/** Which of the sidebar's states the window is in: one word for the welcome content, and the texts around the trees. */
import type { NodeError } from '#schemas/fleet/mesh.ts';
import type { FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import { FleetRows } from '../fleet/fleetRows.ts';
import { type Language, oneLine } from '../fleet/language.ts';
import { isUnwell } from '../fleet/peerRow.ts';
import { Matches } from '../fleet/places.ts';

/** Facts about this window that are not the fleet's. */
export interface WindowFacts {
  readonly folderOpen: boolean;
  /** Whether anything of JarvisCore was found in the folder; null: still looking. */
  readonly project: boolean | null;
  readonly trusted: boolean;
  readonly server: 'stopped' | 'starting' | 'running' | 'failed';
  /** When the language server last ended unexpectedly and was started again; absent: never. */
  readonly serverCrash?: string;
}

/** Value of the context key `jarviscoreFleet.state`; package.json has welcome content for each but `running`. */
export type SidebarState =
  | 'looking'
  | 'noProject'
  | 'untrusted'
  | 'serverFailed'
  | 'stopped'
  | 'starting'
  | 'portTaken'
  | 'badAddress'
  | 'addonUnavailable'
  | 'crashed'
  | 'failed'
  | 'alone'
  | 'aloneSilent'
  | 'running';

export interface Sidebar {
  readonly state: SidebarState;
  /** Context key `jarviscoreFleet.node`, for the enablement of commands. */
  readonly node: 'none' | 'stopped' | 'busy' | 'running';
  /** Beside the title of "Fleet Peers". */
  readonly description: string;
  /** Above the rows; shown only where there are rows, because VS Code hides welcome content below a message. */
  readonly message: string;
  /** On the activity bar icon; null: nothing needs attention. */
  readonly badge: { readonly value: number; readonly tooltip: string } | null;
}

const FAILED: Readonly<Record<NodeError['code'], SidebarState>> = {
  'port-taken': 'portTaken',
  'bad-address': 'badAddress',
  'addon-unavailable': 'addonUnavailable',
  'host-crashed': 'crashed',
  untrusted: 'untrusted',
  internal: 'failed',
};

function quiet(state: SidebarState, node: Sidebar['node'], description = ''): Sidebar {
  return { state, node, description, message: '', badge: null };
}

/** How many rows are nodes other than our own, and how many of them are alive. */
export function aliveOf(view: FleetView): { readonly alive: number; readonly total: number } {
  return { alive: view.alive, total: Math.max(view.peers.length, view.expected) };
}

export function aliveText(view: FleetView, l10n: Language): string {
  const { alive, total } = aliveOf(view);
  return l10n.t('{0} of {1} alive', alive, total);
}

/** The sentence above the rows while nobody answers. */
function aloneMessage(view: FleetView, l10n: Language): string {
  if (!view.python) {
    return l10n.t(
      'No node answers, and no Python was found to run one: install Python 3.10 or newer, then "jarviscore-framework[p2p]".',
    );
  }
  const silent = view.node.seeds.filter((seed) => seed.state === 'silent');
  const [first] = silent;
  if (first === undefined) return l10n.t('No node has answered yet.');
  const addresses = oneLine(silent.map((seed) => seed.address).join(', '));
  const since = l10n.minute(first.since);
  return silent.length === 1
    ? l10n.t(
        'No node answers. Seed {0} has been silent since {1}: is that process running, and is it the right port?',
        addresses,
        since,
      )
    : l10n.t('No node answers. Seeds {0} have been silent since {1}: are those processes running?', addresses, since);
}

/** Remembers nothing but what it counted last, so that a change of a large fleet costs what changed. */
const unwellPeers = new Matches<FleetPeer>(isUnwell);

/** What the badge counts: who is missing, and who is alive but has something for a person to look at. */
function badgeOf(view: FleetView, l10n: Language): Sidebar['badge'] {
  const { alive, total } = aliveOf(view);
  const missing = total - alive;
  const unwell = unwellPeers.count(view.peers);
  if (missing + unwell === 0) return null;
  const parts = [
    missing === 0
      ? l10n.t('{0} of {1} nodes alive', alive, total)
      : missing === 1
        ? l10n.t('{0} of {1} nodes alive: 1 is missing', alive, total)
        : l10n.t('{0} of {1} nodes alive: {2} are missing', alive, total, missing),
    ...(unwell === 0 ? [] : [unwell === 1 ? l10n.t('1 needs attention') : l10n.t('{0} need attention', unwell)]),
  ];
  return { value: missing + unwell, tooltip: parts.join(', ') };
}

/** Why the node is another one than the person started. */
function crashMessage({ lastCrash }: FleetView['node'], l10n: Language): string {
  return lastCrash === undefined
    ? ''
    : l10n.t('The local node crashed at {0} and was started again: {1}', l10n.second(lastCrash.at), oneLine(lastCrash.message));
}

function running(view: FleetView, l10n: Language): Sidebar {
  const { alive } = aliveOf(view);
  if (FleetRows.alone(view)) {
    const silent = view.node.seeds.filter((seed) => seed.state === 'silent').map((seed) => seed.address);
    return silent.length > 0
      ? quiet('aloneSilent', 'running', l10n.t('{0} silent', oneLine(silent.join(', '))))
      : quiet('alone', 'running', l10n.t('nobody else'));
  }
  const message = [crashMessage(view.node, l10n), alive === 0 ? aloneMessage(view, l10n) : ''];
  return {
    state: 'running',
    node: 'running',
    description: aliveText(view, l10n),
    message: message.filter((part) => part !== '').join(' '),
    badge: badgeOf(view, l10n),
  };
}

export function sidebar(window: WindowFacts, view: FleetView | null, l10n: Language): Sidebar {
  if (window.server === 'failed') return quiet('serverFailed', 'none');
  if (window.server === 'stopped' || view === null) {
    if (!window.folderOpen || window.project === false) return quiet('noProject', 'none');
    return window.trusted ? quiet('looking', 'none') : quiet('untrusted', 'none');
  }
  if (!window.trusted) return quiet('untrusted', 'none');
  // Rows of other fleets are there whether or not the local node of the mesh runs.
  if (view.node.phase !== 'running' && FleetRows.besideTheMesh(view)) {
    const busy = view.node.phase === 'starting' || view.node.phase === 'stopping';
    const { error } = view.node;
    const failed = view.node.phase === 'failed' && error !== null ? oneLine(error.message) : '';
    return { ...quiet('running', busy ? 'busy' : 'stopped', aliveText(view, l10n)), message: failed };
  }
  switch (view.node.phase) {
    case 'stopped':
      return quiet('stopped', 'stopped');
    case 'starting':
    case 'stopping':
      return quiet('starting', 'busy');
    case 'failed': {
      const { error } = view.node;
      return quiet(error === null ? 'failed' : FAILED[error.code], 'stopped', error === null ? '' : oneLine(error.message));
    }
    case 'running':
      return running(view, l10n);
  }
}
