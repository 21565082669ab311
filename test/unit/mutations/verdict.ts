/** What the checker says about a mutation that it did not say about the clean workspace. */
import type { Finding } from '#server/config/model/types.ts';
import { type Files, findingsOf, pathOf } from '../rules/workspace.ts';

export interface CheckedFor {
  readonly target: string;
  readonly profile: 'development' | 'production';
  /** Paths that git tracks. */
  readonly tracked?: readonly string[];
}

const settled = new WeakMap<Files, Map<string, readonly Finding[]>>();

/** What is said about a workspace; asked for the same object again, the same answer. */
export function findingsFor(files: Files, { target, profile, tracked }: CheckedFor): readonly Finding[] {
  const key = `${target} ${profile} ${tracked?.join(' ')}`;
  const known = settled.get(files) ?? new Map<string, readonly Finding[]>();
  settled.set(files, known);
  const before = known.get(key);
  if (before !== undefined) return before;
  const findings = findingsOf(files, { target, profile, ...(tracked === undefined ? {} : { tracked }) });
  known.set(key, findings);
  return findings;
}

/** Identity of a finding that survives shifted lines: the rule, the file, the setting and the text of the marked line. */
function identity(finding: Finding, files: Files): string {
  const path = pathOf(finding.uri);
  const line = files[path]?.split('\n')[finding.range.start.line]?.trim() ?? '';
  return [finding.rule, path, finding.setting, line].join(' ');
}

/** Findings about the second workspace that there were none of in the first, counted by identity. */
export function newFindings(before: Files, after: Files, options: CheckedFor): readonly Finding[] {
  const known = new Map<string, number>();
  for (const finding of findingsFor(before, options)) {
    const id = identity(finding, before);
    known.set(id, (known.get(id) ?? 0) + 1);
  }
  return findingsFor(after, options).filter((finding) => {
    const id = identity(finding, after);
    const left = known.get(id) ?? 0;
    if (left > 0) known.set(id, left - 1);
    return left === 0;
  });
}
