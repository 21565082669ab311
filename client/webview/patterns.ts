/** Fillings for stretches of the timeline: a state is told by its hatching and its word, not by colour alone. */
import { svgElement } from './dom.ts';

const HATCHING = { suspect: 'M-1,1l2,-2M0,6l6,-6M5,7l2,-2', dead: 'M0,0l6,6M0,6l6,-6', unknown: 'M3,0l0,6' } as const;

export function patterns(): SVGElement {
  const defs = svgElement('defs');
  for (const [state, d] of Object.entries(HATCHING)) {
    const pattern = svgElement('pattern', { id: `fill-${state}`, width: '6', height: '6', patternUnits: 'userSpaceOnUse' });
    pattern.append(svgElement('path', { class: `hatching ${state}`, d }));
    defs.append(pattern);
  }
  return defs;
}
