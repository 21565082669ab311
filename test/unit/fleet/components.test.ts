import { expect, test } from 'vitest';
import { bridged, choices, components } from '#server/fleet/components.ts';
import { declaration } from './samples.ts';

const lan = [declaration('a', '10.0.0.1', 7946), declaration('b', '10.0.0.2', 7946, ['10.0.0.1:7946'])];
const local = [declaration('dev', '127.0.0.1', 7946), declaration('test', '0.0.0.0', 7950, ['localhost:7946'])];

test('nodes that name each other, or a seed in common, are one fleet; others are another', () => {
  const found = components([...lan, ...local]);
  expect(found.map(({ names }) => names)).toEqual([
    ['dev', 'test'],
    ['a', 'b'],
  ]);
  expect(found.map(({ loopback, elsewhere }) => [loopback, elsewhere])).toEqual([
    [['127.0.0.1:7946', '127.0.0.1:7950'], []],
    [[], ['10.0.0.1:7946', '10.0.0.2:7946']],
  ]);
});

test('a node whose port nobody knows belongs to the fleet of its seeds', () => {
  const [fleet] = components([...lan, { ...declaration('c', '10.0.0.3', 1, ['10.0.0.2:7946']), port: null }]);
  expect(fleet?.names).toEqual(['a', 'b', 'c']);
});

test('a node of which only the host, or only a seed on this machine is known, is here', () => {
  const [fleet] = components([declaration('c', null, null, ['localhost:7946'])]);
  expect(fleet).toMatchObject({ names: ['c'], localNames: ['c'], loopback: ['127.0.0.1:7946'], elsewhere: [] });
  expect(choices([declaration('d', '0.0.0.0', null, ['127.0.0.1:7946'])])).toEqual([
    { names: ['d'], addresses: ['127.0.0.1:7946'], reach: 'loopback' },
  ]);
  expect(components([declaration('e', null, null, ['localhost:7946', '10.0.0.1:7946'])])[0]?.localNames).toEqual([]);
});

test('a fleet on this machine and elsewhere is offered both ways', () => {
  expect(choices([declaration('here', '127.0.0.1', 7946, ['10.0.0.1:7946']), ...lan])).toEqual([
    { names: ['here'], addresses: ['127.0.0.1:7946'], reach: 'loopback' },
    { names: ['here', 'a', 'b'], addresses: ['10.0.0.1:7946', '10.0.0.2:7946'], reach: 'network' },
  ]);
});

test('addresses of two fleets would bridge them, those of one or of nobody would not', () => {
  const declared = [...lan, ...local];
  expect(bridged(['10.0.0.2:7946', 'localhost:7950'], declared)).toEqual(['dev, test', 'a, b']);
  expect(bridged(['10.0.0.2:7946', '10.0.0.1:7946', '10.9.9.9:1'], declared)).toBeNull();
  expect(bridged([], declared)).toBeNull();
});
