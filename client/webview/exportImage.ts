/** The picture and the timeline as one image that needs no style sheet. */
import { SVG, svgElement } from './dom.ts';

/** What a style sheet may have given an element of the picture. */
const STYLES = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'opacity'],
  ...['font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'paint-order'],
] as const;

/** Means nothing outside the page. */
const DROPPED = ['tabindex', 'role', 'class', 'aria-hidden', 'aria-label'];

const PICTURE = { width: 1_140, height: 860 };
const AXIS = 26;

/** A copy with every computed style written out; what is not drawn is left out. */
function copy(source: SVGElement): SVGElement {
  const clone = source.cloneNode(true) as SVGElement;
  const originals = [...source.querySelectorAll('*')];
  const copies = [...clone.querySelectorAll('*')];
  for (const [index, original] of originals.entries()) {
    const made = copies[index];
    if (made === undefined) continue;
    const style = getComputedStyle(original);
    if (style.display === 'none' && original.closest('defs') === null) {
      made.remove();
      continue;
    }
    for (const name of STYLES) {
      const value = style.getPropertyValue(name);
      // Markers and fillings are named by fragment; the browser tells them with the page's address before it.
      if (value !== '') made.setAttribute(name, value.replace(/url\("[^"#]*#([^"]+)"\)/, 'url(#$1)'));
    }
    for (const name of DROPPED) made.removeAttribute(name);
  }
  for (const name of DROPPED) clone.removeAttribute(name);
  return clone;
}

function place(part: SVGElement, y: number, width: number, height: number): SVGElement {
  part.setAttribute('x', '0');
  part.setAttribute('y', String(y));
  part.setAttribute('width', String(width));
  part.setAttribute('height', String(height));
  return part;
}

export interface ImageParts {
  readonly topology: SVGElement;
  readonly axis: SVGElement;
  readonly lanes: SVGElement;
  readonly title: string;
}

export interface DrawnImage {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

/** A whole SVG document. */
export function svgImage({ topology, axis, lanes, title }: ImageParts): DrawnImage {
  const lanesHeight = Number(lanes.getAttribute('height') ?? 0);
  const width = Math.max(PICTURE.width, Number(lanes.getAttribute('width') ?? 0));
  const height = PICTURE.height + AXIS + lanesHeight + 12;
  const root = svgElement('svg', { xmlns: SVG, width: String(width), height: String(height), viewBox: `0 0 ${width} ${height}` });
  const name = svgElement('title');
  name.textContent = title;
  const body = getComputedStyle(document.body);
  const background = svgElement('rect', { width: '100%', height: '100%', fill: body.backgroundColor });
  root.append(
    name,
    background,
    place(copy(topology), 0, width, PICTURE.height),
    place(copy(axis), PICTURE.height, width, AXIS),
    place(copy(lanes), PICTURE.height + AXIS, width, lanesHeight),
  );
  return { text: `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`, width, height };
}

/** The same as PNG at twice the size, base64. Rejects when the browser cannot draw it. */
export async function pngImage(image: DrawnImage): Promise<string> {
  const url = URL.createObjectURL(new Blob([image.text], { type: 'image/svg+xml' }));
  try {
    const picture = new Image(image.width * 2, image.height * 2);
    picture.src = url;
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = picture.width;
    canvas.height = picture.height;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('The browser has no canvas.');
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
  } finally {
    URL.revokeObjectURL(url);
  }
}
