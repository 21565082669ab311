import { describe, expect, test } from 'vitest';
import { codeActions } from '#server/config/features/codeActions.ts';
import { applyEdits, type Files, findingsOf, summaries } from './workspace.ts';

const mesh = 'from jarviscore import Mesh\n\n';
const compose = (env: string): string =>
  `services:\n  node:\n    image: app\n    environment:\n      JARVISCORE_NODE_NAME: a\n${env}`;

/** Kind -> path, a text with a mistake, its line (from 0), the rule, and the comment that silences it. */
const kinds: readonly (readonly [string, string, string, number, string, string])[] = [
  ['dotenv', '.env.w', 'BIND_PORT=7946\n', 0, 'unprefixed-p2p-var', '# '],
  [
    'python',
    'a.py',
    `${mesh}mesh = Mesh(config={"p2p_enabled": True, "zmq_port_offset": "1000"})\n`,
    2,
    'mesh-config-type',
    '# ',
  ],
  ['compose', 'compose.yaml', compose('      BIND_PORT: "7946"\n'), 5, 'unprefixed-p2p-var', '      # '],
  [
    'systemd',
    'n.service',
    '[Service]\nEnvironment=JARVISCORE_NODE_NAME=a\nEnvironment=BIND_PORT=1\nExecStart=/usr/bin/python3 a.py\n',
    2,
    'unprefixed-p2p-var',
    '; ',
  ],
  [
    'dockerfile',
    'Dockerfile',
    'FROM python\nRUN pip install jarviscore-framework\nENV BIND_PORT=7946\nCMD ["python", "a.py"]\n',
    2,
    'unprefixed-p2p-var',
    '# ',
  ],
  [
    'shell',
    'run.sh',
    '#!/bin/sh\nexport JARVISCORE_NODE_NAME=a\nexport BIND_PORT=7946\npython node.py\n',
    2,
    'unprefixed-p2p-var',
    '# ',
  ],
  [
    'launch',
    '.vscode/launch.json',
    '{"configurations": [{"name": "n", "type": "debugpy", "program": "a.py", "env": {\n"JARVISCORE_NODE_NAME": "a",\n"BIND_PORT": "7946"\n}}]}\n',
    2,
    'unprefixed-p2p-var',
    '// ',
  ],
  [
    'kubernetes',
    'k.yaml',
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: n}\nspec:\n  template:\n    spec:\n      containers:\n        - name: n\n          image: app\n          env:\n            - {name: JARVISCORE_NODE_NAME, value: a}\n            - {name: BIND_PORT, value: "7946"}\n',
    11,
    'unprefixed-p2p-var',
    '            # ',
  ],
  ['requirements', 'requirements.txt', 'jarviscore==1.0.2\n', 0, 'install-name', '# '],
  ['project', 'jarviscore-fleet.json', '{\n"nope": 1\n}\n', 1, 'fleet-file-unknown-key', '// '],
];

const withLine = (text: string, line: number, comment: string): string => text.split('\n').toSpliced(line, 0, comment).join('\n');
const rulesAt = (files: Files, line: number): string[] =>
  findingsOf(files)
    .filter(({ range }) => range.start.line === line)
    .map(({ rule }) => rule);

describe.each(kinds)('in a %s file', (_kind, path, text, line, rule, sign) => {
  test('a comment alone on the line above silences the finding, and one that silences nothing is one', () => {
    expect(rulesAt({ [path]: text }, line)).toContain(rule);
    const silenced = { [path]: withLine(text, line, `${sign}jarviscore: ignore ${rule} -- on purpose`) };
    expect(rulesAt(silenced, line + 1)).not.toContain(rule);
    expect(rulesAt(silenced, line)).toEqual([]);
    const other = rule === 'bool-style' ? 'port-ephemeral' : 'dotenv-bom';
    const idle = { [path]: withLine(text, line, `${sign}jarviscore: ignore ${rule}, ${other}`) };
    expect(rulesAt(idle, line)).toEqual(['suppression-unused']);
    expect(rulesAt(idle, line + 1)).not.toContain(rule);
  });

  test('the action that silences a finding writes such a comment', () => {
    const finding = findingsOf({ [path]: text }).find((one) => one.rule === rule && one.range.start.line === line);
    if (finding === undefined) throw new Error('There is a finding to silence.');
    const action = codeActions([finding], finding.uri, finding.range).find(({ title }) => title.startsWith('Ignore'));
    const silenced = applyEdits({ [path]: text }, action?.edits ?? []);
    expect(findingsOf(silenced).map((one) => one.rule)).not.toContain(rule);
    expect(findingsOf(silenced).map((one) => one.rule)).not.toContain('suppression-unused');
  });
});

describe('a comment that silences nothing', () => {
  const unused = (files: Files, options = {}) => findingsOf(files, options).filter(({ rule }) => rule.startsWith('suppression-'));

  test('is mended by leaving out what is not needed', () => {
    const files = { '.env.w': '# jarviscore: ignore bool-style, unprefixed-p2p-var, port-ephemeral -- why\nBIND_PORT=1\n' };
    const [finding, second] = unused(files);
    expect(second).toBeUndefined();
    expect(finding?.message).toContain('bool-style, port-ephemeral');
    const fixed = applyEdits(files, finding?.fixes[0]?.edits ?? []);
    expect(fixed['.env.w']).toBe('# jarviscore: ignore unprefixed-p2p-var -- why\nBIND_PORT=1\n');
    expect(findingsOf(fixed)).toEqual([]);
    const whole = { '.env.w': 'A=1\n# jarviscore: ignore bool-style\nB=2\n' };
    expect(applyEdits(whole, unused(whole)[0]?.fixes[0]?.edits ?? [])['.env.w']).toBe('A=1\nB=2\n');
  });

  test('is none where the rule had no chance: off, of another release, of production', () => {
    const of = (rule: string): Files => ({ '.env.w': `# jarviscore: ignore ${rule}\nLLM_TIMEOUT=60\n` });
    expect(unused(of('bool-style'))).toHaveLength(1);
    expect(unused(of('bool-style'), { severities: { 'bool-style': 'off' } })).toEqual([]);
    expect(unused(of('sandbox-not-wired'), { target: '1.0.2' })).toEqual([]);
    expect(unused(of('sandbox-not-wired'), { target: '3.0.0' })).toHaveLength(1);
    expect(unused(of('prod-redis-missing'))).toEqual([]);
    expect(unused(of('file-too-large'))).toEqual([]);
    expect(unused(of('bool-style'), { severities: { 'suppression-unused': 'off' } })).toEqual([]);
    expect(unused(of('bool-style'), { severities: { 'suppression-unused': 'error' } })[0]?.severity).toBe('error');
  });

  test('without a rule it is judged in production only, where every rule runs', () => {
    const files = { '.env.w': '# jarviscore: ignore\nA=2\n' };
    expect(unused(files)).toEqual([]);
    expect(unused(files, { profile: 'production' })).toHaveLength(1);
  });

  test('in a Python string is text', () => {
    const files = { 'a.py': `${mesh}help = """\n# jarviscore: ignore bool-style\n"""\n` };
    expect(unused(files)).toEqual([]);
  });
});

describe('a rule that does not exist', () => {
  test('is named, does not silence everything, and the others of the comment still count', () => {
    const files = { '.env.w': '# jarviscore: ignore UNPREFIXED\nBIND_PORT=1\n' };
    expect(summaries(findingsOf(files))).toEqual(['.env.w:1 suppression-unknown-rule', '.env.w:2 unprefixed-p2p-var']);
    const both = { '.env.w': '# jarviscore: ignore unprefixed-p2p-var (old launcher)\nBIND_PORT=1\n' };
    expect(summaries(findingsOf(both))).toEqual(['.env.w:1 suppression-unknown-rule', '.env.w:1 suppression-unknown-rule']);
    expect(findingsOf(both)[0]?.message).toContain('-- why');
  });
});
