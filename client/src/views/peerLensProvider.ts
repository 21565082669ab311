/** Lenses that say whether a declared process is alive, and lead to its row. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FleetView } from '#schemas/fleet/view.ts';
import type { Language } from '../fleet/language.ts';
import { type LensesByDocument, PeerLenses } from '../fleet/peerLenses.ts';
import { documentSelector } from '../session/documents.ts';

export class PeerLensProvider implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #registration: vscode.Disposable;
  readonly #peers: PeerLenses;
  #lenses: LensesByDocument = new Map();
  #key = '[]';

  constructor(l10n: Language) {
    this.#peers = new PeerLenses(l10n);
    this.#registration = vscode.languages.registerCodeLensProvider(documentSelector, this);
  }

  /** VS Code asks again only when a lens would look different. */
  show(view: FleetView | null): void {
    const lenses = this.#peers.of(view);
    if (lenses === this.#lenses) return;
    this.#lenses = lenses;
    const key = JSON.stringify([...this.#lenses]);
    if (key === this.#key) return;
    this.#key = key;
    this.#changed.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const enabled = vscode.workspace.getConfiguration('jarviscoreFleet', document).get<boolean>('codeLens.processes', true);
    const lenses = enabled ? (this.#lenses.get(document.uri.toString()) ?? []) : [];
    return lenses.map(
      ({ line, title, row }) =>
        new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
          title,
          tooltip: l10n.t('Show in Fleet Peers'),
          command: 'jarviscoreFleet.revealPeer',
          arguments: [row],
        }),
    );
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
