/** The tab of the fleet map: one per window, fed while it is visible, restored after a reload of the window. */
import { randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FromMap, MapEdge, MapMessage, MapNode, MapSpan, ToMap } from '#schemas/editor/map.ts';
import type { FleetView } from '#schemas/fleet/view.ts';
import type { Language } from '../fleet/language.ts';
import type { SeenState } from '../fleet/peerHistory.ts';
import type { PeerContext } from '../fleet/peerRow.ts';
import { peerFacts } from '../fleet/peerTooltip.ts';
import { ChangeTracker } from './changes.ts';
import { saveImage } from './exportFile.ts';
import { type MapSource, mapModel } from './mapModel.ts';
import { pageHtml } from './pageHtml.ts';

export const mapViewType = 'jarviscoreFleet.map';

/** What the map shows, and whom it tells what a person did there. */
export interface MapData {
  readonly view: FleetView | null;
  context(view: FleetView): PeerContext;
  past(peer: string): readonly SeenState[];
  readonly messages: MapSource['messages'];
  readonly log: vscode.LogOutputChannel;
  /** The page is on screen and listens. */
  shown(): void;
  /** The view may have changed. */
  readonly onDidChange: vscode.Event<void>;
}

export class MapPanel implements vscode.Disposable {
  readonly #data: MapData;
  readonly #language: Language;
  readonly #folder: vscode.Uri;
  readonly #disposables: vscode.Disposable[] = [];
  #panel: vscode.WebviewPanel | undefined;
  /** Whether the page listens; what is sent before is lost. */
  #ready = false;
  #fresh = true;
  readonly #nodes = new ChangeTracker<MapNode>();
  readonly #edges = new ChangeTracker<MapEdge>();
  readonly #spans = new ChangeTracker<MapSpan>();
  readonly #messages = new ChangeTracker<MapMessage>();
  #header = '';

  /** @param extension the folder of the extension */
  constructor(data: MapData, language: Language, extension: vscode.Uri) {
    this.#data = data;
    this.#language = language;
    this.#folder = vscode.Uri.joinPath(extension, 'dist');
    this.#disposables.push(
      data.onDidChange(() => this.#update()),
      vscode.window.registerWebviewPanelSerializer(mapViewType, {
        deserializeWebviewPanel: (panel) => {
          this.#adopt(panel);
          return Promise.resolve();
        },
      }),
    );
  }

  /** Whether somebody looks at it. */
  get visible(): boolean {
    return this.#panel?.visible === true;
  }

  open(): void {
    if (this.#panel !== undefined) {
      this.#panel.reveal();
      return;
    }
    const column = vscode.window.activeTextEditor?.viewColumn ?? vscode.ViewColumn.One;
    this.#adopt(vscode.window.createWebviewPanel(mapViewType, l10n.t('Fleet Map'), column, {}));
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#panel = panel;
    this.#ready = false;
    const { webview } = panel;
    // A restored panel comes with the options of its time.
    webview.options = { enableScripts: true, enableForms: false, enableCommandUris: false, localResourceRoots: [this.#folder] };
    panel.onDidDispose(() => {
      if (this.#panel !== panel) return;
      this.#panel = undefined;
      this.#ready = false;
    });
    panel.onDidChangeViewState(() => {
      // A hidden page is thrown away and says `ready` when it is made again.
      if (!panel.visible) this.#ready = false;
    });
    webview.onDidReceiveMessage((message: unknown) => void this.#receive(message));
    const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(this.#folder, name)).toString();
    webview.html = pageHtml({
      script: address('fleetMap.js'),
      style: address('fleetMap.css'),
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64'),
      language: vscode.env.language,
      title: l10n.t('Fleet Map'),
    });
  }

  #send(message: ToMap): void {
    void this.#panel?.webview.postMessage(message);
  }

  #update(): void {
    if (!this.#ready || !this.visible) return;
    const { view, messages } = this.#data;
    const model = mapModel({ view, past: (peer) => this.#data.past(peer), messages, now: Date.now() }, this.#language);
    const fresh = this.#fresh;
    this.#fresh = false;
    const update = {
      nodes: this.#nodes.next(model.nodes, fresh),
      edges: this.#edges.next(model.edges, fresh),
      spans: this.#spans.next(model.spans, fresh),
      messages: this.#messages.next(model.messages, fresh),
    };
    const header = JSON.stringify(model.header);
    const changed = Object.values(update).some(({ put, drop }) => put.length + drop.length > 0);
    if (!fresh && !changed && header === this.#header) return;
    this.#header = header;
    this.#send({ type: 'update', fresh, header: model.header, ...update });
  }

  async #receive(raw: unknown): Promise<void> {
    const { readFromMap } = await import('./fromMap.ts');
    const read = readFromMap(raw);
    if (read.message === null) {
      this.#data.log.error(`The fleet map sent what cannot be read: ${read.problem}`);
      return;
    }
    await this.#handle(read.message).catch((error: unknown) => {
      this.#data.log.error(`The fleet map: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  async #handle(message: FromMap): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#fresh = true;
        this.#send({ type: 'init', language: vscode.env.language, texts: texts() });
        this.#update();
        this.#data.shown();
        return;
      case 'details':
        this.#details(message.id);
        return;
      case 'reveal':
        await vscode.commands.executeCommand('jarviscoreFleet.revealPeer', `peer:${message.id}`);
        return;
      case 'openConfiguration':
        await vscode.commands.executeCommand('jarviscoreFleet.revealConfiguration', `peer:${message.id}`);
        return;
      case 'export':
        try {
          await saveImage(message.format, message.data);
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          void vscode.window.showErrorMessage(l10n.t('The picture of the fleet map was not saved: {0}', reason));
          throw error;
        }
        return;
      case 'problem':
        this.#data.log.error(`The fleet map: ${message.text}`);
        return;
    }
  }

  #details(id: string): void {
    const { view } = this.#data;
    if (view === null) return;
    const peer = view.peers.find((each) => each.id === id);
    const self = view.node.self;
    const asOf = new Date().toISOString();
    const facts: [string, string][] =
      peer !== undefined
        ? peerFacts(peer, this.#data.context(view), asOf, this.#language).map(([name, value]) => [name, value])
        : self?.address === id
          ? [
              [l10n.t('Address'), self.address],
              ['ZeroMQ', self.zmqAddress],
              [l10n.t('Incarnation'), String(self.incarnation)],
              [l10n.t('Agents'), self.observing ? l10n.t('observing') : self.agents.map(({ role }) => role).join(', ')],
            ]
          : [];
    this.#send({ type: 'details', id, facts });
  }

  dispose(): void {
    this.#panel?.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

/** The translations of the page's texts: those of the whole extension, in this window's language. */
function texts(): Record<string, string> | null {
  const { bundle } = vscode.l10n;
  if (bundle === undefined) return null;
  const entries: [string, string][] = [];
  for (const [key, text] of Object.entries(bundle)) if (typeof text === 'string') entries.push([key, text]);
  return Object.fromEntries(entries);
}
