// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Env files as other programs than python-dotenv read them: values with the places of the lines they come from. */
import { describe, expect, test } from 'vitest';
import { shownForeign, shownListed } from './shown.ts';

describe('compose', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['LOG_LEVEL=x', {}, ['LOG_LEVEL = "x" «LOG_LEVEL=x» 0:0, name 0:0-9, value 0:10-11']],
    ['LOG_LEVEL: x', {}, ['LOG_LEVEL = "x" «LOG_LEVEL: x» 0:0, name 0:0-9, value 0:0-12, other quotes']],
    [
      'LOG_LEVEL="x # y" # c',
      {},
      ['LOG_LEVEL = "x # y" «LOG_LEVEL=\\"x # y\\"» 0:0, name 0:0-9, value 0:10-17, double quotes, comment «# c» 0:18'],
    ],
    [
      'export LOG_LEVEL=x\nATHENA_URL=${LOG_LEVEL}',
      {},
      [
        'LOG_LEVEL = "x" «LOG_LEVEL=x» 0:7, name 0:7-16, value 0:17-18',
        'ATHENA_URL = "x" «ATHENA_URL=${LOG_LEVEL}» 1:0, name 1:0-10, value 1:11-23',
      ],
    ],
    ['LOG_LEVEL=$B', { B: '1' }, ['LOG_LEVEL = "1" «LOG_LEVEL=$B» 0:0, name 0:0-9, value 0:10-12']],
    ['LOG_LEVEL=$B', {}, ['LOG_LEVEL = "" «LOG_LEVEL=$B» 0:0, name 0:0-9, value 0:10-12']],
    ['LOG_LEVEL\n', { LOG_LEVEL: 'y' }, ['LOG_LEVEL = "y" «LOG_LEVEL» 0:0, name 0:0-9']],
    ['LOG_LEVEL\n', {}, ['LOG_LEVEL = absent «LOG_LEVEL» 0:0, name 0:0-9']],
    [
      'LOG_LEVEL=1\nLOG_LEVEL=2',
      {},
      [
        'LOG_LEVEL = "1" «LOG_LEVEL=1» 0:0, name 0:0-9, value 0:10-11',
        'LOG_LEVEL = "2" «LOG_LEVEL=2» 1:0, name 1:0-9, value 1:10-11',
      ],
    ],
    ['A B=1', {}, ['0: the variable name contains a space']],
    [
      'OPENAI_API_KEY=sk-12345678',
      {},
      ['OPENAI_API_KEY = <set 11 sk- base64 base64-8> «OPENAI_API_KEY=sk-12345678» 0:0, name 0:0-14, value 0:15-26'],
    ],
    [
      'MY_TOKEN=x\nLOG_LEVEL=${MY_TOKEN}',
      {},
      [
        'MY_TOKEN = <set 1> «MY_TOKEN=x» 0:0, name 0:0-8, value 0:9-10',
        'LOG_LEVEL = <set 1> «LOG_LEVEL=${MY_TOKEN}» 1:0, name 1:0-9, value 1:10-21',
      ],
    ],
    [
      'LOG_LEVEL: $MY_TOKEN',
      { MY_TOKEN: 'z' },
      ['LOG_LEVEL = <set 1> «LOG_LEVEL: $MY_TOKEN» 0:0, name 0:0-9, value 0:0-20, other quotes'],
    ],
    ['LOG_LEVEL=$MY_TOKEN', { MY_TOKEN: 'z' }, ['LOG_LEVEL = <set 1> «LOG_LEVEL=$MY_TOKEN» 0:0, name 0:0-9, value 0:10-19']],
    [
      'MY_TOKEN=x\nA=$MY_TOKEN\nLOG_LEVEL=$A\nLOG_LEVEL=y',
      {},
      [
        'MY_TOKEN = <set 1> «MY_TOKEN=x» 0:0, name 0:0-8, value 0:9-10',
        'A = <set 1> «A=$MY_TOKEN» 1:0, name 1:0-1, value 1:2-11',
        'LOG_LEVEL = <set 1> «LOG_LEVEL=$A» 2:0, name 2:0-9, value 2:10-12',
        'LOG_LEVEL = "y" «LOG_LEVEL=y» 3:0, name 3:0-9, value 3:10-11',
      ],
    ],
    [
      "LOG_LEVEL='$MY_TOKEN'",
      {},
      ['LOG_LEVEL = "$MY_TOKEN" «LOG_LEVEL=\'$MY_TOKEN\'» 0:0, name 0:0-9, value 0:10-21, single quotes'],
    ],
    [
      'LOG_LEVEL: "a\nb"\nATHENA_URL: c',
      {},
      [
        'LOG_LEVEL = "a\\nb" «LOG_LEVEL: \\"a» 0:0, name 0:0-9, value 0:0-13, other quotes',
        'ATHENA_URL = "c" «ATHENA_URL: c» 2:0, name 2:0-10, value 2:0-13, other quotes',
      ],
    ],
    ['X.Y: z', {}, ['X.Y = <set 1> «X.Y: z» 0:0, name 0:0-3, value 0:0-6, other quotes']],
    [
      'A: 1\r\nLOG_LEVEL: 2\r\n',
      {},
      [
        'A = <set 1> «A: 1» 0:0, name 0:0-1, value 0:0-4, other quotes',
        'LOG_LEVEL = "2" «LOG_LEVEL: 2» 1:0, name 1:0-9, value 1:0-12, other quotes',
      ],
    ],
  ])('%j', (text, around, expected) => {
    expect(shownForeign(text, 'compose', around)).toEqual(expected);
  });
});

describe('systemd', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['LOG_LEVEL=x # c', {}, ['LOG_LEVEL = "x # c" «LOG_LEVEL=x» 0:0, name 0:0-9, value 0:10-11, comment «# c» 0:12']],
    ['LOG_LEVEL="x"y', {}, ['LOG_LEVEL = "xy" «LOG_LEVEL=\\"x\\"y» 0:0, name 0:0-9, value 0:0-14, other quotes']],
    ['export LOG_LEVEL=x', {}, ['0: not a valid variable name']],
    ['LOG_LEVEL=x\\\n  y', {}, ['LOG_LEVEL = "x  y" «LOG_LEVEL=x\\\\» 0:0, name 0:0-9, value 0:10-12']],
    ['LOG_LEVEL=${B}', { B: '1' }, ['LOG_LEVEL = "${B}" «LOG_LEVEL=${B}» 0:0, name 0:0-9, value 0:10-14']],
    [' LOG_LEVEL = x ', {}, ['LOG_LEVEL = "x" «LOG_LEVEL = x» 0:1, name 0:1-10, value 0:13-14']],
    ['A\nLOG_LEVEL=x', {}, ['LOG_LEVEL = "x" «LOG_LEVEL=x» 1:0, name 1:0-9, value 1:10-11', '0: no "=" in the line']],
    ['LOG_LEVEL=\u0000', {}, ['0: the file contains a NUL character']],
    ["LOG_LEVEL='a\nb'", {}, ['LOG_LEVEL = "a\\nb" «LOG_LEVEL=\'a\\nb\'» 0:0, name 0:0-9, value 0:10-1:2, single quotes']],
    [
      'MY_TOKEN=1\nLOG_LEVEL=$MY_TOKEN',
      {},
      [
        'MY_TOKEN = <set 1> «MY_TOKEN=1» 0:0, name 0:0-8, value 0:9-10',
        'LOG_LEVEL = "$MY_TOKEN" «LOG_LEVEL=$MY_TOKEN» 1:0, name 1:0-9, value 1:10-19',
      ],
    ],
  ])('%j', (text, around, expected) => {
    expect(shownForeign(text, 'systemd', around)).toEqual(expected);
  });
});

describe('docker', () => {
  test.each<[string, Record<string, string>, string[]]>([
    [
      'LOG_LEVEL="x" # c',
      {},
      ['LOG_LEVEL = "\\"x\\" # c" «LOG_LEVEL=\\"x\\"» 0:0, name 0:0-9, value 0:10-13, double quotes, comment «# c» 0:14'],
    ],
    ['LOG_LEVEL', {}, ['LOG_LEVEL = absent «LOG_LEVEL» 0:0, name 0:0-9']],
    ['LOG_LEVEL', { LOG_LEVEL: 'y' }, ['LOG_LEVEL = absent «LOG_LEVEL» 0:0, name 0:0-9']],
    ['LOG_LEVEL =x', {}, ['0: the variable name contains whitespace']],
    ['=x', {}, ['0: no variable name before "="']],
    ['LOG_LEVEL=${B}', {}, ['LOG_LEVEL = "${B}" «LOG_LEVEL=${B}» 0:0, name 0:0-9, value 0:10-14']],
  ])('%j', (text, around, expected) => {
    expect(shownForeign(text, 'docker', around)).toEqual(expected);
  });
});

describe('python-dotenv', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['LOG_LEVEL=${B}', { B: '1' }, ['LOG_LEVEL = "1" «LOG_LEVEL=${B}» 0:0, name 0:0-9, value 0:10-14']],
    ['LOG_LEVEL=${B:-2}', {}, ['LOG_LEVEL = "2" «LOG_LEVEL=${B:-2}» 0:0, name 0:0-9, value 0:10-17']],
    [
      'B=3\nLOG_LEVEL=${B}',
      { B: '1' },
      ['B = <set 1> «B=3» 0:0, name 0:0-1, value 0:2-3', 'LOG_LEVEL = "1" «LOG_LEVEL=${B}» 1:0, name 1:0-9, value 1:10-14'],
    ],
    ['LOG_LEVEL=x', { B: '1' }, ['LOG_LEVEL = "x" «LOG_LEVEL=x» 0:0, name 0:0-9, value 0:10-11']],
    ['LOG_LEVEL: x', {}, []],
  ])('%j', (text, around, expected) => {
    expect(shownForeign(text, 'python-dotenv', around)).toEqual(expected);
  });
});

describe('files of a list, each behind the others', () => {
  test.each<[string[], Record<string, string>, string[], string[]]>([
    [
      ['LOG_LEVEL=1', 'ATHENA_URL=$LOG_LEVEL'],
      {},
      [],
      [
        '0 LOG_LEVEL = "1" «LOG_LEVEL=1» 0:0, name 0:0-9, value 0:10-11',
        '1 ATHENA_URL = "1" «ATHENA_URL=$LOG_LEVEL» 0:0, name 0:0-10, value 0:11-21',
      ],
    ],
    [
      ['LOG_LEVEL=1', 'LOG_LEVEL=2\nATHENA_URL=$LOG_LEVEL'],
      {},
      [],
      [
        '0 LOG_LEVEL = "1" «LOG_LEVEL=1» 0:0, name 0:0-9, value 0:10-11',
        '1 LOG_LEVEL = "2" «LOG_LEVEL=2» 0:0, name 0:0-9, value 0:10-11',
        '1 ATHENA_URL = "2" «ATHENA_URL=$LOG_LEVEL» 1:0, name 1:0-10, value 1:11-21',
      ],
    ],
    [
      ['LOG_LEVEL=1', 'ATHENA_URL=$LOG_LEVEL'],
      { LOG_LEVEL: '0' },
      [],
      [
        '0 LOG_LEVEL = "1" «LOG_LEVEL=1» 0:0, name 0:0-9, value 0:10-11',
        '1 ATHENA_URL = "0" «ATHENA_URL=$LOG_LEVEL» 0:0, name 0:0-10, value 0:11-21',
      ],
    ],
    [
      ['ATHENA_URL=$LOG_LEVEL'],
      {},
      ['LOG_LEVEL'],
      ['0 ATHENA_URL = unknown: refers to a value that no file tells «ATHENA_URL=$LOG_LEVEL» 0:0, name 0:0-10, value 0:11-21'],
    ],
    [
      ["ATHENA_URL='$LOG_LEVEL'"],
      {},
      ['LOG_LEVEL'],
      ['0 ATHENA_URL = "$LOG_LEVEL" «ATHENA_URL=\'$LOG_LEVEL\'» 0:0, name 0:0-10, value 0:11-23, single quotes'],
    ],
    [
      ['ATHENA_URL=$LOG_LEVEL', 'X=$ATHENA_URL'],
      {},
      ['LOG_LEVEL'],
      [
        '0 ATHENA_URL = unknown: refers to a value that no file tells «ATHENA_URL=$LOG_LEVEL» 0:0, name 0:0-10, value 0:11-21',
        '1 X = unknown: refers to a value that no file tells «X=$ATHENA_URL» 0:0, name 0:0-1, value 0:2-13',
      ],
    ],
    [
      ['A=$LOG_LEVEL\nATHENA_URL=$A'],
      {},
      ['LOG_LEVEL'],
      [
        '0 A = unknown: refers to a value that no file tells «A=$LOG_LEVEL» 0:0, name 0:0-1, value 0:2-12',
        '0 ATHENA_URL = unknown: refers to a value that no file tells «ATHENA_URL=$A» 1:0, name 1:0-10, value 1:11-13',
      ],
    ],
    [
      ['ATHENA_URL=x\nLOG_LEVEL=y'],
      {},
      ['LOG_LEVEL'],
      [
        '0 ATHENA_URL = "x" «ATHENA_URL=x» 0:0, name 0:0-10, value 0:11-12',
        '0 LOG_LEVEL = "y" «LOG_LEVEL=y» 1:0, name 1:0-9, value 1:10-11',
      ],
    ],
    [
      ['LOG_LEVEL\n', 'LOG_LEVEL\n'],
      { LOG_LEVEL: 'y' },
      [],
      ['0 LOG_LEVEL = "y" «LOG_LEVEL» 0:0, name 0:0-9', '1 LOG_LEVEL = "y" «LOG_LEVEL» 0:0, name 0:0-9'],
    ],
    [
      ['A B=1', 'LOG_LEVEL=1'],
      {},
      [],
      ['0 0: the variable name contains a space', '1 LOG_LEVEL = "1" «LOG_LEVEL=1» 0:0, name 0:0-9, value 0:10-11'],
    ],
    [
      ['ATHENA_URL="a\n$LOG_LEVEL"\nB=1'],
      {},
      ['LOG_LEVEL'],
      [
        '0 ATHENA_URL = unknown: refers to a value that no file tells «ATHENA_URL=\\"a\\n$LOG_LEVEL\\"» 0:0, name 0:0-10, value 0:11-1:11, double quotes',
        '0 B = <set 1> «B=1» 2:0, name 2:0-1, value 2:2-3',
      ],
    ],
    [
      ['ATHENA_URL=${LOG_LEVEL:-x}'],
      {},
      ['LOG_LEVEL'],
      [
        '0 ATHENA_URL = unknown: refers to a value that no file tells «ATHENA_URL=${LOG_LEVEL:-x}» 0:0, name 0:0-10, value 0:11-26',
      ],
    ],
    [
      ['ATHENA_URL=$LOG_LEVELS'],
      {},
      ['LOG_LEVEL'],
      ['0 ATHENA_URL = "" «ATHENA_URL=$LOG_LEVELS» 0:0, name 0:0-10, value 0:11-22'],
    ],
    [
      ['MY_TOKEN=x\nA=$MY_TOKEN', 'LOG_LEVEL=$A'],
      {},
      [],
      [
        '0 MY_TOKEN = <set 1> «MY_TOKEN=x» 0:0, name 0:0-8, value 0:9-10',
        '0 A = <set 1> «A=$MY_TOKEN» 1:0, name 1:0-1, value 1:2-11',
        '1 LOG_LEVEL = <set 1> «LOG_LEVEL=$A» 0:0, name 0:0-9, value 0:10-12',
      ],
    ],
    [
      ['A=$MY_TOKEN', 'B=1', 'LOG_LEVEL=${A}'],
      { MY_TOKEN: 'z' },
      [],
      [
        '0 A = <set 1> «A=$MY_TOKEN» 0:0, name 0:0-1, value 0:2-11',
        '1 B = <set 1> «B=1» 0:0, name 0:0-1, value 0:2-3',
        '2 LOG_LEVEL = <set 1> «LOG_LEVEL=${A}» 0:0, name 0:0-9, value 0:10-14',
      ],
    ],
    [[], {}, [], []],
  ])('%j', (texts, around, unknown, expected) => {
    expect(shownListed(texts, 'compose', around, unknown)).toEqual(expected);
  });
});

describe('files of a list, read line by line', () => {
  test.each<[string[], Record<string, string>, string[], string[]]>([
    [['LOG_LEVEL'], { LOG_LEVEL: 'y' }, [], ['0 LOG_LEVEL = "y" «LOG_LEVEL» 0:0, name 0:0-9']],
    [['LOG_LEVEL'], {}, [], ['0 LOG_LEVEL = absent «LOG_LEVEL» 0:0, name 0:0-9']],
    [
      ['ATHENA_URL=$LOG_LEVEL'],
      {},
      ['LOG_LEVEL'],
      ['0 ATHENA_URL = "$LOG_LEVEL" «ATHENA_URL=$LOG_LEVEL» 0:0, name 0:0-10, value 0:11-21'],
    ],
    [
      ['LOG_LEVEL=1', 'LOG_LEVEL'],
      {},
      [],
      ['0 LOG_LEVEL = "1" «LOG_LEVEL=1» 0:0, name 0:0-9, value 0:10-11', '1 LOG_LEVEL = absent «LOG_LEVEL» 0:0, name 0:0-9'],
    ],
  ])('%j', (texts, around, unknown, expected) => {
    expect(shownListed(texts, 'docker', around, unknown)).toEqual(expected);
  });
});
