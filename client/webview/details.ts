/** What is known of one node, beside the picture. */
import * as l10n from '@vscode/l10n';
import type { MapNode } from '#schemas/editor/map.ts';
import { button, element, setText } from './dom.ts';

export interface DetailsEvents {
  closed(): void;
  reveal(id: string): void;
  openConfiguration(id: string): void;
}

export class Details {
  readonly panel = element('aside', { class: 'details', 'aria-labelledby': 'details-title', hidden: '' });
  readonly #title = element('h2', { id: 'details-title', tabindex: '-1' });
  readonly #facts = element('dl');
  readonly #reveal = button(l10n.t('Show in Fleet Peers'), l10n.t('Show in Fleet Peers'));
  readonly #open = button(l10n.t('Reveal Configuration'), l10n.t('Reveal Configuration'));
  #id: string | null = null;

  constructor(events: DetailsEvents) {
    const close = button('×', l10n.t('Close'));
    close.classList.add('close');
    close.addEventListener('click', () => events.closed());
    this.#reveal.addEventListener('click', () => this.#id !== null && events.reveal(this.#id));
    this.#open.addEventListener('click', () => this.#id !== null && events.openConfiguration(this.#id));
    this.panel.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      events.closed();
    });
    const actions = element('div', { class: 'bar' }, this.#reveal, this.#open);
    this.panel.append(element('div', { class: 'bar' }, this.#title, close), this.#facts, actions);
  }

  /** The node on show; null: none. */
  get id(): string | null {
    return this.#id;
  }

  /** Opens at a node; its facts follow. @param focus whether the keyboard goes there, too */
  show(node: MapNode, focus: boolean): void {
    if (this.#id !== node.id) this.#facts.replaceChildren();
    this.#id = node.id;
    setText(this.#title, node.label);
    this.#reveal.hidden = !node.row;
    this.#open.hidden = !node.declared;
    this.panel.hidden = false;
    if (focus) this.#title.focus();
  }

  fill(id: string, facts: readonly (readonly [string, string])[]): void {
    if (id !== this.#id) return;
    const now = [...this.#facts.children].map((child) => child.textContent).join('\n');
    if (now === facts.flat().join('\n')) return;
    this.#facts.replaceChildren(...facts.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]));
  }

  close(): void {
    this.#id = null;
    this.panel.hidden = true;
  }
}
