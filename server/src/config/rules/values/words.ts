/** Settings that take one of a few words, or text of a fixed shape. */

import { compareReleases } from '#schemas/settings/catalogue.ts';
import { fix, replaceValue } from '../fixes.ts';
import { documentRule, type Rule } from '../rule.ts';
import { editDistance } from '../similarity.ts';
import { environmentTexts, type WrittenValue, writtenValues } from './writtenValues.ts';

/** The code compares these words as they stand; the others are lower- or upper-cased first. */
const caseSensitive = new Set(['STORAGE_BACKEND', 'SWIM_LOG_LEVEL']);
/** Rules with more to say about these words exist. */
const decidedElsewhere = new Set([
  ...['CONTROL_MODE', 'JARVISCORE_CONTROL_MODE', 'JOURNAL_CAPTURE', 'JARVISCORE_JOURNAL_CAPTURE'],
  ...['KERNEL_ROUTER_PROVIDER', 'RAG_DECISION_PROVIDER', 'TASK_COMPLEXITY_PROVIDER'],
]);

function consequence(name: string): string {
  if (name === 'STORAGE_BACKEND') return 'the storage silently stays local';
  if (name === 'SWIM_LOG_LEVEL') return 'SWIM does not start and the mesh runs without P2P';
  return 'it is not validated, so nothing warns at run time';
}

/** The accepted word the person meant. */
function intendedWord(text: string, words: readonly string[]): string | null {
  const lower = text.trim().toLowerCase();
  const same = words.find((word) => word.toLowerCase() === lower);
  if (same !== undefined) return same;
  return lower.length < 3 ? null : (words.find((word) => editDistance(word.toLowerCase(), lower, 2) <= 2) ?? null);
}

function acceptedWords(value: WrittenValue, release: string): readonly string[] {
  const words = value.setting.values ?? [];
  // storage/__init__.py knows `redis` from 2.3.0 on.
  if (value.setting.envName === 'STORAGE_BACKEND' && compareReleases(release, '2.3.0') < 0)
    return words.filter((word) => word !== 'redis');
  return words;
}

export const wordRules: readonly Rule[] = [
  documentRule('invalid-enum', (context, report) => {
    for (const value of writtenValues(context.document, context.target)) {
      const name = value.setting.envName ?? '';
      if (value.setting.type !== 'enum' || value.text === null || value.converter === 'container' || decidedElsewhere.has(name))
        continue;
      if (value.text === '' || (name === 'STORAGE_BACKEND' && value.text === 'redis')) continue;
      const words = acceptedWords(value, context.target);
      const exact = caseSensitive.has(name)
        ? words.includes(value.text)
        : words.some((w) => w.toLowerCase() === value.text?.toLowerCase());
      if (exact) continue;
      const to = intendedWord(value.text, words);
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        ...(caseSensitive.has(name) ? { severity: 'error' } : {}),
        message: `${value.label}: "${value.text}" is none of ${words.join(', ')}; ${consequence(name)}.`,
        fixes: to === null ? [] : fix(`Write ${to}`, false, replaceValue(context.document, value.assignment, to)),
      });
    }
  }),

  documentRule('swim-log-level-case', (context, report) => {
    if (context.document.kind === 'python') return;
    for (const value of environmentTexts(context.document, context.target)) {
      const range = value.assignment.valueRange;
      const upper = value.text.toUpperCase();
      if (value.setting.envName !== 'SWIM_LOG_LEVEL' || range === null) continue;
      if (value.text === upper || !(value.setting.values ?? []).includes(upper)) continue;
      report({
        at: context.at(range),
        setting: 'SWIM_LOG_LEVEL',
        message: `SWIM_LOG_LEVEL: "${value.text}" must be ${upper}; otherwise SWIM does not start and the mesh runs without P2P.`,
        fixes: fix(`Write ${upper}`, true, replaceValue(context.document, value.assignment, upper)),
      });
    }
  }),

  documentRule('invalid-viewport', (context, report) => {
    for (const value of writtenValues(context.document, context.target)) {
      if (value.setting.envName !== 'BROWSER_DEFAULT_VIEWPORT' || value.text === null || /^\d+x\d+$/.test(value.text)) continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        message: `${value.label}: write width and height in pixels, like 1280x720.`,
      });
    }
  }),

  documentRule('invalid-api-version', (context, report) => {
    for (const value of writtenValues(context.document, context.target)) {
      if (value.setting.envName !== 'AZURE_API_VERSION' || value.text === null) continue;
      if (/^\d{4}-\d{2}-\d{2}(-preview)?$/.test(value.text)) continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        message: `${value.label}: Azure names its API versions by date, like 2024-10-21 or 2024-02-15-preview.`,
      });
    }
  }),

  documentRule('azure-container-name', (context, report) => {
    for (const value of writtenValues(context.document, context.target)) {
      if (value.setting.envName !== 'AZURE_STORAGE_CONTAINER' || value.text === null) continue;
      const { text } = value;
      if (text.length >= 3 && text.length <= 63 && /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(text) && !text.includes('--'))
        continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        message: `${value.label}: Azure container names are 3 to 63 lower-case letters, digits and single hyphens.`,
      });
    }
  }),

  documentRule('quoted-twice', (context, report) => {
    if (context.document.kind === 'python') return;
    for (const value of environmentTexts(context.document, context.target)) {
      const inner = /^(["'])(.*)\1$/s.exec(value.text)?.[2];
      const range = value.assignment.valueRange;
      if (inner === undefined || range === null || value.setting.type === 'json') continue;
      report({
        at: context.at(range),
        setting: value.assignment.name.toUpperCase(),
        message: `${value.label}: quotes are still part of the value after parsing; quote it once.`,
        fixes: /['"\\$#\s]/.test(inner) ? [] : fix('Quote once', true, replaceValue(context.document, value.assignment, inner)),
      });
    }
  }),
];
