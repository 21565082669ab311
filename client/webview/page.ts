/** Everything on the page: bar, picture, details, timeline, tables; and what happens when a person uses them. */
import * as l10n from '@vscode/l10n';
import type { MapNode } from '#schemas/editor/map.ts';
import { Details } from './details.ts';
import { button, element, setText } from './dom.ts';
import { pngImage, svgImage } from './exportImage.ts';
import { Graph } from './graph.ts';
import type { Host } from './host.ts';
import { legend } from './legend.ts';
import { type MapUpdate, PageModel, type Touched } from './model.ts';
import { Tables } from './table.ts';
import { Timeline } from './timeline.ts';

const TICK_MS = 1_000;
/** More at once are said as a number. */
const MOST_SAID = 3;

export class MapPage {
  readonly #host: Host;
  readonly #model = new PageModel();
  readonly #graph: Graph;
  readonly #timeline: Timeline;
  readonly #tables: Tables;
  readonly #details: Details;
  readonly #summary = element('p', { class: 'summary' });
  readonly #hidden = element('p', { class: 'note', hidden: '' });
  readonly #said = element('p', { class: 'said', 'aria-live': 'polite' });
  readonly #picture: HTMLElement;
  readonly #tableButton: HTMLButtonElement;

  constructor(host: Host, language: string) {
    this.#host = host;
    const { layout, zoom, table } = host.state;
    document.documentElement.lang = language;
    this.#graph = new Graph(layout, zoom, {
      opened: (id) => this.#open(id, true),
      zoomed: (at) => host.keep({ zoom: at }),
    });
    this.#timeline = new Timeline(language, this.#model);
    this.#tables = new Tables(language, this.#model);
    this.#details = new Details({
      closed: () => this.#close(),
      reveal: (id) => host.send({ type: 'reveal', id }),
      openConfiguration: (id) => host.send({ type: 'openConfiguration', id }),
    });
    this.#tableButton = button(l10n.t('Table'), l10n.t('Show the same facts as tables'), table);
    this.#tableButton.addEventListener('click', () => this.#showTables(!host.state.table));
    this.#picture = element('div', { class: 'picture' }, this.#graph.svg, legend());
    const stage = element('div', { class: 'stage' }, this.#picture, this.#details.panel);
    const main = element('main', {}, this.#bar(), this.#hidden, stage, this.#timeline.section, this.#tables.section, this.#said);
    document.body.replaceChildren(main);
    this.#showTables(table);
    setInterval(() => this.#timeline.tick(), TICK_MS);
  }

  update(update: MapUpdate): void {
    const touched = this.#model.apply(update);
    const { summary, hidden } = this.#model.header;
    setText(this.#summary, summary);
    this.#hidden.hidden = hidden === 0;
    const more = hidden === 1 ? l10n.t('1 more node is not drawn.') : l10n.t('{0} more nodes are not drawn.', hidden);
    setText(this.#hidden, hidden === 0 ? '' : more);
    this.#graph.svg.setAttribute(
      'aria-label',
      l10n.t('Map of the fleet: {0}. Arrow keys go from node to node, Enter opens one, plus and minus zoom.', summary),
    );
    this.#draw(touched);
    this.#say(touched.news);
    this.#refreshDetails(touched);
  }

  details(id: string, facts: readonly (readonly [string, string])[]): void {
    this.#details.fill(id, facts);
  }

  #bar(): HTMLElement {
    const title = element('h1', {}, l10n.t('Fleet Map'));
    const layout = element('select', { 'aria-label': l10n.t('Arrangement') });
    layout.append(element('option', { value: 'ring' }, l10n.t('Ring')), element('option', { value: 'host' }, l10n.t('By host')));
    layout.value = this.#host.state.layout;
    layout.addEventListener('change', () => {
      const kind = layout.value === 'host' ? 'host' : 'ring';
      this.#host.keep({ layout: kind });
      this.#graph.setLayout(kind, this.#model);
    });
    const zoomIn = button('+', l10n.t('Zoom in'));
    const zoomOut = button('−', l10n.t('Zoom out'));
    const fit = button(l10n.t('Fit'), l10n.t('Show the whole fleet'));
    zoomIn.addEventListener('click', () => this.#graph.zoomBy(1.4));
    zoomOut.addEventListener('click', () => this.#graph.zoomBy(1 / 1.4));
    fit.addEventListener('click', () => this.#graph.fit());
    const svg = button('SVG', l10n.t('Export as SVG'));
    const png = button('PNG', l10n.t('Export as PNG'));
    svg.addEventListener('click', () => void this.#export('svg'));
    png.addEventListener('click', () => void this.#export('png'));
    return element('header', { class: 'bar' }, title, this.#summary, layout, zoomOut, zoomIn, fit, this.#tableButton, svg, png);
  }

  #showTables(shown: boolean): void {
    this.#host.keep({ table: shown });
    this.#tableButton.setAttribute('aria-pressed', String(shown));
    this.#picture.hidden = shown;
    this.#timeline.section.hidden = shown;
    this.#tables.section.hidden = !shown;
    this.#draw(null);
  }

  #draw(touched: Touched | null): void {
    this.#graph.update(this.#model, touched);
    this.#timeline.update(touched);
    this.#tables.update();
  }

  #say(news: readonly MapNode[]): void {
    if (news.length === 0) return;
    const said = news.slice(0, MOST_SAID).map(({ label, word }) => l10n.t('{0}: {1}', label, word));
    const rest = news.length - said.length;
    if (rest > 0) said.push(rest === 1 ? l10n.t('1 more node changed') : l10n.t('{0} more nodes changed', rest));
    setText(this.#said, said.join(', '));
  }

  #open(id: string, focus: boolean): void {
    const node = this.#model.nodes.get(id);
    if (node === undefined) return;
    this.#host.keep({ selected: id });
    this.#details.show(node, focus);
    this.#host.send({ type: 'details', id });
  }

  #close(): void {
    const { id } = this.#details;
    this.#host.keep({ selected: null });
    this.#details.close();
    if (id !== null) this.#graph.focus(id);
  }

  #refreshDetails(touched: Touched): void {
    const { selected } = this.#host.state;
    if (selected === null || (!touched.nodes.has(selected) && this.#details.id !== null)) return;
    if (this.#model.nodes.has(selected)) this.#open(selected, false);
    else if (this.#details.id === selected) this.#details.close();
  }

  async #export(format: 'svg' | 'png'): Promise<void> {
    // A hidden picture has no computed styles to write out.
    const tables = this.#host.state.table;
    if (tables) this.#showTables(false);
    try {
      const { topology, axis, lanes } = { topology: this.#graph.svg, axis: this.#timeline.axis, lanes: this.#timeline.svg };
      const image = svgImage({ topology, axis, lanes, title: l10n.t('Map of the fleet: {0}', this.#model.header.summary) });
      this.#host.send({ type: 'export', format, data: format === 'svg' ? image.text : await pngImage(image) });
    } catch (error) {
      this.#host.problem(`The map could not be exported: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      if (tables) this.#showTables(true);
    }
  }
}
