/** What becomes of raw findings: their order, what repeats itself, and what a person wants to hear. */
import { describe, expect, test } from 'vitest';
import type { Finding, Related } from '#server/config/model/types.ts';
import type { CheckOptions } from '#server/config/rules/selection.ts';
import { settleDocument } from '#server/config/rules/settle.ts';
import { findingsOf, modelOf, summaries, uriOf } from './workspace.ts';

const at = (line: number, from = 0, to = from + 1) => ({ start: { line, character: from }, end: { line, character: to } });
const related = (line: number, message = 'm'): Related => ({ uri: uriOf('b'), range: at(line), message });
const raw = (rule: string, more: Partial<Finding> = {}): Finding => ({
  rule,
  severity: 'warning',
  message: rule,
  uri: uriOf('x'),
  range: at(0),
  setting: null,
  related: [],
  fixes: [],
  ...more,
});
const settled = (findings: readonly Finding[], options: CheckOptions = {}) =>
  settleDocument(uriOf('x'), findings, modelOf({}), options);
const shown = (findings: readonly Finding[]): string[] =>
  findings.map(
    ({ range, severity, rule, message }) => `${range.start.line}:${range.start.character} ${severity} ${rule} ${message}`,
  );

describe('findings of one file', () => {
  test('stand by place, then severity, then rule, then message', () => {
    const found = [
      raw('b', { range: at(2) }),
      raw('a', { range: at(1, 5) }),
      raw('a', { range: at(1, 4) }),
      raw('d', { severity: 'hint' }),
      raw('c', { severity: 'info' }),
      raw('b', { severity: 'warning', range: at(0, 0, 3) }),
      raw('a', { severity: 'warning' }),
      raw('z', { severity: 'error' }),
      raw('e', { severity: 'hint', message: 'two', range: at(0, 0, 2) }),
      raw('e', { severity: 'hint', message: 'one', range: at(0, 0, 3) }),
    ];
    const expected = [
      '0:0 error z z',
      '0:0 warning a a',
      '0:0 warning b b',
      '0:0 info c c',
      '0:0 hint d d',
      '0:0 hint e one',
      '0:0 hint e two',
      '1:4 warning a a',
      '1:5 warning a a',
      '2:0 warning b b',
    ];
    expect(shown(settled(found))).toEqual(expected);
    expect(shown(settled(found.toReversed()))).toEqual(expected);
  });

  test('of one rule at one place are one, the gravest, with all they point to', () => {
    const [only, other] = settled([
      raw('a', { message: 'light', severity: 'hint', related: [related(1), related(2)] }),
      raw('a', { message: 'grave', severity: 'error', related: [related(2, 'again'), related(3)] }),
    ]);
    expect(other).toBeUndefined();
    expect(only).toMatchObject({ severity: 'error', message: 'grave', related: [related(2, 'again'), related(3), related(1)] });
    expect(settled([raw('a'), raw('b')])).toHaveLength(2);
    expect(settled([raw('a'), raw('a', { range: at(0, 0, 2) })])).toHaveLength(2);
    expect(settled([raw('a'), raw('a', { range: at(0, 1) })])).toHaveLength(2);
    expect(settled([raw('a'), raw('a', { range: { start: at(0).start, end: at(1).end } })])).toHaveLength(2);
  });

  test('have the severity that the person gave them', () => {
    const found = [raw('a'), raw('b'), raw('c')];
    const severities = { a: 'error', b: 'off' } as const;
    expect(shown(settled(found, { severities }))).toEqual(['0:0 error a a', '0:0 warning c c']);
    expect(shown(settled(found, { severities, severitiesOf: () => ({ c: 'off' }) }))).toEqual([
      '0:0 warning a a',
      '0:0 warning b b',
    ]);
    expect(shown(settled([raw('a', { severity: 'hint' }), raw('b')], { severities: { a: 'error', b: 'info' } }))).toEqual([
      '0:0 error a a',
      '0:0 info b b',
    ]);
    const same = raw('a');
    expect(settled([same], { severities: { a: 'warning' } })[0]).toBe(same);
  });

  test('on a line that a graver rule explains are dropped', () => {
    const found = [raw('unprefixed-p2p-var'), raw('per-process-var-in-shared-env', { range: at(0, 5) })];
    expect(shown(settled(found))).toEqual(['0:0 warning unprefixed-p2p-var unprefixed-p2p-var']);
    expect(settled([raw('unprefixed-p2p-var'), raw('per-process-var-in-shared-env', { range: at(1) })])).toHaveLength(2);
  });

  test('are none where none were found', () => {
    expect(settled([])).toEqual([]);
  });
});

describe('in Python, where keys share a line, a rule explains its own setting only', () => {
  const mesh = (dict: string): string => `from jarviscore import Mesh\n\nmesh = Mesh(config={${dict}})\n`;
  const rules = (dict: string): string[] =>
    summaries(findingsOf({ 'node.py': mesh(dict) }))
      .filter((line) => / (?:bind-port-zero|port-out-of-range|out-of-range)$/.test(line))
      .map((line) => line.split(' ')[1] ?? '');

  test('by either of its names', () => {
    expect(rules('"p2p_enabled": True, "bind_port": 70000')).toEqual(['port-out-of-range']);
    expect(rules('"p2p_enabled": True, "bind_port": 70000, "schedule_poll_seconds": 0.01')).toEqual([
      'port-out-of-range',
      'out-of-range',
    ]);
  });
});
