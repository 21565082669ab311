/** Booleans: what pydantic refuses, what other readers silently take for false, and one spelling for all. */
import type { Fix } from '../../model/types.ts';
import { commentOut, fix, removeAssignment, replaceValue } from '../fixes.ts';
import { type DocumentContext, documentRule, type Rule } from '../rule.ts';
import { boolWords, intendedBool, readBool } from './pydantic.ts';
import { environmentTexts, type WrittenValue } from './writtenValues.ts';

/** Words the direct readers take for true; anything else is false without a word (browser/*, core/tls.py:26). */
const directTrue = new Set(['1', 'true', 'yes', 'on']);
/** swim/config.py:41 of 1.2.6 knows one word less, and takes no space around it. */
const swimTrue = new Set(['1', 'true', 'yes']);
const directFalse = new Set(['0', 'false', 'no', 'off', '']);

function replaceFix(context: DocumentContext, value: WrittenValue, to: boolean | null): readonly Fix[] {
  const range = value.assignment.valueRange;
  if (to === null || range === null || context.document.kind === 'python') return [];
  return fix(`Write ${to}`, false, replaceValue(context.document, value.assignment, String(to)));
}

/** A line of an env file stays as a comment; other files have no lines to spare for one. */
function leaveOut({ document }: DocumentContext, { assignment }: WrittenValue): readonly Fix[] {
  return document.kind === 'dotenv'
    ? fix('Comment the line out', true, commentOut(document.uri, assignment.range))
    : fix('Remove the line', true, removeAssignment(document, assignment));
}

const isDirectTrue = ({ converter, text }: WrittenValue & { readonly text: string }): boolean =>
  converter === 'swim' ? swimTrue.has(text.toLowerCase()) : directTrue.has(text.trim().toLowerCase());

const isNumeric = (value: WrittenValue): boolean => ['int', 'float', 'port'].includes(value.setting.type);

export const booleanRules: readonly Rule[] = [
  documentRule('invalid-bool', (context, report) => {
    for (const value of environmentTexts(context.document, context.target)) {
      if (value.setting.type !== 'bool' || value.converter === 'container') continue;
      const { text } = value;
      if (value.converter === 'settings') {
        if (text === '' || readBool(text) !== null) continue;
        report({
          at: context.placeOf(value.assignment),
          setting: value.assignment.name.toUpperCase(),
          message: `${value.label}: "${text}" is no boolean; Mesh.start() stops with a ValidationError. Accepted: ${boolWords}.`,
          fixes: replaceFix(context, value, intendedBool(text)),
        });
        continue;
      }
      if (isDirectTrue(value) || directFalse.has(text.trim().toLowerCase())) continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name.toUpperCase(),
        severity: 'warning',
        message: `${value.label}: "${text}" counts as false for this reader; only 1, true${value.converter === 'swim' ? ' and yes' : ', yes and on'} mean true.`,
        fixes: replaceFix(context, value, intendedBool(text)),
      });
    }
  }),

  documentRule('bool-style', (context, report) => {
    if (context.document.kind === 'python') return;
    for (const value of environmentTexts(context.document, context.target)) {
      if (value.setting.type !== 'bool' || value.converter === 'container') continue;
      const read = readBool(value.text);
      const range = value.assignment.valueRange;
      if (read === null || range === null || value.text === String(read)) continue;
      // For direct readers `y` and `t` are false: rewriting them would change what runs.
      if (value.converter !== 'settings' && read && !isDirectTrue(value)) continue;
      report({
        at: context.at(range),
        setting: value.assignment.name.toUpperCase(),
        message: `${value.label}: write ${read}; readers outside pydantic do not know "${value.text}" alike.`,
        fixes: fix(`Write ${read}`, true, replaceValue(context.document, value.assignment, String(read))),
      });
    }
  }),

  documentRule('empty-numeric-or-bool', (context, report) => {
    for (const value of environmentTexts(context.document, context.target)) {
      if (value.text !== '' || value.converter !== 'settings') continue;
      if (value.setting.type !== 'bool' && !isNumeric(value)) continue;
      report({
        at: context.at(value.assignment.nameRange),
        setting: value.assignment.name.toUpperCase(),
        message: `${value.label} is empty; Mesh.start() stops with a ValidationError. Leave the line out to get the default.`,
        fixes: leaveOut(context, value),
      });
    }
  }),

  documentRule('nexus-enabled-empty', (context, report) => {
    for (const value of environmentTexts(context.document, context.target)) {
      if (value.setting.envName !== 'NEXUS_ENABLED' || !/^(|null|none)$/i.test(value.text)) continue;
      report({
        at: context.at(value.assignment.nameRange),
        setting: 'NEXUS_ENABLED',
        message: `NEXUS_ENABLED has no value; Mesh.start() stops with a ValidationError. Leave the line out to let NEXUS_GATEWAY_URL decide.`,
        fixes: leaveOut(context, value),
      });
    }
  }),
];
