/** The same facts as tables, for those who would rather read, or listen. */
import * as l10n from '@vscode/l10n';
import { select } from 'd3-selection';
import type { MapNode } from '#schemas/editor/map.ts';
import { element } from './dom.ts';
import { byLabel, type PageModel } from './model.ts';

interface Happened {
  readonly id: string;
  readonly at: number;
  readonly node: string;
  readonly what: string;
}

const MOST_EVENTS = 300;

type Column<T> = readonly [title: string, text: (item: T) => string];

function table<T extends { readonly id: string }>(caption: string, columns: readonly Column<T>[]): HTMLTableElement {
  const head = element('thead', {}, element('tr', {}, ...columns.map(([title]) => element('th', { scope: 'col' }, title))));
  return element('table', {}, element('caption', {}, caption), head, element('tbody'));
}

/** Rows by id in this order; cells whose text is the same are left alone. */
function fill<T extends { readonly id: string }>(of: HTMLTableElement, columns: readonly Column<T>[], items: readonly T[]): void {
  select(of)
    .select<HTMLTableSectionElement>('tbody')
    .selectAll<HTMLTableRowElement, T>('tr')
    .data(items, ({ id }) => id)
    .join((enter) => {
      const row = enter.append('tr');
      for (const index of columns.keys()) {
        if (index === 0) row.append('th').attr('scope', 'row');
        else row.append('td');
      }
      return row;
    })
    .order()
    .each((item, index, rows) => {
      const cells = rows[index]?.children ?? [];
      for (const [column, [, text]] of columns.entries()) {
        const cell = cells[column];
        const wanted = text(item);
        if (cell !== undefined && cell.textContent !== wanted) cell.textContent = wanted;
      }
    });
}

export class Tables {
  readonly section = element('section', { class: 'tables', 'aria-label': l10n.t('Fleet as tables'), tabindex: '0' });
  readonly #model: PageModel;
  readonly #nodeColumns: readonly Column<MapNode>[] = [
    [l10n.t('Node'), ({ label }) => label],
    [l10n.t('State'), ({ word }) => word],
    [l10n.t('Since'), ({ since }) => since],
    [l10n.t('Roles'), ({ roles }) => roles.join(', ')],
    [l10n.t('Address'), ({ address }) => address],
    [l10n.t('Because'), ({ reason }) => reason],
    [l10n.t('According to'), ({ accusers }) => accusers.join(', ')],
  ];
  readonly #eventColumns: readonly Column<Happened>[];
  readonly #nodes: HTMLTableElement;
  readonly #events: HTMLTableElement;

  constructor(language: string, model: PageModel) {
    this.#model = model;
    const time = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' });
    this.#eventColumns = [
      [l10n.t('Time'), ({ at }) => time.format(at)],
      [l10n.t('Node'), ({ node }) => node],
      [l10n.t('What happened'), ({ what }) => what],
    ];
    this.#nodes = table(l10n.t('Nodes'), this.#nodeColumns);
    this.#events = table(l10n.t('States and messages, newest first'), this.#eventColumns);
    this.section.append(this.#nodes, this.#events);
  }

  update(): void {
    if (this.section.hidden) return;
    const { nodes, spans, messages } = this.#model;
    fill(this.#nodes, this.#nodeColumns, byLabel(nodes.values()));
    const nameOf = (id: string): string => nodes.get(id)?.label ?? id;
    const happened: Happened[] = [
      ...[...spans.values()].map(({ id, node, from, word, reason }) => ({
        id,
        at: from,
        node: nameOf(node),
        what: reason === '' ? word : `${word}: ${reason}`,
      })),
      ...[...messages.values()].map(({ id, node, at, sentence }) => ({ id, at, node: nameOf(node), what: sentence })),
    ];
    fill(this.#events, this.#eventColumns, happened.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).slice(0, MOST_EVENTS));
  }
}
