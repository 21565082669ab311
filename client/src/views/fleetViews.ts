/** The two trees of the sidebar and the texts around them. */
import * as vscode from 'vscode';
import type { FleetView } from '#schemas/fleet/view.ts';
import { type Arrangement, plain } from '../fleet/arrangement.ts';
import { FleetRows } from '../fleet/fleetRows.ts';
import type { Language } from '../fleet/language.ts';
import { roundTrips } from '../fleet/peerDetails.ts';
import { PeerHistory } from '../fleet/peerHistory.ts';
import type { PeerContext } from '../fleet/peerRow.ts';
import { type Fact, peerFacts } from '../fleet/peerTooltip.ts';
import type { Row } from '../fleet/row.ts';
import type { PeerAdditions } from '../run/peerAdditions.ts';
import { PeerLensProvider } from './peerLensProvider.ts';
import { RowTree } from './rowTree.ts';
import type { Sidebar } from './sidebarState.ts';

/** Names and values come from the network: added as text, never as Markdown. */
function factsMarkdown(facts: readonly Fact[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  facts.forEach(([name, value], index) => {
    if (index > 0) markdown.appendMarkdown('  \n');
    markdown.appendMarkdown('**').appendText(name).appendMarkdown('** ').appendText(value);
  });
  return markdown;
}

export class FleetViews implements vscode.Disposable {
  readonly peers: RowTree;
  readonly roles: RowTree;
  readonly #peersView: vscode.TreeView<string>;
  readonly #rolesView: vscode.TreeView<string>;
  readonly #rows: FleetRows;
  readonly #lenses: PeerLensProvider;
  readonly #l10n: Language;
  readonly #elsewhere: ((id: string) => Row | undefined)[] = [];
  readonly history = new PeerHistory();
  #view: FleetView | null = null;

  constructor(l10n: Language, additions: PeerAdditions) {
    this.#l10n = l10n;
    this.#rows = new FleetRows(l10n, additions);
    this.#lenses = new PeerLensProvider(l10n);
    const tooltip = (row: Row): vscode.MarkdownString | undefined => {
      if (row.subject.kind !== 'peer' || this.#view === null) return undefined;
      const asOf = new Date().toISOString();
      const { peer } = row.subject;
      const trips = roundTrips(this.history.of(peer.id).roundTrips, l10n);
      const facts = peerFacts(peer, this.#rows.context(this.#view), asOf, l10n);
      return factsMarkdown(trips === null ? facts : [...facts, [l10n.t('Round trips'), trips]]);
    };
    this.peers = new RowTree(tooltip);
    this.roles = new RowTree(() => undefined);
    this.#peersView = vscode.window.createTreeView('jarviscoreFleet.peers', {
      treeDataProvider: this.peers,
      showCollapseAll: true,
    });
    this.#rolesView = vscode.window.createTreeView('jarviscoreFleet.roles', {
      treeDataProvider: this.roles,
      showCollapseAll: true,
    });
  }

  show(view: FleetView | null, sidebar: Sidebar, arrangement: Arrangement = plain): void {
    this.#view = view;
    this.history.take(view?.peers ?? []);
    this.#lenses.show(view);
    const live = view !== null && (sidebar.state === 'running' || sidebar.state === 'alone' || sidebar.state === 'aloneSilent');
    this.peers.show(live ? this.#rows.peers(view, arrangement) : []);
    this.roles.show(live ? this.#rows.roles(view) : []);
    // Each of these setters sends a message to the window, changed or not.
    if (this.#peersView.description !== sidebar.description) this.#peersView.description = sidebar.description;
    const filter = live && arrangement.filter !== '' ? this.#l10n.t('Filter: {0}', arrangement.filter) : '';
    const message = [filter, sidebar.message].filter((part) => part !== '').join(' · ');
    if ((this.#peersView.message ?? '') !== message) this.#peersView.message = message;
    const badge = this.#peersView.badge;
    if (badge?.value !== sidebar.badge?.value || badge?.tooltip !== sidebar.badge?.tooltip) {
      this.#peersView.badge = sidebar.badge ?? undefined;
    }
  }

  /** Rows of other views, for the commands that work on a row of any. */
  also(find: (id: string) => Row | undefined): void {
    this.#elsewhere.push(find);
  }

  /** How a node is called on screen; null for our own. */
  nameOf(peer: string): string | null {
    return this.#view === null ? peer : this.#rows.context(this.#view).nameOf(peer);
  }

  context(view: FleetView): PeerContext {
    return this.#rows.context(view);
  }

  /** Opens the sidebar at a row of Fleet Peers. @returns false where there is no such row (any more). */
  async reveal(id: string): Promise<boolean> {
    if (this.peers.row(id) === undefined) return false;
    await this.#peersView.reveal(id, { select: true, focus: true });
    return true;
  }

  /** The row a command was called on: its id as argument (a click), else what is selected (the command palette). */
  target(argument: unknown): Row | undefined {
    if (typeof argument === 'string') {
      const row = this.peers.row(argument) ?? this.roles.row(argument);
      return row ?? this.#elsewhere.map((find) => find(argument)).find((found) => found !== undefined);
    }
    const [selected] = this.#peersView.selection.length > 0 ? this.#peersView.selection : this.#rolesView.selection;
    return selected === undefined ? undefined : (this.peers.row(selected) ?? this.roles.row(selected));
  }

  dispose(): void {
    this.#lenses.dispose();
    this.#peersView.dispose();
    this.#rolesView.dispose();
    this.peers.dispose();
    this.roles.dispose();
  }
}
