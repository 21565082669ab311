import { expect, test } from 'vitest';
import { clock, oneLine } from '#client/fleet/language.ts';

test('a moment of another day has its date, also when the day changes while the window is open', () => {
  let now = '2026-11-21T23:59:59.999Z';
  const { minute, second } = clock({ locale: 'en-GB', timeZone: 'UTC', today: () => new Date(now) });
  const [last, first] = ['2026-11-21T23:59:59.000Z', '2026-11-22T00:00:00.000Z'];
  expect([last, first, last].map(minute)).toEqual(['23:59', '22 Nov 00:00', '23:59']);
  now = first;
  expect([last, first, last].map(minute)).toEqual(['21 Nov 23:59', '00:00', '21 Nov 23:59']);
  expect([last, first].map(second)).toEqual(['21 Nov 23:59:59', '00:00:00']);
});

test('the day is that of the person', () => {
  const { minute } = clock({ locale: 'en-GB', timeZone: 'Asia/Kathmandu', today: () => new Date('2026-11-21T18:14:59Z') });
  expect(['2026-11-21T18:14:00Z', '2026-11-21T18:15:00Z'].map(minute)).toEqual(['23:59', '22 Nov 00:00']);
});

test('text from the network is one short line without what cannot be seen', () => {
  expect(oneLine('  plain text ')).toBe('plain text');
  expect(oneLine('a\tb\r\nc')).toBe('a b c');
  expect(oneLine('\u202Egnp.exe\u200B')).toBe('gnp.exe');
  expect(oneLine('grün')).toBe('grün');
  expect(oneLine('x'.repeat(121))).toBe(`${'x'.repeat(119)}…`);
});
