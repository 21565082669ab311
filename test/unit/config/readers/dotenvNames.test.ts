/** What is wrong with names of env files: place, words and mending, character by character. */
import { describe, expect, test } from 'vitest';
import { shownProblems } from './shown.ts';

describe('names', () => {
  test.each<[string, string[]]>([
    ['A=1', []],
    ['a_1=x', []],
    [
      '1A=x',
      [
        'dotenv-invalid-key «1A» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      'A-B=x',
      [
        'dotenv-invalid-key «A-B» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      'A.B=x',
      [
        'dotenv-invalid-key «A.B» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      'A B=x',
      [
        'dotenv-invalid-key «A B» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      'A B',
      [
        'dotenv-invalid-key «A B» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    ['A', ['dotenv-missing-equals «A» 0:0: A has no "=": nothing is set, the default stays.', 'fix Write A=: «» 0:1 -> "="']],
    ['A\n', ['dotenv-missing-equals «A» 0:0: A has no "=": nothing is set, the default stays.', 'fix Write A=: «» 0:1 -> "="']],
    ['A #c', ['dotenv-missing-equals «A» 0:0: A has no "=": nothing is set, the default stays.', 'fix Write A=: «» 0:1 -> "="']],
    [
      'export A',
      ['dotenv-missing-equals «A» 0:7: A has no "=": nothing is set, the default stays.', 'fix Write A=: «» 0:8 -> "="'],
    ],
    [
      '=x',
      [
        'dotenv-invalid-key «=» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      ' =x',
      [
        'dotenv-invalid-key «=» 0:1: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      'export =x',
      [
        'dotenv-invalid-key «export =» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      'export ',
      [
        'dotenv-invalid-key «export » 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    ["'A'=x", []],
    [
      "'A-B'=x",
      [
        'dotenv-invalid-key «\'A-B\'» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      "''=x",
      [
        'dotenv-invalid-key «\'» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      "'A",
      [
        'dotenv-invalid-key «\'» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      '"A"=x',
      [
        'dotenv-invalid-key «\\"A\\"» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
        'fix Remove the quotes around the name: «\\"» 0:2 -> ""; «\\"» 0:0 -> ""',
      ],
    ],
    [
      '"A-B"=x',
      [
        'dotenv-invalid-key «\\"A-B\\"» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      '“A”=x',
      [
        'dotenv-invalid-key «“A”» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
        'fix Remove the quotes around the name: «”» 0:2 -> ""; «“» 0:0 -> ""',
      ],
    ],
    [
      '‘A’=x',
      [
        'dotenv-invalid-key «‘A’» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
        'fix Remove the quotes around the name: «’» 0:2 -> ""; «‘» 0:0 -> ""',
      ],
    ],
    [
      'set A=x',
      [
        'dotenv-invalid-key «set A» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
        'fix Remove "set": «set » 0:0 -> ""',
      ],
    ],
    [
      'SETX  A=x',
      [
        'dotenv-invalid-key «SETX  A» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
        'fix Remove "SETX": «SETX  » 0:0 -> ""',
      ],
    ],
    [
      'const a_b = 1',
      [
        'dotenv-invalid-key «const a» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
        'fix Remove "const": «const » 0:0 -> ""',
      ],
    ],
    [
      'let A',
      [
        'dotenv-invalid-key «let A» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      'env\tA =1',
      [
        'dotenv-invalid-key «env\\tA» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
        'fix Remove "env": «env\\t» 0:0 -> ""',
      ],
    ],
    [
      'declare -x A=1',
      [
        'dotenv-invalid-key «declare -» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      'Aé=x',
      [
        'dotenv-invalid-key «Aé» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      'A+=x',
      [
        'dotenv-invalid-key «A+» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      'A?=1',
      [
        'dotenv-invalid-key «A?» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      '\ufeffA=1',
      [
        'dotenv-bom «\ufeff» 0:0: The file begins with a byte order mark; python-dotenv 1.2.2 and older make it part of the first name.',
        'fix (safe) Remove the byte order mark: «\ufeff» 0:0 -> ""',
      ],
    ],
    [
      '\ufeff\ufeffA=1',
      [
        'dotenv-bom «\ufeff» 0:0: The file begins with a byte order mark; python-dotenv 1.2.2 and older make it part of the first name.',
        'fix Remove the byte order mark: «\ufeff» 0:0 -> ""',
        'dotenv-invalid-key «\ufeffA» 0:1: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      'x y z',
      [
        'dotenv-invalid-key «x y» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      '"',
      [
        'dotenv-invalid-key «\\"» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      '$A=1',
      [
        'dotenv-invalid-key «$A» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shownProblems('.env', text)).toEqual(expected);
  });
});
