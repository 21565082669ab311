import { expect, test } from 'vitest';
import { checkReportSchema } from '#schemas/report/check.ts';
import type { Finding } from '#server/config/model/types.ts';
import { beyondBaseline, createBaseline } from '#server/report/baseline.ts';
import { hiddenAnnotations, writeGithub } from '#server/report/github.ts';
import { buildReport, reaches } from '#server/report/items.ts';
import { writeMarkdown } from '#server/report/markdown.ts';
import { writeSarif } from '#server/report/sarif.ts';
import { place, writeText } from '#server/report/text.ts';

const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 9 } };

function finding(change: Partial<Finding> = {}): Finding {
  return {
    rule: 'unprefixed-p2p-var',
    severity: 'error',
    message: 'BIND_PORT is not read',
    uri: 'file:///p/a/.env',
    range,
    setting: 'JARVISCORE_BIND_PORT',
    related: [{ uri: 'file:///p/b.py', range, message: 'here too' }],
    fixes: [{ title: 'Rename it', safe: false, edits: [] }],
    ...change,
  };
}

test('the JSON report has the contract shape, with names relative to the working directory', () => {
  const report = buildReport([finding(), finding({ severity: 'hint' })], 5, '/p');
  expect(checkReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  expect(report.findings[0]).toMatchObject({
    file: 'a/.env',
    range,
    related: [{ file: 'b.py' }],
    fixes: [{ title: 'Rename it', safe: false }],
  });
  expect(report.summary).toEqual({ files: 5, error: 1, warning: 0, info: 0, hint: 1 });
});

test('text counts lines and columns from 1 and marks the place', () => {
  const report = buildReport([finding()], 1, '/p');
  const text = writeText(report, { color: false, excerptOf: () => ({ text: 'BIND_PORT=7946', start: 0, end: 9 }) });
  expect(text).toContain('a/.env:3:1 error BIND_PORT is not read unprefixed-p2p-var');
  expect(text).toContain('  3 | BIND_PORT=7946\n    | ^^^^^^^^^');
  expect(text).toContain('see b.py:3:1 here too');
  expect(text).toContain('1 file checked: 1 error.');
  expect(place('x', range)).toBe('x:3:1');
});

test('GitHub annotations escape what would end them', () => {
  const report = buildReport([finding({ message: '50% of\nA,B: c', uri: 'file:///p/a,b:c.env' })], 1, '/p');
  expect(writeGithub(report)).toBe(
    '::error file=a%2Cb%3Ac.env,line=3,endLine=3,col=1,endColumn=9,title=unprefixed-p2p-var::50%25 of%0AA,B: c',
  );
});

test('of GitHub annotations the gravest come first, and those it will not show are counted', () => {
  const many = Array.from({ length: 12 }, () => finding({ severity: 'hint' }));
  const report = buildReport([...many, finding({ severity: 'warning' }), finding()], 1, '/p');
  const lines = writeGithub(report).split('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['::error', '::warning', ...many.map(() => '::notice')]);
  expect(hiddenAnnotations(report)).toContain('12 notices');
  expect(hiddenAnnotations(buildReport(many.slice(0, 10), 1, '/p'))).toBeNull();
});

test.each([
  ['a::b', 'a::b'],
  ['100%25', '100%2525'],
  ['x\r\ny', 'x%0D%0Ay'],
])('a message %j cannot end its annotation or begin another', (message, escaped) => {
  const text = writeGithub(buildReport([finding({ message })], 1, '/p'));
  expect(text.split('\n')).toHaveLength(1);
  expect(text.slice(text.indexOf('::', 2) + 2)).toBe(escaped);
});

test('SARIF names rule, level, place and related places, counted from 1', () => {
  const uri = 'file:///p/with%20space/.env';
  const log = JSON.parse(
    writeSarif(buildReport([finding({ uri }), finding({ severity: 'hint', related: [] })], 2, '/p'), '1.2.3').text,
  );
  expect(log).toMatchObject({
    version: '2.1.0',
    runs: [{ columnKind: 'utf16CodeUnits', tool: { driver: { version: '1.2.3' } } }],
  });
  const [run] = log.runs;
  expect(run.tool.driver.rules).toEqual([
    expect.objectContaining({
      id: 'unprefixed-p2p-var',
      shortDescription: { text: expect.any(String) },
      defaultConfiguration: { level: 'error' },
    }),
  ]);
  const region = { startLine: 3, startColumn: 1, endLine: 3, endColumn: 10 };
  expect(run.results[0]).toEqual({
    ruleId: 'unprefixed-p2p-var',
    ruleIndex: 0,
    level: 'error',
    message: { text: 'BIND_PORT is not read' },
    locations: [{ physicalLocation: { artifactLocation: { uri: 'with%20space/.env' }, region } }],
    partialFingerprints: { 'jarviscoreFinding/v1': expect.stringMatching(/^[0-9a-f]{16}:1$/) },
    relatedLocations: [{ id: 0, physicalLocation: { artifactLocation: { uri: 'b.py' }, region }, message: { text: 'here too' } }],
  });
  expect(run.results[1].level).toBe('note');
});

test('Markdown keeps a finding in its cells', () => {
  const text = writeMarkdown(buildReport([finding({ message: 'a | b\n<img>' })], 1, '/p'));
  expect(text).toContain('1 file checked: 1 error.');
  expect(text.split('\n').at(-1)).toBe('| error | `a/.env:3:1` | a \\| b &lt;img> | `unprefixed-p2p-var` |');
});

test('a baseline accepts as many findings as it counted, on whatever line', () => {
  const baseline = createBaseline([finding()], '/p');
  const moved = finding({ range: { start: { line: 9, character: 0 }, end: { line: 9, character: 1 } } });
  expect(beyondBaseline([moved], baseline, '/p')).toEqual([]);
  expect(beyondBaseline([moved, finding()], baseline, '/p')).toHaveLength(1);
  expect(beyondBaseline([finding({ rule: 'other-rule' })], baseline, '/p')).toHaveLength(1);
});

test('levels', () => {
  expect(reaches('error', 'warning')).toBe(true);
  expect(reaches('warning', 'warning')).toBe(true);
  expect(reaches('info', 'warning')).toBe(false);
});
