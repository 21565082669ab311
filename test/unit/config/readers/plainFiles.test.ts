/** Prometheus configuration, other YAML files, comments that silence, and the project file, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('Prometheus', () => {
  test.each<[string, string[]]>([
    [
      'scrape_configs:\n- job_name: a\n  static_configs:\n  - targets: [h:1, "i:2", http://u:p@j]\n  - targets: [k:3]\n- static_configs: [{targets: [l:4, {}, ~]}]\n- job_name:',
      [
        'mark scrape-job "a" «a» 1:12',
        'mark scrape-target "h:1" «h:1» 3:14',
        'mark scrape-target "i:2" «\\"i:2\\"» 3:19',
        'mark scrape-target "http://u:***@j" «http://u:p@j» 3:26',
        'mark scrape-target "k:3" «k:3» 4:14',
        'mark scrape-target "l:4" «l:4» 5:30',
      ],
    ],
    ['a: &a [*a]', ['mark not-read "an alias stands inside what it stands for" «» 0:0']],
    ['', []],
    ['scrape_configs: x', []],
  ])('%j', (text, expected) => {
    expect(shown('prometheus.yml', text)).toEqual(expected);
  });
});

describe('YAML files that may be anything', () => {
  test.each<[string, string[]]>([
    ['services: {a: {image: i}}', ['compose-service:a (compose-service) "a" «a» 0:11, framework no', 'image "i" «i» 0:22']],
    ['services:\n  a: 1', []],
    [
      '"services":\n  a:\n    build: .',
      ['compose-service:a (compose-service) "a" «a» 1:2, framework maybe', 'build . Dockerfile «build: .» 2:4'],
    ],
    ["'services':\n  a:\n    ports: []", ['compose-service:a (compose-service) "a" «a» 1:2, framework no']],
    [' services:\n  a:\n    image: i', []],
    ['services:\n  a:\n    ximage: i', []],
    [
      'apiVersion: v1\nkind: ConfigMap\ndata: {P2P_A: 1}',
      [
        'config-map: (config-map) "" «» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A: 1» 2:7, name 2:7-12, value 2:14-15, of config-map:',
        'of the document: P2P_A',
      ],
    ],
    ['apiVersion: v1\ndata: {}', []],
    ['kind: ConfigMap\ndata: {P2P_A: 1}', []],
    ['configMapGenerator: [{name: a}]', ['config-map:a (config-map) "a" «a» 0:28, framework no']],
    ['secretGenerator: [{name: a}]', ['secret:a (config-map) "a" «a» 0:25, framework no']],
    ['patchesStrategicMerge: [a]', ['mark kustomize-patch "a" «a» 0:24']],
    ['include: [a.yaml]', ['includes a.yaml «a.yaml» 0:10, env [], directory null']],
    ['include: [a]', []],
    ['scrape_configs: [{job_name: a}]', ['mark scrape-job "a" «a» 0:28']],
    ['a: 1', []],
    ['# jarviscore: ignore a\na: 1', ['line 1 silences [a «a» 0:21] «# jarviscore: ignore a» 0:0']],
    ['x: {apiVersion: 1, kind: 2}', []],
  ])('%j', (text, expected) => {
    expect(shown('x.yaml', text)).toEqual(expected);
  });
});

describe('comments that silence', () => {
  test.each<[string, string[]]>([
    ['# jarviscore: ignore', ['line 1 silences [] «# jarviscore: ignore» 0:0']],
    ['#jarviscore:ignore a', ['line 1 silences [a «a» 0:19] «#jarviscore:ignore a» 0:0']],
    [
      '## jarviscore: \tignore a,b c',
      ['line 1 silences [a «a» 0:23, b «b» 0:25, c «c» 0:27] «## jarviscore: \\tignore a,b c» 0:0'],
    ],
    ['# Jarviscore: IGNORE a', ['line 1 silences [a «a» 0:21] «# Jarviscore: IGNORE a» 0:0']],
    ['# jarviscore: ignore: a', ['line 1 silences [a «a» 0:22] «# jarviscore: ignore: a» 0:0']],
    ['# jarviscore: ignored a', []],
    ['# jarviscore: ignore a -- b', ['line 1 silences [a «a» 0:21] «# jarviscore: ignore a -- b» 0:0']],
    ['# jarviscore: ignore --a', ['line 1 silences [] «# jarviscore: ignore --a» 0:0']],
    ['# jarviscore: ignore a--b', ['line 1 silences [a--b «a--b» 0:21] «# jarviscore: ignore a--b» 0:0']],
    ['# jarviscore: ignore -- a', ['line 1 silences [] «# jarviscore: ignore -- a» 0:0']],
    ['#  jarviscore: ignore a  \r\nx', ['line 1 silences [a «a» 0:22] «#  jarviscore: ignore a» 0:0']],
    ['x # jarviscore: ignore a', []],
    ['# x jarviscore: ignore a', []],
    [
      '# jarviscore: ignore a jarviscore: ignore b',
      [
        'line 1 silences [a «a» 0:21, jarviscore «jarviscore» 0:23, ignore «ignore» 0:35, b «b» 0:42] «# jarviscore: ignore a jarviscore: ignore b» 0:0',
      ],
    ],
    [
      '# jarviscore: ignore a\n# jarviscore: ignore b\n\n# jarviscore: ignore c',
      [
        'line 2 silences [a «a» 0:21] «# jarviscore: ignore a» 0:0',
        'line 2 silences [b «b» 1:21] «# jarviscore: ignore b» 1:0',
        'line 4 silences [c «c» 3:21] «# jarviscore: ignore c» 3:0',
      ],
    ],
    ['; jarviscore: ignore a', []],
    ['// jarviscore: ignore a', []],
  ])('%j', (text, expected) => {
    expect(shown('a.sh', text)).toEqual(expected);
  });
});

describe('comments that silence in JSON', () => {
  test.each<[string, string[]]>([
    ['// jarviscore: ignore a\n{}', ['line 1 silences [a «a» 0:22] «// jarviscore: ignore a» 0:0']],
    ['{ // jarviscore: ignore a\n}', []],
    ['/* jarviscore: ignore a */\n{}', ['line 1 silences [a «a» 0:22] «/* jarviscore: ignore a » 0:0']],
    ['/** jarviscore: ignore a **/\n{}', ['line 1 silences [a «a» 0:23] «/** jarviscore: ignore a » 0:0']],
    [
      '# jarviscore: ignore a\n{}',
      [
        'fleet-file-syntax «#» 0:0: This is no JSON value. Texts stand in double quotes.',
        'fleet-file-syntax «jarviscore: ignore a\\n{}» 0:2: Nothing may follow the closing brace.',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('jarviscore-fleet.json', text)).toEqual(expected);
  });
});
