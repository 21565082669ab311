// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, test } from 'vitest';
import { findingsOf, modelOf, uriOf } from '../../rules/workspace.ts';
import { chain, effective, processesOf, processOf } from './processes.ts';

const node = 'from jarviscore import Mesh\nMesh(config={})\n';
const ports = (script: string, more: Record<string, string> = {}): string[] =>
  modelOf({ 'run.sh': script, ...more })
    .processes.filter((process) => process.deployment === 'shell')
    .map((process) => effective(process, 'JARVISCORE_BIND_PORT').replace(/ .*/, ''));

describe('shell scripts', () => {
  test('sourcing with set -a, env, unset and several launches', () => {
    const script =
      'set -a; . ./.env; set +a\nexport JARVISCORE_NODE_NAME=n\nA=1 JARVISCORE_BIND_PORT=7946 python node.py &\nenv JARVISCORE_BIND_PORT=7947 python node.py &\nunset JARVISCORE_NODE_NAME\nenv -i JARVISCORE_BIND_PORT=7948 python node.py\n';
    const files = { 'run.sh': script, 'node.py': node, '.env': 'ZMQ_PORT_OFFSET=7\n' };
    const shell = modelOf(files).processes.filter((one) => one.deployment === 'shell');
    expect(shell.map((one) => [effective(one, 'JARVISCORE_NODE_NAME'), effective(one, 'ZMQ_PORT_OFFSET')])).toEqual([
      ['n (run.sh:2)', '7 (.env:1)'],
      ['n (run.sh:2)', '7 (.env:1)'],
      ['jarviscore-node (default)', '7 (.env:1)'],
    ]);
    // Without the shell's environment the program still reads the file itself.
    expect(shell.map((one) => one.settings.get('ZMQ_PORT_OFFSET')?.winner.origin.kind)).toEqual([
      'process-env',
      'process-env',
      'env-file',
    ]);
    expect(ports(script, { 'node.py': node })).toEqual(['7946', '7947', '7948']);
  });

  test('the usual way to export an env file', () => {
    for (const line of [
      "export $(grep -v '^#' .env | xargs)",
      'export $(cat .env | xargs)',
      'set -o allexport; source .env; set +o allexport',
    ]) {
      const process = processOf(
        { 'run.sh': `${line}\npython node.py\n`, 'node.py': node, '.env': 'JARVISCORE_BIND_PORT=7999\n' },
        'node',
      );
      expect(process.ports.swim).toBe(7999);
      const launched = Object.values(
        processesOf({ 'run.sh': `${line}\nJARVISCORE_NODE_NAME=x python node.py\n`, '.env': 'JARVISCORE_BIND_PORT=7999\n' }),
      );
      expect(launched.map((one) => effective(one, 'JARVISCORE_BIND_PORT'))).toContain('7999 (.env:1)');
    }
  });

  test('loops and conditions leave values unknown instead of guessed', () => {
    expect(ports('for p in 7946 7947; do\n  JARVISCORE_BIND_PORT=$p python node.py &\ndone\n')).toEqual(['<unknown>']);
    expect(
      ports(
        'if [ "$1" = prod ]; then\n  export JARVISCORE_BIND_PORT=1\nelse\n  export JARVISCORE_BIND_PORT=2\nfi\npython node.py\n',
        { 'node.py': node },
      ),
    ).toEqual(['<unknown>']);
    expect(ports('JARVISCORE_BIND_PORT=$1 python node.py\n')).toEqual(['<unknown>']);
    expect(
      ports('case $1 in a) JARVISCORE_BIND_PORT=1 python node.py;; b) JARVISCORE_BIND_PORT=2 python node.py;; esac\n'),
    ).toEqual(['1', '2']);
  });

  test('cd decides which program runs', () => {
    const files = {
      'scripts/run.sh':
        '#!/bin/sh\ncd "$(dirname "$0")/.."\n(cd research && JARVISCORE_NODE_NAME=r python node.py) &\ncd writer\nJARVISCORE_NODE_NAME=w python node.py\n',
      'research/node.py': 'from jarviscore import Mesh\nMesh(config={"bind_port": 1})\n',
      'writer/node.py': 'from jarviscore import Mesh\nMesh(config={"bind_port": 2})\n',
    };
    const all = processesOf(files);
    expect([all.r?.program?.uri, all.w?.program?.uri]).toEqual([uriOf('research/node.py'), uriOf('writer/node.py')]);
  });
});

describe('launch.json', () => {
  const launch = (configurations: string, more = ''): string =>
    `{"version": "0.2.0", "configurations": [${configurations}]${more}}`;

  test('env beats envFile; the env file of the folder is read where none is named; cwd decides about ./.env', () => {
    const files = {
      '.vscode/launch.json': launch(
        '{"name": "A", "type": "debugpy", "request": "launch", "program": "${workspaceFolder}/agents/node.py", "env": {"JARVISCORE_BIND_PORT": "1", "JARVISCORE_NODE_NAME": "${env:USER}"}, "envFile": "${workspaceFolder}/dev.env"},' +
          '{"name": "B", "type": "debugpy", "request": "launch", "module": "agents.node", "env": {"JARVISCORE_NODE_NAME": "b"}}',
      ),
      'agents/node.py': node,
      'agents/.env': 'ZMQ_PORT_OFFSET=9\n',
      'dev.env': 'JARVISCORE_BIND_PORT=2\nJARVISCORE_BIND_HOST=10.0.0.1\n',
      '.env': 'ZMQ_PORT_OFFSET=8\n',
    };
    const a = processOf(files, 'A');
    expect(chain(a, 'JARVISCORE_BIND_PORT')).toEqual(['1 (.vscode/launch.json:1)', '2 (dev.env:1)', '7946 (default)']);
    expect(effective(a, 'JARVISCORE_NODE_NAME')).toMatch(/^<unknown>/);
    expect(effective(a, 'ZMQ_PORT_OFFSET')).toBe('8 (.env:1)');
    const b = processOf(files, 'B', { target: '1.5.1' });
    expect(b.program?.uri).toBe(uriOf('agents/node.py'));
    expect(b.settings.get('ZMQ_PORT_OFFSET')?.winner.origin.kind).toBe('process-env');
  });

  test('a debug configuration of something else is no process, whatever the env file holds', () => {
    const files = {
      '.vscode/launch.json': launch('{"name": "Tests", "type": "debugpy", "request": "launch", "module": "pytest"}'),
      '.env': 'JARVISCORE_BIND_PORT=7946\n',
    };
    expect(Object.keys(processesOf(files))).not.toContain('Tests');
  });
});

describe('several ways to start one program', () => {
  const files = {
    'node.py': 'from jarviscore import Mesh\nMesh(config={"p2p_enabled": True, "node_name": "n"})\n',
    'dev.env': 'JARVISCORE_BIND_PORT=7946\n',
  };
  const rules = (more: Record<string, string>): string[] =>
    findingsOf({ ...files, ...more })
      .map((finding) => finding.rule)
      .filter((rule) => /^port-collision|^node-name|^fleet-islands|^per-process/.test(rule));
  const configuration = (name: string): string =>
    `{"name": "${name}", "type": "debugpy", "request": "launch", "program": "node.py", "envFile": "\${workspaceFolder}/dev.env"}`;
  const launch = (more: string): Record<string, string> => ({
    '.vscode/launch.json': `{"configurations": [${configuration('A')}, ${configuration('A, verbose')}]${more}}`,
  });

  test('two debug configurations are alternatives unless a compound starts both', () => {
    expect(rules(launch(''))).toEqual([]);
    expect(rules(launch(', "compounds": [{"name": "All", "configurations": ["A", "A, verbose"]}]')).length).toBeGreaterThan(0);
  });

  test('two scripts and two arms of a case are alternatives, two lines of a script are not', () => {
    const line = 'JARVISCORE_BIND_PORT=7946 python node.py &\n';
    expect(rules({ 'a.sh': line, 'b.sh': line })).toEqual([]);
    expect(rules({ 'a.sh': `case $1 in\n a) ${line};;\n b) ${line};;\nesac\n` })).toEqual([]);
    expect(rules({ 'a.sh': line + line })).toContain('port-collision-swim');
  });
});
