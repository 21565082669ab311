/** Where in a TOML text something stands. */
import { describe, expect, test } from 'vitest';
import { TomlPlaces } from '#server/config/readers/tomlPlaces.ts';

/** Table, key and place of the value at each `^`, which is no part of the text. */
function placesAt(marked: string): string[] {
  const text = marked.replaceAll('^', '');
  const places = new TomlPlaces(text);
  return [...marked.matchAll(/\^/g)].map((match, i) => {
    const { table, key, valueFrom } = places.at(match.index - i);
    return `${table} ${key} ${valueFrom} ${places.endOfTable(match.index - i, text.length)}`;
  });
}

describe('places', () => {
  test.each<[string, string[]]>([
    ['^', [' null 0 0']],
    ['^a = ^1^', [' a 3 5', ' a 3 5', ' a 3 5']],
    ['a = 1\n^[t]^\n^b = ^2\n[u]\nc = 3', ['t null 6 16', 't null 6 16', 't b 13 16', 't b 13 16']],
    ['[^a.b]\n^', ['a.b null 0 6', 'a.b null 0 6']],
    ['[[^a]]\n[ "b" . \'c\' ]\n^', ['a null 0 6', 'b.c null 6 20']],
    ['a = [\n ^1,\n ^b = 2\n', [' a 3 17', ' b 14 17']],
    ['a = [\n [x]\n^]\n[t]\n^', [' a 3 13', 't null 13 17']],
    ['a = [ # ]\n ^"]",\n]\n[t]^', [' a 3 18', 't null 18 21']],
    ['a = "^[x]"\n^', [' a 3 10', ' a 3 10']],
    ['a = """\n[t]\n^b = 1\n"""\n^c = ^2', [' a 3 27', ' c 25 27', ' c 25 27']],
    ["a = '''\n[t]'''\n^", [' a 3 15']],
    ['a = """x"""\n^b = 1', [' b 15 17']],
    ['"a b".c = ^1', [' ab.c 9 11']],
    ["'a' . b = ^1", [' a.b 9 11']],
    [' a=^1', [' a 3 4']],
    ['a.^', [' null 0 2']],
    ['# [t]\n^', [' null 0 6']],
    ['[t^', [' null 0 2']],
    ['[t] # x\n^a = [[1], [2]]\n[u]\n^', ['t a 11 23', 'u null 23 27']],
    ['\r\n[t]\r\na = ^1\r\n^', ['t a 10 14', 't a 10 14']],
    ['[a]\n[b]\n^', ['b null 4 8']],
    ['a = "x\\"[" \n[t]\n^', ['t null 12 16']],
    ["a = '[' \n[t]\n^", ['t null 9 13']],
    ['a = [\n^', [' a 3 6']],
  ])('%j', (text, expected) => {
    expect(placesAt(text)).toEqual(expected);
  });
});
