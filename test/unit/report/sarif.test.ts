import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import * as z from 'zod';
import type { CheckReport } from '#schemas/report/check.ts';
import { ruleInventory, type Severity } from '#schemas/settings/ruleInventory.ts';
import { uploadLimits, writeSarif } from '#server/report/sarif.ts';
import { sarifErrors } from './sarifSchema.ts';

type Item = CheckReport['findings'][number];

const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 9 } };

function item(change: Partial<Item> = {}): Item {
  return {
    rule: 'unprefixed-p2p-var',
    severity: 'error',
    message: 'BIND_PORT is not read',
    file: 'a/.env',
    range,
    setting: 'JARVISCORE_BIND_PORT',
    related: [],
    fixes: [],
    ...change,
  };
}

const reportOf = (findings: readonly Item[]): CheckReport => ({
  schema: 1,
  findings: [...findings],
  summary: { files: 1, error: 0, warning: 0, info: 0, hint: 0 },
});

const ruleSchema = z.object({
  id: z.string(),
  shortDescription: z.object({ text: z.string().min(5).max(1024) }),
  fullDescription: z.object({ text: z.string().min(20).max(1024) }),
  help: z.object({ text: z.string().min(60), markdown: z.string().min(80) }),
  properties: z.object({
    tags: z.array(z.string()).max(10),
    'problem.severity': z.enum(['error', 'warning', 'recommendation']),
    'security-severity': z
      .string()
      .refine((text) => Number(text) > 0 && Number(text) <= 10)
      .optional(),
  }),
});
const logSchema = z.object({
  runs: z
    .array(
      z.object({
        tool: z.object({ driver: z.object({ rules: z.array(ruleSchema) }) }),
        invocations: z
          .array(z.object({ toolExecutionNotifications: z.array(z.object({ message: z.object({ text: z.string() }) })) }))
          .optional(),
        results: z.array(
          z.object({
            ruleId: z.string(),
            ruleIndex: z.int(),
            level: z.enum(['error', 'warning', 'note']),
            message: z.object({ text: z.string() }),
            partialFingerprints: z.record(z.string(), z.string()),
            relatedLocations: z.array(z.object({ message: z.object({ text: z.string() }) })).optional(),
          }),
        ),
      }),
    )
    .length(1),
});

function write(findings: readonly Item[]) {
  const { text, notice } = writeSarif(reportOf(findings), '1.2.3');
  const log: unknown = JSON.parse(text);
  expect(sarifErrors(log)).toEqual([]);
  const run = logSchema.parse(log).runs[0];
  if (run === undefined) throw new Error('A log has one run.');
  return { run, notice, text };
}

test('the schema refuses what is no SARIF', () => {
  expect(sarifErrors({ version: '2.1.0', runs: [{}] })).toContain("/runs/0 must have required property 'tool'");
  expect(sarifErrors({ version: '2.0.0', runs: [] })).not.toEqual([]);
  const log = JSON.parse(writeSarif(reportOf([item()]), '1.2.3').text);
  log.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0;
  expect(sarifErrors(log)).toContain('/runs/0/results/0/locations/0/physicalLocation/region/startLine must be >= 1');
});

test('a log without findings is valid', () => {
  expect(write([]).run.results).toEqual([]);
});

test('every rule of the inventory has its help, its tags and a valid description', () => {
  const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
  const findings = [...ruleInventory.keys()].flatMap((rule) => severities.map((severity) => item({ rule, severity })));
  const { run } = write(findings);
  const { rules } = run.tool.driver;
  expect(rules.map(({ id }) => id)).toEqual([...ruleInventory.keys()].sort());
  for (const { ruleId, ruleIndex } of run.results) expect(rules[ruleIndex]?.id).toBe(ruleId);
  for (const { id, help } of rules) expect(help.markdown).toContain(id);
});

test('rules about security say how grave they are, the others do not', () => {
  const rules = new Map(
    write([...ruleInventory.keys()].map((rule) => item({ rule }))).run.tool.driver.rules.map((rule) => [
      rule.id,
      rule.properties,
    ]),
  );
  for (const id of ['secret-committed', 'secret-in-dockerfile', 'tls-insecure', 'p2p-port-exposed', 'nexus-secret-weak']) {
    expect(rules.get(id)?.tags, id).toContain('security');
    expect(rules.get(id)?.['security-severity'], id).toBeDefined();
  }
  for (const id of ['unprefixed-p2p-var', 'port-collision-swim', 'keepalive-below-tick', 'fleet-file-value']) {
    expect(rules.get(id)?.tags, id).not.toContain('security');
    expect(rules.get(id)?.['security-severity'], id).toBeUndefined();
  }
});

test('fingerprints follow the finding, not its line, and tell equal ones apart', () => {
  const printsOf = (findings: readonly Item[]) =>
    write(findings).run.results.map((result) => Object.values(result.partialFingerprints)[0]);
  const moved = { start: { line: 40, character: 3 }, end: { line: 40, character: 9 } };
  expect(printsOf([item({ range: moved })])).toEqual(printsOf([item()]));
  expect(
    new Set(printsOf([item(), item(), item({ file: 'b/.env' }), item({ rule: 'bool-style' }), item({ setting: null })])).size,
  ).toBe(5);
});

test('names with anything in them become URIs', () => {
  for (const file of ['with space/.env', 'ä/#?.env', '../beside/.env', 'a%20b.env', '.']) write([item({ file })]);
});

test('texts and places stay below the limits of an upload', () => {
  const related = Array.from({ length: 1500 }, (_, line) => ({
    file: 'b.py',
    range: { start: { line, character: 0 }, end: { line, character: 1 } },
    message: 'x'.repeat(5000),
  }));
  const [result] = write([item({ message: 'm'.repeat(100_000), related })]).run.results;
  expect(result?.message.text).toHaveLength(uploadLimits.description);
  expect(result?.relatedLocations).toHaveLength(uploadLimits.locations - 1);
  expect(result?.relatedLocations?.[0]?.message.text).toHaveLength(uploadLimits.description);
});

test('of more results than code scanning takes the gravest are kept, in their order, and the notice says so', () => {
  const severities: readonly Severity[] = ['hint', 'info', 'warning', 'error'];
  const findings = Array.from({ length: 30_000 }, (_, line) =>
    item({
      severity: severities[line % 4] ?? 'hint',
      message: `finding ${line}`,
      range: { start: { line, character: 0 }, end: { line, character: 1 } },
    }),
  );
  const { run, notice, text } = write(findings);
  expect(run.results).toHaveLength(25_000);
  expect(run.results.filter(({ level }) => level === 'error')).toHaveLength(7_500);
  expect(run.results.filter(({ level }) => level === 'warning')).toHaveLength(7_500);
  const numbers = run.results.map(({ message }) => Number(message.text.replace('finding ', '')));
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  expect(notice).toMatch(/^5000 of 30000 findings were left out, the least grave ones/);
  expect(run.invocations?.[0]?.toolExecutionNotifications[0]?.message.text).toBe(notice);
  expect(gzipSync(text).length).toBeLessThan(10 * 1024 * 1024);
});

test('a log that does not compress below the limit loses its least grave findings too', () => {
  const noise = () => randomBytes(700).toString('base64');
  const findings = Array.from({ length: 20_000 }, (_, line) =>
    item({ message: noise(), severity: line < 100 ? 'error' : 'hint' }),
  );
  const { run, notice, text } = write(findings);
  expect(gzipSync(text).length).toBeLessThanOrEqual(uploadLimits.compressedBytes);
  expect(run.results.length).toBeGreaterThanOrEqual(5_000);
  expect(run.results.filter(({ level }) => level === 'error')).toHaveLength(100);
  expect(notice).toContain('of 20000 findings were left out');
});
