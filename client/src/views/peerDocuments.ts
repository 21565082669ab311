/** The details of one node as a document that nobody can edit and that follows the node while it is open. */
import * as vscode from 'vscode';
import type { FleetView } from '#schemas/fleet/view.ts';
import type { Language } from '../fleet/language.ts';
import { peerDetails } from '../fleet/peerDetails.ts';
import type { PeerHistory } from '../fleet/peerHistory.ts';
import { type PeerContext, peerName } from '../fleet/peerRow.ts';

const scheme = 'jarviscore-peer';
/** The time of writing alone is no reason to write anew. */
const noTime = '1970-01-01T00:00:00.000Z';

export class PeerDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #language: Language;
  readonly #history: PeerHistory;
  readonly #context: (view: FleetView) => PeerContext;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  readonly #written = new Map<string, string>();
  readonly onDidChange = this.#changed.event;
  #view: FleetView | null = null;

  constructor(language: Language, history: PeerHistory, context: (view: FleetView) => PeerContext) {
    this.#language = language;
    this.#history = history;
    this.#context = context;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  async show(peer: { readonly id: string } & Parameters<typeof peerName>[0]): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: `/${peerName(peer).replaceAll('/', '∕')}`, query: peer.id });
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /** Brings the open documents up to date where something in them changed. */
  update(view: FleetView | null): void {
    this.#view = view;
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme !== scheme) continue;
      const text = this.#text(uri.query, noTime);
      if (this.#written.get(uri.query) !== text) this.#changed.fire(uri);
    }
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    this.#written.set(uri.query, this.#text(uri.query, noTime));
    return this.#text(uri.query, new Date().toISOString());
  }

  #text(id: string, asOf: string): string {
    const peer = this.#view?.peers.find((one) => one.id === id) ?? null;
    const context = this.#view === null ? { nameOf: () => null, anyDeclared: false } : this.#context(this.#view);
    return peerDetails(peer, this.#history.of(id), context, asOf, this.#language);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
