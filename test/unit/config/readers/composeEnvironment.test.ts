// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** The environment of compose services, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('maps', () => {
  test.each<[string, string[]]>([
    [
      'services:\n  a:\n    environment:\n      P2P_A: 1\n      LOG_LEVEL: "x y"\n      ATHENA_URL: \'z\'\n      B:',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 3:6, name 3:6-11, value 3:13-14, of compose-service:a',
        'LOG_LEVEL = "x y" «LOG_LEVEL: \\"x y\\"» 4:6, name 4:6-15, value 4:17-22, double quotes, of compose-service:a',
        'ATHENA_URL = "z" «ATHENA_URL: \'z\'» 5:6, name 5:6-16, value 5:18-21, single quotes, of compose-service:a',
        'B = absent «B» 6:6, name 6:6-7, of compose-service:a',
        'of the document: P2P_A LOG_LEVEL ATHENA_URL B',
        'declares compose-service:a',
        'insert at 6:8-8 "\\n      " ""',
        'lines of their own: 3 4 5',
      ],
    ],
    [
      'services:\n  a:\n    environment: {P2P_A: 1, LOG_LEVEL: x}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 2:18, name 2:18-23, value 2:25-26, of compose-service:a',
        'LOG_LEVEL = "x" «LOG_LEVEL: x» 2:28, name 2:28-37, value 2:39-40, of compose-service:a',
        'of the document: P2P_A LOG_LEVEL',
        'declares compose-service:a',
      ],
    ],
    [
      'services:\n  a:\n    environment:\n      P2P_A: true\n      LOG_LEVEL: 1e6\n      ATHENA_URL: ~',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 4> «P2P_A: true» 3:6, name 3:6-11, value 3:13-17, of compose-service:a',
        'LOG_LEVEL = "1e+06" «LOG_LEVEL: 1e6» 4:6, name 4:6-15, value 4:17-20, of compose-service:a',
        'ATHENA_URL = absent «ATHENA_URL: ~» 5:6, name 5:6-16, of compose-service:a',
        'of the document: P2P_A LOG_LEVEL ATHENA_URL',
        'declares compose-service:a',
        'insert at 5:19-19 "\\n      " ""',
        'lines of their own: 3 4 5',
      ],
    ],
    [
      'services:\n  a:\n    environment:\n      P2P_A: ${B}\n      LOG_LEVEL: ${B:-x}\n      ATHENA_URL: $$B\n      C: "${MY_TOKEN:-x}"',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = unknown: depends on B, which no file sets «P2P_A: ${B}» 3:6, name 3:6-11, value 3:13-17, of compose-service:a',
        'LOG_LEVEL = "x" «LOG_LEVEL: ${B:-x}» 4:6, name 4:6-15, value 4:17-24, of compose-service:a',
        'ATHENA_URL = "$B" «ATHENA_URL: $$B» 5:6, name 5:6-16, value 5:18-21, of compose-service:a',
        'C = <set 1> «C: \\"${MY_TOKEN:-x}\\"» 6:6, name 6:6-7, value 6:9-25, double quotes, of compose-service:a',
        'refers to B «${B}» 3:13 in compose-service:a',
        'refers to B:- «${B:-x}» 4:17 in compose-service:a',
        'refers to MY_TOKEN:- «\\"${MY_TOKEN:-x}\\"» 6:9 in compose-service:a',
        'of the document: P2P_A LOG_LEVEL ATHENA_URL C',
        'declares compose-service:a',
        'insert at 6:25-25 "\\n      " ""',
        'lines of their own: 3 4 5 6',
        'with variables: 3:13 4:17 5:18 6:9',
      ],
    ],
    [
      'services:\n  a:\n    environment:\n      LOG_LEVEL: ${MY_TOKEN:-x}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'LOG_LEVEL = <set 1> «LOG_LEVEL: ${MY_TOKEN:-x}» 3:6, name 3:6-15, value 3:17-31, of compose-service:a',
        'refers to MY_TOKEN:- «${MY_TOKEN:-x}» 3:17 in compose-service:a',
        'lines of their own: 3',
        'with variables: 3:17',
      ],
    ],
    [
      'services:\n  a:\n    environment:\n      LOG_LEVEL: ${B:?}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'LOG_LEVEL = unknown: a required variable is not set in any file «LOG_LEVEL: ${B:?}» 3:6, name 3:6-15, value 3:17-23, of compose-service:a',
        'refers to B:? «${B:?}» 3:17 in compose-service:a',
        'lines of their own: 3',
        'with variables: 3:17',
      ],
    ],
    [
      'services:\n  a:\n    environment:\n      LOG_LEVEL: !reset null\n      P2P_A: 1',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 4:6, name 4:6-11, value 4:13-14, of compose-service:a',
        'resets LOG_LEVEL',
        'of the document: P2P_A',
        'declares compose-service:a',
        'insert at 4:14-14 "\\n      " ""',
        'lines of their own: 4',
      ],
    ],
    [
      'services:\n  a:\n    environment: !reset\n      P2P_A: 1',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'resets environment'],
    ],
    [
      'services:\n  a:\n    environment: !reset [P2P_A=1]',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'resets environment'],
    ],
    [
      'services:\n  a:\n    environment: !override\n      P2P_A: 1',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 3:6, name 3:6-11, value 3:13-14, of compose-service:a',
        'resets environment',
        'of the document: P2P_A',
        'declares compose-service:a',
        'insert at 3:14-14 "\\n      " ""',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    environment:\n      P2P_A: |\n        x\n        y',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 4> «P2P_A: |\\n        x\\n        y» 3:6, name 3:6-11, value 3:13-5:9, other quotes, of compose-service:a',
        'of the document: P2P_A',
        'declares compose-service:a',
        'insert at 5:9-9 "\\n      " ""',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    environment:\n      OPENAI_API_KEY: sk-12345678\n      JARVISCORE_REDIS_URL: redis://u:p@h',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'OPENAI_API_KEY = <set 11 sk- base64 base64-8> «OPENAI_API_KEY: sk-12345678» 3:6, name 3:6-20, value 3:22-33, of compose-service:a',
        'JARVISCORE_REDIS_URL = "redis://u:***@h" (masked, set) «JARVISCORE_REDIS_URL: redis://u:p@h» 4:6, name 4:6-26, value 4:28-41, of compose-service:a',
        'of the document: OPENAI_API_KEY JARVISCORE_REDIS_URL',
        'declares compose-service:a',
        'insert at 4:41-41 "\\n      " ""',
        'lines of their own: 3 4',
      ],
    ],
    [
      'services:\n  a:\n    environment:\n      P2P_A: {a: 1}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = absent «P2P_A: {a: 1}» 3:6, name 3:6-11, of compose-service:a',
        'of the document: P2P_A',
        'declares compose-service:a',
        'insert at 3:19-19 "\\n      " ""',
        'lines of their own: 3',
      ],
    ],
    ['services:\n  a:\n    environment:', ['compose-service:a (compose-service) "a" «a» 1:2, framework no']],
    ['services:\n  a:\n    environment: {}', ['compose-service:a (compose-service) "a" «a» 1:2, framework no']],
    ['services:\n  a:\n    environment: x', ['compose-service:a (compose-service) "a" «a» 1:2, framework no']],
    [
      'services:\n  a:\n    environment:\n      P2P_A: 1 # c\n      LOG_LEVEL:\n    ',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 3:6, name 3:6-11, value 3:13-14, of compose-service:a',
        'LOG_LEVEL = absent «LOG_LEVEL» 4:6, name 4:6-15, of compose-service:a',
        'of the document: P2P_A LOG_LEVEL',
        'declares compose-service:a',
        'insert at 4:16-16 "\\n      " ""',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    environment:\n        P2P_A: 1\n    ',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 3:8, name 3:8-13, value 3:15-16, of compose-service:a',
        'of the document: P2P_A',
        'declares compose-service:a',
        'insert at 3:16-16 "\\n        " ""',
        'lines of their own: 3',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('compose.yaml', text)).toEqual(expected);
  });
});

describe('lists', () => {
  test.each<[string, string[]]>([
    [
      'services:\n  a:\n    environment:\n      - P2P_A=1\n      - "LOG_LEVEL=x y"\n      - \'ATHENA_URL=z\'\n      - B\n      - C=',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 3:8, name 3:8-13, value 3:14-15, of compose-service:a',
        'LOG_LEVEL = "x y" «LOG_LEVEL=x y» 4:9, name 4:9-18, value 4:19-22, double quotes, of compose-service:a',
        'ATHENA_URL = "z" «ATHENA_URL=z» 5:9, name 5:9-19, value 5:20-21, single quotes, of compose-service:a',
        'B = absent «B» 6:8, name 6:8-9, of compose-service:a',
        'C = <empty 0> «C=» 7:8, name 7:8-9, value 7:10-10, of compose-service:a',
        'of the document: P2P_A LOG_LEVEL ATHENA_URL B C',
        'declares compose-service:a',
        'lines of their own: 3 4 5 6 7',
      ],
    ],
    [
      'services:\n  a:\n    environment: [P2P_A=1, "LOG_LEVEL=a\\"b"]',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 2:18, name 2:18-23, value 2:24-25, of compose-service:a',
        'LOG_LEVEL = "a\\"b" «\\"LOG_LEVEL=a\\\\\\"b\\"» 2:27, name 2:27-43, value 2:27-43, double quotes, of compose-service:a',
        'of the document: P2P_A LOG_LEVEL',
        'declares compose-service:a',
      ],
    ],
    [
      'services:\n  a:\n    environment:\n      - P2P_A=${B:-1}=2\n      - ${X}=1',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 3> «P2P_A=${B:-1}=2» 3:8, name 3:8-13, value 3:14-23, of compose-service:a',
        '${X} = <set 1> «${X}=1» 4:8, name 4:8-12, value 4:13-14, of compose-service:a',
        'refers to B:- «P2P_A=${B:-1}=2» 3:8 in compose-service:a',
        'refers to X «${X}=1» 4:8 in compose-service:a',
        'of the document: P2P_A ${X}',
        'declares compose-service:a',
        'lines of their own: 3 4',
        'with variables: 3:14',
      ],
    ],
    [
      'services:\n  a:\n    environment:\n      - ""\n      - {a: 1}\n      - P2P_A=1',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 5:8, name 5:8-13, value 5:14-15, of compose-service:a',
        'of the document: P2P_A',
        'declares compose-service:a',
        'lines of their own: 5',
      ],
    ],
    [
      'services:\n  a:\n    environment:\n      - >\n        P2P_A=1',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 2> «>\\n        P2P_A=1» 3:8, name 3:8-4:15, value 3:8-4:15, other quotes, of compose-service:a',
        'of the document: P2P_A',
        'declares compose-service:a',
        'lines of their own: 3',
      ],
    ],
    [
      'services:\n  a:\n    environment:\n      - P2P_A=a\n        b',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 3> «P2P_A=a\\n        b» 3:8, name 3:8-4:9, value 3:8-4:9, of compose-service:a',
        'of the document: P2P_A',
        'declares compose-service:a',
        'lines of their own: 3',
      ],
    ],
    [
      "services:\n  a:\n    environment:\n      - 'P2P_A=it''s'",
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        "P2P_A = <set 4> «'P2P_A=it''s'» 3:8, name 3:8-21, value 3:8-21, single quotes, of compose-service:a",
        'of the document: P2P_A',
        'declares compose-service:a',
        'lines of their own: 3',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('compose.yaml', text)).toEqual(expected);
  });
});

describe('aliases and merges', () => {
  test.each<[string, string[]]>([
    [
      'x-env: &e\n  P2P_A: 1\nservices:\n  a:\n    environment: *e\n  b:\n    environment:\n      <<: *e\n      LOG_LEVEL: x',
      [
        'compose-service:a (compose-service) "a" «a» 3:2, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 1:2, name 1:2-7, value 1:9-10, of compose-service:a',
        'compose-service:b (compose-service) "b" «b» 5:2, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 1:2, name 1:2-7, value 1:9-10, of compose-service:b',
        'LOG_LEVEL = "x" «LOG_LEVEL: x» 8:6, name 8:6-15, value 8:17-18, of compose-service:b',
        'of the document: P2P_A LOG_LEVEL',
        'declares compose-service:a',
        'insert at 1:10-10 "\\n  " ""',
        'declares compose-service:b',
        'insert at 8:18-18 "\\n      " ""',
        'lines of their own: 1 8',
      ],
    ],
    [
      'x-e: &e {P2P_A: 1, LOG_LEVEL: 2}\nx-f: &f {P2P_A: 3}\nservices:\n  a:\n    environment:\n      <<: [*f, *e]\n      LOG_LEVEL: x',
      [
        'compose-service:a (compose-service) "a" «a» 3:2, framework yes',
        'P2P_A = <set 1> «P2P_A: 3» 1:9, name 1:9-14, value 1:16-17, of compose-service:a',
        'LOG_LEVEL = "x" «LOG_LEVEL: x» 6:6, name 6:6-15, value 6:17-18, of compose-service:a',
        'of the document: P2P_A LOG_LEVEL',
        'declares compose-service:a',
        'insert at 6:18-18 "\\n      " ""',
        'lines of their own: 6',
      ],
    ],
    [
      'services:\n  a: &a\n    image: i\n    environment: {P2P_A: 1}\n  b:\n    <<: *a\n    image: j',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 3:18, name 3:18-23, value 3:25-26, of compose-service:a',
        'image "i" «i» 2:11',
        'option image-key "image" «image» 2:4',
        'compose-service:b (compose-service) "b" «b» 4:2, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 3:18, name 3:18-23, value 3:25-26, of compose-service:b',
        'image "j" «j» 6:11',
        'option image-key "image" «image» 6:4',
        'of the document: P2P_A',
        'declares compose-service:a',
        'declares compose-service:b',
      ],
    ],
    ['services:\n  a:\n    environment: *missing', ['compose-service:a (compose-service) "a" «a» 1:2, framework no']],
  ])('%j', (text, expected) => {
    expect(shown('compose.yaml', text)).toEqual(expected);
  });
});
