import { expect, test } from 'vitest';
import { joinRows, RowCache } from '#server/fleet/join.ts';
import { declaration, peer } from './samples.ts';

test('a live peer gets the place that declares its address', () => {
  const [row] = joinRows([peer('127.0.0.1:7946')], [declaration('a', '127.0.0.1', 7946)], new RowCache());
  expect(row).toMatchObject({ id: '127.0.0.1:7946', seen: true, declared: { name: 'a' } });
});

test.each(['0.0.0.0', 'localhost'])('a node configured with %s is recognised by its port on loopback', (host) => {
  const rows = joinRows([peer('127.0.0.1:7946')], [declaration('a', host, 7946)], new RowCache());
  expect(rows).toHaveLength(1);
  expect(rows[0]?.declared?.name).toBe('a');
});

test('the same port on another machine is another node', () => {
  const rows = joinRows([peer('10.0.0.7:7946')], [declaration('a', '127.0.0.1', 7946)], new RowCache());
  expect(rows.map((row) => [row.id, row.seen, row.declared?.name ?? null])).toEqual([
    ['10.0.0.7:7946', true, null],
    ['declared:127.0.0.1:7946', false, 'a'],
  ]);
});

test('a declared node that nobody has seen is a row of its own, with its ZeroMQ address', () => {
  const [row] = joinRows([], [declaration('a', '127.0.0.1', 7946)], new RowCache());
  expect(row).toMatchObject({
    id: 'declared:127.0.0.1:7946',
    state: 'unknown',
    seen: false,
    name: 'a',
    zmqAddress: '127.0.0.1:8946',
  });
});

test('a node without a known port is recognised by its name', () => {
  const rows = joinRows([peer('127.0.0.1:9000', { name: 'worker' })], [declaration('worker', '127.0.0.1', null)], new RowCache());
  expect(rows.map((row) => [row.id, row.declared?.name])).toEqual([['127.0.0.1:9000', 'worker']]);
});

test('one declaration is claimed by one peer only', () => {
  const rows = joinRows([peer('127.0.0.1:7946'), peer('127.0.0.2:7946')], [declaration('a', '0.0.0.0', 7946)], new RowCache());
  expect(rows.map((row) => row.declared?.name ?? null)).toEqual(['a', null]);
});

test('an unchanged peer keeps its row, a changed one gets a new one', () => {
  const cache = new RowCache();
  const declared = [declaration('a', '127.0.0.1', 7946)];
  const same = peer('127.0.0.1:7946');
  const first = joinRows([same, peer('127.0.0.1:7950')], declared, cache);
  const second = joinRows([same, peer('127.0.0.1:7950', { state: 'dead' })], declared, cache);
  expect(second[0]).toBe(first[0]);
  expect(second[1]).not.toBe(first[1]);
});
