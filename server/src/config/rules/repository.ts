/** What git would take along: env files with secrets, and the journal. */

import { ancestors, folderOf, join } from '../model/environments.ts';
import type { Surroundings } from '../model/surroundings.ts';
import type { DeclaredProcess, Fix, Related, SourceDocument } from '../model/types.ts';
import { withoutEnd } from '../text/ends.ts';
import { encodePath } from '../text/uri.ts';
import { ownAssignments } from './ownAssignments.ts';
import type { ProcessView } from './processView.ts';
import { valuePlace } from './processView.ts';
import { eachDocumentRule, type Rule, workspaceRule } from './rule.ts';
import { isStoredSecret } from './secrets.ts';

/** Where the setting of the journal stands, and what it says; null where no journal is written. */
function journalOf(process: ProcessView): { readonly name: string; readonly path: string } | null {
  // journal.py:211-216 of 3.0.0: the override wins even when it is empty.
  const override = process.written('JARVISCORE_JOURNAL_DIR');
  const name = override === undefined ? 'JOURNAL_DIR' : 'JARVISCORE_JOURNAL_DIR';
  const path = process.text(name)?.trim();
  return path === undefined || ['', 'off', 'none'].includes(path.toLowerCase()) ? null : { name, path };
}

/** Where the folder may lie, nearest first: of a relative path nobody knows the working directory for certain. */
function* placesOf(path: string, process: ProcessView, roots: readonly string[]): Generator<string> {
  if (/[$%~]/.test(path) || /^[A-Za-z]:/.test(path)) return;
  if (path.startsWith('/')) {
    yield `file://${encodePath(withoutEnd(path, /\//))}`;
    return;
  }
  for (const folder of ancestors(folderOf(process.process.uri), roots)) {
    const place = join(folder, path);
    if (place !== null) yield place;
  }
}

/** The first of `placesOf`, kept with the process: every process asks at every keystroke. */
function nearestOf(path: string, process: ProcessView, roots: readonly string[]): string | undefined {
  const kept = keptNearest.get(process.process);
  const root = roots.join('\n');
  if (kept?.path === path && kept.root === root) return kept.nearest;
  const [nearest] = placesOf(path, process, roots);
  keptNearest.set(process.process, { path, root, nearest });
  return nearest;
}
const keptNearest = new WeakMap<
  DeclaredProcess,
  { readonly path: string; readonly root: string; readonly nearest: string | undefined }
>();

/** The line for the `.gitignore` at the root of the repository. */
function ignoreLine(surroundings: Surroundings, repository: string, folder: string): readonly Fix[] {
  const uri = `${repository}/.gitignore`;
  const file = surroundings.fileAt(uri);
  if (file.kind !== 'text') return [];
  const lines = file.text.split('\n');
  const last = lines.at(-1) ?? '';
  const end = { line: lines.length - 1, character: last.length };
  const entry = `/${decodeURIComponent(folder.slice(repository.length + 1))}/`;
  const newText = `${last === '' ? '' : '\n'}${entry}\n`;
  return [{ title: `Add ${entry} to .gitignore`, safe: false, edits: [{ uri, range: { start: end, end }, newText }] }];
}

/** Processes whose working directory lies in the checkout; a container or an installed unit runs elsewhere. */
const inCheckout: ReadonlySet<string> = new Set(['python', 'shell', 'editor']);

/** The journal a process leaves in the checkout; kept, because every process is asked at every keystroke. */
function ownJournal(process: ProcessView): ReturnType<typeof journalOf> {
  let journal = keptJournals.get(process);
  if (journal === undefined) {
    journal = leavesJournal(process) ? journalOf(process) : null;
    // That something is started beside an env file is likely; where it leaves a journal nobody spoke of is a guess more.
    if (journal !== null && process.implied && process.written(journal.name) === undefined) journal = null;
    keptJournals.set(process, journal);
  }
  return journal;
}
const keptJournals = new WeakMap<ProcessView, ReturnType<typeof journalOf>>();

/** Only a Mesh keeps a journal; join_mesh() starts none. */
function leavesJournal({ joinsOnly, process }: ProcessView): boolean {
  return !joinsOnly && inCheckout.has(process.deployment) && process.startedBy.length === 0;
}

/** Whether it is an env file, and no template of one, with secrets in clear text. */
function storesSecrets(document: SourceDocument): boolean {
  return document.kind === 'dotenv' && !document.template && ownAssignments(document).some(isStoredSecret);
}

export const repositoryRules: readonly Rule[] = [
  eachDocumentRule(
    'secret-committed',
    (document, { model }) => (storesSecrets(document) ? [model.surroundings.versionControl(document.uri)] : []),
    (document, { model }, report) => {
      if (!storesSecrets(document)) return;
      const secrets = ownAssignments(document).filter(isStoredSecret);
      const [first] = secrets;
      const git = model.surroundings.versionControl(document.uri);
      if (first === undefined || git === null || git.state === 'ignored') return;
      const names = `${first.name}${secrets.length > 1 ? ` and ${secrets.length - 1} more ${secrets.length === 2 ? 'secret' : 'secrets'}` : ''}`;
      report({
        at: valuePlace(document.uri, first),
        setting: first.name.toUpperCase(),
        message:
          git.state === 'tracked'
            ? `Git tracks this file with ${names}: everybody with the repository and its history has them. Take the file out (git rm --cached), ignore it, and replace the secrets.`
            : `Git does not ignore this file with ${names}: the next git add takes it along. Name it in .gitignore.`,
      });
    },
  ),

  workspaceRule('journal-dir-committed', ({ model, processes }, report) => {
    const { surroundings, roots } = model;
    const seen = new Map<string, { readonly first: ProcessView; readonly others: Related[] }>();
    for (const process of processes) {
      const journal = ownJournal(process);
      if (journal === null) continue;
      // Files may be ignored where the folder itself is not (`journal/*`).
      const ignored = (folder: string) =>
        [`${folder}/`, `${folder}/x`].some((uri) => (surroundings.versionControl(uri)?.state ?? 'ignored') === 'ignored');
      const nearest = nearestOf(journal.path, process, roots);
      const git = nearest === undefined ? null : surroundings.versionControl(`${nearest}/`);
      if (nearest === undefined || git === null) continue;
      if ([...placesOf(journal.path, process, roots)].some(ignored)) continue;
      const before = seen.get(nearest);
      if (before !== undefined) {
        before.others.push({ ...process.placeOf(journal.name), message: `${process.label} writes there too` });
        continue;
      }
      const others: Related[] = [];
      seen.set(nearest, { first: process, others });
      report({
        at: process.placeOf(journal.name),
        setting: journal.name,
        message: `The journal in ${journal.path} ${git.state === 'tracked' ? 'is tracked by git' : 'is not ignored by git'}: prompts, results and approvals of every run become part of the repository.`,
        related: others,
        fixes: git.state === 'tracked' ? [] : ignoreLine(surroundings, git.repository, nearest),
      });
    }
  }),
];
