// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, it } from 'vitest';
import { complete } from '#server/config/features/completion.ts';
import { type Files, modelOf, uriOf } from '../rules/workspace.ts';

function labels(text: string, before: string, options: { target?: string; line?: number } = {}): string[] {
  const model = modelOf({ '.env': text }, options);
  return complete(model, uriOf('.env'), { line: options.line ?? 0, character: before.length }, before)
    .toSorted((a, b) => (a.sortText < b.sortText ? -1 : 1))
    .map((item) => item.label);
}

describe('completion in env files', () => {
  it('offers names of the release', () => {
    expect(labels('', 'KEEP')).toContain('KEEPALIVE_INTERVAL');
    expect(labels('', '', { target: '2.1.0' })).not.toContain('LLM_LIMITS');
    expect(labels('', '', { target: '2.2.0' })).toContain('LLM_LIMITS');
    expect(labels('', 'export JARVIS')).toContain('JARVISCORE_BIND_PORT');
    expect(labels('', '')).not.toContain('BIND_PORT');
  });

  it('puts names without effect behind, and names that are set last', () => {
    const found = labels('KEEPALIVE_INTERVAL=60\n\n', '', { line: 1 });
    expect(found.at(-1)).toBe('KEEPALIVE_INTERVAL');
    expect(found.indexOf('LOG_LEVEL')).toBeGreaterThan(found.indexOf('JARVISCORE_BIND_PORT'));
  });

  it('replaces the word before the cursor', () => {
    const [item] = complete(modelOf({ '.env': 'KEEP' }), uriOf('.env'), { line: 0, character: 4 }, 'KEEP').filter(
      (one) => one.label === 'KEEPALIVE_INTERVAL',
    );
    expect(item?.range).toEqual({ start: { line: 0, character: 0 }, end: { line: 0, character: 4 } });
    expect(item?.insertText).toBe('KEEPALIVE_INTERVAL=');
    expect(item?.documentation).toContain('Default in 3.0.0: `90`');
  });

  it('marks deprecated names', () => {
    const items = complete(modelOf({ '.env': '' }), uriOf('.env'), { line: 0, character: 0 }, '');
    expect(items.filter((item) => item.deprecated).map((item) => item.label)).toEqual([
      'CLAUDE_CODING_MODEL',
      'CLAUDE_TASK_MODEL',
    ]);
  });

  it('offers words and defaults as values, none for secrets and unknown names', () => {
    expect(labels('', 'STORAGE_BACKEND=')).toEqual(['local', 'azure', 'redis']);
    expect(labels('', 'KEEPALIVE_ENABLED=')).toEqual(['true', 'false']);
    expect(labels('', 'KEEPALIVE_INTERVAL = "')).toEqual(['90']);
    expect(labels('', 'CLAUDE_API_KEY=')).toEqual([]);
    expect(labels('', 'MY_APP=')).toEqual([]);
  });

  it('is quiet in comments', () => {
    expect(labels('', '# KEEP')).toEqual([]);
  });
});

describe('completion in the Mesh dict', () => {
  const source = 'from jarviscore import Mesh\n\nmesh = Mesh(config={\n    "bind_port": 7950,\n    \n})\n';
  const model = modelOf({ 'node.py': source });
  const at = (line: number, before: string) => complete(model, uriOf('node.py'), { line, character: before.length }, before);

  it('offers keys with and without an opened quote', () => {
    const bare = at(4, '    ').find((item) => item.label === 'seed_nodes');
    expect(bare?.insertText).toBe('"seed_nodes": ');
    const quoted = at(4, '    "seed').find((item) => item.label === 'seed_nodes');
    expect(quoted?.insertText).toBe('seed_nodes');
    expect(quoted?.range).toEqual({ start: { line: 4, character: 5 }, end: { line: 4, character: 9 } });
  });

  it('offers Python values', () => {
    expect(at(4, '    "p2p_enabled": ').map((item) => item.insertText)).toEqual(['True', 'False']);
    expect(at(4, '    "storage_backend": ').map((item) => item.insertText)).toEqual(['"local"', '"azure"', '"redis"']);
    expect(at(4, '    "storage_backend": "').map((item) => item.insertText)).toEqual(['local', 'azure', 'redis']);
  });

  it('is quiet outside', () => {
    expect(at(0, '')).toEqual([]);
  });
});

describe('completion in files that start processes', () => {
  /** The text of one file; `|` is the cursor. */
  function typed(path: string, text: string, more: Files = {}) {
    const cursor = text.indexOf('|');
    const content = text.slice(0, cursor) + text.slice(cursor + 1);
    const lines = text.slice(0, cursor).split('\n');
    const before = lines.at(-1) ?? '';
    const model = modelOf({ ...more, [path]: content });
    const position = { line: lines.length - 1, character: before.length };
    const items = complete(model, uriOf(path), position, before, lines.slice(0, -1).toReversed());
    return new Map(items.map((item) => [item.label, item.insertText]));
  }
  const port = 'JARVISCORE_BIND_PORT';

  it('offers names and values in both notations of compose', () => {
    const head = 'services:\n  a:\n    image: jarviscore:1\n    environment:\n';
    expect(typed('compose.yaml', `${head}      JARV|\n`).get(port)).toBe(`${port}: `);
    expect(typed('compose.yaml', `${head}      A: 1\n      # x\n\n      "JARV|`).get(port)).toBe(`${port}: `);
    expect(typed('compose.yaml', `${head}      - JARV|`).get(port)).toBe(`${port}=`);
    expect(typed('compose.yaml', `${head}    - A=1\n    - |`).get(port)).toBe(`${port}=`);
    expect(typed('compose.yaml', `${head}      P2P_ENABLED: |`).get('true')).toBe('"true"');
    expect(typed('compose.yaml', `${head}      P2P_ENABLED: "|`).get('true')).toBe('true');
    expect(typed('compose.yaml', `${head}      - STORAGE_BACKEND=lo|`).get('local')).toBe('local');
    expect(typed('compose.yaml', 'services:\n  a:\n    image: jarviscore:1\n    |').size).toBe(0);
    expect(typed('compose.yaml', `${head}      A: 1\n    command: JAR|`).size).toBe(0);
  });

  it('offers names and values in manifests, values as text', () => {
    const env =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec:\n  template:\n    spec:\n      containers:\n        - name: a\n          env:\n';
    expect(typed('k.yaml', `${env}            - name: JARV|`).get(port)).toBe(port);
    expect(
      typed(
        'k.yaml',
        `${env}            - name: B\n              value: x\n            - name: KEEPALIVE_INTERVAL\n              value: |`,
      ).get('90'),
    ).toBe('"90"');
    expect(typed('k.yaml', `${env}          - name: KEEPALIVE_INTERVAL\n            value: "|`).get('90')).toBe('90');
    expect(typed('k.yaml', 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: JARV|').size).toBe(0);
    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n';
    expect(typed('k.yaml', `${map}  JARV|`).get(port)).toBe(`${port}: `);
    expect(typed('k.yaml', `${map}  P2P_ENABLED: |`).get('true')).toBe('"true"');
  });

  it('offers names and values in units, images and scripts', () => {
    expect(typed('a.service', '[Service]\nEnvironment=A=1 "JARV|').get(port)).toBe(`${port}=`);
    expect(typed('a.service', '[Service]\nEnvironment=P2P_ENABLED=|').get('true')).toBe('true');
    expect(typed('a.service', '[Service]\nPassEnvironment=A JARV|').get(port)).toBe(port);
    expect(typed('a.service', '[Unit]\nDescription=JARV|').size).toBe(0);
    expect(typed('Dockerfile', 'FROM x\nENV A=1 JARV|').get(port)).toBe(`${port}=`);
    expect(typed('Dockerfile', 'FROM x\nRUN JARV|').size).toBe(0);
    expect(typed('a.sh', 'export JARV|').get(port)).toBe(`${port}=`);
    expect(typed('a.sh', 'A=1 JARV|').get(port)).toBe(`${port}=`);
    expect(typed('a.sh', 'docker run -e JARV|').get(port)).toBe(`${port}=`);
    expect(typed('a.sh', 'STORAGE_BACKEND=|').get('redis')).toBe('redis');
    expect(typed('a.sh', '# JARV|').size).toBe(0);
    expect(typed('a.sh', 'pyth|').size).toBe(0);
  });

  it('offers names and values in launch configurations', () => {
    const head = '{"configurations": [{\n  "name": "a",\n  "env": {\n    "A": "1",\n';
    expect(typed('.vscode/launch.json', `${head}    "JARV|`).get(port)).toBe(port);
    expect(typed('.vscode/launch.json', `${head}    |`).get(port)).toBe(`"${port}": `);
    expect(typed('.vscode/launch.json', `${head}    "P2P_ENABLED": |`).get('true')).toBe('"true"');
    expect(typed('.vscode/launch.json', `${head}    "P2P_ENABLED": "|`).get('true')).toBe('true');
    expect(typed('.vscode/launch.json', '{"configurations": [{\n  "env": {},\n  "JARV|').size).toBe(0);
  });

  it('offers the names that have a value where one is read', () => {
    const env = { '.env': 'APP_ZONE=eu\nREDIS_URL=redis://a:1\n' };
    const compose = 'services:\n  a:\n    image: jarviscore:1\n    environment:\n      X: ${|';
    expect([...typed('compose.yaml', compose, env).keys()]).toEqual(expect.arrayContaining(['APP_ZONE', 'REDIS_URL']));
    expect([...typed('.env', 'APP_ZONE=eu\nB=${|').keys()]).toContain('APP_ZONE');
    const python = typed('node.py', 'import os\nfrom jarviscore import Mesh\nMesh()\nos.getenv("|', env);
    expect([...python.keys()].slice(0, 2)).toEqual(['APP_ZONE', 'REDIS_URL']);
    expect(python.get(port)).toBe(port);
    expect([...typed('tool.py', 'import os\nos.environ["|', env).keys()]).toContain('APP_ZONE');
    expect([...typed('a.sh', 'APP_HOME=1 python3 a.py\necho "$|').keys()]).toContain('APP_HOME');
  });
});
