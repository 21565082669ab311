/** Until when a peer may be starting, to the millisecond. */
import { describe, expect, test } from 'vitest';
import { createStartups } from '#server/mesh/messages/startups.ts';
import { at } from './support.ts';

const b = '127.0.0.1:7002';
const id = 'analyst-0123abcd';

function parts({ recent = false, proven = false } = {}) {
  const facts = { recent, proven };
  const startups = createStartups({ recent: () => facts.recent, proven: () => facts.proven }, 10_000);
  /** The hold at a moment, as text. */
  const hold = (ms: number) => {
    const found = startups.hold(b, at(ms));
    return found === null ? null : `${found.sure ? 'sure' : 'maybe'} until ${found.untilMs}`;
  };
  /** At its end, and once it is over. */
  const around = (endMs: number) => [hold(endMs - 1), hold(endMs), hold(endMs - 1)];
  return { facts, startups, hold, around };
}
const maybe = (ms: number) => [`maybe until ${ms}`, null, null];
const sure = (ms: number) => [`sure until ${ms}`, null, null];

describe('a peer of which nothing is known but that it answers', () => {
  test.each<[string, number, boolean, unknown[]]>([
    ['there before us', 11_999, false, maybe(17_999)],
    ['came after us', 12_000, false, maybe(24_000)],
    ['a recent one that came after us', 12_000, true, maybe(18_000)],
    ['a recent one there before us', 11_999, true, [null, null, null]],
  ])('%s', (_name, answersMs, recent, expected) => {
    const { startups, around } = parts({ recent });
    startups.answers(b, at(answersMs));
    startups.answers(b, at(answersMs + 500));
    expect(around(Number(/\d+$/.exec(String(expected[0]))?.[0] ?? 20_000))).toEqual(expected);
  });

  test('that never answered, or has proven that it works, is not held', () => {
    const { startups, hold } = parts();
    expect(hold(12_000)).toBeNull();
    startups.announced(b, [id], false, at(12_000));
    startups.requested(b, at(12_000));
    expect(hold(12_000)).toBeNull();
    const proven = parts({ proven: true });
    proven.startups.answers(b, at(12_000));
    expect(proven.hold(12_000)).toBeNull();
  });
});

describe('a peer that asks for our agents', () => {
  test.each([true, false])('has started half a second later (recent: %s)', (recent) => {
    const { startups, around } = parts({ recent });
    startups.answers(b, at(11_000));
    startups.requested(b, at(15_000));
    startups.requested(b, at(16_000));
    expect(around(15_500)).toEqual(sure(15_500));
  });

  test.each([
    [15_000, 500],
    [15_001, 10_500],
  ])('%d ms after it announced itself has started %d ms later', (afterMs, settleMs) => {
    const { startups, around } = parts();
    startups.answers(b, at(12_000));
    startups.announced(b, [id], false, at(17_000));
    startups.requested(b, at(17_000 + afterMs));
    expect(around(17_000 + afterMs + settleMs)).toEqual(sure(17_000 + afterMs + settleMs));
  });
});

describe('a peer that announces itself', () => {
  test('without being asked is starting, for 45 s at most', () => {
    const { startups, around } = parts();
    startups.answers(b, at(12_000));
    startups.announced(b, [id], false, at(17_000));
    expect(around(57_000)).toEqual(sure(57_000));
  });

  test.each([
    ['because it was asked', true, false],
    ['and is recent', false, true],
  ])('%s tells nothing', (_name, asked, recent) => {
    const { facts, startups, hold } = parts();
    startups.answers(b, at(12_000));
    facts.recent = recent;
    startups.announced(b, [id], asked, at(17_000));
    facts.recent = false;
    expect(hold(17_000)).toBe('maybe until 24000');
  });

  test('after it asked for our agents tells nothing, and the first time counts', () => {
    const { startups, hold } = parts();
    startups.answers(b, at(12_000));
    startups.announced(b, [id], false, at(13_000));
    startups.announced(b, [id], false, at(20_000));
    startups.requested(b, at(28_001));
    expect(hold(28_001), '15 001 ms after the first').toBe('sure until 38501');
    const asked = parts();
    asked.startups.answers(b, at(12_000));
    asked.startups.requested(b, at(13_000));
    asked.startups.announced(b, [id], false, at(13_100));
    expect(asked.hold(13_200)).toBe('sure until 13500');
  });
});

describe('another life', () => {
  /** Announced in the life before, and now. */
  function again(before: string[], now: string[]) {
    const all = parts();
    all.startups.answers(b, at(12_000));
    all.startups.announced(b, before, true, at(13_000));
    all.startups.ended(b);
    expect(all.hold(14_000)).toBeNull();
    all.startups.answers(b, at(20_000));
    all.startups.announced(b, now, true, at(21_000));
    return all;
  }

  test('begins its time anew', () => {
    expect(again([], []).hold(21_000)).toBe('maybe until 32000');
  });

  test('is none when it has an agent of before, whose id is new with each process', () => {
    expect(again([id, 'x-89abcdef'], ['y-00000000', 'x-89abcdef']).hold(21_000)).toBeNull();
  });

  test.each([['analyst'], ['analyst-1'], ['analyst-0123abcde'], ['analyst-0123ABCD'], ['analyst-0123abcd-x']])(
    'is not excluded by the fixed id %s',
    (fixed) => {
      expect(again([fixed], [fixed]).hold(21_000)).toBe('maybe until 32000');
    },
  );

  test('of who was forgotten knows nothing of before', () => {
    const { startups, hold } = parts();
    startups.answers(b, at(12_000));
    startups.announced(b, [id], true, at(13_000));
    startups.forget(b);
    startups.answers(b, at(20_000));
    startups.announced(b, [id], true, at(21_000));
    expect(hold(21_000)).toBe('maybe until 32000');
  });

  test('within one life the same id is no proof', () => {
    const { startups, hold } = parts();
    startups.answers(b, at(12_000));
    startups.announced(b, [id], true, at(13_000));
    startups.announced(b, [id], true, at(14_000));
    expect(hold(14_000)).toBe('maybe until 24000');
  });
});
