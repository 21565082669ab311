/** Problems the dotenv reader met become findings; the ones other loaders of the file have are added here. */

import type { Severity } from '#schemas/settings/ruleInventory.ts';
import { ruleInventory } from '#schemas/settings/ruleInventory.ts';
import type { Assignment, Fix, SourceDocument, TextProblem } from '../model/types.ts';
import { assignmentsOf, firstNamed } from '../readers/dotenvAssignments.ts';
import { comparePositions, touches } from '../text/position.ts';
import { documentRule, type Rule } from './rule.ts';
import { settingOfVariable } from './settingIndex.ts';

/** The assignment a problem is about, if it stands in one: the first that touches it. Assignments stand in text order. */
function assignmentAt(document: SourceDocument, problem: TextProblem): Assignment | undefined {
  const list = assignmentsOf(document);
  let low = 0;
  for (let high = list.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (comparePositions(list.at(middle).range.end, problem.range.start) < 0) low = middle + 1;
    else high = middle;
  }
  if (low === list.length) return undefined;
  const found = list.at(low);
  return touches(found.range, problem.range.start) || touches(problem.range, found.range.start) ? found : undefined;
}

function severityOf(problem: TextProblem, assignment: Assignment | undefined): Severity | null {
  const setting = assignment === undefined ? undefined : settingOfVariable(assignment.name);
  const type = setting?.type;
  const numeric = type === 'int' || type === 'float' || type === 'port';
  switch (problem.code) {
    case 'dotenv-hash-without-space':
      return numeric || type === 'bool' ? 'error' : null;
    case 'dotenv-trailing-space-in-quotes':
      return type === 'bool' ? 'error' : null;
    case 'dotenv-interpolation':
      return setting?.secret === true ? 'warning' : null;
    default:
      return null;
  }
}

/** In a secret, what looks like a reference may be a part of it, so its name stays out of the message. */
function messageOf(problem: TextProblem, assignment: Assignment | undefined): string {
  const value = assignment?.value;
  const secret = value?.kind === 'secret' || (value?.kind === 'text' && value.masked !== undefined);
  if (problem.code !== 'dotenv-interpolation' || !secret) return problem.message;
  return 'A dollar sign with braces in this secret is expanded by python-dotenv, in single quotes too, and cannot be escaped. Hand the secret over through the process environment.';
}

/** The reader's fixes as far as the inventory allows them: it says which of them change what runs. */
function fixesOf(problem: TextProblem, assignment: Assignment | undefined): readonly Fix[] {
  const allowed = ruleInventory.get(problem.code)?.fix ?? 'none';
  if (allowed === 'none') return [];
  const type = assignment === undefined ? undefined : settingOfVariable(assignment.name)?.type;
  // An empty text would stop the start where a number or a boolean is needed.
  const numeric = type === 'bool' || type === 'int' || type === 'float' || type === 'port';
  if (problem.code === 'dotenv-missing-equals' && numeric) return [];
  // Quotes would make text of what should be a number.
  const fixes =
    problem.code === 'dotenv-hash-without-space' && numeric
      ? problem.fixes.filter(({ edits }) => !edits.some(({ newText }) => /["']/.test(newText)))
      : problem.fixes;
  return allowed === 'safe' ? fixes : fixes.map((fix) => ({ ...fix, safe: false }));
}

/** Lines that somebody meant to be the rest of the line above. */
function continuedLines({ problems }: SourceDocument): ReadonlySet<number> {
  return new Set(problems.flatMap(({ code, range }) => (code === 'dotenv-continuation' ? [range.end.line + 1] : [])));
}

/** Rules whose findings the reader itself makes; the rest of the family compares files. */
const readerRules = [...ruleInventory.values()]
  .filter((rule) => rule.id.startsWith('dotenv-') && rule.scope === 'document')
  .map((rule) => rule.id);

export const dotenvSyntaxRules: readonly Rule[] = readerRules.map((id) =>
  documentRule(id, ({ document, at }, report) => {
    const continued = id === 'dotenv-missing-equals' ? continuedLines(document) : null;
    for (const problem of document.problems) {
      // The second half of a continued line is no statement of its own.
      if (problem.code !== id || continued?.has(problem.range.start.line) === true) continue;
      const assignment = assignmentAt(document, problem);
      const severity = severityOf(problem, assignment);
      report({
        at: at(problem.range),
        message: messageOf(problem, assignment),
        setting: assignment?.name.toUpperCase() ?? null,
        fixes: fixesOf(problem, assignment),
        ...(severity === null ? {} : { severity }),
      });
    }
  }),
);

export const commentedKeyRule: Rule = documentRule('commented-key-blocks-init', ({ document, at }, report) => {
  if (document.kind !== 'dotenv') return;
  for (const mark of document.marks) {
    if (mark.name !== 'commented-key' || mark.value === null || !initNames.has(mark.value)) continue;
    if (firstNamed(document, new Set([mark.value])) !== undefined) continue;
    report({
      at: at(mark.range),
      setting: mark.value,
      message: `The init commands look for the text ${mark.value} anywhere in the file; this comment keeps them from writing the setting.`,
      fixes: [
        {
          title: 'Remove the comment line',
          safe: false,
          edits: [
            {
              uri: document.uri,
              range: {
                start: { line: mark.range.start.line, character: 0 },
                end: { line: mark.range.end.line + 1, character: 0 },
              },
              newText: '',
            },
          ],
        },
      ],
    });
  }
});

/** `jarviscore nexus init` and `memory init` test `"NAME" in text` (cli/nexus.py:165,173 and cli/memory.py up to 2.2.0). */
const initNames = new Set(['NEXUS_GATEWAY_URL', 'NEXUS_ENCRYPTION_KEY', 'NEXUS_STATE_KEY', 'ATHENA_URL']);
