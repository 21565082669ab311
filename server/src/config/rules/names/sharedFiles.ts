/** Settings of one process in a file that several processes read. */

import { compareReleases } from '#schemas/settings/catalogue.ts';
import { Latest } from '../../model/latest.ts';
import type { SourceDocument } from '../../model/types.ts';
import { besideEachOther, neverTogether } from '../fleets.ts';
import type { ProcessView } from '../processView.ts';
import { eachDocumentRule, type Rule } from '../rule.ts';
import { dictKeyIn, settingOfVariable } from '../settingIndex.ts';
import { equalsDefault } from '../values/defaults.ts';
import { notableNames } from './environmentNames.ts';

/** Own address and seeds belong to one node; name, metrics port and journal only get in each other's way. */
const perProcess = new Set(['JARVISCORE_BIND_PORT', 'JARVISCORE_BIND_HOST', 'JARVISCORE_SEED_NODES']);
const perProcessLight = new Set(['JARVISCORE_NODE_NAME', 'PROMETHEUS_PORT', 'JOURNAL_DIR']);
/** Still reported under their own rule, which wins on the line; listed so that the rename does not bring a surprise. */
const unprefixed = new Set(['BIND_PORT', 'BIND_HOST', 'SEED_NODES']);

/** `.env`, `.env.shared`, `.env.common` and templates of them are shared by their name. */
export function isSharedName(name: string): boolean {
  return /^\.env(\.(shared|common))?(\.(example|sample|template|dist))?$/i.test(name);
}

/** The processes that read a document's variables. The list stays the same object while its members do. */
export function readersOf(document: SourceDocument, processes: readonly ProcessView[]): readonly ProcessView[] {
  let index = readerIndexes.get(processes);
  if (index === undefined) {
    index = indexReaders(processes);
    readerIndexes.set(processes, index);
  }
  const readers = index.get(document.uri) ?? nobody;
  const before = keptReaders.get(document);
  if (before?.length === readers.length && readers.every((view, i) => view === before[i])) return before;
  keptReaders.set(document, readers);
  return readers;
}

const nobody: readonly ProcessView[] = [];
/** Document URI -> readers, once per run. */
const readerIndexes = new Latest<readonly ProcessView[], ReadonlyMap<string, readonly ProcessView[]>>();
const keptReaders = new WeakMap<SourceDocument, readonly ProcessView[]>();

function indexReaders(processes: readonly ProcessView[]): ReadonlyMap<string, readonly ProcessView[]> {
  const index = new Map<string, ProcessView[]>();
  for (const view of processes) {
    for (const uri of view.process.environments) {
      if (uri === view.process.uri) continue;
      const readers = index.get(uri);
      if (readers === undefined) index.set(uri, [view]);
      else if (readers.at(-1) !== view) readers.push(view);
    }
  }
  for (const [uri, readers] of index) if (readers.length > 1) index.set(uri, running(readers));
  return index;
}

/**
 * What really runs of the readers: a program and the line that starts it are one process, and the program several lines
 * start is what each of them runs.
 */
function running(readers: readonly ProcessView[]): ProcessView[] {
  const ids = new Set(readers.map(({ process }) => process.id));
  const gone = new Set<string>();
  for (const { process } of readers) {
    const starters = process.startedBy.filter((id) => ids.has(id));
    const [only] = starters;
    if (only === undefined) continue;
    // The program is kept where it can be: its dict takes what a fix moves there.
    gone.add(starters.length === 1 ? only : process.id);
  }
  return readers.filter(({ process }) => !gone.has(process.id));
}

/** A file is shared when several processes read it, or by its name unless exactly one process reads it. */
function isShared(document: SourceDocument, readers: readonly ProcessView[]): boolean {
  if (document.kind !== 'dotenv') return false;
  return readers.length > 1 || (isSharedName(document.name) && readers.length !== 1);
}

/** The readers that really take the port from the file, two or more of them on one machine. */
function collideOnPort(uri: string, readers: readonly ProcessView[]): boolean {
  const takers = readers.filter(
    (view) => view.process.ports.p2pEnabled !== false && view.written('JARVISCORE_BIND_PORT')?.origin.uri === uri,
  );
  return [...Map.groupBy(takers, (view) => view.process.hostGroup).values()].some(([first, ...others]) =>
    others.some((other) => first !== undefined && !neverTogether(first, other)),
  );
}

export const sharedFileRules: readonly Rule[] = [
  eachDocumentRule(
    'per-process-var-in-shared-env',
    (document, { processes }) => readersOf(document, processes),
    (document, { processes, target }, report) => {
      const all = readersOf(document, processes);
      // Of alternatives the one with most processes: the others do not run beside it.
      const readers = besideEachOther(all).toSorted((a, b) => b.length - a.length)[0] ?? all;
      if (!isShared(document, readers)) return;
      for (const { key, assignment } of notableNames(document)) {
        if (assignment === null || assignment.value.kind === 'absent') continue;
        const light = perProcessLight.has(key);
        if (!light && !perProcess.has(key) && !unprefixed.has(key)) continue;
        if (key === 'JOURNAL_DIR' && compareReleases(target, '3.0.0') < 0) continue;
        const { value } = assignment;
        if (value.kind === 'text' && value.text.trim() === '') continue;
        const setting = settingOfVariable(key);
        // What every process has anyway takes nothing away from any of them.
        if (light && setting !== undefined && equalsDefault(value, setting, target)) continue;
        const grave = key === 'JARVISCORE_BIND_PORT' && collideOnPort(document.uri, readers);
        const meshKey = setting === undefined ? null : dictKeyIn(setting, target);
        report({
          at: { uri: document.uri, range: assignment.nameRange },
          setting: key,
          severity: grave ? 'error' : light ? 'info' : 'warning',
          message: grave
            ? `${readers.length} processes on one machine read this file and all take port ${value.kind === 'text' ? value.text : ''} from it; give each its own ${key}.`
            : `${key} belongs to one process, but ${readers.length > 1 ? `${readers.length} processes read this file` : `${document.name} is shared by every process started here`}; set it per process: on the launch line${meshKey === null ? '' : ` or as "${meshKey}" in Mesh(config={...})`}.`,
          related: readers.length > 1 ? readers.map((view) => ({ ...view.place, message: `${view.label} reads this file` })) : [],
        });
      }
    },
    'checked',
  ),

  eachDocumentRule(
    'env-file-in-prod',
    (document, { processes, profile }) => (profile === 'production' ? readersOf(document, processes) : []),
    (document, { processes, target, profile }, report) => {
      if (document.kind !== 'dotenv' || document.template || !isSharedName(document.name)) return;
      const readers = readersOf(document, processes);
      if (profile !== 'production' || readers.length === 0) return;
      const exported = compareReleases(target, '2.2.0') < 0 ? '' : ` JarvisCore ${target} also exports it to the whole process.`;
      report({
        at: { uri: document.uri, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } },
        severity: 'warning',
        message: `The production guide advises against ${document.name} files; hand settings over through the environment of the service.${exported}`,
        related: readers.map((view) => ({ ...view.place, message: `${view.label} reads it` })),
      });
    },
  ),
];
