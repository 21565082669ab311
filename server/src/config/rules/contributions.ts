/** What every part of a check found, by document: a part can be taken again without touching the others. */
import { sameFindings } from './sameFindings.ts';
import type { RawFinding } from './selection.ts';

/** A document's findings by the number of the part that found them. */
type Parts = Map<number, readonly RawFinding[]>;

export class Contributions {
  readonly #byDocument = new Map<string, Parts>();
  /** Number of a part -> the documents it found something in. */
  readonly #documents = new Map<number, readonly string[]>();
  #changed = new Set<string>();

  /** Takes what a part found now, in place of what it found before. */
  put(part: number, findings: readonly RawFinding[]): void {
    const before = this.#documents.get(part);
    if (before === undefined && findings.length === 0) return;
    const found = byDocument(findings);
    for (const uri of before ?? []) {
      if (found.has(uri)) continue;
      this.#byDocument.get(uri)?.delete(part);
      this.#changed.add(uri);
    }
    for (const [uri, own] of found) {
      let parts = this.#byDocument.get(uri);
      if (parts === undefined) {
        parts = new Map();
        this.#byDocument.set(uri, parts);
      }
      const known = parts.get(part);
      if (known !== undefined && sameFindings(known, own)) continue;
      parts.set(part, own);
      this.#changed.add(uri);
    }
    if (found.size === 0) this.#documents.delete(part);
    else this.#documents.set(part, [...found.keys()]);
  }

  /** What all parts found in a document, in the order of their numbers. */
  of(uri: string): readonly RawFinding[] {
    const parts = this.#byDocument.get(uri);
    if (parts === undefined || parts.size === 0) return [];
    if (parts.size === 1) for (const only of parts.values()) return only;
    return [...parts].sort(([a], [b]) => a - b).flatMap(([, findings]) => findings);
  }

  /** Documents in which something was found, once at least. */
  documents(): Iterable<string> {
    return this.#byDocument.keys();
  }

  /** Documents whose findings changed since the last call. */
  takeChanged(): Set<string> {
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }
}

function byDocument(findings: readonly RawFinding[]): ReadonlyMap<string, readonly RawFinding[]> {
  const [first] = findings;
  // Nearly all parts speak about one document.
  if (first === undefined) return new Map();
  if (findings.every(({ uri }) => uri === first.uri)) return new Map([[first.uri, findings]]);
  return Map.groupBy(findings, ({ uri }) => uri);
}
