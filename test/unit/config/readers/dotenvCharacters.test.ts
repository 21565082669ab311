// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Characters and references in values of env files that mislead: place, words and mending. */
import { describe, expect, test } from 'vitest';
import { shownProblems } from './shown.ts';

describe('characters nobody sees', () => {
  test.each<[string, string[]]>([
    [
      'A=\u00a0x',
      [
        'dotenv-invisible-char «\u00a0» 0:2: Invisible character (U+00A0) beside the value of A.',
        'fix Remove the invisible characters: «\u00a0» 0:2 -> ""',
      ],
    ],
    [
      'A=x\u00a0',
      [
        'dotenv-invisible-char «\u00a0» 0:3: Invisible character (U+00A0) beside the value of A.',
        'fix Remove the invisible characters: «\u00a0» 0:3 -> ""',
      ],
    ],
    [
      'A=\u200bx\u200b',
      [
        'dotenv-invisible-char «\u200bx\u200b» 0:2: Invisible character (U+200B) beside the value of A.',
        'fix Remove the invisible characters: «\u200b» 0:2 -> ""; «\u200b» 0:4 -> ""',
      ],
    ],
    [
      'A= \u200b x',
      [
        'dotenv-invisible-char «\u200b» 0:3: Invisible character (U+200B) beside the value of A.',
        'fix Remove the invisible characters: «\u200b» 0:3 -> ""',
      ],
    ],
    [
      'A=“x”',
      [
        'dotenv-invisible-char «“x”» 0:2: Typographic quotes around the value of A are part of it; only " and \' quote.',
        'fix Use plain quotes: «“» 0:2 -> "\\""; «”» 0:4 -> "\\""',
      ],
    ],
    [
      'A=“x',
      [
        'dotenv-invisible-char «“» 0:2: Typographic quotes around the value of A are part of it; only " and \' quote.',
        'fix Use plain quotes: «“» 0:2 -> "\\""',
      ],
    ],
    [
      'A=«x»',
      [
        'dotenv-invisible-char ««x»» 0:2: Typographic quotes around the value of A are part of it; only " and \' quote.',
        'fix Use plain quotes: ««» 0:2 -> "\\""; «»» 0:4 -> "\\""',
      ],
    ],
    [
      'A=‘x y’',
      [
        'dotenv-invisible-char «‘x y’» 0:2: Typographic quotes around the value of A are part of it; only " and \' quote.',
        'fix Use plain quotes: «‘» 0:2 -> "\\""; «’» 0:6 -> "\\""',
      ],
    ],
    [
      'A=“x"”',
      ['dotenv-invisible-char «“x\\"”» 0:2: Typographic quotes around the value of A are part of it; only " and \' quote.'],
    ],
    [
      'A=“x\\”',
      ['dotenv-invisible-char «“x\\\\”» 0:2: Typographic quotes around the value of A are part of it; only " and \' quote.'],
    ],
    [
      'A=\u200b“x',
      [
        'dotenv-invisible-char «\u200b“» 0:2: Typographic quotes around the value of A are part of it; only " and \' quote.',
        'fix Use plain quotes: «\u200b» 0:2 -> ""; «“» 0:3 -> "\\""',
      ],
    ],
    [
      'A="x"\u200b',
      [
        'dotenv-junk-after-quote «\u200b» 0:5: Text after the closing quote: python-dotenv drops this line and A is not set.',
        'fix Remove the text after the quote: «\u200b» 0:5 -> ""',
        'fix Include the text in the quotes: «\\"» 0:4 -> ""; «» 0:6 -> "\\""',
      ],
    ],
    [
      'A=x\u200b #c',
      [
        'dotenv-value-cut-by-comment «#c» 0:5: The value of A ends before " #"; the rest is a comment. Quote the value if "#" belongs to it.',
        'fix Quote to the end of the line: «» 0:2 -> "\\""; «» 0:7 -> "\\""',
        'dotenv-invisible-char «\u200b» 0:3: Invisible character (U+200B) beside the value of A.',
        'fix Remove the invisible characters: «\u200b» 0:3 -> ""',
      ],
    ],
    ['A=x\u200by', []],
    [
      'A=\ufeff',
      [
        'dotenv-invisible-char «\ufeff» 0:2: Invisible character (U+FEFF) beside the value of A.',
        'fix Remove the invisible characters: «\ufeff» 0:2 -> ""',
      ],
    ],
    [
      'A=\u00adx',
      [
        'dotenv-invisible-char «\u00ad» 0:2: Invisible character (U+00AD) beside the value of A.',
        'fix Remove the invisible characters: «\u00ad» 0:2 -> ""',
      ],
    ],
    [
      'A=᠎x\u2064',
      [
        'dotenv-invisible-char «᠎x\u2064» 0:2: Invisible character (U+180E) beside the value of A.',
        'fix Remove the invisible characters: «᠎» 0:2 -> ""; «\u2064» 0:4 -> ""',
      ],
    ],
    ['A=⁥x', []],
    [
      'A=\t\u00a0',
      [
        'dotenv-invisible-char «\u00a0» 0:3: Invisible character (U+00A0) beside the value of A.',
        'fix Remove the invisible characters: «\u00a0» 0:3 -> ""',
      ],
    ],
    ['A=é', []],
    [
      'A=\u200b',
      [
        'dotenv-invisible-char «\u200b» 0:2: Invisible character (U+200B) beside the value of A.',
        'fix Remove the invisible characters: «\u200b» 0:2 -> ""',
      ],
    ],
    ['A', ['dotenv-missing-equals «A» 0:0: A has no "=": nothing is set, the default stays.', 'fix Write A=: «» 0:1 -> "="']],
    [
      'A=\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200bx',
      [
        'dotenv-invisible-char «\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b» 0:2: Invisible character (U+200B) beside the value of A.',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shownProblems('.env', text)).toEqual(expected);
  });
});

describe('references', () => {
  test.each<[string, string[]]>([
    [
      'A=${B}',
      [
        'dotenv-interpolation «${B}» 0:2: ${B} is expanded and not set above in this file: it becomes empty unless the environment has it. There is no escape for ${ in a .env file.',
      ],
    ],
    ['B=1\nA=${B}', []],
    ['A=${B:-d}', []],
    ['A=${HOME}/x', []],
    ['A=$B', []],
    [
      "A='${B}'",
      [
        "dotenv-interpolation «'${B}'» 0:2: ${B} is expanded and not set above in this file: it becomes empty unless the environment has it. There is no escape for ${ in a .env file.",
      ],
    ],
    [
      "B=1\nA='${B}'",
      [
        "dotenv-interpolation «'${B}'» 1:2: ${B} is expanded, also inside single quotes. There is no escape for ${ in a .env file.",
      ],
    ],
    [
      "A='${B:-d}'",
      [
        "dotenv-interpolation «'${B:-d}'» 0:2: ${B} is expanded, also inside single quotes. There is no escape for ${ in a .env file.",
      ],
    ],
    [
      'B=1\nA="${B}${C}"',
      [
        'dotenv-interpolation «\\"${B}${C}\\"» 1:2: ${C} is expanded and not set above in this file: it becomes empty unless the environment has it. There is no escape for ${ in a .env file.',
      ],
    ],
    [
      'A=${A}',
      [
        'dotenv-interpolation «${A}» 0:2: ${A} is expanded and not set above in this file: it becomes empty unless the environment has it. There is no escape for ${ in a .env file.',
      ],
    ],
    [
      'OPENAI_API_KEY=ab${cd}',
      [
        'dotenv-interpolation «ab${cd}» 0:15: A reference in braces is expanded and not set above in this file: it becomes empty unless the environment has it. There is no escape for ${ in a .env file.',
      ],
    ],
    [
      'OPENAI_API_KEY=ab${cd:-x}',
      [
        'dotenv-interpolation «ab${cd:-x}» 0:15: A reference in braces is expanded, also inside single quotes. There is no escape for ${ in a .env file.',
      ],
    ],
    [
      'LOG_LEVEL=${B}${B}${C}',
      [
        'dotenv-interpolation «${B}${B}${C}» 0:10: ${B}, ${C} is expanded and not set above in this file: it becomes empty unless the environment has it. There is no escape for ${ in a .env file.',
      ],
    ],
    [
      'A=${N0}${N1}${N2}${N3}${N4}${N5}${N6}${N7}${N8}${N9}',
      [
        'dotenv-interpolation «${N0}${N1}${N2}${N3}${N4}${N5}${N6}${N7}${N8}${N9}» 0:2: ${N0}, ${N1}, ${N2}, ${N3}, ${N4}, ${N5}, ${N6}, ${N7}, ${N8}, ${N9} is expanded and not set above in this file: it becomes empty unless the environment has it. There is no escape for ${ in a .env file.',
      ],
    ],
    [
      'A=${N0}${N1}${N2}${N3}${N4}${N5}${N6}${N7}${N8}${N9}${N10}${N11}',
      [
        'dotenv-interpolation «${N0}${N1}${N2}${N3}${N4}${N5}${N6}${N7}${N8}${N9}${N10}${N11}» 0:2: ${N0}, ${N1}, ${N2}, ${N3}, ${N4}, ${N5}, ${N6}, ${N7}, ${N8}, ${N9} and 2 more is expanded and not set above in this file: it becomes empty unless the environment has it. There is no escape for ${ in a .env file.',
      ],
    ],
    [
      'A=${xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}',
      [
        'dotenv-interpolation «${xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}» 0:2: ${xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx} is expanded and not set above in this file: it becomes empty unless the environment has it. There is no escape for ${ in a .env file.',
      ],
    ],
    ['A=${', []],
    ['A=${B', []],
    [
      'B\nA=${B}',
      ['dotenv-missing-equals «B» 0:0: B has no "=": nothing is set, the default stays.', 'fix Write B=: «» 0:1 -> "="'],
    ],
    [
      'A=${}',
      [
        'dotenv-interpolation «${}» 0:2: ${} is expanded and not set above in this file: it becomes empty unless the environment has it. There is no escape for ${ in a .env file.',
      ],
    ],
    [
      'A=${B}${HOME}',
      [
        'dotenv-interpolation «${B}${HOME}» 0:2: ${B} is expanded and not set above in this file: it becomes empty unless the environment has it. There is no escape for ${ in a .env file.',
      ],
    ],
    [
      "A='${HOME}'",
      [
        "dotenv-interpolation «'${HOME}'» 0:2: ${HOME} is expanded, also inside single quotes. There is no escape for ${ in a .env file.",
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shownProblems('.env', text)).toEqual(expected);
  });
});
