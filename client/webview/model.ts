/** What the page knows, kept up to date by changes. */
import type { Changes, MapEdge, MapHeader, MapMessage, MapNode, MapSpan, ToMap } from '#schemas/editor/map.ts';

export type MapUpdate = Extract<ToMap, { type: 'update' }>;

/** Ids that are new, changed or gone since the last update: nothing else needs to be touched. */
export interface Touched {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  readonly spans: ReadonlySet<string>;
  readonly messages: ReadonlySet<string>;
  /** States that are new, for the announcement to screen readers. */
  readonly news: readonly MapNode[];
}

function take<T extends { readonly id: string }>(known: Map<string, T>, changes: Changes<T>, fresh: boolean): Set<string> {
  const touched = new Set([...changes.put.map(({ id }) => id), ...changes.drop]);
  if (fresh) {
    for (const id of known.keys()) touched.add(id);
    known.clear();
  }
  for (const id of changes.drop) known.delete(id);
  for (const item of changes.put) known.set(item.id, item);
  return touched;
}

export class PageModel {
  header: MapHeader = { summary: '', live: false, hidden: 0 };
  readonly nodes = new Map<string, MapNode>();
  readonly edges = new Map<string, MapEdge>();
  readonly spans = new Map<string, MapSpan>();
  readonly messages = new Map<string, MapMessage>();
  #started = false;

  apply(update: MapUpdate): Touched {
    const before = new Map([...this.nodes.values()].map(({ id, state }) => [id, state] as const));
    this.header = update.header;
    const touched = {
      nodes: take(this.nodes, update.nodes, update.fresh),
      edges: take(this.edges, update.edges, update.fresh),
      spans: take(this.spans, update.spans, update.fresh),
      messages: take(this.messages, update.messages, update.fresh),
    };
    // Not what was there when the page opened.
    const news = this.#started ? update.nodes.put.filter(({ id, state }) => before.get(id) !== state) : [];
    this.#started = true;
    return { ...touched, news };
  }
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** In the order in which people look for names. */
export function byLabel(nodes: Iterable<MapNode>): MapNode[] {
  return [...nodes].sort((a, b) => collator.compare(a.label, b.label) || (a.id < b.id ? -1 : 1));
}
