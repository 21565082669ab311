/** Symbols, folding and highlights of env files. */

import type { SourceDocument } from '../model/types.ts';
import { forEachStatement } from '../text/dotenvLexer.ts';
import { withoutEnd } from '../text/ends.ts';
import { LineIndex } from '../text/lines.ts';
import { type Position, type Range, touches } from '../text/position.ts';
import { type Site, sitesOf } from './sites.ts';

/** A heading in comments and all that stands below it up to the next one. Lines count from 0, both ends included. */
export interface Section {
  readonly title: string;
  readonly start: number;
  readonly end: number;
  /** The line of the title. */
  readonly titleLine: number;
}

interface Lines {
  /** First to last line of every assignment. */
  readonly bindings: readonly { readonly from: number; readonly to: number }[];
  /** Full-line comments by line. */
  readonly comments: ReadonlyMap<number, string>;
  readonly lastLine: number;
}

function linesOf(text: string): Lines {
  const index = new LineIndex(text);
  const bindings: { from: number; to: number }[] = [];
  const comments = new Map<number, string>();
  let lastLine = 0;
  forEachStatement(text, (statement) => {
    if (statement.content >= statement.end) return;
    const from = index.lineAt(statement.content);
    if (statement.kind === 'blank') {
      if (statement.comment === null) return;
      const { start, end } = statement.comment;
      const line = index.lineAt(start);
      comments.set(line, text.slice(start, end));
      lastLine = Math.max(lastLine, line);
      return;
    }
    let end = statement.end;
    while (end > statement.content && /[\r\n]/.test(text[end - 1] ?? '')) end--;
    const to = index.lineAt(Math.max(statement.content, end - 1));
    if (statement.kind === 'binding') bindings.push({ from, to });
    lastLine = Math.max(lastLine, to);
  });
  return { bindings, comments, lastLine };
}

/** A comment without what only draws lines; empty for rules and for lines that are commented out. */
function heading(comment: string): string {
  if (/^#+\s*(?:export\s+)?[A-Za-z_]\w*\s*=/.test(comment) || /^#+\s*jarviscore:/i.test(comment)) return '';
  return withoutEnd(comment.replace(/^#[\s#=*~_\-─━═┈.]*/u, ''), /[\s#=*~_\-─━═┈]/u).slice(0, 80);
}

/** Comment blocks that begin the file or follow an empty line, and hold words, are headings. */
export function sectionsOf(text: string): readonly Section[] {
  return sectionsIn(linesOf(text));
}

function sectionsIn({ bindings, comments, lastLine }: Lines): Section[] {
  const occupied = new Set(bindings.flatMap(({ from, to }) => [from, to]));
  const heads: { readonly title: string; readonly start: number; readonly titleLine: number }[] = [];
  for (const [line] of comments) {
    if (comments.has(line - 1) || occupied.has(line - 1)) continue;
    for (let at = line; comments.has(at); at++) {
      const title = heading(comments.get(at) ?? '');
      if (!/[\p{L}\p{N}]/u.test(title)) continue;
      heads.push({ title, start: line, titleLine: at });
      break;
    }
  }
  const used = [...comments.keys(), ...bindings.map(({ to }) => to)].sort((a, b) => a - b);
  let last = 0;
  let binding = 0;
  return heads.flatMap(({ title, start, titleLine }, i) => {
    const next = heads[i + 1]?.start ?? lastLine + 1;
    while (last + 1 < used.length && (used[last + 1] ?? next) < next) last++;
    while (binding < bindings.length && (bindings[binding]?.from ?? next) <= start) binding++;
    // Prose at the top of a file is no section of anything.
    const filled = (bindings[binding]?.from ?? next) < next;
    return filled ? [{ title, start, end: used[last] ?? start, titleLine }] : [];
  });
}

export interface Fold {
  readonly start: number;
  readonly end: number;
  readonly kind: 'comment' | 'region';
}

/** Sections, runs of comment lines and values over several lines. */
export function foldsOf(text: string): readonly Fold[] {
  const lines = linesOf(text);
  const folds: Fold[] = [];
  for (const { start, end } of sectionsIn(lines)) if (end > start) folds.push({ start, end, kind: 'region' });
  const taken = new Set(folds.map(({ start }) => start));
  for (const [line] of lines.comments) {
    if (lines.comments.has(line - 1) || taken.has(line)) continue;
    let end = line;
    while (lines.comments.has(end + 1)) end++;
    if (end > line) folds.push({ start: line, end, kind: 'comment' });
  }
  for (const { from, to } of lines.bindings) if (to > from) folds.push({ start: from, end: to, kind: 'region' });
  return folds.sort((a, b) => a.start - b.start || b.end - a.end);
}

export interface NameSymbol {
  readonly name: string;
  readonly range: Range;
  readonly nameRange: Range;
}

export interface SectionSymbol {
  readonly title: string;
  readonly range: Range;
  readonly titleRange: Range;
  readonly names: readonly NameSymbol[];
}

export interface Outline {
  /** Names above the first section. */
  readonly names: readonly NameSymbol[];
  readonly sections: readonly SectionSymbol[];
}

/** The names of an env file below their sections. Values are no part of it. */
export function outlineOf(document: SourceDocument, text: string): Outline {
  const index = new LineIndex(text);
  const all = document.assignments.map(({ name, range, nameRange }): NameSymbol => ({ name, range, nameRange }));
  const line = (number: number): Range => {
    const start = index.startOf(number);
    let end = index.startOf(number + 1);
    while (end > start && /[\r\n]/.test(text[end - 1] ?? '')) end--;
    return index.range(start, end);
  };
  let next = 0;
  const until = (end: number): NameSymbol[] => {
    const from = next;
    while (next < all.length && (all[next]?.range.start.line ?? end) < end) next++;
    return all.slice(from, next);
  };
  const above: NameSymbol[] = [];
  const sections = sectionsOf(text).map((section): SectionSymbol => {
    above.push(...until(section.start));
    return {
      title: section.title,
      range: { start: line(section.start).start, end: line(section.end).end },
      titleRange: line(section.titleLine),
      names: until(section.end + 1),
    };
  });
  return { names: [...above, ...until(Number.POSITIVE_INFINITY)], sections };
}

export interface Highlight {
  readonly range: Range;
  readonly kind: 'text' | 'read' | 'write';
}

const highlightKinds: Readonly<Record<Site['role'], Highlight['kind']>> = { assignment: 'write', use: 'read', comment: 'text' };

/** All places of the file with the setting whose name stands at the position. */
export function highlightsOf(document: SourceDocument, position: Position): readonly Highlight[] {
  const sites = sitesOf(document);
  const at = sites.find((site) => touches(site.range, position));
  if (at === undefined) return [];
  return sites.filter(({ key }) => key === at.key).map(({ range, role }) => ({ range, kind: highlightKinds[role] }));
}
