/** `env effective`: every setting of every declared process, with its value, its origin and whether anything obeys it. */
import type { Release } from '#schemas/settings/catalogue.ts';
import { type Field, fieldsOf } from './fields.ts';
import type { Candidate, DeclaredProcess, EffectiveSetting, Literal, OriginKind, WorkspaceModel } from './types.ts';

export type ReportValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly ReportValue[]
  | { readonly [key: string]: ReportValue };

export interface ReportedOrigin {
  readonly kind: OriginKind;
  /** Null for defaults and for values given by `--set`. */
  readonly file: string | null;
  /** One-based. */
  readonly line: number | null;
}

interface ReportedBase {
  readonly origin: ReportedOrigin;
  readonly applied: boolean | null;
  readonly note: string | null;
}

/** `value`, or `error` where the framework would reject the value. */
export type ReportedCandidate = ReportedBase & ({ readonly value: ReportValue } | { readonly error: string });

/** The winner, and where something else was said too, that, strongest first, the default last. */
export type ReportedSetting = ReportedCandidate & { readonly hides?: readonly ReportedCandidate[] };

export interface EffectiveReport {
  readonly processes: readonly { readonly name: string; readonly settings: Readonly<Record<string, ReportedSetting>> }[];
}

export interface EffectiveReportOptions {
  /** Only the process of this name. */
  readonly process?: string;
  /** How a document's URI is shown; default: as it is. */
  readonly fileOf?: (uri: string) => string;
}

function number(value: number): number | string {
  if (Number.isFinite(value)) return value;
  // Python's names, as `repr(float)` writes them.
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

function shown(value: Literal): ReportValue {
  if (typeof value === 'number') return number(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: Literal) => shown(item));
  return Object.fromEntries(Object.entries(value).map(([key, item]: [string, Literal]) => [key, shown(item)]));
}

function isEmptySecret({ value }: Candidate): boolean {
  if (value.kind === 'secret') return value.facts.state === 'empty';
  if (value.kind === 'text') return value.text === '';
  return value.kind === 'literal' && value.literal === '';
}

function secretValue(candidate: Candidate): ReportValue {
  const { value } = candidate;
  if (value.kind === 'literal' && (value.literal === null || candidate.origin.kind === 'default')) {
    // `{}` is the default of the one secret JSON setting: nothing is set.
    return typeof value.literal === 'string' && value.literal !== '' ? '<set>' : null;
  }
  return isEmptySecret(candidate) ? '<empty>' : '<set>';
}

function unknownNote(candidate: Candidate): string | null {
  if (candidate.value.kind === 'unknown') return `set, value unknown: ${candidate.value.why}`;
  return candidate.value.kind === 'absent' ? 'set, value unknown: passed through' : null;
}

function report(setting: EffectiveSetting, field: Field, fileOf: (uri: string) => string): ReportedSetting {
  const { winner, chain } = setting;
  const shown = reportCandidate(winner, field, fileOf);
  const losers = chain.filter((candidate) => candidate !== winner);
  return losers.length === 0 ? shown : { ...shown, hides: losers.map((candidate) => reportCandidate(candidate, field, fileOf)) };
}

function reportCandidate(winner: Candidate, field: Field, fileOf: (uri: string) => string): ReportedCandidate {
  const { kind, uri, range } = winner.origin;
  const base: ReportedBase = {
    origin: { kind, file: uri === null ? null : fileOf(uri), line: range === null ? null : range.start.line + 1 },
    applied: winner.applied,
    note: [unknownNote(winner), winner.note].filter((note) => note !== null).join('; ') || null,
  };
  if (winner.error !== null) return { ...base, error: winner.error };
  // A secret that was taken into another setting (`${API_KEY}`) is masked there too.
  if (field.setting.secret || winner.value.kind === 'secret') return { ...base, value: secretValue(winner) };
  return { ...base, value: winner.typed === undefined ? null : shown(winner.typed) };
}

/** What `env effective` lists: the fields of `Settings`, and every other name something reads or the files set. */
function isListed(field: Field, setting: EffectiveSetting): boolean {
  if (field.setting.envName === null) return setting.winner.origin.kind !== 'default';
  return field.declared || field.effect.effect !== 'none' || setting.winner.origin.kind !== 'default';
}

function processSettings(
  process: DeclaredProcess,
  target: Release,
  fileOf: (uri: string) => string,
): Record<string, ReportedSetting> {
  const result: Record<string, ReportedSetting> = {};
  for (const field of fieldsOf(target).all) {
    const setting = process.settings.get(field.name) ?? field.fallback;
    if (isListed(field, setting)) result[field.name] = report(setting, field, fileOf);
  }
  return result;
}

/** Builds the report. Pure; no value of a secret is in it. */
export function effectiveReport(model: WorkspaceModel, options: EffectiveReportOptions = {}): EffectiveReport {
  const fileOf = options.fileOf ?? ((uri: string) => uri);
  return {
    processes: model.processes
      .filter((process) => options.process === undefined || process.name === options.process)
      .map((process) => ({ name: process.name, settings: processSettings(process, model.target, fileOf) })),
  };
}

declare global {
  interface JSON {
    /** ECMAScript proposal "JSON.parse source text access", in V8 since Node 21. */
    rawJSON(text: string): unknown;
  }
}

/** The report as scripts get it: one winner for each setting, and no key beyond those they rely on. */
export function winnersOnly({ processes }: EffectiveReport): EffectiveReport {
  return {
    processes: processes.map(({ name, settings }) => ({
      name,
      settings: Object.fromEntries(Object.entries(settings).map(([key, { hides: _, ...winner }]) => [key, winner])),
    })),
  };
}

/** The report as one line of JSON; integers of any size are written as they are. */
export function effectiveJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? JSON.rawJSON(item.toString()) : item));
}
