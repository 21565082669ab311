/** Findings with file names as a person in this working directory writes them. */
import { relative, sep } from 'node:path';
import type { CheckReport } from '#schemas/report/check.ts';
import type { Severity } from '#schemas/settings/ruleInventory.ts';
import type { Finding } from '../config/model/types.ts';
import { pathOf } from '../workspace/uris.ts';

export const severityOrder: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** `uri` relative to `cwd`, with `/`; URIs that are no files stay as they are. */
export function displayName(uri: string, cwd: string): string {
  const path = pathOf(uri);
  if (path === null) return uri;
  const name = relative(cwd, path);
  return (name === '' ? '.' : name).split(sep).join('/');
}

/** Whether `severity` is at or above `level`. */
export function reaches(severity: Severity, level: Severity): boolean {
  return severityOrder.indexOf(severity) <= severityOrder.indexOf(level);
}

/** The order of every report: by file, then by line. */
export function byPlace(a: Finding, b: Finding): number {
  if (a.uri !== b.uri) return a.uri < b.uri ? -1 : 1;
  return a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character;
}

export function buildReport(findings: readonly Finding[], files: number, cwd: string): CheckReport {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const names = new Map<string, string>();
  const nameOf = (uri: string): string => {
    const name = names.get(uri) ?? displayName(uri, cwd);
    names.set(uri, name);
    return name;
  };
  return {
    schema: 1,
    findings: findings.map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      file: nameOf(finding.uri),
      range: finding.range,
      setting: finding.setting,
      related: finding.related.map(({ uri, range, message }) => ({ file: nameOf(uri), range, message })),
      fixes: finding.fixes.map(({ title, safe }) => ({ title, safe })),
    })),
    summary: { files, error: count('error'), warning: count('warning'), info: count('info'), hint: count('hint') },
  };
}
