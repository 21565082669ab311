/** Lines from node to node. Each kind has its own dashes and head besides its colour (fleetMap.css). */
import type { MapEdgeKind } from '#schemas/editor/map.ts';
import { svgElement } from './dom.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Shapes of the heads, in a box of 10 × 10 with the tip at the right. */
const HEADS: Readonly<Record<Exclude<MapEdgeKind, 'member'>, string>> = {
  suspects: 'M1,1L9,5L1,9',
  dead: 'M0,0L10,5L0,10Z',
  silent: 'M5,0L5,10',
};

/** Definitions of the heads. */
export function markers(): SVGElement {
  const defs = svgElement('defs');
  for (const [kind, shape] of Object.entries(HEADS)) {
    const marker = svgElement('marker', {
      id: `arrow-${kind}`,
      viewBox: '0 0 10 10',
      refX: '9',
      refY: '5',
      markerWidth: '12',
      markerHeight: '12',
      markerUnits: 'userSpaceOnUse',
      orient: 'auto',
    });
    marker.append(svgElement('path', { class: `head ${kind}`, d: shape }));
    defs.append(marker);
  }
  return defs;
}

/**
 * From the edge of one symbol to that of another.
 *
 * @param gap distance from the middle of a node at which lines end
 * @param bent to one side, so that two nodes that accuse each other have two lines
 */
export function edgePath(from: Point, to: Point, gap: number, bent: boolean): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy);
  if (length <= 2 * gap) return '';
  const bend = bent ? Math.min(60, length * 0.15) : 0;
  const control = { x: (from.x + to.x) / 2 - (dy / length) * bend, y: (from.y + to.y) / 2 + (dx / length) * bend };
  const towards = (point: Point): Point => {
    const [cx, cy] = [control.x - point.x, control.y - point.y];
    const distance = Math.hypot(cx, cy);
    return { x: point.x + (cx / distance) * gap, y: point.y + (cy / distance) * gap };
  };
  const [start, end] = [towards(from), towards(to)];
  const text = ({ x, y }: Point): string => `${x.toFixed(1)},${y.toFixed(1)}`;
  return `M${text(start)}Q${text(control)} ${text(end)}`;
}
