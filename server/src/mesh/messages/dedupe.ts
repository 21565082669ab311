const maxSources = 256;
const maxIdsPerSource = 512;

/**
 * Remembers message ids per sender, bounded both ways so that one flooding sender cannot push out the others' ids.
 * Python repeats messages it already had acknowledged (28 of 229 in a burst), so this is not a rare path.
 */
export interface Dedupe {
  /** True the first time this pair is seen. */
  isNew(source: string, id: string): boolean;
  readonly size: number;
}

export function createDedupe(): Dedupe {
  const sources = new Map<string, Set<string>>();
  let latest: string | null = null;
  return {
    isNew(source, id) {
      let ids = sources.get(source);
      if (ids === undefined) ids = new Set();
      else if (source !== latest) sources.delete(source);
      // The first key is the source that has been silent longest, the last one that of the last message.
      if (source !== latest) sources.set(source, ids);
      latest = source;
      if (sources.size > maxSources) {
        const [oldest] = sources.keys();
        if (oldest !== undefined) sources.delete(oldest);
      }
      if (ids.has(id)) return false;
      ids.add(id);
      if (ids.size > maxIdsPerSource) {
        const [oldest] = ids;
        if (oldest !== undefined) ids.delete(oldest);
      }
      return true;
    },
    get size() {
      let size = 0;
      for (const ids of sources.values()) size += ids.size;
      return size;
    },
  };
}
