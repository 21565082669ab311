// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Env files read whole: assignments with their places, marks and suppressions. */
import { describe, expect, test } from 'vitest';
import { shown, shownMarks } from './shown.ts';

describe('assignments', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['LOG_LEVEL=x', ['LOG_LEVEL = "x" «LOG_LEVEL=x» 0:0, name 0:0-9, value 0:10-11']],
    [
      'LOG_LEVEL="a b" # c',
      ['LOG_LEVEL = "a b" «LOG_LEVEL=\\"a b\\"» 0:0, name 0:0-9, value 0:10-15, double quotes, comment «# c» 0:16'],
    ],
    [
      "export LOG_LEVEL='a'\r\nATHENA_URL=",
      [
        'LOG_LEVEL = "a" «LOG_LEVEL=\'a\'» 0:7, name 0:7-16, value 0:17-20, single quotes',
        'ATHENA_URL = "" «ATHENA_URL=» 1:0, name 1:0-10, value 1:11-11',
        'mark export «export» 0:0',
      ],
    ],
    [
      'LOG_LEVEL',
      [
        'LOG_LEVEL = absent «LOG_LEVEL» 0:0, name 0:0-9',
        'dotenv-missing-equals «LOG_LEVEL» 0:0: LOG_LEVEL has no "=": nothing is set, the default stays.',
        'fix Write LOG_LEVEL=: «» 0:9 -> "="',
      ],
    ],
    [
      'A="x\ny"\nLOG_LEVEL=z',
      [
        'A = <set 3> «A=\\"x\\ny\\"» 0:0, name 0:0-1, value 0:2-1:2, double quotes',
        'LOG_LEVEL = "z" «LOG_LEVEL=z» 2:0, name 2:0-9, value 2:10-11',
      ],
    ],
    ['log_level=x', ['log_level = "x" «log_level=x» 0:0, name 0:0-9, value 0:10-11']],
    ["'LOG_LEVEL'=x", ['LOG_LEVEL = "x" «\'LOG_LEVEL\'=x» 0:0, name 0:0-11, value 0:12-13']],
    [
      'OPENAI_API_KEY=sk-12345678',
      ['OPENAI_API_KEY = <set 11 sk- base64 base64-8> «OPENAI_API_KEY=sk-12345678» 0:0, name 0:0-14, value 0:15-26'],
    ],
    ['OPENAI_API_KEY=', ['OPENAI_API_KEY = <empty 0> «OPENAI_API_KEY=» 0:0, name 0:0-14, value 0:15-15']],
    [
      'REDIS_URL=redis://u:p@h:1/0?password=x',
      [
        'REDIS_URL = "redis://u:***@h:1/0?password=***" (masked, set) «REDIS_URL=redis://u:p@h:1/0?password=x» 0:0, name 0:0-9, value 0:10-38',
      ],
    ],
    ['REDIS_URL=plain', ['REDIS_URL = <set 5> «REDIS_URL=plain» 0:0, name 0:0-9, value 0:10-15']],
    ['UNKNOWN=x', ['UNKNOWN = <set 1> «UNKNOWN=x» 0:0, name 0:0-7, value 0:8-9']],
    ['MY_TOKEN=abc', ['MY_TOKEN = <set 3> «MY_TOKEN=abc» 0:0, name 0:0-8, value 0:9-12']],
    [
      'JARVISCORE_ZMQ_PORT_OFFSET=5',
      ['JARVISCORE_ZMQ_PORT_OFFSET = "5" «JARVISCORE_ZMQ_PORT_OFFSET=5» 0:0, name 0:0-26, value 0:27-28'],
    ],
    [
      'ATHENA_URL=http://h/?api_key=1&b=2',
      [
        'ATHENA_URL = "http://h/?api_key=***&b=2" (masked, empty) «ATHENA_URL=http://h/?api_key=1&b=2» 0:0, name 0:0-10, value 0:11-34',
      ],
    ],
    [
      'LOG_LEVEL=see http://u:p@h/x',
      ['LOG_LEVEL = "see http://***@h/x" «LOG_LEVEL=see http://u:p@h/x» 0:0, name 0:0-9, value 0:10-28'],
    ],
    [
      'A=1\nLOG_LEVEL=${A}',
      [
        'A = <set 1> «A=1» 0:0, name 0:0-1, value 0:2-3',
        'LOG_LEVEL = "1" «LOG_LEVEL=${A}» 1:0, name 1:0-9, value 1:10-14',
        'mark interpolation "A" «${A}» 1:10',
      ],
    ],
    [
      'MY_TOKEN=1\nLOG_LEVEL=${MY_TOKEN}\nATHENA_URL=${LOG_LEVEL}',
      [
        'MY_TOKEN = <set 1> «MY_TOKEN=1» 0:0, name 0:0-8, value 0:9-10',
        'LOG_LEVEL = <set 1> «LOG_LEVEL=${MY_TOKEN}» 1:0, name 1:0-9, value 1:10-21',
        'ATHENA_URL = <set 1> «ATHENA_URL=${LOG_LEVEL}» 2:0, name 2:0-10, value 2:11-23',
        'mark interpolation "MY_TOKEN" «${MY_TOKEN}» 1:10',
        'mark interpolation "LOG_LEVEL" «${LOG_LEVEL}» 2:11',
      ],
    ],
    [
      'LOG_LEVEL=${MY_TOKEN:-x}',
      [
        'LOG_LEVEL = <set 1> «LOG_LEVEL=${MY_TOKEN:-x}» 0:0, name 0:0-9, value 0:10-24',
        'mark interpolation "MY_TOKEN" «${MY_TOKEN:-x}» 0:10',
      ],
    ],
    [
      'LOG_LEVEL=${N}x',
      [
        'LOG_LEVEL = "x" «LOG_LEVEL=${N}x» 0:0, name 0:0-9, value 0:10-15',
        'dotenv-interpolation «${N}x» 0:10: ${N} is expanded and not set above in this file: it becomes empty unless the environment has it. There is no escape for ${ in a .env file.',
        'mark interpolation "N" «${N}x» 0:10',
      ],
    ],
    [
      'MY_TOKEN=a\nOTHER=${MY_TOKEN}\nLOG_LEVEL=${OTHER}',
      [
        'MY_TOKEN = <set 1> «MY_TOKEN=a» 0:0, name 0:0-8, value 0:9-10',
        'OTHER = <set 1> «OTHER=${MY_TOKEN}» 1:0, name 1:0-5, value 1:6-17',
        'LOG_LEVEL = <set 1> «LOG_LEVEL=${OTHER}» 2:0, name 2:0-9, value 2:10-18',
        'mark interpolation "MY_TOKEN" «${MY_TOKEN}» 1:6',
        'mark interpolation "OTHER" «${OTHER}» 2:10',
      ],
    ],
    [
      'LOG_LEVEL=1\nLOG_LEVEL=2',
      [
        'LOG_LEVEL = "1" «LOG_LEVEL=1» 0:0, name 0:0-9, value 0:10-11',
        'LOG_LEVEL = "2" «LOG_LEVEL=2» 1:0, name 1:0-9, value 1:10-11',
      ],
    ],
    [
      '# jarviscore: ignore dotenv-colon\nA: 1',
      [
        'dotenv-colon «A:» 1:0: "A:" is not an assignment; python-dotenv drops the line. Write A=...',
        'fix Write A=: «: » 1:1 -> "="',
        'line 1 silences [dotenv-colon «dotenv-colon» 0:21] «# jarviscore: ignore dotenv-colon» 0:0',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('.env', text)).toEqual(expected);
  });
});

describe('marks', () => {
  test.each<[string, string[]]>([
    ['#A=1', ['mark commented-key "A" «A» 0:1']],
    ['# A = 1', ['mark commented-key "A" «A» 0:2']],
    ['## export A=1', ['mark commented-key "A" «A» 0:10']],
    ['#A', []],
    ['# a sentence A=1', []],
    ['#A-B=1', []],
    ['# set A=1', []],
    ['A=1 #B=2', []],
    ['#A="x"', ['mark commented-key "A" «A» 0:1']],
    ['#A=', ['mark commented-key "A" «A» 0:1']],
    ['#\u00a0A=1', []],
    ['# 60 rpm, 2 s', ['mark rate-comment "60 2" «# 60 rpm, 2 s» 0:0']],
    [
      '# 60 requests per minute, 1.5 seconds each',
      ['mark rate-comment "60 1.5" «# 60 requests per minute, 1.5 seconds each» 0:0'],
    ],
    ['A=1 # 10 calls/min 3sec', ['mark rate-comment "10 3" «# 10 calls/min 3sec» 0:4']],
    ['# 10 requests a min', []],
    ['# 2 s', []],
    ['# 1234567 rpm 2 s', []],
    ['# 60rpm 2s', ['mark rate-comment "60 2" «# 60rpm 2s» 0:0']],
    ['# 60 rpmx 2 s', []],
    ['A="1" # 5 calls a min and 12.1234 s', []],
    ['export A=1', ['mark export «export» 0:0']],
    ['export A B', ['mark export «export» 0:0']],
    ['export #c', []],
    ['A=${B}${C}${B}', ['mark interpolation "B" «${B}${C}${B}» 0:2', 'mark interpolation "C" «${B}${C}${B}» 0:2']],
    ['A="${B:-x}"', ['mark interpolation "B" «\\"${B:-x}\\"» 0:2']],
    [
      '# xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx 60 rpm 2 s',
      [],
    ],
    [
      '#A=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      ['mark commented-key "A" «A» 0:1'],
    ],
  ])('%j', (text, expected) => {
    expect(shownMarks('.env', text)).toEqual(expected);
  });
});

describe('marks of a template', () => {
  test.each<[string, string[]]>([
    ['#A=1', ['mark commented-key "A" «A» 0:1']],
    ['# LOG_LEVEL = "x" # c', ['mark commented-key "LOG_LEVEL" «LOG_LEVEL» 0:2', 'mark commented-value "x" «LOG_LEVEL» 0:2']],
    ["#LOG_LEVEL='x'", ['mark commented-key "LOG_LEVEL" «LOG_LEVEL» 0:1', 'mark commented-value "x" «LOG_LEVEL» 0:1']],
    ['#LOG_LEVEL=x#y', ['mark commented-key "LOG_LEVEL" «LOG_LEVEL» 0:1', 'mark commented-value "x#y" «LOG_LEVEL» 0:1']],
    ['#LOG_LEVEL= #y', ['mark commented-key "LOG_LEVEL" «LOG_LEVEL» 0:1', 'mark commented-value "" «LOG_LEVEL» 0:1']],
    ['#LOG_LEVEL=', ['mark commented-key "LOG_LEVEL" «LOG_LEVEL» 0:1', 'mark commented-value "" «LOG_LEVEL» 0:1']],
    ['#LOG_LEVEL="x', ['mark commented-key "LOG_LEVEL" «LOG_LEVEL» 0:1', 'mark commented-value "\\"x" «LOG_LEVEL» 0:1']],
    ['#OPENAI_API_KEY=x', ['mark commented-key "OPENAI_API_KEY" «OPENAI_API_KEY» 0:1']],
    [
      '#REDIS_URL=redis://u:p@h',
      ['mark commented-key "REDIS_URL" «REDIS_URL» 0:1', 'mark commented-value "redis://u:***@h" «REDIS_URL» 0:1'],
    ],
    ['#REDIS_URL=x', ['mark commented-key "REDIS_URL" «REDIS_URL» 0:1']],
    [
      '#LOG_LEVEL=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      [
        'mark commented-key "LOG_LEVEL" «LOG_LEVEL» 0:1',
        'mark commented-value "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" «LOG_LEVEL» 0:1',
      ],
    ],
    [
      '#LOG_LEVEL=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      ['mark commented-key "LOG_LEVEL" «LOG_LEVEL» 0:1'],
    ],
    ['LOG_LEVEL=1 #LOG_LEVEL=2', []],
  ])('%j', (text, expected) => {
    expect(shownMarks('.env.example', text)).toEqual(expected);
  });
});
