/** Findings per document, each list under a result id that changes only with the list. */
import type { Finding, Fix, Related } from '../config/model/types.ts';
import { comparePositions, type Range } from '../config/text/position.ts';

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
    const grouped = new Map<string, Finding[]>();
    for (const uri of uris) grouped.set(uri, []);
    for (const finding of findings) {
      const list = grouped.get(finding.uri);
      if (list === undefined) grouped.set(finding.uri, [finding]);
      else list.push(finding);
    }
    const changed = new Set<string>();
    for (const uri of [...this.#byUri.keys()]) {
      if (grouped.has(uri)) continue;
      this.#byUri.delete(uri);
      changed.add(uri);
    }
    for (const [uri, list] of grouped) {
      const before = this.#byUri.get(uri);
      if (before !== undefined && sameLists(before.findings, list)) continue;
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

/** Most findings are the very objects of the last run, which decides at once; those of fleet rules are made anew each time. */
function sameLists(a: readonly Finding[], b: readonly Finding[]): boolean {
  return a.length === b.length && a.every((finding, index) => sameFinding(finding, b[index]));
}

function sameFinding(a: Finding, b: Finding | undefined): boolean {
  if (a === b) return true;
  if (b === undefined || a.rule !== b.rule || a.severity !== b.severity || a.message !== b.message || a.setting !== b.setting)
    return false;
  return (
    sameRange(a.range, b.range) &&
    a.related.length === b.related.length &&
    a.related.every((entry, index) => sameRelated(entry, b.related[index])) &&
    a.fixes.length === b.fixes.length &&
    a.fixes.every((fix, index) => sameFix(fix, b.fixes[index]))
  );
}

function sameRelated(a: Related, b: Related | undefined): boolean {
  return a === b || (b !== undefined && a.uri === b.uri && a.message === b.message && sameRange(a.range, b.range));
}

function sameFix(a: Fix, b: Fix | undefined): boolean {
  if (a === b) return true;
  if (b === undefined || a.title !== b.title || a.safe !== b.safe || a.edits.length !== b.edits.length) return false;
  return a.edits.every((edit, index) => {
    const other = b.edits[index];
    return other !== undefined && edit.uri === other.uri && edit.newText === other.newText && sameRange(edit.range, other.range);
  });
}

function sameRange(a: Range, b: Range): boolean {
  return a === b || (comparePositions(a.start, b.start) === 0 && comparePositions(a.end, b.end) === 0);
}
