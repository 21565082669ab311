/** Names nobody reads: misspelt, of another release, documented without a reader, deprecated. */

import { compareReleases, integrationCredentials, type Release, type Setting } from '#schemas/settings/catalogue.ts';
import type { Fix, SourceDocument } from '../../model/types.ts';
import { fix, removeAssignment } from '../fixes.ts';
import { ownAssignments } from '../ownAssignments.ts';
import {
  type DocumentContext,
  documentRule,
  eachDocumentRule,
  type Reporter,
  type Rule,
  type WorkspaceContext,
} from '../rule.ts';
import { describeRange, displayName, existsIn, settingOfMeshKey, settingOfVariable, variablesOf } from '../settingIndex.ts';
import { nearest, synonyms } from '../similarity.ts';
import {
  hasName,
  isForeign,
  notableNames,
  removeEdit,
  renameEdit,
  strangeNames,
  type WrittenName,
  writtenNames,
} from './environmentNames.ts';
import { filledIntoCompose } from './filledNames.ts';
import { isPrefixCase } from './prefixCases.ts';

const ownPrefix = /^(?:JARVISCORE|KEEPALIVE|NEXUS|KERNEL|HITL|ATHENA|SANDBOX|LLM|TYPESAFE|CONTROL|JOURNAL|APPROVAL)_/;

const candidatesByRelease = new Map<Release, readonly string[]>();

/** Names worth suggesting: those an application sets, not those of bundled containers. */
function candidates(release: Release): readonly string[] {
  let names = candidatesByRelease.get(release);
  if (names === undefined) {
    names = variablesOf(release)
      .filter((setting) => setting.status === 'active' || setting.status === 'deprecated')
      .map(displayName);
    candidatesByRelease.set(release, names);
  }
  return names;
}

/** The name a person probably meant; null for names of the catalogue and of others. */
export function intendedName(key: string, release: Release): string | null {
  return settingOfVariable(key) !== undefined || isForeign(key) || isPrefixCase(key) ? null : nearMiss(key, release);
}

/** The same for one of the `strangeNames`. */
function nearMiss(key: string, release: Release): string | null {
  const synonym = synonyms.get(key);
  if (synonym !== undefined) {
    const setting = settingOfVariable(synonym);
    return setting !== undefined && existsIn(setting, release) ? synonym : null;
  }
  return nearest(key, candidates(release));
}

function renameFix(context: DocumentContext, written: WrittenName, to: string): readonly Fix[] {
  const { document } = context;
  if (written.assignment !== null && hasName(document, to))
    return fix(`Remove ${written.name}, ${to} is set already`, false, removeEdit(document, written));
  return fix(`Rename to ${to}`, false, renameEdit(document, written, to));
}

/** "needs 2.2.0" or "is gone since 2.2.0"; null where the release knows the name. */
function missingBecause(setting: Setting, release: Release): { readonly text: string; readonly gone: boolean } | null {
  if (existsIn(setting, release)) return null;
  if (setting.since !== null && compareReleases(release, setting.since) < 0)
    return { text: `needs JarvisCore ${setting.since}`, gone: false };
  return { text: `was read by JarvisCore ${describeRange(setting.since, setting.until)} only`, gone: true };
}

function checkRelease(document: SourceDocument, { model, target }: WorkspaceContext, report: Reporter): void {
  const { uri } = document;
  const filled = filledIntoCompose(document, model);
  for (const written of writtenNames(document)) {
    const { setting } = written;
    if (setting === undefined || setting.status === 'container' || setting.status === 'compose') continue;
    // A name of the compose file's own, which fills in the variable of the framework.
    if (filled.has(written.name) && isPrefixCase(written.key)) continue;
    const missing = missingBecause(setting, target);
    if (missing === null) continue;
    report({
      at: { uri, range: written.range },
      message: `${displayName(setting)} ${missing.text}; JarvisCore ${target} does not read it.`,
      setting: displayName(setting),
      fixes: missing.gone ? fix(`Remove ${written.name}`, false, removeEdit(document, written)) : [],
    });
  }
  if (document.kind !== 'python') return;
  for (const assignment of ownAssignments(document)) {
    // `auth_mode` lives on as a dict key after its setting went (auth/manager.py of later releases).
    if (assignment.layer !== 'mesh' || assignment.name === 'auth_mode') continue;
    const setting = settingOfMeshKey(assignment.name);
    const missing = setting === undefined ? null : missingBecause(setting, target);
    if (missing === null) continue;
    report({
      at: { uri, range: assignment.nameRange },
      message: `"${assignment.name}" ${missing.text}; JarvisCore ${target} does not read it.`,
      setting: assignment.name,
      fixes: missing.gone ? fix(`Remove "${assignment.name}"`, false, removeAssignment(document, assignment)) : [],
    });
  }
}

/** The names that took over from the two deprecated ones (execution/llm.py reads both, the newer first). */
const successors: ReadonlyMap<string, string> = new Map([
  ['CLAUDE_TASK_MODEL', 'TASK_MODEL'],
  ['CLAUDE_CODING_MODEL', 'CODING_MODEL'],
]);

/** A single environment name in `useInstead` is a name to rename to; anything else is advice. */
function replacementName(setting: Setting): string | null {
  const useInstead = setting.useInstead ?? successors.get(setting.envName ?? '');
  return useInstead !== undefined && settingOfVariable(useInstead) !== undefined ? useInstead : null;
}

export const spellingRules: readonly Rule[] = [
  documentRule('unknown-var-typo', (context, report) => {
    for (const written of strangeNames(context.document, (key) => nearMiss(key, context.target) !== null)) {
      const to = nearMiss(written.key, context.target);
      if (to === null) continue;
      report({
        at: context.at(written.range),
        message: `JarvisCore does not know ${written.name}; did you mean ${to}?`,
        setting: to,
        fixes: renameFix(context, written, to),
      });
    }
  }),

  documentRule('unknown-jarviscore-var', (context, report) => {
    for (const written of strangeNames(context.document, (key) => ownPrefix.test(key))) {
      if (nearMiss(written.key, context.target) !== null) continue;
      report({
        at: context.at(written.range),
        message: `${written.name} begins like a setting of JarvisCore, but no release reads it.`,
        setting: written.key,
      });
    }
  }),

  eachDocumentRule(
    'var-not-in-release',
    (document, { model }) => [...filledIntoCompose(document, model)],
    checkRelease,
    'checked',
  ),

  documentRule('documented-but-unread-var', (context, report) => {
    const names = notableNames(context.document);
    for (const written of names) {
      const { setting } = written;
      if (setting?.status !== 'documented-but-unread' || isPrefixCase(written.key) || !existsIn(setting, context.target))
        continue;
      const to = replacementName(setting);
      report({
        at: context.at(written.range),
        message:
          to === null
            ? `${written.name} stands in the framework's documents, but no code reads it.`
            : `${written.name} stands in the framework's documents, but no code reads it; use ${to}.`,
        setting: to ?? written.key,
        ...(written.key === 'AZURE_CONTAINER_NAME' ? { severity: 'warning' } : {}),
        fixes:
          to === null
            ? fix(`Remove ${written.name}`, false, removeEdit(context.document, written))
            : renameFix(context, written, to),
      });
    }
    const credentials = names.filter((written) => integrationCredentials.has(written.key));
    const first = credentials[0];
    if (first === undefined) return;
    report({
      at: context.at(first.range),
      severity: 'hint',
      message: `${credentials.length === 1 ? first.name : `${first.name} and ${credentials.length - 1} more`}: credentials of connected applications. The framework does not read them; your own agents may.`,
      setting: first.key,
      related: credentials.slice(1).map((written) => ({ ...context.at(written.range), message: written.name })),
    });
  }),

  documentRule('deprecated-var', (context, report) => {
    for (const written of writtenNames(context.document)) {
      const { setting } = written;
      if (setting?.status !== 'deprecated' || !existsIn(setting, context.target)) continue;
      const to = replacementName(setting);
      report({
        at: context.at(written.range),
        message: `${written.name} is deprecated${to === null ? '' : `; use ${to}`}.`,
        setting: written.key,
        fixes: to === null ? [] : renameFix(context, written, to),
      });
    }
  }),
];
