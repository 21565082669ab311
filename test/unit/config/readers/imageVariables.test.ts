// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Variables of Dockerfiles, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('ENV', () => {
  test.each<[string, string[]]>([
    [
      'FROM python\nENV P2P_A=1',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:4, name 1:4-9, value 1:10-11, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_A',
        'lines of their own: 1',
      ],
    ],
    [
      'FROM python\nENV P2P_A 1 2',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = <set 3> «P2P_A 1 2» 1:4, name 1:4-9, value 1:10-13, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_A',
        'lines of their own: 1',
      ],
    ],
    [
      'FROM python\nENV P2P_A',
      ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5'],
    ],
    [
      'FROM python\nENV P2P_A=',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = <empty 0> «P2P_A=» 1:4, name 1:4-9, value 1:10-10, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_A',
        'lines of their own: 1',
      ],
    ],
    [
      'FROM python\nENV P2P_A="1 2" LOG_LEVEL=\'x\' ATHENA_URL=a\\ b',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = <set 3> «P2P_A=\\"1 2\\"» 1:4, name 1:4-9, value 1:10-15, double quotes, of image:0',
        'LOG_LEVEL = "x" «LOG_LEVEL=\'x\'» 1:16, name 1:16-25, value 1:26-29, single quotes, of image:0',
        'ATHENA_URL = "a b" «ATHENA_URL=a\\\\ b» 1:30, name 1:30-40, value 1:41-45, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_A LOG_LEVEL ATHENA_URL',
      ],
    ],
    [
      'FROM python\nENV "P2P_A=1"',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:5, name 1:5-10, value 1:11-12, double quotes, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_A',
        'lines of their own: 1',
      ],
    ],
    [
      'FROM python\nENV P2P_A=1 x',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:4, name 1:4-9, value 1:10-11, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_A',
      ],
    ],
    [
      'FROM python\nENV LOG_LEVEL "a b"',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'LOG_LEVEL = "a b" «LOG_LEVEL \\"a b\\"» 1:4, name 1:4-13, value 1:14-19, of image:0',
        'image "python" «python» 0:5',
        'lines of their own: 1',
      ],
    ],
    [
      'FROM python\nENV LOG_LEVEL=1\nENV P2P_A=$LOG_LEVEL',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'LOG_LEVEL = "1" «LOG_LEVEL=1» 1:4, name 1:4-13, value 1:14-15, of image:0',
        'P2P_A = <set 1> «P2P_A=$LOG_LEVEL» 2:4, name 2:4-9, value 2:10-20, of image:0',
        'image "python" «python» 0:5',
        'of the document: LOG_LEVEL P2P_A',
        'lines of their own: 1 2',
        'with variables: 2:10',
      ],
    ],
    [
      'FROM python\nENV P2P_A=$N',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = unknown: depends on N, which no file sets «P2P_A=$N» 1:4, name 1:4-9, value 1:10-12, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_A',
        'lines of their own: 1',
        'with variables: 1:10',
      ],
    ],
    [
      'FROM python\nENV P2P_A=${N:-2}',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=${N:-2}» 1:4, name 1:4-9, value 1:10-17, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_A',
        'lines of their own: 1',
        'with variables: 1:10',
      ],
    ],
    [
      'FROM python\nENV P2P_A=${N:?}',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = unknown: a required variable is not set in any file «P2P_A=${N:?}» 1:4, name 1:4-9, value 1:10-16, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_A',
        'lines of their own: 1',
        'with variables: 1:10',
      ],
    ],
    [
      'FROM python\nENV LOG_LEVEL=$MY_TOKEN',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'LOG_LEVEL = unknown: depends on MY_TOKEN, which no file sets «LOG_LEVEL=$MY_TOKEN» 1:4, name 1:4-13, value 1:14-23, of image:0',
        'image "python" «python» 0:5',
        'lines of their own: 1',
        'with variables: 1:14',
      ],
    ],
    [
      'FROM python\nENV MY_TOKEN=1\nENV LOG_LEVEL=$MY_TOKEN\nENV ATHENA_URL=$LOG_LEVEL',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'MY_TOKEN = <set 1> «MY_TOKEN=1» 1:4, name 1:4-12, value 1:13-14, of image:0',
        'LOG_LEVEL = <set 1> «LOG_LEVEL=$MY_TOKEN» 2:4, name 2:4-13, value 2:14-23, of image:0',
        'ATHENA_URL = <set 1> «ATHENA_URL=$LOG_LEVEL» 3:4, name 3:4-14, value 3:15-25, of image:0',
        'image "python" «python» 0:5',
        'of the document: MY_TOKEN LOG_LEVEL ATHENA_URL',
        'lines of their own: 1 2 3',
        'with variables: 2:14 3:15',
      ],
    ],
    [
      "FROM python\nENV P2P_A='$LOG_LEVEL'",
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        "P2P_A = <set 10> «P2P_A='$LOG_LEVEL'» 1:4, name 1:4-9, value 1:10-22, single quotes, of image:0",
        'image "python" «python» 0:5',
        'of the document: P2P_A',
        'lines of their own: 1',
        'with variables: 1:10',
      ],
    ],
    [
      'FROM python\nENV OPENAI_API_KEY=sk-12345678',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'OPENAI_API_KEY = <set 11 sk- base64 base64-8> «OPENAI_API_KEY=sk-12345678» 1:4, name 1:4-18, value 1:19-30, of image:0',
        'image "python" «python» 0:5',
        'lines of their own: 1',
      ],
    ],
    [
      'FROM python\nENV LOG_LEVEL "a b" c\\"',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'LOG_LEVEL = "a b c\\"" «LOG_LEVEL \\"a b\\" c\\\\\\"» 1:4, name 1:4-13, value 1:14-23, of image:0',
        'image "python" «python» 0:5',
        'lines of their own: 1',
      ],
    ],
    [
      "FROM python\nENV LOG_LEVEL 'a'",
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'LOG_LEVEL = "a" «LOG_LEVEL \'a\'» 1:4, name 1:4-13, value 1:14-17, of image:0',
        'image "python" «python» 0:5',
        'lines of their own: 1',
      ],
    ],
    [
      'FROM python\nENV LOG_LEVEL=\\$A',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'LOG_LEVEL = "$A" «LOG_LEVEL=\\\\$A» 1:4, name 1:4-13, value 1:14-17, of image:0',
        'image "python" «python» 0:5',
        'lines of their own: 1',
        'with variables: 1:14',
      ],
    ],
    [
      'FROM python\nENV LOG_LEVEL="\\$A"',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'LOG_LEVEL = "$A" «LOG_LEVEL=\\"\\\\$A\\"» 1:4, name 1:4-13, value 1:14-19, double quotes, of image:0',
        'image "python" «python» 0:5',
        'lines of their own: 1',
        'with variables: 1:14',
      ],
    ],
    [
      "FROM python\nARG A='$B'\nENV LOG_LEVEL=$A",
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'LOG_LEVEL = "$B" «LOG_LEVEL=$A» 2:4, name 2:4-13, value 2:14-16, of image:0',
        "argument A = <set 2> «A='$B'» 1:4, name 1:4-5, value 1:6-10, single quotes, of image:0",
        'image "python" «python» 0:5',
        'lines of their own: 2',
        'with variables: 2:14',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('Dockerfile', text)).toEqual(expected);
  });
});
