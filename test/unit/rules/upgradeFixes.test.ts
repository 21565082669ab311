/** What the fixes write that bring a project of 1.0.x to a later release, and what they leave to a person. */
import { expect, test } from 'vitest';
import { applyEdits, type Files, findingsOf } from './workspace.ts';

/** The files after the first fix of the first finding of a rule; null: the rule is silent or offers none. */
function fixed(rule: string, files: Files, target = '3.0.0'): Files | null {
  const [fix] = findingsOf(files, { target }).find((finding) => finding.rule === rule)?.fixes ?? [];
  return fix === undefined ? null : applyEdits(files, fix.edits);
}

const python = (call: string): Files => ({ 'node.py': `from jarviscore import Mesh\n${call}\n` });

test.each([
  ['m = Mesh(mode="p2p")', 'm = Mesh(config={"p2p_enabled": True})'],
  ['m = Mesh(mode="autonomous",)', 'm = Mesh(config={"p2p_enabled": False},)'],
  ['m = Mesh(mode="distributed", config={"bind_port": 1})', 'm = Mesh(config={"bind_port": 1, "p2p_enabled": True})'],
  ['m = Mesh(config={}, mode="p2p")', 'm = Mesh(config={"p2p_enabled": True})'],
  ['m = Mesh({"bind_port": 1}, mode="p2p")', 'm = Mesh({"bind_port": 1, "p2p_enabled": True})'],
  [
    'm = Mesh(\n    config={\n        "bind_port": 1,\n    },\n    mode="p2p",\n)',
    'm = Mesh(\n    config={\n        "bind_port": 1,\n        "p2p_enabled": True,\n    },\n)',
  ],
  ['m = Mesh(\n    mode="p2p",  # both\n    config={},\n)', 'm = Mesh(\n    config={"p2p_enabled": True},\n)'],
  ['m = Mesh(mode="p2p", config={"p2p_enabled": True})', 'm = Mesh(config={"p2p_enabled": True})'],
])('mode= becomes a key of the dict: %s', (before, after) => {
  expect(fixed('mesh-mode-deprecated', python(before))).toEqual(python(after));
});

test.each([
  'm = Mesh(mode=MODE)',
  'm = Mesh(mode="p2p", config=load())',
  'm = Mesh(mode="p2p", **more)',
  'm = Mesh(mode="cluster")',
])('mode= is left where its meaning or the dict is unknown: %s', (call) => {
  expect(findingsOf(python(call), { target: '3.0.0' }).map(({ rule }) => rule)).toContain('mesh-mode-deprecated');
  expect(fixed('mesh-mode-deprecated', python(call))).toBeNull();
});

const mesh = 'from jarviscore import Mesh\nm = Mesh(config={"bind_port": 7950})\n';

test('a keepalive name that only the dict knows moves there with its value', () => {
  expect(fixed('keepalive-env-not-read', { '.env': 'P2P_ALLOW_ZERO_PEERS=off\nA=1\n', 'node.py': mesh })).toEqual({
    '.env': 'A=1\n',
    'node.py': mesh.replace('7950}', '7950, "allow_zero_peers": False}'),
  });
  expect(fixed('keepalive-env-not-read', { '.env': 'P2P_KEEPALIVE_FAILURE_BACKOFF_SECONDS="20"\n', 'node.py': mesh })).toEqual({
    '.env': '',
    'node.py': mesh.replace('7950}', '7950, "keepalive_failure_backoff_seconds": 20}'),
  });
});

test('it is only taken out where the dict has the key, no dict is near, or the value is none', () => {
  const set = mesh.replace('7950}', '7950, "allow_zero_peers": True}');
  expect(fixed('keepalive-env-not-read', { '.env': 'P2P_ALLOW_ZERO_PEERS=false\n', 'node.py': set })).toEqual({
    '.env': '',
    'node.py': set,
  });
  expect(fixed('keepalive-env-not-read', { '.env': 'P2P_ALLOW_ZERO_PEERS=false\n' })).toEqual({ '.env': '' });
  expect(fixed('keepalive-env-not-read', { '.env': 'P2P_ALLOW_ZERO_PEERS=perhaps\n', 'node.py': mesh })).toEqual({
    '.env': '',
    'node.py': mesh,
  });
});

test.each([
  ['requirements.txt', 'jarviscore==1.0.2\n', '3.0.0', 'jarviscore-framework[p2p]==3.0.0\n'],
  ['requirements.txt', 'jarviscore==1.0.2\n', '1.0.2', 'jarviscore-framework==1.0.2\n'],
  ['requirements.txt', 'jarviscore[redis]==1.0.2\n', '1.3.2', 'jarviscore-framework[p2p,redis]==1.3.2\n'],
  ['requirements.txt', 'jarviscore>=1.0\n', '3.0.0', 'jarviscore-framework>=1.0\n'],
  ['requirements.txt', 'jarviscore~=1.0.2\n', '3.0.0', 'jarviscore-framework==3.0.0\n'],
  ['requirements.txt', 'jarviscore\n', '3.0.0', 'jarviscore-framework\n'],
  [
    'Dockerfile',
    'FROM python\nRUN pip install jarviscore==1.0.2\n',
    '3.0.0',
    'FROM python\nRUN pip install jarviscore-framework[p2p]==3.0.0\n',
  ],
  [
    'setup.sh',
    'pip install -q "jarviscore==1.0.2" && ls\n',
    '3.0.0',
    'pip install -q "jarviscore-framework[p2p]==3.0.0" && ls\n',
  ],
])('%s: %j is meant for the framework that is checked against, %s', (file, before, target, after) => {
  expect(fixed('install-name', { [file]: before }, target)).toEqual({ [file]: after });
});

test('a program and the script that starts it read their env file as one process', () => {
  const files = {
    '.env': 'JARVISCORE_BIND_PORT=7950\n',
    'node.py': 'from jarviscore import Mesh\nm = Mesh(config={"p2p_enabled": True})\n',
    'start.sh': '#!/bin/sh\npip install "jarviscore-framework[p2p]==3.0.0"\npython node.py\n',
  };
  const shared = (given: Files) =>
    findingsOf(given, { target: '3.0.0' }).filter(({ rule }) => rule === 'per-process-var-in-shared-env');
  expect(shared(files)).toEqual([]);
  expect(shared({ ...files, 'start.sh': `${files['start.sh']}python node.py &\n` }).map(({ severity }) => severity)).toEqual([
    'error',
  ]);
});
