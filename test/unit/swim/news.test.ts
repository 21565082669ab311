import { describe, expect, test } from 'vitest';
import { News } from '#server/mesh/swim/news.ts';
import { type MemberRecord, newRecord } from '#server/mesh/swim/record.ts';

const member = (name: string): MemberRecord => newRecord(name, 0);
const [a, b, c, d] = [member('a'), member('b'), member('c'), member('d')];

/** Tells as many as there is room for. */
function told(news: News, room: number, repeats = 3): string {
  let names = '';
  news.tell(repeats, ({ address }) => {
    if (names.length >= room) return false;
    names += address;
    return true;
  });
  return names;
}

describe('news', () => {
  test('is told in the order in which it came, and each as often as it is repeated', () => {
    const news = new News();
    for (const each of [b, a, c]) news.add(each);
    expect([told(news, 9), told(news, 9), told(news, 9), told(news, 9)]).toEqual(['bac', 'bac', 'bac', '']);
  });

  test('that was told less often goes first; what finds no room waits and loses no turn', () => {
    const news = new News();
    for (const each of [a, b, c]) news.add(each);
    expect(told(news, 2)).toBe('ab');
    expect(told(news, 2)).toBe('ca');
    expect(told(news, 9)).toBe('bca');
    news.add(d);
    expect(told(news, 9)).toBe('dbc');
    expect([told(news, 9), told(news, 9), told(news, 9)]).toEqual(['d', 'd', '']);
  });

  test('that changes is new again, and told once in a round', () => {
    const news = new News();
    for (const each of [a, b]) news.add(each);
    expect(told(news, 9)).toBe('ab');
    news.add(a);
    expect([told(news, 9), told(news, 9), told(news, 9), told(news, 9)]).toEqual(['ab', 'ab', 'a', '']);
  });

  test('is nothing after it was cleared, until there is some again', () => {
    const news = new News();
    for (const each of [a, b]) news.add(each);
    news.clear();
    expect(told(news, 9)).toBe('');
    news.add(b);
    expect([told(news, 9, 1), told(news, 9, 1)]).toEqual(['b', '']);
  });
});
