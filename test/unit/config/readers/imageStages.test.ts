/** Stages of Dockerfiles and their commands, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('stages', () => {
  test.each<[string, string[]]>([
    ['', []],
    ['FROM a', ['image:0 (image) "Dockerfile" «FROM a» 0:0, framework maybe', 'image "a" «a» 0:5']],
    ['from a:1 as Base', ['image:0 (image) "Base" «from a:1» 0:0, framework maybe', 'image "a:1" «a:1» 0:5']],
    [
      'FROM --platform=linux/amd64 a AS b',
      ['image:0 (image) "b" «FROM --platform=linux/amd64 a» 0:0, framework maybe', 'image "a" «a» 0:28'],
    ],
    ['FROM', []],
    [
      'FROM a\nFROM b AS c\nFROM c\nFROM d',
      [
        'image:0 (image) "Dockerfile" «FROM a» 0:0, framework maybe',
        'image "a" «a» 0:5',
        'image:1 (image) "c" «FROM b» 1:0, framework maybe',
        'image "b" «b» 1:5',
        'image:2 (image) "Dockerfile#2" «FROM c» 2:0, framework maybe',
        'image "c" «c» 2:5',
        'image:3 (image) "Dockerfile#3" «FROM d» 3:0, framework maybe',
        'image "d" «d» 3:5',
      ],
    ],
    [
      'FROM a AS b\nENV LOG_LEVEL=1\nEXPOSE 80\nWORKDIR /w\nUSER u\nENTRYPOINT ["python"]\nCMD ["a.py"]\nFROM b\nENV P2P_A=2',
      [
        'image:0 (image) "b" «FROM a» 0:0, framework maybe',
        'LOG_LEVEL = "1" «LOG_LEVEL=1» 1:4, name 1:4-13, value 1:14-15, of image:0',
        'image "a" «a» 0:5',
        'command "python a.py" «python» 5:13',
        'program file a.py «a.py» 6:6',
        'directory "/w" «/w» 3:8',
        'port * null-null to 80-80 tcp «80» 2:7',
        'option user "u" «u» 4:5',
        'image:1 (image) "Dockerfile#1" «FROM b» 7:0, framework yes',
        'LOG_LEVEL = "1" «LOG_LEVEL=1» 1:4, name 1:4-13, value 1:14-15, of image:0',
        'P2P_A = <set 1> «P2P_A=2» 8:4, name 8:4-9, value 8:10-11, of image:1',
        'image "b" «b» 7:5',
        'command "python a.py" «python» 5:13',
        'program file a.py «a.py» 6:6',
        'directory "/w" «/w» 3:8',
        'port * null-null to 80-80 tcp «80» 2:7',
        'option user "u" «u» 4:5',
        'of the document: LOG_LEVEL P2P_A',
        'lines of their own: 1 8',
      ],
    ],
    ['ENV P2P_A=1\nFROM a', ['image:0 (image) "Dockerfile" «FROM a» 1:0, framework maybe', 'image "a" «a» 1:5']],
    [
      'FROM https://u:p@h/i',
      [
        'image:0 (image) "Dockerfile" «FROM https://u:p@h/i» 0:0, framework maybe',
        'image "https://u:***@h/i" «https://u:p@h/i» 0:5',
      ],
    ],
    [
      'FROM redis:7\nENV P2P_A=1',
      [
        'image:0 (image) "Dockerfile" «FROM redis:7» 0:0, framework no',
        'P2P_A = <set 1> «P2P_A=1» 1:4, name 1:4-9, value 1:10-11, of image:0',
        'image "redis:7" «redis:7» 0:5',
        'lines of their own: 1',
      ],
    ],
    [
      'RUN pip install jarviscore-framework\nFROM a\nCMD python x.py',
      [
        'image:0 (image) "Dockerfile" «FROM a» 1:0, framework yes',
        'image "a" «a» 1:5',
        'command "python x.py" «python x.py» 2:4',
        'program file x.py «x.py» 2:11',
        'command jarviscore-framework[] «jarviscore-framework» 0:16',
      ],
    ],
    [
      'FROM a\nRUN pip install jarviscore-framework==3.0.0\nCMD ["./x"]',
      [
        'image:0 (image) "Dockerfile" «FROM a» 0:0, framework yes',
        'image "a" «a» 0:5',
        'command "./x" «./x» 2:6',
        'command jarviscore-framework[]==3.0.0 «jarviscore-framework==3.0.0» 1:16',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('Dockerfile', text)).toEqual(expected);
  });
});

describe('commands', () => {
  test.each<[string, string[]]>([
    [
      'FROM python\nCMD python a.py',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'command "python a.py" «python a.py» 1:4',
        'program file a.py «a.py» 1:11',
      ],
    ],
    [
      'FROM python\nCMD ["python", "-m", "app.node"]',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'command "python -m app.node" «python\\", \\"-m\\", \\"app.node» 1:6',
        'program module app.node «app.node» 1:22',
      ],
    ],
    [
      'FROM python\nCMD [ "python" , "a b.py" ]',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'command "python a b.py" «python\\" , \\"a b.py» 1:7',
        'program file a b.py «a b.py» 1:18',
      ],
    ],
    [
      'FROM python\nCMD ["python", "a.py"',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'command "python a.py" «python\\", \\"a.py» 1:6',
        'program file a.py «a.py» 1:16',
      ],
    ],
    ['FROM python\nCMD []', ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5']],
    [
      'FROM python\nCMD ["/bin/bash", "-c", "cd x && python a.py"]',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'command "/bin/bash -c cd x && python a.py" «/bin/bash\\", \\"-c\\", \\"cd x && python a.py» 1:6',
        'program file a.py «cd x && python a.py» 1:25',
      ],
    ],
    [
      'FROM python\nCMD sh -c "python a.py"',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'command "sh -c python a.py" «sh -c \\"python a.py\\"» 1:4',
        'program file a.py «\\"python a.py\\"» 1:10',
      ],
    ],
    [
      'FROM python\nCMD ["python", "-c", "x.py"]',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'command "python -c x.py" «python\\", \\"-c\\", \\"x.py» 1:6',
      ],
    ],
    [
      'FROM python\nCMD ["sh", "-c"]',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'command "sh -c" «sh\\", \\"-c» 1:6',
      ],
    ],
    [
      'FROM python\nCMD ["sh", "-c", "ls"]',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'command "sh -c ls" «sh\\", \\"-c\\", \\"ls» 1:6',
      ],
    ],
    ['FROM python\nCMD', ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5']],
    [
      'FROM python\nENTRYPOINT ["python"]\nCMD ["a.py"]',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'command "python a.py" «python» 1:13',
        'program file a.py «a.py» 2:6',
      ],
    ],
    [
      'FROM python\nENTRYPOINT ["python", "b.py"]',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'command "python b.py" «python\\", \\"b.py» 1:13',
        'program file b.py «b.py» 1:23',
      ],
    ],
    [
      'FROM python\nCMD ["a\\"b", "c\\\\d"]',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'command "a\\"b c\\\\d" «a\\\\\\"b\\", \\"c\\\\\\\\d» 1:6',
      ],
    ],
    [
      'FROM python\nCMD x\nCMD y',
      ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5', 'command "y" «y» 2:4'],
    ],
    [
      'FROM python\nCMD python a.py --token abc',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'command "python a.py --token ***" «python a.py --token abc» 1:4',
        'program file a.py «a.py» 1:11',
      ],
    ],
    [
      'FROM python\ncmd uvicorn app:main',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'command "uvicorn app:main" «uvicorn app:main» 1:4',
        'program module app «app:main» 1:12',
      ],
    ],
    [
      'FROM python\nWORKDIR /a b',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'directory "/a b" «/a b» 1:8',
      ],
    ],
    [
      'FROM python\nWORKDIR ["/a"]',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'directory "/a" «/a» 1:10',
      ],
    ],
    [
      'FROM python\nUSER u:g',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'option user "u:g" «u:g» 1:5',
      ],
    ],
    [
      'FROM python\nEXPOSE 80 443/udp 1-2',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'port * null-null to 80-80 tcp «80» 1:7',
        'port * null-null to 443-443 udp «443/udp» 1:10',
        'port * null-null to 1-2 tcp «1-2» 1:18',
      ],
    ],
    [
      'FROM python\nEXPOSE 8000:80',
      [
        'image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe',
        'image "python" «python» 0:5',
        'port * null-null to 80-80 tcp «8000:80» 1:7',
      ],
    ],
    [
      'FROM python\nHEALTHCHECK CMD x',
      ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5'],
    ],
    [
      'FROM python\nSTOPSIGNAL 9',
      ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5'],
    ],
    ['FROM python\nXCMD a', ['image:0 (image) "Dockerfile" «FROM python» 0:0, framework maybe', 'image "python" «python» 0:5']],
  ])('%j', (text, expected) => {
    expect(shown('Dockerfile', text)).toEqual(expected);
  });
});
