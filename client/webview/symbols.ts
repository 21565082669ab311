/** A shape for each state: nobody has to tell them apart by colour. */
import { symbol, symbolCircle, symbolCross, symbolDiamond, symbolSquare, symbolStar, symbolTriangle, symbolWye } from 'd3-shape';
import type { MapState } from '#schemas/editor/map.ts';

const SHAPES = {
  alive: symbolCircle,
  suspect: symbolTriangle,
  dead: symbolCross,
  left: symbolSquare,
  offline: symbolDiamond,
  unknown: symbolWye,
  unseen: symbolCircle,
  self: symbolStar,
} as const;

/** SVG path of a state's symbol. @param size area in square units, as d3 has it */
export function symbolPath(state: MapState, size: number): string {
  // A dead node's cross stands on its points: upright it would mean "add".
  return symbol(SHAPES[state], size)() ?? '';
}

export function symbolTurn(state: MapState): string {
  return state === 'dead' ? 'rotate(45)' : '';
}
