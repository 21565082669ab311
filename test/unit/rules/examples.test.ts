import { describe, expect, it } from 'vitest';
import ruleDocsJson from '#schemas/settings/ruleDocs.json' with { type: 'json' };
import { ruleDocs, ruleDocsFileSchema, runnableExamples } from '#schemas/settings/ruleDocs.ts';
import { ruleInventory } from '#schemas/settings/ruleInventory.ts';
import { reportedRules } from '#server/config/rules/engine.ts';
import { firedFindings } from '../../../scripts/docs/firedFindings.ts';
import { applyEdits, findingsOf, optionsOf } from './workspace.ts';

/** Identity of a finding that survives shifted lines. */
const keyOf = (finding: { rule: string; setting: string | null }): string => `${finding.rule} ${finding.setting ?? ''}`;

describe('rule texts', () => {
  it('exist for every rule and follow their schema', () => {
    ruleDocsFileSchema.parse(ruleDocsJson);
    expect([...ruleDocs.keys()].sort()).toEqual([...reportedRules].sort());
  });

  it('belong to rules of the inventory', () => {
    expect([...reportedRules].filter((id) => !ruleInventory.has(id))).toEqual([]);
  });
});

describe.each([...runnableExamples()])('%s', (id, doc) => {
  it('fires on its bad example with the severity and the fixes of the inventory', () => {
    const found = firedFindings(doc.bad.files, optionsOf(doc.bad)).filter((finding) => finding.rule === id);
    expect(found.length).toBeGreaterThan(0);
    const rule = ruleInventory.get(id);
    const allowed = [rule?.severity, ...(rule?.severityWhen.map((exception) => exception.severity) ?? [])];
    for (const finding of found) {
      expect(allowed).toContain(finding.severity);
      if (rule?.fix === 'none') expect(finding.fixes).toEqual([]);
      if (rule?.fix === 'unsafe') expect(finding.fixes.filter((fix) => fix.safe)).toEqual([]);
    }
  });

  it('stays silent on its good example', () => {
    expect(firedFindings(doc.good.files, optionsOf(doc.good)).filter((finding) => finding.rule === id)).toEqual([]);
  });

  it('has fixes that remove their finding and bring no new one', () => {
    const options = optionsOf(doc.bad);
    const before = firedFindings(doc.bad.files, options);
    for (const finding of before.filter((candidate) => candidate.rule === id)) {
      for (const fix of finding.fixes) {
        const files = applyEdits(doc.bad.files, fix.edits);
        expect(files, fix.title).not.toEqual(doc.bad.files);
        const after = firedFindings(files, options);
        const same = (list: readonly { rule: string; setting: string | null }[]): number =>
          list.filter((f) => keyOf(f) === keyOf(finding)).length;
        expect(same(after), `${fix.title}\n${JSON.stringify(files)}`).toBeLessThan(same(before));
        const known = new Set(before.map((f) => f.rule));
        const visible = findingsOf(files, options).filter((f) => !known.has(f.rule));
        expect(
          visible.map((f) => `${f.rule}: ${f.message}`),
          `${fix.title}\n${JSON.stringify(files)}`,
        ).toEqual([]);
      }
    }
  });
});
