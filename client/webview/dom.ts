/** Small helpers to build the page without markup in strings. */

export type Attributes = Readonly<Record<string, string>>;

/** A new element with attributes and what is in it. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

export const SVG = 'http://www.w3.org/2000/svg';

export function svgElement<K extends keyof SVGElementTagNameMap>(tag: K, attributes: Attributes = {}): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** Sets a text only where it differs: screen readers repeat what is set again. */
export function setText(node: Element, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** @param title what it does; also its name where its label is a mere sign */
export function button(label: string, title: string, pressed?: boolean): HTMLButtonElement {
  const made = element('button', { type: 'button', title }, label);
  if (/^\W$/u.test(label)) made.setAttribute('aria-label', title);
  if (pressed !== undefined) made.setAttribute('aria-pressed', String(pressed));
  return made;
}
