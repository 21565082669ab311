/** Arguments of Dockerfiles, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('ARG', () => {
  test.each<[string, string[]]>([
    [
      'FROM python\nARG A',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'argument A = absent «A» 1:4, name 1:4-5, of image:0',
        'image "python" «python» 0:5',
      ],
    ],
    [
      'FROM python\nARG A=1',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'argument A = <set 1> «A=1» 1:4, name 1:4-5, value 1:6-7, of image:0',
        'image "python" «python» 0:5',
      ],
    ],
    [
      'FROM python\nARG A=1 B',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'argument A = <set 1> «A=1» 1:4, name 1:4-5, value 1:6-7, of image:0',
        'argument B = absent «B» 1:8, name 1:8-9, of image:0',
        'image "python" «python» 0:5',
      ],
    ],
    [
      'FROM python\nARG A=1\nENV LOG_LEVEL=$A',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'LOG_LEVEL = "1" «LOG_LEVEL=$A» 2:4, name 2:4-13, value 2:14-16, of image:0',
        'argument A = <set 1> «A=1» 1:4, name 1:4-5, value 1:6-7, of image:0',
        'image "python" «python» 0:5',
        'lines of their own: 2',
        'with variables: 2:14',
      ],
    ],
    [
      'FROM python\nARG A\nENV LOG_LEVEL=$A',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'LOG_LEVEL = unknown: depends on A, which no file sets «LOG_LEVEL=$A» 2:4, name 2:4-13, value 2:14-16, of image:0',
        'argument A = absent «A» 1:4, name 1:4-5, of image:0',
        'image "python" «python» 0:5',
        'lines of their own: 2',
        'with variables: 2:14',
      ],
    ],
    [
      'FROM python\nARG A=1\nENV A=2\nENV LOG_LEVEL=$A',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'A = <set 1> «A=2» 2:4, name 2:4-5, value 2:6-7, of image:0',
        'LOG_LEVEL = "2" «LOG_LEVEL=$A» 3:4, name 3:4-13, value 3:14-16, of image:0',
        'argument A = <set 1> «A=1» 1:4, name 1:4-5, value 1:6-7, of image:0',
        'image "python" «python» 0:5',
        'lines of their own: 2 3',
        'with variables: 3:14',
      ],
    ],
    [
      'FROM python\nARG MY_TOKEN=x\nARG B=$MY_TOKEN\nENV LOG_LEVEL=$B',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'LOG_LEVEL = <set 1> «LOG_LEVEL=$B» 3:4, name 3:4-13, value 3:14-16, of image:0',
        'argument MY_TOKEN = <set 1> «MY_TOKEN=x» 1:4, name 1:4-12, value 1:13-14, of image:0',
        'argument B = unknown: depends on MY_TOKEN, which no file sets «B=$MY_TOKEN» 2:4, name 2:4-5, value 2:6-15, of image:0',
        'image "python" «python» 0:5',
        'lines of their own: 3',
        'with variables: 3:14',
      ],
    ],
    ['FROM python\nARG 1A', ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5']],
    [
      'FROM python\nARG LOG_LEVEL="x y"',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'argument LOG_LEVEL = "x y" «LOG_LEVEL=\\"x y\\"» 1:4, name 1:4-13, value 1:14-19, double quotes, of image:0',
        'image "python" «python» 0:5',
      ],
    ],
    [
      'FROM python\nARG A=1\nFROM python\nENV LOG_LEVEL=$A',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'argument A = <set 1> «A=1» 1:4, name 1:4-5, value 1:6-7, of image:0',
        'image "python" «python» 0:5',
        'image:1 (image) "Dockerfile#1" «FROM python» 2:0, framework maybe',
        'LOG_LEVEL = unknown: depends on A, which no file sets «LOG_LEVEL=$A» 3:4, name 3:4-13, value 3:14-16, of image:1',
        'image "python" «python» 2:5',
        'lines of their own: 3',
        'with variables: 3:14',
      ],
    ],
    [
      'FROM python\nARG A=1\nENV B=$A\nFROM python AS c\nENV LOG_LEVEL=$A',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'B = <set 1> «B=$A» 2:4, name 2:4-5, value 2:6-8, of image:0',
        'argument A = <set 1> «A=1» 1:4, name 1:4-5, value 1:6-7, of image:0',
        'image "python" «python» 0:5',
        'image:1 (image) "c" «FROM python» 3:0, framework maybe',
        'LOG_LEVEL = unknown: depends on A, which no file sets «LOG_LEVEL=$A» 4:4, name 4:4-13, value 4:14-16, of image:1',
        'image "python" «python» 3:5',
        'lines of their own: 2 4',
        'with variables: 2:6 4:14',
      ],
    ],
    [
      'ARG A=1\nFROM a\nENV LOG_LEVEL=$A',
      [
        'image:0 (image) "Dockerfile" «FROM a» 1:0, framework maybe',
        'LOG_LEVEL = unknown: depends on A, which no file sets «LOG_LEVEL=$A» 2:4, name 2:4-13, value 2:14-16, of image:0',
        'argument A = <set 1> «A=1» 0:4, name 0:4-5, value 0:6-7',
        'image "a" «a» 1:5',
        'lines of their own: 2',
        'with variables: 2:14',
      ],
    ],
    [
      'ARG A=1\nFROM a\nARG A\nENV LOG_LEVEL=$A',
      [
        'image:0 (image) "Dockerfile" «FROM a» 1:0, framework maybe',
        'LOG_LEVEL = "1" «LOG_LEVEL=$A» 3:4, name 3:4-13, value 3:14-16, of image:0',
        'argument A = <set 1> «A=1» 0:4, name 0:4-5, value 0:6-7',
        'argument A = absent «A» 2:4, name 2:4-5, of image:0',
        'image "a" «a» 1:5',
        'lines of their own: 3',
        'with variables: 3:14',
      ],
    ],
    [
      'ARG A=1\nFROM a\nARG A=2\nENV LOG_LEVEL=$A',
      [
        'image:0 (image) "Dockerfile" «FROM a» 1:0, framework maybe',
        'LOG_LEVEL = "2" «LOG_LEVEL=$A» 3:4, name 3:4-13, value 3:14-16, of image:0',
        'argument A = <set 1> «A=1» 0:4, name 0:4-5, value 0:6-7',
        'argument A = <set 1> «A=2» 2:4, name 2:4-5, value 2:6-7, of image:0',
        'image "a" «a» 1:5',
        'lines of their own: 3',
        'with variables: 3:14',
      ],
    ],
    [
      'FROM a AS b\nARG A=1\nENV B=$A\nFROM b\nENV LOG_LEVEL=$B ATHENA_URL=$A',
      [
        'image:0 (image) "b" «FROM a» 0:0, framework maybe',
        'B = <set 1> «B=$A» 2:4, name 2:4-5, value 2:6-8, of image:0',
        'argument A = <set 1> «A=1» 1:4, name 1:4-5, value 1:6-7, of image:0',
        'image "a" «a» 0:5',
        'image:1 (image) "Dockerfile#1" «FROM b» 3:0, framework yes',
        'B = <set 1> «B=$A» 2:4, name 2:4-5, value 2:6-8, of image:0',
        'LOG_LEVEL = "1" «LOG_LEVEL=$B» 4:4, name 4:4-13, value 4:14-16, of image:1',
        'ATHENA_URL = unknown: depends on A, which no file sets «ATHENA_URL=$A» 4:17, name 4:17-27, value 4:28-30, of image:1',
        'image "b" «b» 3:5',
        'of the document: B LOG_LEVEL ATHENA_URL',
        'lines of their own: 2',
        'with variables: 2:6 4:14 4:28',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('Dockerfile', text)).toEqual(expected);
  });
});
