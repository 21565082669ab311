/** The lanes' way of counting, and of running a failed file a second time. */
import { expect, test } from 'vitest';
import {
  countReport,
  filesToRepeat,
  listFailures,
  secondRunLimit,
  type VitestReport,
  withSecondRun,
} from '../../../scripts/vitestReport.ts';

type File = VitestReport['testResults'][number];

const file = (name: string, tests: Record<string, string>, status?: string): File => ({
  name,
  message: status === 'failed' ? 'No such module\n    at line 1' : '',
  status: status ?? (Object.values(tests).includes('failed') ? 'failed' : 'passed'),
  assertionResults: Object.entries(tests).map(([fullName, state]) => ({
    fullName,
    status: state,
    failureMessages: state === 'failed' ? ['AssertionError: expected 1 to be 2\n    at line 2'] : [],
  })),
});

const first: VitestReport = {
  testResults: [
    file('a.test.ts', { one: 'passed', two: 'failed' }),
    file('b.test.ts', { three: 'passed', four: 'skipped', five: 'todo' }),
    file('c.test.ts', {}, 'failed'),
  ],
};

test('a file whose hook or import fails counts as failed, what did not run as skipped', () => {
  expect(countReport(first)).toEqual({ passed: 2, failed: 2, skipped: 2 });
  expect(filesToRepeat(first)).toEqual(['a.test.ts', 'c.test.ts']);
  expect(listFailures(first)).toEqual(['a.test.ts > two: AssertionError: expected 1 to be 2', 'c.test.ts: No such module']);
});

test('what passes alone is counted and named, what fails again stays failed', () => {
  const second: VitestReport = {
    testResults: [file('a.test.ts', { one: 'passed', two: 'passed' }), file('c.test.ts', { six: 'failed' })],
  };
  const { report, unsteady } = withSecondRun(first, second);
  expect(unsteady).toEqual(['two']);
  expect(countReport(report)).toEqual({ passed: 3, failed: 1, skipped: 2 });
});

test('a test that passed first and fails alone is a failure', () => {
  const second: VitestReport = { testResults: [file('a.test.ts', { one: 'failed', two: 'passed' })] };
  expect(countReport(withSecondRun(first, second).report)).toEqual({ passed: 2, failed: 2, skipped: 2 });
});

test('a second run that does not come to its end changes nothing', () => {
  expect(withSecondRun(first, null)).toEqual({ report: first, unsteady: [] });
});

test('many failed files are no matter of luck', () => {
  const testResults = Array.from({ length: secondRunLimit + 1 }, (_, index) => file(`${index}.test.ts`, { one: 'failed' }));
  expect(filesToRepeat({ testResults })).toEqual([]);
});
