// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Compose services and what they start, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('programs', () => {
  test.each<[string, string[]]>([
    [
      'services:\n  a:\n    command: python a.py',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'command "python a.py" «python a.py» 2:13',
        'program file a.py «python a.py» 2:13',
      ],
    ],
    [
      'services:\n  a:\n    command: [python, -m, app, "x y"]',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'command "python -m app \\"x y\\"" «[python, -m, app, \\"x y\\"]» 2:13',
        'program module app «app» 2:26',
      ],
    ],
    [
      'services:\n  a:\n    entrypoint: python\n    command: [a.py]',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'command "python a.py" «[a.py]» 3:13',
        'program file a.py «a.py» 3:14',
      ],
    ],
    [
      'services:\n  a:\n    entrypoint: [python, b.py]\n    command: ["--x"]',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'command "python b.py --x" «[\\"--x\\"]» 3:13',
        'program file b.py «b.py» 2:25',
      ],
    ],
    [
      'services:\n  a:\n    command: sh -c "python a.py"',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'command "sh -c \\"python a.py\\"" «sh -c \\"python a.py\\"» 2:13',
        'program file a.py «sh -c \\"python a.py\\"» 2:13',
      ],
    ],
    [
      'services:\n  a:\n    command: [sh, -c, "cd x && python a.py"]',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'command "sh -c \\"cd x && python a.py\\"" «[sh, -c, \\"cd x && python a.py\\"]» 2:13',
        'program file a.py «\\"cd x && python a.py\\"» 2:22',
      ],
    ],
    [
      'services:\n  a:\n    command: []',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'command "" «[]» 2:13'],
    ],
    ['services:\n  a:\n    command:', ['compose-service:a (compose-service) "a" «a» 1:2, framework no']],
    [
      'services:\n  a:\n    command: x --password abc TOKEN=y',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'command "x --password *** TOKEN=***" «x --password abc TOKEN=y» 2:13',
      ],
    ],
    [
      'services:\n  a:\n    command: ${CMD:-python c.py}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'command "python c.py" «${CMD:-python c.py}» 2:13',
        'refers to CMD:- «${CMD:-python c.py}» 2:13 in compose-service:a',
      ],
    ],
    [
      'services:\n  a:\n    command: [python, ${F}]',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework maybe', 'command "python" «[python, ${F}]» 2:13'],
    ],
    [
      'services:\n  a:\n    image: i:${V:-1}\n    working_dir: /w',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'image "i:1" «i:${V:-1}» 2:11',
        'directory "/w" «/w» 3:17',
        'option image-key "image" «image» 2:4',
        'refers to V:- «i:${V:-1}» 2:11 in compose-service:a',
      ],
    ],
    [
      'services:\n  a:\n    image: redis\n    environment: {P2P_A: 1}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'P2P_A = <set 1> «P2P_A: 1» 3:18, name 3:18-23, value 3:25-26, of compose-service:a',
        'image "redis" «redis» 2:11',
        'option image-key "image" «image» 2:4',
      ],
    ],
    [
      'services:\n  a:\n    build: .',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework maybe', 'build . Dockerfile «build: .» 2:4'],
    ],
    [
      'services:\n  a:\n    build: {context: ./x, dockerfile: D}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'build ./x D «build: {context: ./x, dockerfile: D}» 2:4',
      ],
    ],
    [
      'services:\n  a:\n    build: {context: "${C:-y}", args: {A: 1, B:}}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'build y Dockerfile «build: {context: \\"${C:-y}\\", args: {A: 1, B:}}» 2:4',
      ],
    ],
    [
      'services:\n  a:\n    build: {args: [A=1, B, 1C=2]}',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework maybe',
        'build . Dockerfile «build: {args: [A=1, B, 1C=2]}» 2:4',
      ],
    ],
    [
      'services:\n  a:\n    build:',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework maybe', 'build . Dockerfile «build» 2:4'],
    ],
    [
      'services:\n  a:\n    build: {}\n    command: x',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'build . Dockerfile «build: {}» 2:4',
        'command "x" «x» 3:13',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('compose.yaml', text)).toEqual(expected);
  });
});

describe('networks and names', () => {
  test.each<[string, string[]]>([
    [
      'services:\n  a:\n    network_mode: host',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'network host'],
    ],
    [
      'services:\n  a:\n    network_mode: service:b',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'network of b'],
    ],
    [
      'services:\n  a:\n    network_mode: "container:c"',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'network of c'],
    ],
    ['services:\n  a:\n    network_mode: bridge', ['compose-service:a (compose-service) "a" «a» 1:2, framework no']],
    [
      'services:\n  a:\n    container_name: c\n    hostname: h',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'hosts c, h',
        'option hostname "h" «h» 3:14',
        'option container_name "c" «c» 2:20',
      ],
    ],
    [
      'services:\n  a:\n    hostname: ${H:-h}\n    container_name: h',
      [
        'compose-service:a (compose-service) "a" «a» 1:2, framework no',
        'hosts h',
        'option hostname "h" «${H:-h}» 2:14',
        'option container_name "h" «h» 3:20',
        'refers to H:- «${H:-h}» 2:14 in compose-service:a',
      ],
    ],
    [
      'services:\n  a:\n    networks: {n: {aliases: [x, y, x], ipv4_address: 10.0.0.1}, m:}',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'hosts x, y, 10.0.0.1'],
    ],
    ['services:\n  a:\n    networks: [n]', ['compose-service:a (compose-service) "a" «a» 1:2, framework no']],
    [
      'services:\n  a:\n    deploy: {replicas: 3}',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'replicas 3', 'option deploy "replicas" «replicas» 2:13'],
    ],
    ['services:\n  a:\n    scale: 2', ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'replicas 2']],
    ['services:\n  a:\n    scale: x', ['compose-service:a (compose-service) "a" «a» 1:2, framework no']],
    [
      'services:\n  a:\n    deploy: {replicas: 3}\n    scale: 2',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework no', 'replicas 3', 'option deploy "replicas" «replicas» 2:13'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('compose.yaml', text)).toEqual(expected);
  });
});
