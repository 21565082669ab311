/** The same setting given more than once: twice under one name, or under two names with different values. */
import type { Assignment, DeclaredProcess, SourceDocument, Value } from '../../model/types.ts';
import { fix, removeAssignment } from '../fixes.ts';
import { removeCandidate } from '../processFixes.ts';
import { documentRule, processRule, type Rule } from '../rule.ts';
import { settingOfVariable } from '../settingIndex.ts';
import { mayRepeatNames } from './environmentNames.ts';

/** Whether two values are known to differ. Secrets are compared by class, unknown values never. */
function differ(a: Value, b: Value): boolean {
  if (a.kind === 'secret' && b.kind === 'secret') return a.facts.equalityClass !== b.facts.equalityClass;
  if (a.kind === 'text' && b.kind === 'text') {
    if (a.text !== b.text) return true;
    return a.masked !== undefined && b.masked !== undefined && a.masked.equalityClass !== b.masked.equalityClass;
  }
  if (a.kind === 'literal' && b.kind === 'literal') return JSON.stringify(a.literal) !== JSON.stringify(b.literal);
  return a.kind === 'absent' || b.kind === 'absent' ? a.kind !== b.kind : false;
}

/** [the name that wins, the name that loses, why]; sources: execution/llm.py:431-479, core/agent.py:390-405, control/policy.py:279-283, evidence/journal.py:211-528. */
const aliases: readonly (readonly [wins: string, loses: string])[] = [
  ['CLAUDE_API_KEY', 'ANTHROPIC_API_KEY'],
  ['AZURE_API_KEY', 'AZURE_OPENAI_KEY'],
  ['AZURE_ENDPOINT', 'AZURE_OPENAI_ENDPOINT'],
  ['LLM_ENDPOINT', 'VLLM_ENDPOINT'],
  ['TASK_MODEL', 'CLAUDE_TASK_MODEL'],
  ['BROWSER_CONTROL_URL', 'BROWSER_SERVICE_URL'],
  ['NEXUS_DB_URL', 'DATABASE_URL'],
  ['JARVISCORE_CONTROL_MODE', 'CONTROL_MODE'],
  ['JARVISCORE_CONTROL_POLICY', 'CONTROL_POLICY_PATH'],
  ['JARVISCORE_JOURNAL_DIR', 'JOURNAL_DIR'],
  ['JARVISCORE_JOURNAL_CAPTURE', 'JOURNAL_CAPTURE'],
  ['JARVISCORE_JOURNAL_CONTENT_DAYS', 'JOURNAL_CONTENT_DAYS'],
];

/** In join_mesh the seed list beats the endpoint (core/agent.py:390-405); a Mesh reads only the list. */
function aliasesOf(process: DeclaredProcess): typeof aliases {
  return process.declaration.kind === 'join-mesh' ? [...aliases, ['JARVISCORE_SEED_NODES', 'JARVISCORE_MESH_ENDPOINT']] : aliases;
}

/** Every assignment of an environment name that a later one of the same process overrides, with the one that wins. */
function overridden(document: SourceDocument): readonly (readonly [Assignment, Assignment])[] {
  const keyOf = ({ process, name }: Assignment): string =>
    process === null ? name.toUpperCase() : `${process} ${name.toUpperCase()}`;
  if (!mayRepeatNames(document)) return [];
  const assignments = document.assignments.filter((assignment) => assignment.layer === 'environment');
  const last = new Map(assignments.map((assignment) => [keyOf(assignment), assignment]));
  return assignments.flatMap((assignment): (readonly [Assignment, Assignment])[] => {
    const winner = last.get(keyOf(assignment));
    return winner === undefined || winner === assignment ? [] : [[assignment, winner]];
  });
}

export const repeatedRules: readonly Rule[] = [
  documentRule('duplicate-key', ({ document, at }, report) => {
    if (document.kind === 'python') return;
    for (const [assignment, winner] of overridden(document)) {
      const setting = settingOfVariable(assignment.name);
      const different = differ(assignment.value, winner.value);
      const grave = different && (setting?.secret === true || setting?.type === 'port');
      report({
        at: at(assignment.nameRange),
        message: `${assignment.name} is set again in line ${winner.nameRange.start.line + 1}; the last one wins${different ? ' and the values differ' : ''}.`,
        setting: assignment.name.toUpperCase(),
        ...(grave ? { severity: 'error' } : {}),
        related: [{ ...at(winner.nameRange), message: `This ${winner.name} wins` }],
        fixes: fix('Remove this earlier line', false, removeAssignment(document, assignment)),
      });
    }
  }),

  processRule('alias-conflict', ({ process, documents }, report) => {
    for (const [wins, loses] of aliasesOf(process.process)) {
      const winner = process.written(wins);
      const loser = process.written(loses);
      if (winner === undefined || loser === undefined || !process.isSet(wins) || !process.isSet(loses)) continue;
      if (!differ(winner.value, loser.value)) continue;
      report({
        at: process.placeOf(loses),
        message: `${loses} and ${wins} are two names of one setting with different values; ${wins} wins and this line is ignored.`,
        setting: loses,
        related: process.relatedTo(wins, `${wins} wins`),
        fixes: fix(`Remove ${loses}`, false, removeCandidate(documents, loser)),
      });
    }
  }),
];
