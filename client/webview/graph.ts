/** The picture of the fleet: who is there, and who says what of whom. Only what changed is touched. */
import { type Selection, select } from 'd3-selection';
import { type ZoomBehavior, zoom, zoomIdentity } from 'd3-zoom';
import { HostLayout, type Layout, type Placed, RingLayout } from '#client/map/layout.ts';
import type { MapEdge, MapNode, MapPageState } from '#schemas/editor/map.ts';
import { svgElement } from './dom.ts';
import { edgePath, markers } from './edges.ts';
import type { PageModel, Touched } from './model.ts';
import { symbolPath, symbolTurn } from './symbols.ts';

export interface GraphEvents {
  /** A node was opened: Enter, Space or a click. */
  opened(id: string): void;
  zoomed(zoom: MapPageState['zoom']): void;
}

/** Of the picture in its own units: wider where labels point outwards. */
const UPRIGHT = [1_000, 760] as const;
const OUTWARDS = [1_140, 1_000] as const;
const CLOSEST = 12;
const FARTHEST = 0.3;
/** Below this much room along the ring, labels point outwards. */
const UPRIGHT_ROOM = 60;
/** The local node has the middle for itself. */
const SELF_RADIUS = 14;

function viewBox([width, height]: readonly [number, number]): string {
  return `${-width / 2} ${-height / 2} ${width} ${height}`;
}

type Group<T> = Selection<SVGGElement, T, SVGGElement, unknown>;

export class Graph {
  readonly svg = svgElement('svg', {
    class: 'topology',
    role: 'group',
    viewBox: viewBox(UPRIGHT),
    preserveAspectRatio: 'xMidYMid meet',
  });
  readonly #events: GraphEvents;
  readonly #zoom: ZoomBehavior<SVGSVGElement, unknown>;
  readonly #hosts: Selection<SVGGElement, unknown, null, undefined>;
  readonly #edges: Selection<SVGGElement, unknown, null, undefined>;
  readonly #nodes: Selection<SVGGElement, unknown, null, undefined>;
  #layout: RingLayout | HostLayout;
  #placed: Layout = { places: new Map(), hosts: new Map(), room: 0 };
  /** The node that Tab leads to. */
  #current: string | null = null;

  constructor(kind: MapPageState['layout'], at: MapPageState['zoom'], events: GraphEvents) {
    this.#events = events;
    this.#layout = kind === 'ring' ? new RingLayout() : new HostLayout();
    this.svg.append(markers());
    const view = select(this.svg).append('g').attr('class', 'view');
    this.#hosts = view.append('g').attr('class', 'hosts').attr('aria-hidden', 'true');
    this.#edges = view.append('g').attr('class', 'edges').attr('aria-hidden', 'true');
    this.#nodes = view.append('g').attr('class', 'nodes');
    this.#zoom = zoom<SVGSVGElement, unknown>()
      .scaleExtent([FARTHEST, CLOSEST])
      .on('zoom', ({ transform }) => {
        view.attr('transform', transform.toString());
        events.zoomed([transform.k, transform.x, transform.y]);
      });
    const [scale, x, y] = at;
    // d3 measures by the size on screen, which is not there yet; the user units of the viewBox are.
    this.#zoom.extent([
      [-OUTWARDS[0] / 2, -OUTWARDS[1] / 2],
      [OUTWARDS[0] / 2, OUTWARDS[1] / 2],
    ]);
    select(this.svg).call(this.#zoom).on('dblclick.zoom', null);
    this.#zoom.transform(select(this.svg), zoomIdentity.translate(x, y).scale(scale));
    this.svg.addEventListener('keydown', (event) => this.#key(event));
  }

  zoomBy(factor: number): void {
    this.#zoom.scaleBy(select(this.svg), factor, [0, 0]);
  }

  fit(): void {
    this.#zoom.transform(select(this.svg), zoomIdentity);
  }

  setLayout(kind: MapPageState['layout'], model: PageModel): void {
    this.#layout = kind === 'ring' ? new RingLayout() : new HostLayout();
    this.update(model, null);
  }

  focus(id: string): void {
    this.#current = id;
    const all = this.#nodes.selectAll<SVGGElement, MapNode>('g.node');
    all.attr('tabindex', (node) => (node.id === id ? 0 : -1));
    all
      .filter((node) => node.id === id)
      .node()
      ?.focus();
  }

  /** @param touched null: draw everything anew where it stands now */
  update(model: PageModel, touched: Touched | null): void {
    const nodes = [...model.nodes.values()];
    const before = this.#placed;
    const joined = touched === null || [...touched.nodes].some((id) => before.places.has(id) !== model.nodes.has(id));
    const rehosted = touched !== null && this.#layout instanceof HostLayout && touched.nodes.size > 0;
    if (joined || rehosted) {
      const shaped = nodes.map(({ id, label, host, state }) => ({ id, label, host, self: state === 'self' }));
      this.#placed = this.#layout.place(shaped);
    }
    const placed = this.#placed;
    const box = viewBox(placed.room < UPRIGHT_ROOM ? OUTWARDS : UPRIGHT);
    if (this.svg.getAttribute('viewBox') !== box) this.svg.setAttribute('viewBox', box);
    const same = (id: string): boolean => {
      const [old, now] = [before.places.get(id), placed.places.get(id)];
      return before.room === placed.room && old?.x === now?.x && old?.y === now?.y;
    };
    this.#drawHosts();
    this.#drawEdges([...model.edges.values()], (edge) =>
      Boolean(touched === null || touched.edges.has(edge.id) || !same(edge.source) || !same(edge.target)),
    );
    this.#drawNodes(nodes, (node) => touched === null || touched.nodes.has(node.id) || !same(node.id));
  }

  #drawHosts(): void {
    const hosts = [...this.#placed.hosts].map(([name, circle]) => ({ name, ...circle }));
    const joined = this.#hosts
      .selectAll<SVGGElement, (typeof hosts)[number]>('g.host')
      .data(hosts, ({ name }) => name)
      .join((enter) => {
        const group = enter.append('g').attr('class', 'host');
        group.append('circle');
        group.append('text').attr('text-anchor', 'middle').attr('dominant-baseline', 'middle');
        return group;
      });
    joined
      .select('circle')
      .attr('cx', ({ x }) => x)
      .attr('cy', ({ y }) => y)
      .attr('r', ({ radius }) => radius);
    joined
      .select('text')
      .attr('x', ({ x }) => x)
      .attr('y', ({ y }) => y)
      .text(({ name }) => name);
  }

  #drawEdges(edges: readonly MapEdge[], changed: (edge: MapEdge) => boolean): void {
    const place = (id: string): Placed => this.#placed.places.get(id) ?? { x: 0, y: 0, angle: 0 };
    const gap = this.#radius() + 4;
    const joined = this.#edges
      .selectAll<SVGPathElement, MapEdge>('path.edge')
      .data(edges, ({ id }) => id)
      .join((enter) => {
        const path = enter.append('path');
        path.append('title');
        return path;
      })
      .filter(changed);
    joined
      .attr('class', ({ kind }) => `edge ${kind}`)
      .attr('marker-end', ({ kind }) => (kind === 'member' ? null : `url(#arrow-${kind})`))
      .attr('d', ({ source, target, kind }) => edgePath(place(source), place(target), gap, kind !== 'member'));
    joined.select('title').text(({ sentence }) => sentence);
  }

  #radius(): number {
    return Math.max(3, Math.min(18, this.#placed.room / 3));
  }

  #drawNodes(nodes: readonly MapNode[], changed: (node: MapNode) => boolean): void {
    const all: Group<MapNode> = this.#nodes
      .selectAll<SVGGElement, MapNode>('g.node')
      .data(nodes, ({ id }) => id)
      .join((enter) => {
        const group = enter.append('g').attr('role', 'button');
        group.append('circle').attr('class', 'halo');
        group.append('path').attr('class', 'symbol');
        const text = group.append('text');
        text.append('tspan').attr('class', 'name');
        text.append('tspan').attr('class', 'roles');
        group.on('click', (_event: MouseEvent, node) => this.#open(node.id));
        group.on('focus', (_event: FocusEvent, node) => this.#makeCurrent(node.id));
        return group;
      });
    const redrawn = all.filter(changed);
    redrawn
      .attr('class', ({ state }) => `node ${state}`)
      .attr('aria-label', ({ sentence }) => sentence)
      .attr('transform', ({ id }) => {
        const { x, y } = this.#placed.places.get(id) ?? { x: 0, y: 0 };
        return `translate(${x},${y})`;
      });
    const radius = ({ state }: MapNode): number => Math.max(state === 'self' ? SELF_RADIUS : 0, this.#radius());
    redrawn.select('.halo').attr('r', (node) => radius(node) + 5);
    redrawn
      .select('.symbol')
      .attr('d', (node) => symbolPath(node.state, radius(node) ** 2 * Math.PI))
      .attr('transform', ({ state }) => symbolTurn(state));
    for (const node of redrawn.nodes()) this.#label(select<SVGGElement, MapNode>(node));
    if (this.#current === null || !nodes.some(({ id }) => id === this.#current)) this.#makeCurrent(nodes[0]?.id ?? null);
    else this.#tabStops();
  }

  /** Name and roles: beside the node, pointing outwards where there is little room. */
  #label(group: Selection<SVGGElement, MapNode, null, undefined>): void {
    const node = group.datum();
    const { angle, x, y } = this.#placed.places.get(node.id) ?? { angle: 0, x: 0, y: 0 };
    const { room } = this.#placed;
    const centred = x === 0 && y === 0;
    const outwards = room < UPRIGHT_ROOM && !centred;
    const left = Math.cos(angle) < -0.001;
    const distance = Math.max(centred ? SELF_RADIUS : 0, this.#radius()) + 7;
    const below = !outwards && Math.abs(Math.cos(angle)) < 0.35;
    const down = Math.sin(angle) > 0 || centred;
    const text = group.select<SVGTextElement>('text');
    text.attr('font-size', centred ? 20 : Math.max(4.5, Math.min(outwards ? 15 : 22, room * 0.75)));
    const roles = node.roles.join(', ');
    const turn = (angle * 180) / Math.PI;
    if (outwards) {
      text
        .attr('text-anchor', left ? 'end' : 'start')
        .attr('transform', `rotate(${left ? turn + 180 : turn}) translate(${left ? -distance : distance},0)`);
    } else {
      const middle = below || centred;
      text.attr('text-anchor', middle ? 'middle' : left ? 'end' : 'start');
      text.attr(
        'transform',
        middle ? `translate(0,${down ? distance + 18 : -distance - 30})` : `translate(${left ? -distance : distance},0)`,
      );
    }
    // A space, or they are one word to those who do not see the line break; on the side where it moves nothing.
    const [after, before] = roles === '' ? ['', ''] : text.attr('text-anchor') === 'end' && !outwards ? ['', ' '] : [' ', ''];
    text
      .select('.name')
      .attr('x', 0)
      .attr('dy', outwards ? '0.35em' : '0.1em')
      .text(`${node.label}${after}`);
    const own = text.select('.roles');
    if (outwards) own.attr('x', null).attr('dx', '0.2em').attr('dy', null);
    else own.attr('x', 0).attr('dx', null).attr('dy', '1.2em');
    own.text(`${before}${roles}`);
  }

  #open(id: string): void {
    this.#makeCurrent(id);
    this.#events.opened(id);
  }

  #makeCurrent(id: string | null): void {
    this.#current = id;
    this.#tabStops();
  }

  #tabStops(): void {
    this.#nodes.selectAll<SVGGElement, MapNode>('g.node').attr('tabindex', ({ id }) => (id === this.#current ? 0 : -1));
  }

  /** Clockwise, the local node first. */
  #order(): string[] {
    const angleOf = (place: Placed): number => (place.x === 0 && place.y === 0 ? -Math.PI : Math.atan2(place.x, -place.y));
    const turn = (place: Placed): number => {
      const angle = angleOf(place);
      return place.x === 0 && place.y === 0 ? -1 : angle < 0 ? angle + 2 * Math.PI : angle;
    };
    return [...this.#placed.places].toSorted(([, a], [, b]) => turn(a) - turn(b)).map(([id]) => id);
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const order = this.#order();
    const at = this.#current === null ? -1 : order.indexOf(this.#current);
    const go = (index: number): void => {
      const id = order[(index + order.length) % order.length];
      if (id !== undefined) this.focus(id);
    };
    const actions: Readonly<Record<string, () => void>> = {
      ArrowRight: () => go(at + 1),
      ArrowDown: () => go(at + 1),
      ArrowLeft: () => go(at - 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(order.length - 1),
      Enter: () => this.#current !== null && this.#open(this.#current),
      ' ': () => this.#current !== null && this.#open(this.#current),
      '+': () => this.zoomBy(1.4),
      '=': () => this.zoomBy(1.4),
      '-': () => this.zoomBy(1 / 1.4),
      '0': () => this.fit(),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  }
}
