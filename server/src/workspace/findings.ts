/** Findings per document, each list under a result id that changes only with the list. */
import type { Finding } from '../config/model/types.ts';
import { sameFindings } from '../config/rules/sameFindings.ts';

export interface DocumentFindings {
  readonly resultId: string;
  readonly findings: readonly Finding[];
}

export class FindingsStore {
  readonly #byUri = new Map<string, DocumentFindings>();
  readonly #epoch: string;
  #next = 1;

  /** @param epoch makes ids of an earlier server process worthless to this one. */
  constructor(epoch: string) {
    this.#epoch = epoch;
  }

  /**
   * Takes the findings of the whole workspace.
   * @param uris every document, those without findings too.
   * @returns the documents whose findings changed, those that are gone included.
   */
  replace(uris: Iterable<string>, findings: Iterable<Finding>): ReadonlySet<string> {
    const grouped = byDocument(uris, findings);
    const gone = [...this.#byUri.keys()].filter((uri) => !grouped.has(uri));
    for (const uri of gone) this.#byUri.delete(uri);
    const changed = this.#take(grouped);
    for (const uri of gone) changed.add(uri);
    return changed;
  }

  /** The same for some documents; the others keep their findings. */
  update(uris: Iterable<string>, findings: Iterable<Finding>): ReadonlySet<string> {
    return this.#take(byDocument(uris, findings));
  }

  #take(grouped: ReadonlyMap<string, readonly Finding[]>): Set<string> {
    const changed = new Set<string>();
    for (const [uri, list] of grouped) {
      const before = this.#byUri.get(uri);
      if (before !== undefined && sameFindings(before.findings, list)) continue;
      this.#byUri.set(uri, { resultId: `${this.#epoch}.${this.#next++}`, findings: list });
      if (before !== undefined || list.length > 0) changed.add(uri);
    }
    return changed;
  }

  get(uri: string): DocumentFindings | undefined {
    return this.#byUri.get(uri);
  }

  all(): ReadonlyMap<string, DocumentFindings> {
    return this.#byUri;
  }
}

function byDocument(uris: Iterable<string>, findings: Iterable<Finding>): ReadonlyMap<string, readonly Finding[]> {
  const grouped = new Map<string, Finding[]>();
  for (const uri of uris) grouped.set(uri, []);
  for (const finding of findings) {
    const list = grouped.get(finding.uri);
    if (list === undefined) grouped.set(finding.uri, [finding]);
    else list.push(finding);
  }
  return grouped;
}
