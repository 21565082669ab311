/** Findings a project has accepted: left out until there are more of a kind than were accepted. */
import type { Baseline } from '#schemas/report/baseline.ts';
import type { Finding } from '../config/model/types.ts';
import { displayName } from './items.ts';

type Entry = Baseline['findings'][number];

/** @param folder the folder of the baseline file, which its names are relative to. */
export function createBaseline(findings: readonly Finding[], folder: string): Baseline {
  const counts = new Map<string, Entry>();
  for (const finding of findings) {
    const entry = { rule: finding.rule, file: displayName(finding.uri, folder), setting: finding.setting };
    const key = keyOf(entry);
    counts.set(key, { ...entry, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const entries = [...counts.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return { schema: 1, findings: entries };
}

/** The findings beyond those accepted. */
export function beyondBaseline(findings: readonly Finding[], baseline: Baseline, folder: string): readonly Finding[] {
  const left = new Map(baseline.findings.map((entry) => [keyOf(entry), entry.count]));
  const files = new Set(baseline.findings.map(({ file }) => file));
  const names = namesIn(baseline, folder);
  return findings.filter((finding) => {
    let file = names.get(finding.uri);
    if (file === undefined) {
      file = displayName(finding.uri, folder);
      names.set(finding.uri, file);
    }
    if (!files.has(file)) return true;
    const key = keyOf({ rule: finding.rule, file, setting: finding.setting });
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}

/** URI -> name in the baseline; an editor asks for all of them at every keystroke. */
const known = new WeakMap<Baseline, Map<string, Map<string, string>>>();

function namesIn(baseline: Baseline, folder: string): Map<string, string> {
  const folders = known.get(baseline) ?? new Map<string, Map<string, string>>();
  known.set(baseline, folders);
  const names = folders.get(folder) ?? new Map<string, string>();
  folders.set(folder, names);
  return names;
}

function keyOf({ rule, file, setting }: Omit<Entry, 'count'>): string {
  return JSON.stringify([file, rule, setting]);
}
