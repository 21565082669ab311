import { expect, test } from 'vitest';
import { findRoute, localAddressTo } from '#server/fleet/route.ts';

test('loopback leads to loopback, names are looked up, and each seed is there once', async () => {
  expect(await localAddressTo('127.0.0.1', 7946)).toBe('127.0.0.1');
  expect(await findRoute(['127.0.0.1:7946', 'localhost:7946'])).toEqual({ host: '127.0.0.1', seeds: ['127.0.0.1:7946'] });
});

test('what has no address is left out, and named where nothing is left', async () => {
  expect(await findRoute(['127.0.0.1:7946', 'nowhere.invalid:7946'])).toMatchObject({ seeds: ['127.0.0.1:7946'] });
  expect(await findRoute(['nowhere.invalid:7946', 'no port'])).toEqual({
    problem: 'No address is known on this machine for no port, nowhere.invalid:7946.',
  });
});
