/** Settings whose text is a JSON object. A broken one stops Mesh.start() (SettingsError or ValidationError, 1.14.1 and later). */

import { compareReleases, type Release } from '#schemas/settings/catalogue.ts';
import type { Literal, SecretFacts } from '../../model/types.ts';
import { ownAssignments } from '../ownAssignments.ts';
import { type DocumentContext, documentRule, type Rule } from '../rule.ts';
import { environmentTexts, type WrittenValue, writtenValues } from './writtenValues.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The object a text holds; null for broken JSON and for anything but an object. */
function objectOf(text: string): Record<string, Json> | null {
  try {
    const value = JSON.parse(text) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** Numeric strings are coerced by pydantic: `"1.5"` is fine, `"12k"` is not. */
function isNumberLike(value: Json): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^\s*[+-]?\d+(\.\d+)?\s*$/.test(value));
}

const isWholeLike = (value: Json): boolean => isNumberLike(value) && Number.isInteger(Number(value));

type Flaw = { readonly message: string; readonly severity?: 'warning' | 'info' };

function limitsFlaw(value: Record<string, Json>): Flaw | null {
  for (const [deployment, limits] of Object.entries(value)) {
    if (typeof limits !== 'object' || limits === null || Array.isArray(limits))
      return { message: `"${deployment}" needs an object like {"rpm": 60, "tpm": 100000}` };
    for (const [word, amount] of Object.entries(limits)) {
      if (!isWholeLike(amount)) return { message: `"${deployment}": "${word}" is no whole number` };
      if (word !== 'rpm' && word !== 'tpm')
        return { message: `"${deployment}": "${word}" is unknown; the words are rpm and tpm`, severity: 'warning' };
    }
    if (!/^[^:\s]+:\S+$/.test(deployment))
      return { message: `"${deployment}" is not written as provider:deployment`, severity: 'warning' };
  }
  return null;
}

function pricesFlaw(value: Record<string, Json>): Flaw | null {
  for (const [model, prices] of Object.entries(value)) {
    if (typeof prices !== 'object' || prices === null) return { message: `"${model}" needs an object of prices` };
    for (const [word, amount] of Object.entries(prices))
      if (!isNumberLike(amount)) return { message: `"${model}": the price "${word}" is no number` };
  }
  return null;
}

function outputLimitsFlaw(value: Record<string, Json>): Flaw | null {
  for (const [model, limit] of Object.entries(value))
    if (!isWholeLike(limit)) return { message: `"${model}" needs a whole number of tokens` };
  return null;
}

const shapes: ReadonlyMap<string, (value: Record<string, Json>) => Flaw | null> = new Map([
  ['LLM_LIMITS', limitsFlaw],
  ['LLM_PRICES', pricesFlaw],
  ['LLM_MODEL_OUTPUT_LIMITS', outputLimitsFlaw],
]);

/** A Python dict as JSON; undefined where parts have no counterpart. */
function literalAsObject(literal: Literal | undefined): Record<string, Json> | null {
  if (typeof literal !== 'object' || literal === null || Array.isArray(literal)) return null;
  try {
    return JSON.parse(JSON.stringify(literal)) as Record<string, Json>;
  } catch {
    return null;
  }
}

function read(value: WrittenValue): Record<string, Json> | null {
  return value.text === null ? literalAsObject(value.literal) : objectOf(value.text);
}

const governorOff = ({ document }: DocumentContext): boolean =>
  ownAssignments(document).some(
    (a) =>
      a.name.toUpperCase() === 'LLM_GOVERNOR_ENABLED' && a.value.kind === 'text' && /^(false|0|off|no|n|f)$/i.test(a.value.text),
  );

/**
 * @param broken Whether the rule also speaks about text that is no JSON object; otherwise `invalid-json` does.
 */
function shapeRule(id: string, name: string, broken: boolean): Rule {
  return documentRule(id, (context, report) => {
    for (const value of writtenValues(context.document, context.target)) {
      if (value.setting.envName !== name) continue;
      const object = read(value);
      const at = context.placeOf(value.assignment);
      if (object === null) {
        if (!broken && value.assignment.layer === 'environment') continue;
        report({
          at,
          setting: value.assignment.name,
          message:
            value.assignment.layer === 'mesh'
              ? `${value.label} needs a dict.`
              : `${value.label} is ${value.text === '' ? 'empty' : 'no JSON object'}; Mesh.start() stops with a SettingsError. Write {} or leave the line out.`,
        });
        continue;
      }
      const flaw = shapes.get(name)?.(object) ?? null;
      if (flaw !== null)
        report({
          at,
          setting: value.assignment.name,
          ...(flaw.severity === undefined ? {} : { severity: flaw.severity }),
          message: `${value.label}: ${flaw.message}.`,
        });
      else if (name === 'LLM_LIMITS' && Object.keys(object).length > 0 && governorOff(context))
        report({
          at,
          setting: value.assignment.name,
          severity: 'info',
          message: `${value.label} has no effect while LLM_GOVERNOR_ENABLED is false.`,
        });
    }
  });
}

function brokenSecretJson(facts: SecretFacts): boolean {
  return facts.state !== 'placeholder' && !facts.formats.includes('json');
}

export const jsonRules: readonly Rule[] = [
  documentRule('invalid-json', (context, report) => {
    for (const value of environmentTexts(context.document, context.target)) {
      if (value.setting.type !== 'json' || objectOf(value.text) !== null) continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        message: `${value.label} is no JSON object; Mesh.start() stops with a SettingsError. In a .env file put single quotes around the whole value.`,
      });
    }
  }),
  shapeRule('llm-limits-format', 'LLM_LIMITS', true),
  shapeRule('llm-prices-format', 'LLM_PRICES', false),
  shapeRule('llm-model-output-limits-format', 'LLM_MODEL_OUTPUT_LIMITS', false),
  documentRule(
    'approval-keys-format',
    ({ document, target, placeOf }, report) => {
      if (!knowsApprovalKeys(target)) return;
      for (const assignment of ownAssignments(document)) {
        if (assignment.name.toUpperCase() !== 'APPROVAL_ASSERTION_KEYS' || assignment.layer !== 'environment') continue;
        if (assignment.value.kind !== 'secret' || !brokenSecretJson(assignment.value.facts)) continue;
        report({
          at: placeOf(assignment),
          setting: 'APPROVAL_ASSERTION_KEYS',
          message: `${assignment.name} is ${assignment.value.facts.state === 'empty' ? 'empty' : 'no JSON object'}; Mesh.start() stops with a SettingsError. Write an object of texts like {"key-id": "..."}.`,
        });
      }
    },
    'exempt',
  ),
];

function knowsApprovalKeys(release: Release): boolean {
  return compareReleases(release, '3.0.0') >= 0;
}
