/** What shapes and lines mean, in words. */
import * as l10n from '@vscode/l10n';
import type { MapEdgeKind, MapState } from '#schemas/editor/map.ts';
import { element, svgElement } from './dom.ts';
import { symbolPath, symbolTurn } from './symbols.ts';

function entry(sample: SVGElement, text: string): HTMLElement {
  return element('li', {}, sample, text);
}

function symbolSample(state: MapState): SVGElement {
  const svg = svgElement('svg', { width: '16', height: '16', viewBox: '-8 -8 16 16', 'aria-hidden': 'true' });
  const group = svgElement('g', { class: `node ${state}` });
  group.append(svgElement('path', { class: 'symbol', d: symbolPath(state, 80), transform: symbolTurn(state) }));
  svg.append(group);
  return svg;
}

function lineSample(kind: MapEdgeKind): SVGElement {
  const svg = svgElement('svg', { width: '36', height: '12', viewBox: '0 0 36 12', 'aria-hidden': 'true' });
  const line = svgElement('path', { class: `edge ${kind}`, d: 'M1,6L34,6' });
  if (kind !== 'member') line.setAttribute('marker-end', `url(#arrow-${kind})`);
  svg.append(line);
  return svg;
}

export function legend(): HTMLElement {
  const states: readonly (readonly [MapState, string])[] = [
    ['alive', l10n.t('alive')],
    ['suspect', l10n.t('suspect')],
    ['dead', l10n.t('dead')],
    ['left', l10n.t('left')],
    ['offline', l10n.t('offline')],
    ['unknown', l10n.t('unknown')],
    ['unseen', l10n.t('declared, never seen')],
    ['self', l10n.t('this window')],
  ];
  const edges: readonly (readonly [MapEdgeKind, string])[] = [
    ['member', l10n.t('is a member')],
    ['suspects', l10n.t('suspects')],
    ['dead', l10n.t('holds dead')],
    ['silent', l10n.t('gets no answer')],
  ];
  return element(
    'ul',
    { class: 'legend', 'aria-label': l10n.t('Legend') },
    ...states.map(([state, text]) => entry(symbolSample(state), text)),
    ...edges.map(([kind, text]) => entry(lineSample(kind), text)),
  );
}
