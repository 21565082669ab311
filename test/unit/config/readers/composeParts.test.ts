// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Env files, options, extension and inclusion of compose services, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('env files', () => {
  test.each<[string, string[]]>([
    [
      'services:\n  a:\n    env_file: a.env',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework maybe', 'env file a.env «a.env» 2:14, compose'],
    ],
    [
      'services:\n  a:\n    env_file: [a.env, "b.env"]',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'env file a.env «a.env» 2:15, compose',
        'env file b.env «\\"b.env\\"» 2:22, compose',
      ],
    ],
    [
      'services:\n  a:\n    env_file:\n    - path: a.env\n      required: false\n    - {path: b.env, required: true, format: raw}\n    - {path: c.env, format: other}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'env file a.env «a.env» 3:12, compose, optional',
        'env file b.env «b.env» 5:13, docker',
        'env file c.env «c.env» 6:13, compose',
      ],
    ],
    [
      'services:\n  a:\n    env_file: ${F:-x}.env',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'env file x.env «${F:-x}.env» 2:14, compose',
        'refers to F:- «${F:-x}.env» 2:14 in compose-service:a',
      ],
    ],
    [
      'services:\n  a:\n    env_file: ${F}.env',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'env file ${F}.env «${F}.env» 2:14, compose',
        'refers to F «${F}.env» 2:14 in compose-service:a',
      ],
    ],
    ['services:\n  a:\n    env_file:', ['compose-service:a (compose-service) "a" «a» 1:2, framework no']],
    ['services:\n  a:\n    env_file: []', ['compose-service:a (compose-service) "a" «a» 1:2, framework no']],
    ['services:\n  a:\n    env_file: [{}, ~]', ['compose-service:a (compose-service) "a" «a» 1:2, framework no']],
    [
      'services:\n  a:\n    env_file: !reset null',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'resets envFiles'],
    ],
    [
      'services:\n  a:\n    env_file: !reset [a.env]',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'resets envFiles'],
    ],
    [
      'services:\n  a:\n    env_file: !reset a.env',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'resets envFiles'],
    ],
    [
      'services:\n  a:\n    env_file: !override [a.env]',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'env file a.env «a.env» 2:25, compose',
        'resets envFiles',
      ],
    ],
    [
      'services:\n  a:\n    env_file: [!reset a.env, b.env]',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework maybe', 'env file b.env «b.env» 2:29, compose'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('compose.yaml', text)).toEqual(expected);
  });
});

describe('options', () => {
  test.each<[string, string[]]>([
    [
      'services:\n  a:\n    security_opt: [a, b]\n    cap_add: [X]\n    privileged: true\n    restart: always\n    user: "0"',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'option security_opt "a" «a» 2:19',
        'option security_opt "b" «b» 2:22',
        'option cap_add "X" «X» 3:14',
        'option privileged "true" «true» 4:16',
        'option restart "always" «always» 5:13',
        'option user "0" «\\"0\\"» 6:10',
      ],
    ],
    [
      'services:\n  a:\n    deploy: {resources: {}, mode: x}\n    depends_on: {b: {}, c: {}}\n    healthcheck: {test: x}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'option deploy "resources" «resources» 2:13',
        'option deploy "mode" «mode» 2:28',
        'option depends_on "b" «b» 3:17',
        'option depends_on "c" «c» 3:24',
        'option healthcheck "test" «test» 4:18',
      ],
    ],
    [
      'services:\n  a:\n    depends_on: [b, c]\n    profiles: []\n    restart:',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'option restart "" «restart» 4:4',
        'option profiles "" «profiles: []» 3:4',
        'option depends_on "b" «b» 2:17',
        'option depends_on "c" «c» 2:20',
      ],
    ],
    [
      'services:\n  a:\n    restart: https://u:p@h',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'option restart "https://u:***@h" «https://u:p@h» 2:13'],
    ],
    [
      'services:\n  a:\n    image: i\n    other: x',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'image "i" «i» 2:11',
        'option image-key "image" «image» 2:4',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('compose.yaml', text)).toEqual(expected);
  });
});

describe('extension', () => {
  test.each<[string, string[]]>([
    [
      'services:\n  a:\n    image: i\n    command: python a.py\n    environment: {P2P_A: 1, LOG_LEVEL: x}\n    env_file: a.env\n    ports: [1]\n    volumes: [/v]\n    user: u\n    working_dir: /w\n    network_mode: host\n    scale: 2\n  b:\n    extends: a\n    environment: {LOG_LEVEL: y}\n    env_file: b.env\n    ports: [2]\n  c:\n    extends: {service: b}\n    image: j\n    environment: {P2P_A: !reset null}\n    env_file: !reset []',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 4:18, name 4:18-23, value 4:25-26, of compose-service:a',
        'LOG_LEVEL = "x" «LOG_LEVEL: x» 4:28, name 4:28-37, value 4:39-40, of compose-service:a',
        'env file a.env «a.env» 5:14, compose',
        'image "i" «i» 2:11',
        'command "python a.py" «python a.py» 3:13',
        'program file a.py «python a.py» 3:13',
        'directory "/w" «/w» 9:17',
        'network host',
        'port * null-null to 1-1 tcp «1» 6:12',
        'mount null at /v «/v» 7:14',
        'replicas 2',
        'option user "u" «u» 8:10',
        'option image-key "image" «image» 2:4',
        'compose-service:b (compose-service) "b" «b» 12:2, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 4:18, name 4:18-23, value 4:25-26, of compose-service:b',
        'LOG_LEVEL = "x" «LOG_LEVEL: x» 4:28, name 4:28-37, value 4:39-40, of compose-service:b',
        'LOG_LEVEL = "y" «LOG_LEVEL: y» 14:18, name 14:18-27, value 14:29-30, of compose-service:b',
        'env file a.env «a.env» 5:14, compose',
        'env file b.env «b.env» 15:14, compose',
        'image "i" «i» 2:11',
        'command "python a.py" «python a.py» 3:13',
        'program file a.py «python a.py» 3:13',
        'directory "/w" «/w» 9:17',
        'network host',
        'port * null-null to 1-1 tcp «1» 6:12',
        'port * null-null to 2-2 tcp «2» 16:12',
        'mount null at /v «/v» 7:14',
        'replicas 2',
        'extends a',
        'option user "u" «u» 8:10',
        'option image-key "image" «image» 2:4',
        'compose-service:c (compose-service) "c" «c» 17:2, framework maybe',
        'LOG_LEVEL = "x" «LOG_LEVEL: x» 4:28, name 4:28-37, value 4:39-40, of compose-service:c',
        'LOG_LEVEL = "y" «LOG_LEVEL: y» 14:18, name 14:18-27, value 14:29-30, of compose-service:c',
        'image "j" «j» 19:11',
        'command "python a.py" «python a.py» 3:13',
        'program file a.py «python a.py» 3:13',
        'directory "/w" «/w» 9:17',
        'network host',
        'port * null-null to 1-1 tcp «1» 6:12',
        'port * null-null to 2-2 tcp «2» 16:12',
        'mount null at /v «/v» 7:14',
        'replicas 2',
        'extends a, b',
        'resets envFiles, P2P_A',
        'option user "u" «u» 8:10',
        'option image-key "image" «image» 19:4',
        'of the document: P2P_A LOG_LEVEL LOG_LEVEL',
        'declares compose-service:a',
        'declares compose-service:b',
      ],
    ],
    [
      'services:\n  a: {environment: {P2P_A: 1}}\n  b: {extends: a, environment: !override {LOG_LEVEL: x}}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 1:20, name 1:20-25, value 1:27-28, of compose-service:a',
        'compose-service:b (compose-service) "b" «b» 2:2, framework no',
        'LOG_LEVEL = "x" «LOG_LEVEL: x» 2:42, name 2:42-51, value 2:53-54, of compose-service:b',
        'extends a',
        'resets environment',
        'of the document: P2P_A',
        'declares compose-service:a',
      ],
    ],
    [
      'services:\n  a: {extends: a}',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'mark extends-cycle "itself" «a» 1:15'],
    ],
    [
      'services:\n  a: {extends: b}\n  b: {extends: {service: a}}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'extends b',
        'compose-service:b (compose-service) "b" «b» 2:2, framework no',
        'mark extends-cycle "a" «{service: a}» 2:15',
      ],
    ],
    [
      'services:\n  a: {extends: {file: x.yaml, service: s}, environment: {P2P_A: !reset null}}\n  b: {extends: a}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'over s of x.yaml «{file: x.yaml, service: s}» 1:15',
        'resets P2P_A',
        'compose-service:b (compose-service) "b" «b» 2:2, framework maybe',
        'over s of x.yaml «{file: x.yaml, service: s}» 1:15',
        'extends a',
        'resets P2P_A',
      ],
    ],
    [
      'services:\n  a: {extends: {file: "${F:-x}.yaml", service: s}, image: i}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'image "i" «i» 1:58',
        'over s of x.yaml «{file: \\"${F:-x}.yaml\\", service: s}» 1:15',
      ],
    ],
    [
      'services:\n  a: {extends: missing}',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework maybe', 'over missing of null «missing» 1:15'],
    ],
    ['services:\n  a: {extends: {file: x.yaml}}', ['compose-service:a (compose-service) "a" «a» 1:2, framework no']],
    [
      'services:\n  b: {extends: a, environment: [LOG_LEVEL]}\n  a: {environment: [P2P_A]}',
      [
        'compose-service:b (compose-service) "b" «b» 1:2, framework yes',
        'P2P_A = absent «P2P_A» 2:20, name 2:20-25, of compose-service:b',
        'LOG_LEVEL = absent «LOG_LEVEL» 1:32, name 1:32-41, of compose-service:b',
        'extends a',
        'compose-service:a (compose-service) "a" «a» 2:2, framework yes',
        'P2P_A = absent «P2P_A» 2:20, name 2:20-25, of compose-service:a',
        'of the document: P2P_A LOG_LEVEL',
        'declares compose-service:b',
        'declares compose-service:a',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('compose.yaml', text)).toEqual(expected);
  });
});

describe('inclusion and the whole file', () => {
  test.each<[string, string[]]>([
    [
      'include: [a.yaml, {path: b.yaml}, {path: [c.yaml, "${D:-d}.yaml"], env_file: [x, y], project_directory: p}, {env_file: z}]',
      [
        'includes a.yaml «a.yaml» 0:10, env [], directory null',
        'includes b.yaml «{path: b.yaml}» 0:18, env [], directory null',
        'includes c.yaml d.yaml «{path: [c.yaml, \\"${D:-d}.yaml\\"], env_file: [x, y], project_directory: p}» 0:34, env [x y], directory p',
      ],
    ],
    ['include: [{path: a.yaml, env_file: x}]', ['includes a.yaml «{path: a.yaml, env_file: x}» 0:10, env [x], directory null']],
    ['', []],
    ['services:', []],
    ['services: {}', []],
    ['services: {a: }', ['compose-service:a (compose-service) "a" «a» 0:11, framework no']],
    [
      'services:\n  a: {image: i}\n---\nservices:\n  b: {image: j}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'image "i" «i» 1:13',
        'compose-service:b (compose-service) "b" «b» 4:2, framework no',
        'image "j" «j» 4:13',
      ],
    ],
    [
      'services:\n  a:\n    image: [',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'option image-key "image" «image» 2:4'],
    ],
    ['services: [a]', []],
    [
      '# jarviscore: ignore x\nservices: {a: {environment: {P2P_A: 1}}}',
      [
        'compose-service:a (compose-service) "a" «a» 1:11, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 1:29, name 1:29-34, value 1:36-37, of compose-service:a',
        'of the document: P2P_A',
        'declares compose-service:a',
        'line 1 silences [x «x» 0:21] «# jarviscore: ignore x» 0:0',
      ],
    ],
    [
      'services: {a: {environment: {P2P_A: 1}}}',
      [
        'compose-service:a (compose-service) "a" «a» 0:11, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 0:29, name 0:29-34, value 0:36-37, of compose-service:a',
        'of the document: P2P_A',
        'declares compose-service:a',
      ],
    ],
    [
      'services:\r\n  a:\r\n    environment:\r\n      P2P_A: 1\r\n      LOG_LEVEL: 2\r\n',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 3:6, name 3:6-11, value 3:13-14, of compose-service:a',
        'LOG_LEVEL = "2" «LOG_LEVEL: 2» 4:6, name 4:6-15, value 4:17-18, of compose-service:a',
        'of the document: P2P_A LOG_LEVEL',
        'declares compose-service:a',
        'insert at 4:18-18 "\\n      " ""',
        'lines of their own: 3 4',
      ],
    ],
    ['a: &a [*a]', ['mark not-read "an alias stands inside what it stands for" «» 0:0']],
    [
      'x: &a [1]\ny: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nservices: {c: {image: i}}',
      ['compose-service:c (compose-service) "c" «c» 2:11, framework no', 'image "i" «i» 2:22'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('compose.yaml', text)).toEqual(expected);
  });
});
