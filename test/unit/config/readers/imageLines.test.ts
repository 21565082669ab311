/** Lines of Dockerfiles as the builder divides them. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('lines', () => {
  test.each<[string, string[]]>([
    [
      'FROM python\nENV P2P_A=1 \\\n  # c\n  P2P_B=2\nENV P2P_C=3',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:4, name 1:4-9, value 1:10-11, of image:0',
        'P2P_B = <set 1> «P2P_B=2» 3:2, name 3:2-7, value 3:8-9, of image:0',
        'P2P_C = <set 1> «P2P_C=3» 4:4, name 4:4-9, value 4:10-11, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_A P2P_B P2P_C',
        'lines of their own: 3 4',
      ],
    ],
    [
      'FROM python\nENV P2P_A=1 \\  \n P2P_B=2',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:4, name 1:4-9, value 1:10-11, of image:0',
        'P2P_B = <set 1> «P2P_B=2» 2:1, name 2:1-6, value 2:7-8, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_A P2P_B',
        'lines of their own: 2',
      ],
    ],
    [
      'FROM python\nENV P2P_A=1 \\\r\n P2P_B=2\r\nUSER x\r\n',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:4, name 1:4-9, value 1:10-11, of image:0',
        'P2P_B = <set 1> «P2P_B=2» 2:1, name 2:1-6, value 2:7-8, of image:0',
        'image "python" «python» 0:5',
        'option user "x" «x» 3:5',
        'of the document: P2P_A P2P_B',
        'lines of their own: 2',
      ],
    ],
    [
      'FROM python\nENV P2P_A=1 \\',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:4, name 1:4-9, value 1:10-11, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_A',
      ],
    ],
    [
      'FROM python\n# ENV P2P_A=1\n  ENV P2P_B=2',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_B = <set 1> «P2P_B=2» 2:6, name 2:6-11, value 2:12-13, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_B',
        'lines of their own: 2',
      ],
    ],
    [
      'FROM python\nRUN <<EOF\nENV P2P_A=1\nEOF\nENV P2P_B=2',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_B = <set 1> «P2P_B=2» 4:4, name 4:4-9, value 4:10-11, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_B',
        'lines of their own: 4',
      ],
    ],
    [
      'FROM python\nRUN cat <<-"A" <<B\nENV P2P_A=1\nA\nENV P2P_B=1\nB\nENV P2P_C=2',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_C = <set 1> «P2P_C=2» 6:4, name 6:4-9, value 6:10-11, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_C',
        'lines of their own: 6',
      ],
    ],
    [
      'FROM python\nCOPY <<EOF /x\nUSER a\nEOF\nUSER b',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'option user "b" «b» 4:5',
      ],
    ],
    [
      'FROM python\nRUN <<EOF\nENV P2P_A=1',
      ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5'],
    ],
    [
      'FROM python\nENV P2P_A=1 \\\n\n P2P_B=2',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:4, name 1:4-9, value 1:10-11, of image:0',
        'P2P_B = <set 1> «P2P_B=2» 3:1, name 3:1-6, value 3:7-8, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_A P2P_B',
        'lines of their own: 3',
      ],
    ],
    [
      'FROM python\nENV P2P_A=1\\\nx',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = <set 2> «P2P_A=1\\\\\\nx» 1:4, name 1:4-9, value 1:10-2:1, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_A',
        'lines of their own: 1',
      ],
    ],
    [
      'FROM python\nENV\nENVX P2P_A=1',
      ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5'],
    ],
    [
      'FROM python\n# jarviscore: ignore a\nENV P2P_A=1',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 2:4, name 2:4-9, value 2:10-11, of image:0',
        'image "python" «python» 0:5',
        'of the document: P2P_A',
        'line 2 silences [a «a» 1:21] «# jarviscore: ignore a» 1:0',
        'lines of their own: 2',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('Dockerfile', text)).toEqual(expected);
  });
});
