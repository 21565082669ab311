import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addChildren, addCounted, type Lines } from '../../../scripts/coverageLines.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'coverage-lines-')));
const reports = join(root, 'reports');

const source = [
  "const word: string = 'ü🦊';", // 1
  'function called(n: number): string {', // 2
  '  if (n > 1) {', // 3
  "    return 'many';", // 4
  '  }', // 5
  "  return word + 'one';", // 6
  '}', // 7
  'function never(): number {', // 8
  '  const value = 7;', // 9
  '  return value;', // 10
  '}', // 11
  'if (process.argv.length > 90) console.log(never());', // 12
  'console.log(called(1));', // 13
].join('\n');

/** As vitest lists a file none of whose statements ran. */
const untouched = (file: string): string => {
  const statements = [1, 3, 4, 6, 9, 10, 12, 13];
  return JSON.stringify({
    [join(root, file)]: {
      path: join(root, file),
      statementMap: Object.fromEntries(statements.map((line, id) => [id, { start: { line, column: 0 } }])),
      s: Object.fromEntries(statements.map((_, id) => [id, 0])),
    },
  });
};

const ranOf = (lines: Lines, file: string): number[] =>
  [...(lines.get(file) ?? [])].flatMap(([line, ran]) => (ran ? [line] : []));

function runIn(folder: string, script: string): void {
  const env = { PATH: process.env.PATH ?? '', NODE_V8_COVERAGE: join(reports, folder) };
  const { status, stderr } = spawnSync(process.execPath, [join(root, script)], { env, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
}

beforeAll(async () => {
  mkdirSync(join(root, 'src'));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(join(root, 'src/first.ts'), source);
  writeFileSync(join(root, 'src/main.ts'), "// a comment moves lines\nimport './first.ts';\n");
  await build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts'],
    outfile: join(root, 'built/main.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    sourcemap: 'linked',
  });
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test('lines that a started bundle ran are told by the map in its report, after the bundle is gone', () => {
  runIn('bundle', 'built/main.cjs');
  rmSync(join(root, 'built'), { recursive: true });
  const lines: Lines = new Map();
  addCounted(root, untouched('src/first.ts'), lines);
  expect(addChildren(root, join(reports, 'bundle'), lines)).toEqual({ used: 1, damaged: 0 });
  expect(ranOf(lines, 'src/first.ts')).toEqual([1, 3, 6, 12, 13]);
});

test('lines that a started source file ran are told by their place', () => {
  runIn('source', 'src/first.ts');
  const lines: Lines = new Map();
  addCounted(root, untouched('src/first.ts'), lines);
  expect(addChildren(root, join(reports, 'source'), lines)).toEqual({ used: 1, damaged: 0 });
  expect(ranOf(lines, 'src/first.ts')).toEqual([1, 3, 6, 12, 13]);
});

test('a line ran where any lane ran any statement of it', () => {
  const lines: Lines = new Map();
  const report = (counts: readonly number[]): string =>
    JSON.stringify({
      x: {
        path: join(root, 'a.ts'),
        statementMap: {
          0: { start: { line: 1 } },
          1: { start: { line: 1 } },
          2: { start: { line: 2 } },
          3: { start: { line: 3 } },
        },
        s: Object.fromEntries(counts.entries()),
      },
    });
  addCounted(root, report([0, 2, 0, 0]), lines);
  addCounted(root, report([0, 0, 1, 0]), lines);
  expect([...(lines.get('a.ts') ?? [])]).toEqual([
    [1, true],
    [2, true],
    [3, false],
  ]);
});

test('a report that a kill cut off is counted, and files that nobody counts say nothing', () => {
  mkdirSync(join(reports, 'cut'), { recursive: true });
  writeFileSync(join(reports, 'cut/one.json'), '{"result":[{"url":"file:///');
  const other = { url: 'file:///somewhere/else.js', functions: [{ ranges: [{ startOffset: 0, endOffset: 9, count: 1 }] }] };
  writeFileSync(join(reports, 'cut/two.json'), JSON.stringify({ result: [other, { ...other, url: 'node:fs' }] }));
  expect(addChildren(root, join(reports, 'cut'), new Map())).toEqual({ used: 0, damaged: 1 });
  expect(addChildren(root, join(reports, 'missing'), new Map())).toEqual({ used: 0, damaged: 0 });
});
