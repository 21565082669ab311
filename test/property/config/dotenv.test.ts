import { parse as npmParse } from 'dotenv';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createReaderContext } from '#server/config/readers/context.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { lexDotenv } from '#server/config/text/dotenvLexer.ts';
import { LineIndex } from '#server/config/text/lines.ts';
import { dialects, parseEnv } from '#server/config/text/parseEnv.ts';
import { comparePositions, type Range } from '#server/config/text/position.ts';
import { environment, envText } from '../../interop/oracles/dotenvTexts.ts';

const anyText = fc.oneof(envText, fc.string({ unit: 'binary' }), fc.string());
const context = createReaderContext(1);

function allRanges(value: unknown, found: Range[] = []): Range[] {
  if (value === null || typeof value !== 'object') return found;
  if ('start' in value && 'end' in value) found.push(value as Range);
  else for (const inner of Object.values(value)) allRanges(inner, found);
  return found;
}

describe('dotenv lexer', () => {
  test('every character belongs to exactly one statement', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const statements = lexDotenv(text);
        expect(statements.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        for (const { start, content, end } of statements) {
          expect(start).toBeLessThanOrEqual(content);
          expect(content).toBeLessThanOrEqual(end);
          expect(end).toBeGreaterThan(start);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('a document never throws, and its ranges lie inside the text, start before end', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = new LineIndex(text);
        const document = readDocument({ uri: 'file:///w/.env', text, kind: 'dotenv' }, context);
        for (const range of allRanges(document)) {
          expect(comparePositions(range.start, range.end)).toBeLessThanOrEqual(0);
          for (const position of [range.start, range.end]) expect(lines.position(lines.offset(position))).toEqual(position);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('a name range holds the name, a value range what is written for it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = new LineIndex(text);
        const at = (range: Range): string => text.slice(lines.offset(range.start), lines.offset(range.end));
        for (const { name, nameRange, valueRange, value, quote } of readDocument(
          { uri: 'file:///w/.env', text, kind: 'dotenv' },
          context,
        ).assignments) {
          const written = at(nameRange);
          expect(written.startsWith("'") ? written.slice(1, -1).replace(/\r\n?/g, '\n') : written).toBe(name);
          expect(valueRange === null).toBe(value.kind === 'absent');
          if (valueRange !== null && quote !== 'none') expect(at(valueRange)).toMatch(/^(["'])[\s\S]*\1$/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

test('fixes change nothing outside the statement they belong to', () => {
  fc.assert(
    fc.property(envText, (text) => {
      const lines = new LineIndex(text);
      for (const problem of readDocument({ uri: 'file:///w/.env', text, kind: 'dotenv' }, context).problems) {
        for (const fix of problem.fixes) {
          expect(fix.edits.length).toBeGreaterThan(0);
          const offsets = fix.edits
            .map((edit) => [lines.offset(edit.range.start), lines.offset(edit.range.end)] as const)
            .sort((a, b) => a[0] - b[0]);
          for (let i = 1; i < offsets.length; i++) expect(offsets[i]?.[0]).toBeGreaterThanOrEqual(offsets[i - 1]?.[1] ?? 0);
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test('safe fixes keep what python-dotenv reads', () => {
  fc.assert(
    fc.property(envText, (text) => {
      const lines = new LineIndex(text);
      const before = parseEnv(text, 'python-dotenv').entries.filter((entry) => /^[A-Za-z_]\w*$/.test(entry.key));
      for (const problem of readDocument({ uri: 'file:///w/.env', text, kind: 'dotenv' }, context).problems) {
        for (const fix of problem.fixes.filter(({ safe }) => safe)) {
          let fixed = text;
          for (const edit of fix.edits.toSorted((a, b) => comparePositions(b.range.start, a.range.start))) {
            fixed = fixed.slice(0, lines.offset(edit.range.start)) + edit.newText + fixed.slice(lines.offset(edit.range.end));
          }
          const after = parseEnv(fixed, 'python-dotenv').entries.filter((entry) => /^[A-Za-z_]\w*$/.test(entry.key));
          expect(after.map(({ key, value }) => [key, value])).toEqual(before.map(({ key, value }) => [key, value]));
        }
      }
    }),
    { numRuns: 3000 },
  );
});

describe('dialects', () => {
  test('no bytes make a reader throw; lines are inside the file and ascend', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 80 }),
          anyText.map((text) => new TextEncoder().encode(text)),
        ),
        environment,
        (bytes, surrounding) => {
          const count = new LineIndex(new TextDecoder().decode(bytes)).lineCount;
          for (const dialect of dialects) {
            const reading = parseEnv(bytes, dialect, surrounding);
            for (const list of [reading.entries, reading.errors]) {
              const numbers = list.map(({ line }) => line);
              expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
              for (const line of numbers) {
                expect(line).toBeGreaterThanOrEqual(1);
                expect(line).toBeLessThanOrEqual(count);
              }
            }
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('node-dotenv reads what npm dotenv reads', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const ours = new Map(parseEnv(text, 'node-dotenv').entries.map(({ key, value }) => [key, value]));
        // Assigning that name to a plain object does nothing.
        ours.delete('__proto__');
        expect(ours).toEqual(new Map(Object.entries(npmParse(text))));
      }),
      { numRuns: 4000 },
    );
  });

  test('docker takes a value as it stands, systemd and docker never interpolate', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[^\r\n]*$/), (value) => {
        expect(parseEnv(`A=${value}\n`, 'docker').entries).toEqual([{ key: 'A', value, line: 1 }]);
      }),
    );
  });
});
