/** Control policy, journal, decision models, browser and proxy settings. */

import { fix, replaceValue } from './fixes.ts';
import { ownAssignments } from './ownAssignments.ts';
import { setCandidate } from './processFixes.ts';
import { relation } from './relation.ts';
import { type DocumentContext, documentRule, type Reporter, type Rule } from './rule.ts';
import { editDistance } from './similarity.ts';
import { readNumber } from './values/pydantic.ts';
import { splitUrl } from './values/urls.ts';
import { type WrittenValue, writtenValues } from './values/writtenValues.ts';

function valuesOf(context: DocumentContext, ...names: readonly string[]): readonly WrittenValue[] {
  return writtenValues(context.document, context.target).filter((value) =>
    names.includes(value.setting.envName ?? value.setting.meshKey ?? ''),
  );
}

/** A word that is none of the accepted ones, with the word that was probably meant. */
function wrongWords(
  context: DocumentContext,
  report: Reporter,
  names: readonly string[],
  words: readonly string[],
  message: (value: WrittenValue) => string,
  severity?: 'warning',
): void {
  for (const value of valuesOf(context, ...names)) {
    const word = value.text?.trim().toLowerCase();
    if (word === undefined || word === '' || words.includes(word)) continue;
    const near = words.find((candidate) => editDistance(candidate, word, 2) <= 2 && word.length > 2);
    report({
      at: context.placeOf(value.assignment),
      setting: value.assignment.name,
      ...(severity === undefined ? {} : { severity }),
      message: message(value),
      fixes: near === undefined ? [] : fix(`Write ${near}`, false, replaceValue(context.document, value.assignment, near)),
    });
  }
}

const offWords = /^(off|none|)$/i;

const numberOf = (value: WrittenValue): number | null =>
  typeof value.literal === 'number' ? value.literal : value.text === null ? null : readNumber(value.text);

/** IANA names have an area and a place; `UTC` and a few abbreviations stand alone. */
function isTimezone(text: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

export const controlRules: readonly Rule[] = [
  documentRule('control-mode-invalid', (context, report) =>
    wrongWords(
      context,
      report,
      ['CONTROL_MODE', 'JARVISCORE_CONTROL_MODE'],
      ['off', 'report', 'strict'],
      (value) =>
        `${value.label}: "${value.text}" is none of off, report, strict; any other word means strict and work is refused.`,
    ),
  ),

  documentRule('journal-capture-invalid', (context, report) =>
    wrongWords(
      context,
      report,
      ['JOURNAL_CAPTURE', 'JARVISCORE_JOURNAL_CAPTURE'],
      ['full', 'digests', 'off'],
      (value) => `${value.label}: "${value.text}" is none of full, digests, off; any other word silently means full.`,
    ),
  ),

  documentRule('decision-provider-invalid', (context, report) => {
    wrongWords(
      context,
      report,
      ['KERNEL_ROUTER_PROVIDER'],
      ['llm', 'typesafe'],
      (value) =>
        `${value.label}: "${value.text}" is none of llm, typesafe; agent setup raises a ValueError and the mesh does not start.`,
    );
    wrongWords(
      context,
      report,
      ['RAG_DECISION_PROVIDER'],
      ['vector', 'typesafe'],
      (value) =>
        `${value.label}: "${value.text}" is none of vector, typesafe; agent setup raises a ValueError and the mesh does not start.`,
    );
    wrongWords(
      context,
      report,
      ['TASK_COMPLEXITY_PROVIDER'],
      ['llm', 'typesafe'],
      (value) => `${value.label}: "${value.text}" is none of llm, typesafe; it silently means llm.`,
      'warning',
    );
  }),

  documentRule('decision-threshold-range', (context, report) => {
    for (const value of valuesOf(
      context,
      'RAG_TYPESAFE_RELEVANT_MIN',
      'RAG_TYPESAFE_EVIDENCE_MIN',
      'RAG_TYPESAFE_CONTRADICTS_MIN',
      'RAG_TYPESAFE_INJECTION_MAX',
      'RAG_TYPESAFE_MAX_CONCURRENT',
      'TYPESAFE_ROUTER_MIN_CONFIDENCE',
      'TYPESAFE_COMPLEXITY_MIN_CONFIDENCE',
    )) {
      const number = numberOf(value);
      const count = value.setting.envName === 'RAG_TYPESAFE_MAX_CONCURRENT';
      if (number === null || (count ? number >= 1 : number >= 0 && number <= 1)) continue;
      const light = value.setting.envName?.startsWith('TYPESAFE_') === true;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        ...(light ? { severity: 'warning' } : {}),
        message: `${value.label}: ${number} is outside ${count ? '1 and up' : '0 to 1'}${light ? '; nothing validates it' : '; agent setup raises a ValueError and the mesh does not start'}.`,
      });
    }
  }),

  documentRule('decision-factory-format', (context, report) => {
    for (const value of valuesOf(context, 'DECISION_CLIENT_FACTORY')) {
      if (value.text === null || value.text === '' || /^[A-Za-z_][\w.]*:[A-Za-z_][\w.]*$/.test(value.text)) continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        message: `${value.label}: write module:callable, like app.decisions:make_client.`,
      });
    }
  }),

  relation('decision-provider-without-key', (process) => {
    const provider = ['KERNEL_ROUTER_PROVIDER', 'TASK_COMPLEXITY_PROVIDER', 'RAG_DECISION_PROVIDER'].find(
      (name) => process.text(name)?.toLowerCase() === 'typesafe' && process.written(name) !== undefined,
    );
    if (provider === undefined || !process.complete || process.firstSet('TYPESAFE_API_KEY', 'DECISION_CLIENT_FACTORY') !== null)
      return null;
    return {
      at: provider,
      message: `${provider}=typesafe needs TYPESAFE_API_KEY; without it agent setup raises a ValueError and the mesh does not start.`,
    };
  }),

  relation('control-strict-without-journal', (process) => {
    const mode = process.isSet('JARVISCORE_CONTROL_MODE') ? 'JARVISCORE_CONTROL_MODE' : 'CONTROL_MODE';
    const journal = process.written('JARVISCORE_JOURNAL_DIR') === undefined ? 'JOURNAL_DIR' : 'JARVISCORE_JOURNAL_DIR';
    if (
      process.text(mode)?.toLowerCase() !== 'strict' ||
      process.written(journal) === undefined ||
      !offWords.test(process.text(journal) ?? 'set')
    )
      return null;
    return {
      at: journal,
      with: [mode],
      message: 'In strict mode every effect needs a recorded decision; without a journal all of them are refused.',
    };
  }),

  relation('control-strict-unsafe', (process, { documents }) => {
    const mode = process.isSet('JARVISCORE_CONTROL_MODE') ? 'JARVISCORE_CONTROL_MODE' : 'CONTROL_MODE';
    if (process.text(mode)?.toLowerCase() !== 'strict' || process.bool('ALLOW_UNSAFE_LOCAL_EXECUTION') !== true) return null;
    return {
      at: 'ALLOW_UNSAFE_LOCAL_EXECUTION',
      with: [mode],
      message: 'Strict control and unconfined execution contradict each other: unconfined code can do what the policy refuses.',
      fixes: fix(
        'Switch it off',
        false,
        setCandidate(documents, process.written('ALLOW_UNSAFE_LOCAL_EXECUTION'), { text: 'false', literal: 'False' }),
      ),
    };
  }),

  documentRule('journal-days-invalid', (context, report) => {
    for (const value of valuesOf(context, 'JOURNAL_CONTENT_DAYS', 'JARVISCORE_JOURNAL_CONTENT_DAYS')) {
      const number = numberOf(value);
      const override = value.setting.envName === 'JARVISCORE_JOURNAL_CONTENT_DAYS';
      const text = number === null || !Number.isInteger(number);
      if ((!text && number >= 0) || value.text === '') continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        ...(text && !override ? { severity: 'error' } : {}),
        message: text
          ? `${value.label}: "${value.text}" is no number of days${override ? '; 30 is used' : '; Mesh.start() stops with a ValidationError'}.`
          : `${value.label}: ${number} means 0, which keeps content for ever.`,
      });
    }
  }),

  documentRule('egress-proxy-format', (context, report) => {
    for (const assignment of ownAssignments(context.document)) {
      const name = assignment.name.toUpperCase();
      const { value } = assignment;
      const text =
        value.kind === 'text' ? value.text : value.kind === 'literal' && typeof value.literal === 'string' ? value.literal : null;
      const at = context.placeOf(assignment);
      if (name === 'EGRESS_PROXY_URL') {
        if (value.kind === 'secret' && value.facts.state === 'empty') continue;
        const parts = text === null ? null : splitUrl(text);
        if (text === '' || (text === null && value.kind !== 'secret')) continue;
        if (parts === null || !/^(https?|socks5h?)$/.test(parts.scheme))
          report({ at, setting: assignment.name, message: `${assignment.name} needs an http, https or socks5 URL with a host.` });
        // Of env files and dicts `secret-in-env-file` and `mesh-config-secret` say it.
        else if (
          context.document.kind !== 'dotenv' &&
          context.document.kind !== 'python' &&
          (value.kind === 'text' || value.kind === 'literal') &&
          value.masked !== undefined
        )
          report({
            at,
            setting: assignment.name,
            severity: 'warning',
            message: `${assignment.name} carries a password; whoever reads this file can use the proxy.`,
          });
      }
      if (name === 'EGRESS_PROXY_BYPASS' && text !== null) {
        const item = text
          .split(',')
          .map((part) => part.trim())
          .find((part) => part.includes('://') || /:\d+$/.test(part));
        if (item !== undefined)
          report({
            at,
            setting: assignment.name,
            severity: 'info',
            message: `${assignment.name}: "${item}" has a scheme or a port; the list takes host names.`,
          });
      }
    }
  }),

  documentRule('browser-timezone', (context, report) => {
    for (const value of valuesOf(context, 'BROWSER_TIMEZONE')) {
      if (value.text === null || value.text === '' || isTimezone(value.text)) continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        message: `${value.label}: "${value.text}" is no IANA time zone, like Europe/Berlin.`,
      });
    }
  }),

  documentRule('browser-locale', (context, report) => {
    for (const value of valuesOf(context, 'BROWSER_LOCALE')) {
      if (value.text === null || value.text === '' || /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value.text)) continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        message: `${value.label}: "${value.text}" is no language tag, like en-GB.`,
      });
    }
  }),
];
