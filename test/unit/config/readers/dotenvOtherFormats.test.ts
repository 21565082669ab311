/** Lines of env files that belong to other formats: place, words and mending. */
import { describe, expect, test } from 'vitest';
import { shownProblems } from './shown.ts';

describe('lines of other formats', () => {
  test.each<[string, string[]]>([
    [
      '; c',
      [
        'dotenv-wrong-comment «; c» 0:0: Comments begin with "#" in a .env file; this line is read as a statement.',
        'fix (safe) Begin the comment with "#": «» 0:0 -> "# "',
      ],
    ],
    [
      ';A=1',
      [
        'dotenv-wrong-comment «;A=1» 0:0: Comments begin with "#" in a .env file; this line is read as a statement.',
        'fix (safe) Begin the comment with "#": «» 0:0 -> "# "',
      ],
    ],
    [
      '// c',
      [
        'dotenv-wrong-comment «// c» 0:0: Comments begin with "#" in a .env file; this line is read as a statement.',
        'fix (safe) Begin the comment with "#": «» 0:0 -> "# "',
      ],
    ],
    [
      '//A=1',
      [
        'dotenv-wrong-comment «//A=1» 0:0: Comments begin with "#" in a .env file; this line is read as a statement.',
        'fix (safe) Begin the comment with "#": «» 0:0 -> "# "',
      ],
    ],
    [
      '  // c x\nA=1',
      [
        'dotenv-wrong-comment «// c x» 0:2: Comments begin with "#" in a .env file; this line is read as a statement.',
        'fix (safe) Begin the comment with "#": «» 0:2 -> "# "',
      ],
    ],
    [
      '-- c',
      [
        'dotenv-invalid-key «-- c» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      '[s]',
      [
        'dotenv-section «[s]» 0:0: A .env file has no sections; this line has no meaning here.',
        'fix (safe) Turn the line into a comment: «» 0:0 -> "# "',
      ],
    ],
    [
      '[s] # c',
      [
        'dotenv-section «[s]» 0:0: A .env file has no sections; this line has no meaning here.',
        'fix (safe) Turn the line into a comment: «» 0:0 -> "# "',
      ],
    ],
    [
      '[s]  ',
      [
        'dotenv-section «[s]» 0:0: A .env file has no sections; this line has no meaning here.',
        'fix (safe) Turn the line into a comment: «» 0:0 -> "# "',
      ],
    ],
    [
      '[s]x',
      [
        'dotenv-invalid-key «[s]x» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      '[s] x',
      [
        'dotenv-invalid-key «[s] x» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      '[s',
      [
        'dotenv-invalid-key «[s» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      '[]',
      [
        'dotenv-section «[]» 0:0: A .env file has no sections; this line has no meaning here.',
        'fix (safe) Turn the line into a comment: «» 0:0 -> "# "',
      ],
    ],
    [
      '[s]=1',
      [
        'dotenv-invalid-key «[s]» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      '[a b]',
      [
        'dotenv-section «[a» 0:0: A .env file has no sections; this line has no meaning here.',
        'fix (safe) Turn the line into a comment: «» 0:0 -> "# "',
      ],
    ],
    [
      ' [s]\r\n',
      [
        'dotenv-section «[s]» 0:1: A .env file has no sections; this line has no meaning here.',
        'fix (safe) Turn the line into a comment: «» 0:1 -> "# "',
      ],
    ],
    [
      'A: 1',
      [
        'dotenv-colon «A:» 0:0: "A:" is not an assignment; python-dotenv drops the line. Write A=...',
        'fix Write A=: «: » 0:1 -> "="',
      ],
    ],
    ['A:1', ['dotenv-colon «A:» 0:0: "A:" is not an assignment; nothing is set. Write A=...', 'fix Write A=: «:» 0:1 -> "="']],
    [
      'A : 1',
      [
        'dotenv-colon «A :» 0:0: "A:" is not an assignment; python-dotenv drops the line. Write A=...',
        'fix Write A=: « : » 0:1 -> "="',
      ],
    ],
    ['A:', ['dotenv-colon «A:» 0:0: "A:" is not an assignment; nothing is set. Write A=...', 'fix Write A=: «:» 0:1 -> "="']],
    ['A: ', ['dotenv-colon «A:» 0:0: "A:" is not an assignment; nothing is set. Write A=...', 'fix Write A=: «: » 0:1 -> "="']],
    [
      'A:=1',
      [
        'dotenv-invalid-key «A:» 0:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      'A: x=1',
      [
        'dotenv-colon «A:» 0:0: "A:" is not an assignment; python-dotenv drops the line. Write A=...',
        'fix Write A=: «: » 0:1 -> "="',
      ],
    ],
    [
      '1A: 1',
      [
        'dotenv-invalid-key «1A: 1» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      'A-B: 1',
      [
        'dotenv-invalid-key «A-B: 1» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      'A\t:\t"x"',
      [
        'dotenv-colon «A\\t:» 0:0: "A:" is not an assignment; python-dotenv drops the line. Write A=...',
        'fix Write A=: «\\t:\\t» 0:1 -> "="',
      ],
    ],
    [
      "'A': 1",
      [
        'dotenv-invalid-key «\'A\':» 0:0: This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      'export A: 1',
      [
        'dotenv-colon «A:» 0:7: "A:" is not an assignment; python-dotenv drops the line. Write A=...',
        'fix Write A=: «: » 0:8 -> "="',
      ],
    ],
    [
      'A: "x\ny"',
      [
        'dotenv-colon «A:» 0:0: "A:" is not an assignment; python-dotenv drops the line. Write A=...',
        'fix Write A=: «: » 0:1 -> "="',
        'dotenv-invalid-key «y\\"» 1:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      '// "x\n',
      [
        'dotenv-wrong-comment «// \\"x» 0:0: Comments begin with "#" in a .env file; this line is read as a statement.',
        'fix (safe) Begin the comment with "#": «» 0:0 -> "# "',
      ],
    ],
    [
      '// A="x\ny"',
      [
        'dotenv-wrong-comment «// A=\\"x» 0:0: Comments begin with "#" in a .env file; this line is read as a statement.',
        'fix (safe) Begin the comment with "#": «» 0:0 -> "# "',
        'dotenv-invalid-key «y\\"» 1:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
    [
      '//A="x\ny"',
      [
        'dotenv-wrong-comment «//A=\\"x» 0:0: Comments begin with "#" in a .env file; this line is read as a statement.',
        'fix Begin the comment with "#": «» 0:0 -> "# "',
      ],
    ],
    [
      ";A='x\r\n'",
      [
        'dotenv-wrong-comment «;A=\'x» 0:0: Comments begin with "#" in a .env file; this line is read as a statement.',
        'fix Begin the comment with "#": «» 0:0 -> "# "',
      ],
    ],
    [
      '//A="x\n"',
      [
        'dotenv-wrong-comment «//A=\\"x» 0:0: Comments begin with "#" in a .env file; this line is read as a statement.',
        'fix Begin the comment with "#": «» 0:0 -> "# "',
      ],
    ],
    [
      '//A="x"\r\n',
      [
        'dotenv-wrong-comment «//A=\\"x\\"» 0:0: Comments begin with "#" in a .env file; this line is read as a statement.',
        'fix (safe) Begin the comment with "#": «» 0:0 -> "# "',
      ],
    ],
    [
      '; A="x\r\n"',
      [
        'dotenv-wrong-comment «; A=\\"x» 0:0: Comments begin with "#" in a .env file; this line is read as a statement.',
        'fix (safe) Begin the comment with "#": «» 0:0 -> "# "',
        'dotenv-invalid-key «\\"» 1:0: This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shownProblems('.env', text)).toEqual(expected);
  });
});
