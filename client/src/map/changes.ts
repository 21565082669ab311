/** What changed between two lists of things with ids, so that only that crosses to the page. */
import type { Changes } from '#schemas/editor/map.ts';

interface Identified {
  readonly id: string;
}

export class ChangeTracker<T extends Identified> {
  /** By id, what the page has, as text. */
  #sent: ReadonlyMap<string, string> = new Map();

  /** Compares with the last list; forgets that list when `fresh`. Two things with one id count as the last of them. */
  next(items: readonly T[], fresh: boolean): Changes<T> {
    const before = fresh ? new Map<string, string>() : this.#sent;
    const after = new Map<string, string>();
    const put = new Map<string, T>();
    for (const item of items) {
      const text = JSON.stringify(item);
      after.set(item.id, text);
      if (before.get(item.id) === text) put.delete(item.id);
      else put.set(item.id, item);
    }
    this.#sent = after;
    return { put: [...put.values()], drop: [...before.keys()].filter((id) => !after.has(id)) };
  }
}
