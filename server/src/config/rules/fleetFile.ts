/** Mistakes in `jarviscore-fleet.json`. The reader finds those that the file alone shows. */
import { ruleInventory } from '#schemas/settings/ruleInventory.ts';
import { folderOf } from '../model/environments.ts';
import type { Surroundings } from '../model/surroundings.ts';
import { baselineUri, parseBaseline } from '../project/baseline.ts';
import { pathMatcher } from '../project/patterns.ts';
import { documentRule, type Rule, workspaceRule } from './rule.ts';

const readerRules = [
  'fleet-file-syntax',
  'fleet-file-unknown-key',
  'fleet-file-unknown-release',
  'fleet-file-unknown-rule',
  'fleet-file-value',
];

/** Why a baseline cannot be used; null when it can, or nobody can say. */
function baselineProblem(surroundings: Surroundings, projectUri: string, path: string): string | null {
  const uri = baselineUri(projectUri, path);
  if (uri === null) return 'is an absolute path; name the file relative to the folder of this one.';
  const file = surroundings.fileAt(uri);
  if (file.kind === 'absent') return 'is not there. Write it with jarviscore-fleet check --write-baseline.';
  if (file.kind === 'folder') return 'is a folder.';
  if (file.kind === 'other') return 'cannot be read.';
  return file.kind === 'text' && parseBaseline(file.text) === null
    ? 'is no baseline file. Write one with jarviscore-fleet check --write-baseline.'
    : null;
}

export const fleetFileRules: readonly Rule[] = [
  ...readerRules.map((id) =>
    documentRule(id, ({ document, at }, report) => {
      const fixable = ruleInventory.get(id)?.fix !== 'none';
      for (const { code, range, message, fixes } of document.problems)
        if (code === id) report({ at: at(range), message, fixes: fixable ? fixes : [] });
    }),
  ),

  workspaceRule('fleet-file-baseline', ({ model }, report) => {
    for (const { uri, project } of model.documents.values()) {
      if (project?.baseline == null) continue;
      const { text, range } = project.baseline;
      const problem = baselineProblem(model.surroundings, uri, text);
      if (problem !== null) report({ at: { uri, range }, message: `${text} ${problem} Nothing is accepted until then.` });
    }
  }),

  workspaceRule('fleet-file-no-match', ({ model }, report) => {
    for (const document of model.documents.values()) {
      if (document.project === undefined) continue;
      const folder = folderOf(document.uri);
      const declared = model.processes.filter(({ uri }) => uri.startsWith(`${folder}/`));
      const names = new Set(declared.map(({ name }) => name));
      const paths = [...new Set(declared.map(({ uri }) => decodeURIComponent(uri.slice(folder.length + 1))))];
      for (const host of document.project.hosts) {
        for (const { text, range } of host.processes) {
          if (names.has(text)) continue;
          const known = [...names].slice(0, 5).join(', ');
          report({
            at: { uri: document.uri, range },
            message: `No process called ${text} is declared below this folder${known === '' ? '' : `; there ${names.size === 1 ? 'is' : 'are'} ${known}${names.size > 5 ? ' and others' : ''}`}.`,
          });
        }
        for (const { text, range } of host.files) {
          if (text.startsWith('!') || paths.some(pathMatcher([text]))) continue;
          report({ at: { uri: document.uri, range }, message: `No file that matches ${text} declares a process.` });
        }
      }
    }
  }),
];
