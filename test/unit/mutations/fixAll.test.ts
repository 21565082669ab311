/** `--fix` and `--unsafe-fixes` on one workspace that holds hundreds of the mistakes at once. */
import { describe, expect, it } from 'vitest';
import type { Finding, WorkspaceModel } from '#server/config/model/types.ts';
import { applyEdits, chooseFixes, type FixLevel } from '#server/report/edits.ts';
import { type Files, findingsOf, modelOf, pathOf } from '../rules/workspace.ts';
import { isSlotKind, valuesOf } from './mistake.ts';
import { mistakes } from './mistakes.ts';
import { production } from './production.ts';
import { place, type SlotKind, slots } from './slots.ts';
import { cells } from './suite.ts';

const anchors = new Set(['JARVISCORE_NODE_NAME', 'P2P_ENABLED', 'JOURNAL_CAPTURE']);

/** Every mistake that is a few values, in every kind of file, as long as no other one has taken its names there. */
function everything(): { readonly files: Files; readonly count: number } {
  let files = production('3.0.0');
  let count = 0;
  const taken = new Set<string>();
  for (const { mistake, kind } of cells) {
    if (!isSlotKind(kind) || mistake.workspace !== undefined || mistake.base !== undefined || mistake.change !== undefined)
      continue;
    const slot = slots['3.0.0'][kind];
    const values = valuesOf(mistake, kind, files);
    const names = values.map(({ name }) => `${kind} ${name}`);
    // Taking a setting out would leave others of the list without what they need.
    // New lines go behind these.
    if (values.some(({ name }) => anchors.has(name.toUpperCase()))) continue;
    if (values.length === 0 || values.some(({ text }) => text === null) || names.some((name) => taken.has(name))) continue;
    for (const name of names) taken.add(name);
    files = place(files, slot, values).files;
    count++;
  }
  return { files, count };
}

const options = { profile: 'production' } as const;

function apply(files: Files, findings: readonly Finding[], level: FixLevel): Files {
  const edits = chooseFixes(findings, level).flatMap(({ fix }) => fix.edits);
  const result: Record<string, string> = { ...files };
  for (const [path, list] of Map.groupBy(edits, ({ uri }) => pathOf(uri))) result[path] = applyEdits(files[path] ?? '', list);
  return result;
}

/** As the command line does it: round by round until nothing is left that needs no choice. */
function fixAll(files: Files, level: FixLevel): { readonly files: Files; readonly rounds: number } {
  let current = files;
  for (let rounds = 0; rounds < 60; rounds++) {
    const findings = findingsOf(current, options);
    if (chooseFixes(findings, level).length === 0) return { files: current, rounds };
    current = apply(current, findings, level);
  }
  throw new Error('The fixes do not come to an end.');
}

const countOf = (findings: readonly Finding[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
};

/** Typed values of everything that is set and accepted: process, setting, value. */
function effective(model: WorkspaceModel): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const process of model.processes) {
    for (const [name, { winner }] of process.settings) {
      if (winner.origin.kind === 'default' || winner.error !== null || winner.typed === undefined) continue;
      values.set(
        `${process.id} ${name}`,
        JSON.stringify(winner.typed, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
      );
    }
  }
  return values;
}

/** What no reader can use as it stands: setting and value. */
const onlyReading = new Set([
  // Quotes inside of quotes: no model has such a name.
  'LLM_MODEL "\\"qwen\\""',
  // swim-p2p refuses to start with the word in lower case.
  'SWIM_LOG_LEVEL "info"',
  // The comment that systemd takes for a part of the value.
  'LOG_LEVEL "INFO # or DEBUG"',
  // A key that no release has ever read.
  'MAX_PARALLEL 4',
]);

/** Numbers that were refused as they stood are compared with others once a fix has made them readable. */
const comparisons = ['llm-connect-ge-timeout', 'llm-429-retry-long', 'suppress-window-ge-interval'];

const revealed = new Set([...comparisons, ...mistakes.flatMap(({ reveals }) => reveals ?? []).map(({ rule }) => rule)]);
const { files, count } = everything();
const before = findingsOf(files, options);

describe('hundreds of mistakes at once', () => {
  it('are in every kind of file', () => {
    expect(count).toBeGreaterThan(500);
    const kinds: readonly SlotKind[] = ['dotenv', 'python', 'compose', 'systemd', 'kubernetes', 'dockerfile', 'shell', 'launch'];
    const marked = new Set(before.map(({ uri }) => pathOf(uri)));
    expect(kinds.filter((kind) => !marked.has(slots['3.0.0'][kind].file))).toEqual([]);
  });

  it.each(['safe', 'unsafe'] as const)('are fixed in a few rounds, and a second run changes nothing: %s', (level) => {
    const result = fixAll(files, level);
    expect(result.rounds).toBeLessThan(30);
    expect(result.files).not.toEqual(files);
    expect(fixAll(result.files, level)).toEqual({ files: result.files, rounds: 0 });
    const counts = countOf(before);
    const after = findingsOf(result.files, options);
    const more = [...countOf(after)].filter(([rule, n]) => n > (counts.get(rule) ?? 0) && !revealed.has(rule));
    expect(more).toEqual([]);
    expect(after.length).toBeLessThan(before.length);
  });

  it('keep every effective setting under safe fixes, but for values that had no other reading', () => {
    const now = effective(modelOf(fixAll(files, 'safe').files, options));
    const lost = [...effective(modelOf(files, options))].filter(([key, value]) => now.get(key) !== value);
    expect(new Set(lost.map(([key, value]) => `${key.split(' ').at(-1)} ${value}`))).toEqual(onlyReading);
  });

  it('are changed by no fix in files that have none', () => {
    const touched = new Set(before.flatMap(({ fixes }) => fixes.flatMap(({ edits }) => edits.map(({ uri }) => pathOf(uri)))));
    const result = fixAll(files, 'unsafe').files;
    const untouched = Object.keys(files).filter((path) => !touched.has(path));
    expect(untouched.filter((path) => result[path] !== files[path])).toEqual([]);
  });
});
