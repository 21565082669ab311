/** `env effective` for people. */
import { basename } from 'node:path';
import {
  type EffectiveReport,
  effectiveJson,
  type ReportedCandidate,
  type ReportedSetting,
} from '../config/model/effectiveReport.ts';

/** Each process with its settings, those that somebody wrote first. No value of a secret is in it. */
export function effectiveText({ processes }: EffectiveReport): string {
  if (processes.length === 0) return 'No process is declared here: no env file, and no Mesh in a Python file.';
  return processes
    .map(({ name, settings }) => {
      const rows = Object.entries(settings).sort(([, a], [, b]) => Number(isDefault(a)) - Number(isDefault(b)));
      const width = Math.max(...rows.map(([setting]) => setting.length));
      return [name, ...rows.map(([setting, reported]) => `  ${setting.padEnd(width)}  ${describe(reported)}`)].join('\n');
    })
    .join('\n\n');
}

function isDefault({ origin }: ReportedSetting): boolean {
  return origin.kind === 'default';
}

function describe(reported: ReportedSetting): string {
  const losers = (reported.hides ?? []).map((loser) => `\n      hides ${describeCandidate(loser)}`);
  return describeCandidate(reported) + losers.join('');
}

function describeCandidate(reported: ReportedCandidate): string {
  const { origin, applied, note } = reported;
  const value = 'error' in reported ? `refused: ${reported.error}` : show(reported.value);
  const place =
    origin.file === null
      ? ''
      : ` ${basename(origin.file) === origin.file ? origin.file : `./${origin.file}`}:${origin.line ?? 1}`;
  const effect = applied === false ? ', not applied' : applied === null ? ', may not be applied' : '';
  return `${value}  (${origin.kind}${place}${effect}${note === null ? '' : `: ${note}`})`;
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : effectiveJson(value);
}
