/** What a lane takes from vitest's JSON report, and what a second run of its failed files changes. */
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';

const fileSchema = z.object({
  /** Path of the test file. */
  name: z.string(),
  /** Failed: a test, or the file itself (a hook, an import). */
  status: z.string(),
  /** Why the file itself failed. */
  message: z.string().default(''),
  assertionResults: z.array(
    z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).default([]) }),
  ),
});
const reportSchema = z.object({ testResults: z.array(fileSchema) });
export type VitestReport = z.infer<typeof reportSchema>;

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** More failed files than this have a cause that a second run does not change. */
export const secondRunLimit = 6;

/** Null: the run did not come to its end. */
export function readReport(path: string): VitestReport | null {
  if (!existsSync(path)) return null;
  return reportSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null;
}

export function countReport({ testResults }: VitestReport): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { status, assertionResults } of testResults) {
    const failed = assertionResults.filter((test) => test.status === 'failed').length;
    const passed = assertionResults.filter((test) => test.status === 'passed').length;
    counts.passed += passed;
    // A hook that fails fails no test, but the file.
    counts.failed += status === 'failed' ? Math.max(failed, 1) : failed;
    counts.skipped += assertionResults.length - passed - failed;
  }
  return counts;
}

/** A line for each failure: file, test, and the first line of what it says. */
export function listFailures({ testResults }: VitestReport): string[] {
  const firstLine = (text: string | undefined): string => text?.split('\n', 1)[0] ?? '';
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? [`${name}: ${firstLine(message)}`] : [];
    return failed.map(({ fullName, failureMessages }) => `${name} > ${fullName}: ${firstLine(failureMessages[0])}`);
  });
}

/** Files to run once more, alone; none where so many failed that the machine is not the cause. */
export function filesToRepeat({ testResults }: VitestReport): string[] {
  const failed = testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
  return failed.length > secondRunLimit ? [] : failed;
}

/** The first report with the repeated files as the second run saw them, and the tests that only then passed. */
export function withSecondRun(
  first: VitestReport,
  second: VitestReport | null,
): { readonly report: VitestReport; readonly unsteady: readonly string[] } {
  const repeated = new Map((second?.testResults ?? []).map((file) => [file.name, file]));
  const unsteady: string[] = [];
  for (const { name, assertionResults } of first.testResults) {
    const again = repeated.get(name);
    if (again === undefined) continue;
    const passed = new Set(again.assertionResults.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName));
    for (const { fullName, status } of assertionResults) if (status === 'failed' && passed.has(fullName)) unsteady.push(fullName);
  }
  return { report: { testResults: first.testResults.map((file) => repeated.get(file.name) ?? file) }, unsteady };
}
