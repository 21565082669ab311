/** Numbers: refused text, forms other readers refuse, ranges and units. */
import type { Fix } from '../../model/types.ts';
import { fix, replaceValue } from '../fixes.ts';
import { choosesPort } from '../ports/freePort.ts';
import { type DocumentContext, documentRule, type Rule } from '../rule.ts';
import { intendedNumber, isFloat, isInt, readNumber } from './pydantic.ts';
import { environmentTexts, type WrittenValue, writtenValues } from './writtenValues.ts';

const wholeTypes = new Set(['int', 'port']);
const numberTypes = new Set(['int', 'port', 'float']);

/** What a refused number does to the process that reads it. */
function consequence(value: WrittenValue): string {
  switch (value.converter) {
    case 'settings':
      return 'Mesh.start() stops with a ValidationError';
    case 'swim':
      return 'SWIM does not start and the mesh runs without P2P';
    default:
      return 'its reader falls back to the default or fails';
  }
}

function intendedFix(context: DocumentContext, value: WrittenValue, whole: boolean): readonly Fix[] {
  const range = value.assignment.valueRange;
  const number = value.text === null ? null : intendedNumber(value.text, value.setting.unit);
  if (number === null || range === null || context.document.kind === 'python' || (whole && !Number.isInteger(number))) return [];
  const unit = value.setting.unit === null ? '' : ` (${value.setting.unit})`;
  return fix(`Write ${number}${unit}`, false, replaceValue(context.document, value.assignment, String(number)));
}

/** The number a value stands for, environment text and Python literal alike; null for anything else. */
function numberOf(value: WrittenValue): number | null {
  if (typeof value.literal === 'number') return value.literal;
  if (typeof value.literal === 'bigint') return Number(value.literal);
  return value.text === null || value.literal !== undefined ? null : readNumber(value.text);
}

export const numberRules: readonly Rule[] = [
  documentRule('invalid-int', (context, report) => {
    for (const value of environmentTexts(context.document, context.target)) {
      if (!wholeTypes.has(value.setting.type) || value.converter === 'container' || value.text === '' || isInt(value.text))
        continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name.toUpperCase(),
        message: `${value.label}: "${value.text}" is no whole number; ${consequence(value)}.`,
        fixes: intendedFix(context, value, true),
      });
    }
  }),

  documentRule('invalid-float', (context, report) => {
    for (const value of environmentTexts(context.document, context.target)) {
      if (value.setting.type !== 'float' || value.converter === 'container' || value.text === '' || isFloat(value.text)) continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name.toUpperCase(),
        message: `${value.label}: "${value.text}" is no number; ${consequence(value)}.`,
        fixes: intendedFix(context, value, false),
      });
    }
  }),

  documentRule('non-finite-float', (context, report) => {
    for (const value of writtenValues(context.document, context.target)) {
      const number = value.setting.type === 'float' ? numberOf(value) : null;
      if (number === null || Number.isFinite(number)) continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        message: `${value.label}: ${value.text ?? number} is accepted as a number, but as a limit it never ends or never compares.`,
      });
    }
  }),

  documentRule('int-underscore-or-decimal', (context, report) => {
    if (context.document.kind === 'python') return;
    for (const value of environmentTexts(context.document, context.target)) {
      const range = value.assignment.valueRange;
      if (!wholeTypes.has(value.setting.type) || value.converter !== 'settings' || range === null || !isInt(value.text)) continue;
      const number = readNumber(value.text);
      if (number === null || !Number.isSafeInteger(number) || value.text.trim() === String(number)) continue;
      report({
        at: context.at(range),
        setting: value.assignment.name.toUpperCase(),
        message: `${value.label}: pydantic reads ${value.text.trim()} as ${number}; shells and other readers do not.`,
        fixes: fix(`Write ${number}`, true, replaceValue(context.document, value.assignment, String(number))),
      });
    }
  }),

  documentRule('out-of-range', (context, report) => {
    for (const value of writtenValues(context.document, context.target)) {
      const { setting } = value;
      const number = numberTypes.has(setting.type) && value.converter !== 'container' ? numberOf(value) : null;
      if (number === null || !Number.isFinite(number)) continue;
      const low = setting.min !== null && number < setting.min;
      const high = setting.max !== null && number > setting.max;
      if ((!low && !high) || (number === 0 && choosesPort(value, context.document))) continue;
      const unit = setting.unit === null ? '' : ` ${setting.unit}`;
      const range =
        setting.min !== null && setting.max !== null
          ? `${setting.min} to ${setting.max}`
          : low
            ? `${setting.min} or more`
            : `${setting.max} or less`;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        message: `${value.label}: ${number} is outside the sensible range (${range}${unit}).`,
      });
    }
  }),

  documentRule('ms-vs-s', (context, report) => {
    for (const value of writtenValues(context.document, context.target)) {
      const number = value.converter === 'container' ? null : numberOf(value);
      const name = value.setting.envName ?? value.setting.meshKey?.toUpperCase() ?? '';
      if (number === null || number <= 0 || !Number.isFinite(number)) continue;
      const looksLikeSeconds = name.endsWith('_MS') && number < 1000 && typicalMilliseconds(value) >= 1000;
      const looksLikeMilliseconds = /_TIMEOUT(_SECONDS)?$/.test(name) && value.setting.unit === 's' && number > 10_000;
      if (!looksLikeSeconds && !looksLikeMilliseconds) continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        message: looksLikeSeconds
          ? `${value.label}: ${number} ms looks like seconds; this setting counts milliseconds.`
          : `${value.label}: ${number} s looks like milliseconds; this setting counts seconds.`,
      });
    }
  }),
];

/** A default below a second makes a small value ordinary. */
function typicalMilliseconds(value: WrittenValue): number {
  return typeof value.setting.default === 'number' ? value.setting.default : 1000;
}
