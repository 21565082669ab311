/** The fleet map with what it draws: the view, what was seen of each node, and our node's journal of messages. */
import * as vscode from 'vscode';
import type { FleetView } from '#schemas/fleet/view.ts';
import type { SeenState } from '../fleet/peerHistory.ts';
import type { PeerContext } from '../fleet/peerRow.ts';
import type { Session } from '../session/session.ts';
import { type MapData, MapPanel } from './mapPanel.ts';

/** How often the journal is asked while somebody looks at the map. */
const JOURNAL_MS = 1_000;

export class FleetMap implements MapData, vscode.Disposable {
  readonly #session: Session;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #panel: MapPanel;
  readonly #disposables: vscode.Disposable[];
  #messages: MapData['messages'] = { epoch: '', entries: [] };
  #following = false;
  #timer: NodeJS.Timeout | null = null;

  /** @param extension the folder of the extension */
  constructor(session: Session, extension: vscode.Uri) {
    this.#session = session;
    this.#panel = new MapPanel(this, session.language, extension);
    this.#disposables = [this.#changed, this.#panel, session.onDidRender(() => this.#changed.fire())];
  }

  get view(): FleetView | null {
    return this.#session.view;
  }

  get messages(): MapData['messages'] {
    return this.#messages;
  }

  get log(): vscode.LogOutputChannel {
    return this.#session.log;
  }

  context(view: FleetView): PeerContext {
    return this.#session.views.context(view);
  }

  past(peer: string): readonly SeenState[] {
    return this.#session.views.history.of(peer).states;
  }

  open(): void {
    this.#panel.open();
  }

  /** Follows the journal while the page is on screen; it asks again by itself. */
  shown(): void {
    if (this.#following) return;
    this.#following = true;
    void this.#ask().finally(() => {
      this.#timer = setTimeout(() => {
        this.#following = false;
        if (this.#panel.visible) this.shown();
      }, JOURNAL_MS);
    });
  }

  async #ask(): Promise<void> {
    if (this.view?.node.phase !== 'running') return;
    const { epoch, messages } = await this.#session.messages.all();
    this.#messages = { epoch: epoch ?? '', entries: messages };
    // What did not change is not sent again.
    this.#changed.fire();
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
