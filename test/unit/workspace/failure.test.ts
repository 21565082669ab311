import { expect, test } from 'vitest';
import { createReaderContext } from '#server/config/readers/context.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { Groups } from '#server/workspace/groups.ts';
import { analyse } from '#server/workspace/scope.ts';
import { defaultCheckSettings } from '#server/workspace/settings.ts';
import { DiskSurroundings } from '#server/workspace/surroundings.ts';

const uri = 'file:///w/.env';

function analysed(prepare: (document: object) => void) {
  const document = { ...readDocument({ uri, text: 'BIND_PORT=1\n', kind: 'dotenv' }, createReaderContext(1)) };
  prepare(document);
  const outside = { uri: '', settings: defaultCheckSettings, installed: null };
  const groups = new Groups([document], { folders: [{ ...outside, uri: 'file:///w' }], outside, flags: {}, boundary: null });
  const [group] = groups.split([document]);
  if (group === undefined) throw new Error('There is one group.');
  const log: string[] = [];
  const scope = analyse({ group, surroundings: new DiskSurroundings(), jarvisCore: true }, groups, (_, text) => log.push(text));
  return { scope, log };
}

test('a check that ends in the middle is said to have failed, and the model stays', () => {
  const { scope, log } = analysed((document) => {
    Object.defineProperty(document, 'suppressions', {
      get() {
        throw new Error('planted');
      },
    });
  });
  expect(scope.failed).toBe(true);
  expect(scope.checked.findings.size).toBe(0);
  expect(scope.model.documents.has(uri)).toBe(true);
  expect(log.join()).toContain('planted');
});

test('a whole one is not', () => {
  const { scope, log } = analysed(() => {});
  expect(scope.failed).toBe(false);
  expect([...scope.checked.findings.values()].flat().length).toBeGreaterThan(0);
  expect(log).toEqual([]);
});
