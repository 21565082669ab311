/** What states each node had when, and our messages to and from it: a lane per node under one axis. */
import * as l10n from '@vscode/l10n';
import { axisTop } from 'd3-axis';
import { type ScaleTime, scaleTime } from 'd3-scale';
import { select } from 'd3-selection';
import type { MapMessage, MapNode, MapSpan } from '#schemas/editor/map.ts';
import { button, element, svgElement } from './dom.ts';
import { byLabel, type PageModel, type Touched } from './model.ts';
import { patterns } from './patterns.ts';
import { TimeWindow } from './timeWindow.ts';

const LANE = 26;
const NAMES = 170;
const RIGHT = 12;
const AXIS = 26;
const ZOOM = 1.6;
/** Widths below this have no room for a word. */
const WORD_PX = 46;

/** Formats a moment for the axis: seconds only where a tick is not on a full minute. */
function tickText(language: string): (moment: Date) => string {
  const hours = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const minute = new Intl.DateTimeFormat(language, hours);
  const second = new Intl.DateTimeFormat(language, { ...hours, second: '2-digit' });
  return (moment) => (moment.getSeconds() === 0 ? minute : second).format(moment);
}

export class Timeline {
  readonly section = element('section', { class: 'timeline', 'aria-labelledby': 'timeline-title' });
  readonly svg = svgElement('svg', { class: 'lanes', role: 'img', 'aria-hidden': 'true' });
  readonly axis = svgElement('svg', { class: 'axis', 'aria-hidden': 'true', height: String(AXIS) });
  readonly #scroll: HTMLElement;
  readonly #now: HTMLButtonElement;
  readonly #window = new TimeWindow();
  readonly #tick: (moment: Date) => string;
  readonly #model: PageModel;
  #width = 600;

  constructor(language: string, model: PageModel) {
    this.#model = model;
    this.#tick = tickText(language);
    const title = element('h2', { id: 'timeline-title' }, l10n.t('Timeline'));
    const zoomIn = button('+', l10n.t('Show less time'));
    const zoomOut = button('−', l10n.t('Show more time'));
    this.#now = button(l10n.t('Now'), l10n.t('Follow the present'), true);
    zoomIn.addEventListener('click', () => this.#zoom(ZOOM));
    zoomOut.addEventListener('click', () => this.#zoom(1 / ZOOM));
    this.#now.addEventListener('click', () => this.#change(() => this.#window.follow()));
    const bar = element('div', { class: 'bar' }, title, zoomIn, zoomOut, this.#now);
    this.#scroll = element('div', {
      class: 'scroll',
      tabindex: '0',
      role: 'group',
      'aria-label': l10n.t(
        'Timeline. Left and right move in time, plus and minus zoom, End follows the present. The table has the same facts.',
      ),
    });
    this.#scroll.append(this.svg);
    this.svg.append(patterns());
    for (const name of ['grid', 'names', 'spans', 'messages']) this.svg.append(svgElement('g', { class: name }));
    this.section.append(bar, this.axis, this.#scroll);
    this.#scroll.addEventListener('keydown', (event) => this.#key(event));
    this.#scroll.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.#drag();
    new ResizeObserver(() => this.#resize()).observe(this.#scroll);
  }

  /** Moves on with the clock; touches what depends on the present only. */
  tick(): void {
    if (this.section.hidden || !this.#window.following) return;
    this.#draw(null);
  }

  update(touched: Touched | null): void {
    this.#draw(touched);
  }

  #resize(): void {
    const width = Math.max(NAMES + 120, this.#scroll.clientWidth);
    if (width === this.#width) return;
    this.#width = width;
    this.#draw(null);
  }

  #change(what: () => void): void {
    what();
    this.#now.setAttribute('aria-pressed', String(this.#window.following));
    this.#draw(null);
  }

  #zoom(factor: number, share = this.#window.following ? 1 : 0.5): void {
    this.#change(() => this.#window.zoom(factor, share, Date.now()));
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const actions: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.#window.pan(-0.1, Date.now()),
      ArrowRight: () => this.#window.pan(0.1, Date.now()),
      End: () => this.#window.follow(),
    };
    const action = actions[event.key];
    if (event.key === '+' || event.key === '=') this.#zoom(ZOOM);
    else if (event.key === '-') this.#zoom(1 / ZOOM);
    else if (action !== undefined) this.#change(action);
    else return;
    event.preventDefault();
  }

  /** Alone the wheel scrolls the lanes; with Ctrl, and when pinched, it zooms. */
  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const left = this.svg.getBoundingClientRect().left + NAMES;
    const share = (event.clientX - left) / (this.#width - NAMES - RIGHT);
    this.#zoom(2 ** (-event.deltaY / 200), Math.min(1, Math.max(0, share)));
  }

  #drag(): void {
    let last: number | null = null;
    this.svg.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      last = event.clientX;
      this.svg.setPointerCapture(event.pointerId);
    });
    this.svg.addEventListener('pointermove', (event) => {
      if (last === null) return;
      const share = (last - event.clientX) / (this.#width - NAMES - RIGHT);
      last = event.clientX;
      if (share !== 0) this.#change(() => this.#window.pan(share, Date.now()));
    });
    for (const name of ['pointerup', 'pointercancel']) {
      this.svg.addEventListener(name, () => {
        last = null;
      });
    }
  }

  #scale(now: number): ScaleTime<number, number> {
    return scaleTime(
      [...this.#window.range(now)].map((at) => new Date(at)),
      [NAMES, this.#width - RIGHT],
    );
  }

  #draw(touched: Touched | null): void {
    if (this.section.hidden) return;
    const now = Date.now();
    const x = this.#scale(now);
    const lanes = byLabel(this.#model.nodes.values()).filter(({ state }) => state !== 'self');
    const top = new Map(lanes.map(({ id }, index) => [id, index * LANE] as const));
    const height = Math.max(1, lanes.length) * LANE;
    const svg = select(this.svg);
    if (this.svg.getAttribute('height') !== String(height)) svg.attr('height', height);
    if (this.svg.getAttribute('width') !== String(this.#width)) svg.attr('width', this.#width);
    this.#drawAxis(x, height);
    this.#drawNames(lanes, top);
    const from = x.domain()[0]?.getTime() ?? 0;
    this.#drawSpans([...this.#model.spans.values()], top, x, now, from);
    this.#drawMessages([...this.#model.messages.values()], top, x, from);
    if (touched !== null && lanes.length === 0) svg.select('.names').selectAll('*').remove();
  }

  #drawAxis(x: ScaleTime<number, number>, height: number): void {
    const ticks = Math.max(2, Math.floor((this.#width - NAMES) / 90));
    const axis = axisTop<Date>(x).ticks(ticks).tickFormat(this.#tick).tickSizeOuter(0);
    const own = select(this.axis).attr('width', this.#width);
    const group = own
      .selectAll<SVGGElement, null>('g')
      .data([null])
      .join('g')
      .attr('transform', `translate(0,${AXIS - 4})`);
    group.call(axis);
    // Set by the axis on its group: the style sheet is to decide.
    group.attr('font-size', null).attr('font-family', null).attr('fill', null);
    select(this.svg)
      .select('.grid')
      .selectAll<SVGLineElement, Date>('line')
      .data(x.ticks(ticks), (moment) => moment.getTime())
      .join('line')
      .attr('x1', (moment) => x(moment))
      .attr('x2', (moment) => x(moment))
      .attr('y2', height);
  }

  #drawNames(lanes: readonly MapNode[], top: ReadonlyMap<string, number>): void {
    select(this.svg)
      .select('.names')
      .selectAll<SVGTextElement, MapNode>('text')
      .data(lanes, ({ id }) => id)
      .join('text')
      .attr('x', 8)
      .attr('y', ({ id }) => (top.get(id) ?? 0) + LANE / 2)
      .attr('dominant-baseline', 'central')
      .text(({ label }) => (label.length > 24 ? `${label.slice(0, 23)}…` : label));
  }

  #drawSpans(
    spans: readonly MapSpan[],
    top: ReadonlyMap<string, number>,
    x: ScaleTime<number, number>,
    now: number,
    from: number,
  ): void {
    const end = (span: MapSpan): number => Math.min(x(span.to ?? now), this.#width - RIGHT);
    const start = (span: MapSpan): number => Math.max(NAMES, x(Math.max(span.from, from)));
    const width = (span: MapSpan): number => Math.max(1.5, end(span) - start(span));
    const shown = spans.filter((span) => top.has(span.node) && (span.to ?? now) >= from && x(span.from) <= this.#width - RIGHT);
    const groups = select(this.svg)
      .select('.spans')
      .selectAll<SVGGElement, MapSpan>('g')
      .data(shown, ({ id }) => id)
      .join((enter) => {
        const group = enter.append('g').attr('class', ({ state }) => `span ${state}`);
        group.append('rect').attr('height', 14).attr('rx', 2).append('title');
        group.append('text').attr('x', 4).attr('y', 7).attr('dominant-baseline', 'central');
        return group;
      });
    groups.attr('transform', (span) => `translate(${start(span).toFixed(1)},${(top.get(span.node) ?? 0) + 6})`);
    groups.select('rect').attr('width', (span) => width(span).toFixed(1));
    groups.select('title').text(({ word, reason }) => (reason === '' ? word : `${word}: ${reason}`));
    groups.select('text').text((span) => (width(span) >= WORD_PX ? span.word : ''));
  }

  #drawMessages(
    messages: readonly MapMessage[],
    top: ReadonlyMap<string, number>,
    x: ScaleTime<number, number>,
    from: number,
  ): void {
    const shown = messages.filter(({ node, at }) => top.has(node) && at >= from && x(at) <= this.#width - RIGHT);
    const joined = select(this.svg)
      .select('.messages')
      .selectAll<SVGPathElement, MapMessage>('path')
      .data(shown, ({ id }) => id)
      .join((enter) => {
        const path = enter.append('path');
        path.append('title');
        return path;
      });
    joined
      .attr('class', ({ direction, failed }) => `message ${direction}${failed ? ' failed' : ''}`)
      // Up: from us to it; down: from it to us.
      .attr('d', ({ direction }) => (direction === 'sent' ? 'M0,-4L3,2L-3,2Z' : 'M0,4L3,-2L-3,-2Z'))
      .attr(
        'transform',
        ({ node, at, direction }) =>
          `translate(${x(at).toFixed(1)},${(top.get(node) ?? 0) + (direction === 'sent' ? 4 : LANE - 4)})`,
      );
    joined.select('title').text(({ sentence }) => sentence);
  }
}
