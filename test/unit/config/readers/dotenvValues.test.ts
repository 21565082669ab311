/** What is wrong with values of env files: place, words and mending, character by character. */
import { describe, expect, test } from 'vitest';
import { shownProblems } from './shown.ts';

describe('number signs', () => {
  test.each<[string, string[]]>([
    [
      'A=a#b',
      [
        'dotenv-hash-without-space «#» 0:3: "#" without whitespace before it belongs to the value of A here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
        'fix (safe) Put the value in quotes: «» 0:2 -> "\\""; «» 0:5 -> "\\""',
        'fix Begin a comment here: «» 0:3 -> " "',
      ],
    ],
    [
      'A=#a',
      [
        'dotenv-hash-without-space «#» 0:2: "#" without whitespace before it belongs to the value of A here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
        'fix (safe) Put the value in quotes: «» 0:2 -> "\\""; «» 0:4 -> "\\""',
      ],
    ],
    [
      'A= #a',
      [
        'dotenv-empty-with-comment «#a» 0:3: A is empty here; python-dotenv 1.2.2 and older take the comment as its value.',
        'fix (safe) Write the empty value as "": «» 0:2 -> "\\"\\""',
      ],
    ],
    [
      'A=a #b',
      [
        'dotenv-value-cut-by-comment «#b» 0:4: The value of A ends before " #"; the rest is a comment. Quote the value if "#" belongs to it.',
        'fix Quote to the end of the line: «» 0:2 -> "\\""; «» 0:6 -> "\\""',
      ],
    ],
    [
      'A=a# b',
      [
        'dotenv-hash-without-space «#» 0:3: "#" without whitespace before it belongs to the value of A here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
        'fix (safe) Put the value in quotes: «» 0:2 -> "\\""; «» 0:6 -> "\\""',
        'fix Begin a comment here: «» 0:3 -> " "',
      ],
    ],
    [
      'A=a#b #c',
      [
        'dotenv-hash-without-space «#» 0:3: "#" without whitespace before it belongs to the value of A here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
        'fix (safe) Put the value in quotes: «» 0:2 -> "\\""; «» 0:5 -> "\\""',
        'fix Begin a comment here: «» 0:3 -> " "',
        'dotenv-value-cut-by-comment «#c» 0:6: The value of A ends before " #"; the rest is a comment. Quote the value if "#" belongs to it.',
        'fix Quote to the end of the line: «» 0:2 -> "\\""; «» 0:8 -> "\\""',
      ],
    ],
    [
      'A=a"#b',
      [
        'dotenv-hash-without-space «#» 0:4: "#" without whitespace before it belongs to the value of A here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
        'fix Begin a comment here: «» 0:4 -> " "',
      ],
    ],
    [
      'A=a\\#b',
      [
        'dotenv-hash-without-space «#» 0:4: "#" without whitespace before it belongs to the value of A here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
        'fix Begin a comment here: «» 0:4 -> " "',
      ],
    ],
    [
      'A=http://h/#a',
      [
        'dotenv-hash-without-space «#» 0:11: "#" without whitespace before it belongs to the value of A here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
        'fix (safe) Put the value in quotes: «» 0:2 -> "\\""; «» 0:13 -> "\\""',
      ],
    ],
    ['LOG_LEVEL=a #b', []],
    [
      'OPENAI_API_KEY=a #b',
      [
        'dotenv-value-cut-by-comment «#b» 0:17: The value of OPENAI_API_KEY ends before " #"; the rest is a comment. Quote the value if "#" belongs to it.',
        'fix Quote to the end of the line: «» 0:15 -> "\\""; «» 0:19 -> "\\""',
      ],
    ],
    ['OPENAI_API_KEY=a # b', []],
    ['OPENAI_API_KEY=a ##b', []],
    ['OPENAI_API_KEY=a #!b', []],
    ['OPENAI_API_KEY=a #', []],
    [
      'OPENAI_API_KEY=a"b #c',
      [
        'dotenv-value-cut-by-comment «#c» 0:19: The value of OPENAI_API_KEY ends before " #"; the rest is a comment. Quote the value if "#" belongs to it.',
      ],
    ],
    [
      'OPENAI_API_KEY=a #"c',
      [
        'dotenv-value-cut-by-comment «#\\"c» 0:17: The value of OPENAI_API_KEY ends before " #"; the rest is a comment. Quote the value if "#" belongs to it.',
      ],
    ],
    [
      'OPENAI_API_KEY=a #\\',
      [
        'dotenv-value-cut-by-comment «#\\\\» 0:17: The value of OPENAI_API_KEY ends before " #"; the rest is a comment. Quote the value if "#" belongs to it.',
      ],
    ],
    [
      'OPENAI_API_KEY= #b',
      [
        'dotenv-empty-with-comment «#b» 0:16: OPENAI_API_KEY is empty here; python-dotenv 1.2.2 and older take the comment as its value.',
        'fix (safe) Write the empty value as "": «» 0:15 -> "\\"\\""',
      ],
    ],
    [
      'OPENAI_API_KEY= #',
      [
        'dotenv-empty-with-comment «#» 0:16: OPENAI_API_KEY is empty here; python-dotenv 1.2.2 and older take the comment as its value.',
        'fix (safe) Write the empty value as "": «» 0:15 -> "\\"\\""',
      ],
    ],
    ['OPENAI_API_KEY="a" #b', []],
    [
      'LOG_LEVEL=http://x #b',
      [
        'dotenv-value-cut-by-comment «#b» 0:19: The value of LOG_LEVEL ends before " #"; the rest is a comment. Quote the value if "#" belongs to it.',
        'fix Quote to the end of the line: «» 0:10 -> "\\""; «» 0:21 -> "\\""',
      ],
    ],
    [
      'A= # c',
      [
        'dotenv-empty-with-comment «# c» 0:3: A is empty here; python-dotenv 1.2.2 and older take the comment as its value.',
        'fix (safe) Write the empty value as "": «» 0:2 -> "\\"\\""',
      ],
    ],
    [
      'A=# c',
      [
        'dotenv-hash-without-space «#» 0:2: "#" without whitespace before it belongs to the value of A here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
        'fix (safe) Put the value in quotes: «» 0:2 -> "\\""; «» 0:5 -> "\\""',
      ],
    ],
    [
      'LOG_LEVEL=#',
      [
        'dotenv-hash-without-space «#» 0:10: "#" without whitespace before it belongs to the value of LOG_LEVEL here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
        'fix (safe) Put the value in quotes: «» 0:10 -> "\\""; «» 0:11 -> "\\""',
      ],
    ],
    [
      'B="x\nA=a#b',
      [
        'dotenv-unclosed-quote «\\"x» 0:2: The quote that begins the value of B is not closed; python-dotenv drops this line and B is not set.',
        'fix Close the quote at the end of the line: «» 0:4 -> "\\""',
        'dotenv-hash-without-space «#» 1:3: "#" without whitespace before it belongs to the value of A here; other dotenv readers end the value there. Quote the value, or put a space before the comment.',
        'fix Put the value in quotes: «» 1:2 -> "\\""; «» 1:5 -> "\\""',
        'fix Begin a comment here: «» 1:3 -> " "',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shownProblems('.env', text)).toEqual(expected);
  });
});

describe('several in one line, and lines that go on', () => {
  test.each<[string, string[]]>([
    [
      'A=1 B=2',
      [
        'dotenv-two-assignments «B» 0:4: One assignment per line: "B=" is part of the value of A.',
        'fix Begin a new line here: « » 0:3 -> "\\n"',
      ],
    ],
    [
      'A=1  BC_2=',
      [
        'dotenv-two-assignments «BC_2» 0:5: One assignment per line: "BC_2=" is part of the value of A.',
        'fix Begin a new line here: «  » 0:3 -> "\\n"',
      ],
    ],
    ['A=1 b=2', []],
    ['A=1 B =2', []],
    ['A=1B=2', []],
    [
      'A=1 _=2 C=3',
      [
        'dotenv-two-assignments «_» 0:4: One assignment per line: "_=" is part of the value of A.',
        'fix Begin a new line here: « » 0:3 -> "\\n"',
      ],
    ],
    ['A= B=2', []],
    [
      'A="1" B=2',
      [
        'dotenv-junk-after-quote « B=2» 0:5: Text after the closing quote: python-dotenv drops this line and A is not set.',
        'fix Remove the text after the quote: « B=2» 0:5 -> ""',
        'fix Include the text in the quotes: «\\"» 0:4 -> ""; «» 0:9 -> "\\""',
      ],
    ],
    [
      'A=x \u00a0B=2',
      [
        'dotenv-two-assignments «B» 0:5: One assignment per line: "B=" is part of the value of A.',
        'fix Begin a new line here: « \u00a0» 0:3 -> "\\n"',
      ],
    ],
    ['A=1 \\', []],
    ['A=1\\', []],
    [
      'A=1 \\\nB=2',
      [
        'dotenv-continuation «\\\\» 0:4: A backslash does not continue the line: it is the last character of the value, and the next line stands for itself.',
        'fix Join the lines: «\\\\\\n» 0:4 -> ""',
      ],
    ],
    [
      'A=1\\\n  B=2\n',
      [
        'dotenv-continuation «\\\\» 0:3: A backslash does not continue the line: it is the last character of the value, and the next line stands for itself.',
        'fix Join the lines: «\\\\\\n  » 0:3 -> ""',
      ],
    ],
    [
      'A=1\\\r\n\tB',
      [
        'dotenv-continuation «\\\\» 0:3: A backslash does not continue the line: it is the last character of the value, and the next line stands for itself.',
        'fix Join the lines: «\\\\\\r\\n\\t» 0:3 -> ""',
        'dotenv-missing-equals «B» 1:1: B has no "=": nothing is set, the default stays.',
        'fix Write B=: «» 1:2 -> "="',
      ],
    ],
    [
      'A=1\\ #c\nB=2',
      [
        'dotenv-value-cut-by-comment «#c» 0:5: The value of A ends before " #"; the rest is a comment. Quote the value if "#" belongs to it.',
      ],
    ],
    ['A="1\\\nB"', []],
    [
      'A=1\\\\\nB=2',
      [
        'dotenv-continuation «\\\\» 0:4: A backslash does not continue the line: it is the last character of the value, and the next line stands for itself.',
        'fix Join the lines: «\\\\\\n» 0:4 -> ""',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shownProblems('.env', text)).toEqual(expected);
  });
});
