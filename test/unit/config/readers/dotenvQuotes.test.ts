/** What is wrong with quotes in env files: place, words and mending, character by character. */
import { describe, expect, test } from 'vitest';
import { shownProblems } from './shown.ts';

describe('quotes', () => {
  test.each<[string, string[]]>([
    [
      'A="x',
      [
        'dotenv-unclosed-quote «\\"x» 0:2: The quote that begins the value of A is not closed; python-dotenv drops this line and A is not set.',
        'fix Close the quote at the end of the line: «» 0:4 -> "\\""',
      ],
    ],
    [
      "A='x",
      [
        "dotenv-unclosed-quote «'x» 0:2: The quote that begins the value of A is not closed; python-dotenv drops this line and A is not set.",
        'fix Close the quote at the end of the line: «» 0:4 -> "\'"',
      ],
    ],
    [
      'A="',
      [
        'dotenv-unclosed-quote «\\"» 0:2: The quote that begins the value of A is not closed; python-dotenv drops this line and A is not set.',
        'fix Close the quote at the end of the line: «» 0:3 -> "\\""',
      ],
    ],
    [
      'A="x # c',
      [
        'dotenv-unclosed-quote «\\"x» 0:2: The quote that begins the value of A is not closed; python-dotenv drops this line and A is not set.',
        'fix Close the quote at the end of the line: «» 0:4 -> "\\""',
      ],
    ],
    [
      'A="x\t#c',
      [
        'dotenv-unclosed-quote «\\"x» 0:2: The quote that begins the value of A is not closed; python-dotenv drops this line and A is not set.',
        'fix Close the quote at the end of the line: «» 0:4 -> "\\""',
      ],
    ],
    [
      'A="x#c',
      [
        'dotenv-unclosed-quote «\\"x#c» 0:2: The quote that begins the value of A is not closed; python-dotenv drops this line and A is not set.',
        'fix Close the quote at the end of the line: «» 0:6 -> "\\""',
      ],
    ],
    [
      'A="x  ',
      [
        'dotenv-unclosed-quote «\\"x» 0:2: The quote that begins the value of A is not closed; python-dotenv drops this line and A is not set.',
        'fix Close the quote at the end of the line: «» 0:4 -> "\\""',
      ],
    ],
    [
      'A="x\nB=1',
      [
        'dotenv-unclosed-quote «\\"x» 0:2: The quote that begins the value of A is not closed; python-dotenv drops this line and A is not set.',
        'fix Close the quote at the end of the line: «» 0:4 -> "\\""',
      ],
    ],
    [
      'A= "x',
      [
        'dotenv-unclosed-quote «\\"x» 0:3: The quote that begins the value of A is not closed; python-dotenv drops this line and A is not set.',
        'fix Close the quote at the end of the line: «» 0:5 -> "\\""',
      ],
    ],
    [
      'export A="x',
      [
        'dotenv-unclosed-quote «\\"x» 0:9: The quote that begins the value of A is not closed; python-dotenv drops this line and A is not set.',
        'fix Close the quote at the end of the line: «» 0:11 -> "\\""',
      ],
    ],
    [
      'A="x" y',
      [
        'dotenv-junk-after-quote « y» 0:5: Text after the closing quote: python-dotenv drops this line and A is not set.',
        'fix Remove the text after the quote: « y» 0:5 -> ""',
        'fix Include the text in the quotes: «\\"» 0:4 -> ""; «» 0:7 -> "\\""',
      ],
    ],
    [
      'A="x"y',
      [
        'dotenv-junk-after-quote «y» 0:5: Text after the closing quote: python-dotenv drops this line and A is not set.',
        'fix Remove the text after the quote: «y» 0:5 -> ""',
        'fix Include the text in the quotes: «\\"» 0:4 -> ""; «» 0:6 -> "\\""',
      ],
    ],
    [
      "A='x' y z  ",
      [
        'dotenv-junk-after-quote « y z  » 0:5: Text after the closing quote: python-dotenv drops this line and A is not set.',
        'fix Remove the text after the quote: « y z  » 0:5 -> ""',
        'fix Include the text in the quotes: «\'» 0:4 -> ""; «» 0:9 -> "\'"',
      ],
    ],
    [
      'A="x" "y"',
      [
        'dotenv-junk-after-quote « \\"y\\"» 0:5: Text after the closing quote: python-dotenv drops this line and A is not set.',
        'fix Remove the text after the quote: « \\"y\\"» 0:5 -> ""',
      ],
    ],
    [
      'A="x" \\',
      [
        'dotenv-junk-after-quote « \\\\» 0:5: Text after the closing quote: python-dotenv drops this line and A is not set.',
        'fix Remove the text after the quote: « \\\\» 0:5 -> ""',
      ],
    ],
    ['A="x" # c', []],
    [
      'A="x"y\r\nB=1',
      [
        'dotenv-junk-after-quote «y» 0:5: Text after the closing quote: python-dotenv drops this line and A is not set.',
        'fix Remove the text after the quote: «y» 0:5 -> ""',
        'fix Include the text in the quotes: «\\"» 0:4 -> ""; «» 0:6 -> "\\""',
      ],
    ],
    [
      'A="" x',
      [
        'dotenv-junk-after-quote « x» 0:4: Text after the closing quote: python-dotenv drops this line and A is not set.',
        'fix Remove the text after the quote: « x» 0:4 -> ""',
        'fix Include the text in the quotes: «\\"» 0:3 -> ""; «» 0:6 -> "\\""',
      ],
    ],
    [
      'A="x ',
      [
        'dotenv-unclosed-quote «\\"x» 0:2: The quote that begins the value of A is not closed; python-dotenv drops this line and A is not set.',
        'fix Close the quote at the end of the line: «» 0:4 -> "\\""',
      ],
    ],
    [
      'A="x "',
      [
        'dotenv-trailing-space-in-quotes « » 0:4: The space before the closing quote is part of the value of A.',
        'fix Remove the space: « » 0:4 -> ""',
      ],
    ],
    [
      "A='x\t '",
      [
        'dotenv-trailing-space-in-quotes «\\t » 0:4: The space before the closing quote is part of the value of A.',
        'fix Remove the space: «\\t » 0:4 -> ""',
      ],
    ],
    ['A=" x"', []],
    ['A=" "', []],
    ['A="x\n"', []],
    ['A="x \n"', []],
    [
      'A="x\u00a0"',
      [
        'dotenv-trailing-space-in-quotes «\u00a0» 0:4: The space before the closing quote is part of the value of A.',
        'fix Remove the space: «\u00a0» 0:4 -> ""',
      ],
    ],
    [
      'A="x　 "',
      [
        'dotenv-trailing-space-in-quotes «　 » 0:4: The space before the closing quote is part of the value of A.',
        'fix Remove the space: «　 » 0:4 -> ""',
      ],
    ],
    [
      'A="xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx "',
      [
        'dotenv-trailing-space-in-quotes « » 0:102: The space before the closing quote is part of the value of A.',
        'fix Remove the space: « » 0:102 -> ""',
      ],
    ],
    [
      'A=`x`',
      [
        'dotenv-backtick «`x`» 0:2: Backticks do not quote for python-dotenv: they are part of the value.',
        'fix Use double quotes: «`» 0:2 -> "\\""; «`» 0:4 -> "\\""',
      ],
    ],
    [
      'A=``',
      [
        'dotenv-backtick «``» 0:2: Backticks do not quote for python-dotenv: they are part of the value.',
        'fix Use double quotes: «`» 0:2 -> "\\""; «`» 0:3 -> "\\""',
      ],
    ],
    ['A=`', []],
    ['A=`x`y', []],
    ['A=`a"b`', ['dotenv-backtick «`a\\"b`» 0:2: Backticks do not quote for python-dotenv: they are part of the value.']],
    ['A=`a\\b`', ['dotenv-backtick «`a\\\\b`» 0:2: Backticks do not quote for python-dotenv: they are part of the value.']],
    ['A=`a`b`', []],
    ['A=x"y"', []],
    ["A=x'y'", []],
  ])('%j', (text, expected) => {
    expect(shownProblems('.env', text)).toEqual(expected);
  });
});
