// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** Which processes are taken for one fleet: peers, tests, examples, alternatives, stages and profiles. */

import { fleetsAre } from './judged.ts';
import { joins, mesh } from './said.ts';
import type { Files } from './workspace.ts';

/** A node of a fleet with its port. */
const node = (name: string, port: number, more = ''): Files =>
  mesh(`"p2p_enabled": True, "bind_port": ${port}${more === '' ? '' : `, ${more}`}`, `${name}.py`);
const services = (name: string, ...texts: readonly string[]): Files => ({ [name]: `services:\n${texts.join('')}` });
const started = (name: string, port: number, more = ''): string =>
  `  ${name}:\n    build: .\n    command: python node.py\n    environment: {JARVISCORE_BIND_PORT: ${port}}\n${more}`;
const image: Files = { Dockerfile: 'FROM python:3.12\n', ...mesh() };
const pod = (name: string, port: number): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  containers:\n    - name: n\n      image: acme/node\n      command: [python, node.py]\n      env: [{name: JARVISCORE_BIND_PORT, value: "${port}"}]\n`;
const call = (args: string, name: string): Files => ({ [name]: `from jarviscore import Mesh\n\nmesh = Mesh(${args})\n` });

fleetsAre('peers', [
  [{ ...node('a', 1), ...node('b', 2) }, ['a, b']],
  [{ ...mesh('', 'a.py'), ...mesh('"node_name": "b"', 'b.py') }, []],
  [{ ...mesh('"bind_host": "h"', 'a.py'), ...mesh('"seed_nodes": "h:1"', 'b.py') }, ['a, b']],
  [{ ...mesh('"p2p_enabled": False, "bind_port": 1', 'a.py'), ...node('b', 2) }, ['b']],
  [{ ...joins('seed_nodes="h:1"'), ...node('b', 2) }, ['agent, b']],
  [
    { ...call('mode="p2p"', 'a.py'), ...call('"distributed"', 'b.py'), ...call('mode="autonomous"', 'c.py') },
    ['a, b'],
    { target: '1.0.2' },
  ],
  [{ ...mesh('**more', 'a.py'), ...node('b', 2) }, ['b']],
  [
    { 'node.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 1})\nmesh = Mesh(config={"bind_port": 2})\n' },
    ['node#2'],
  ],
  [{ 'alpha/.env': 'JARVISCORE_BIND_PORT=1\n', 'beta/.env': 'LOG_LEVEL=INFO\n' }, ['alpha']],
]);

fleetsAre('tests', [
  [{ ...node('a', 1), ...node('test_b', 2), ...node('b_test', 3), ...node('conftest', 4) }, ['a']],
  [{ ...node('tests/b', 1), ...node('test/c', 2), ...node('src/testing/d', 3), ...node('latest', 4) }, ['d, latest']],
]);

fleetsAre('examples', [
  [{ ...node('examples/a', 1), ...node('examples/b', 2), ...node('c', 3) }, ['c', 'a', 'b']],
  [{ ...node('examples/a', 1), ...node('examples/b', 2, '"seed_nodes": "127.0.0.1:1"') }, ['b, a']],
  [
    { ...node('x/sample/a', 1), ...node('x/sample/b', 1, '"seed_nodes": "127.0.0.1:2"'), ...node('x/sample/c', 2) },
    ['a', 'b, c'],
  ],
  [
    {
      ...node('examples/a', 1, '"seed_nodes": "127.0.0.1:3"'),
      ...node('examples/b', 1, '"seed_nodes": "127.0.0.1:3"'),
      ...node('examples/hub', 3),
    },
    ['b, hub', 'a'],
  ],
  [{ ...node('examples/one/a', 1), ...node('example/b', 2, '"seed_nodes": "127.0.0.1:1"') }, ['a', 'b']],
  [{ ...node('myexamples/a', 1), ...node('examples.d/b', 2) }, ['a, b']],
]);

fleetsAre('ways to start one program', [
  [{ ...image, ...services('compose.yml', started('a', 1), started('b', 2)) }, ['a, b']],
  [
    { ...image, ...services('compose.yml', started('a', 1), started('b', 2)), 'pods.yaml': `${pod('x', 1)}---\n${pod('y', 2)}` },
    ['a, b', 'x, y'],
  ],
  [{ ...image, ...services('compose.yml', started('a', 1)), ...node('other', 5) }, ['a, other']],
  [{ ...image, ...services('compose.yml', started('a', 1)), 'pods.yaml': pod('x', 1), ...node('other', 5) }, ['a', 'x', 'other']],
  [
    {
      ...image,
      'dev/compose.yml': 'services:\n  a: {image: x, environment: {JARVISCORE_BIND_PORT: 1}}\n',
      'prod/compose.yml': 'services:\n  a: {image: x, environment: {JARVISCORE_BIND_PORT: 1}}\n',
    },
    ['a', 'a'],
  ],
  [
    {
      ...image,
      'dev/compose.yml': 'services:\n  a: {image: x, environment: {JARVISCORE_BIND_PORT: 1}}\n',
      'prod/compose.yml': 'services:\n  b: {image: x, environment: {JARVISCORE_BIND_PORT: 1}}\n',
    },
    ['a, b'],
  ],
  [
    { ...mesh(), 'run.sh': '#!/bin/sh\nJARVISCORE_BIND_PORT=1 python node.py &\nJARVISCORE_BIND_PORT=2 python node.py\n' },
    ['node, node'],
  ],
  [
    {
      ...mesh(),
      'a.sh': '#!/bin/sh\nJARVISCORE_BIND_PORT=1 python node.py\n',
      'b.sh': '#!/bin/sh\nJARVISCORE_BIND_PORT=2 python node.py\n',
    },
    ['node', 'node'],
  ],
  [
    {
      ...mesh(),
      'run.sh':
        '#!/bin/sh\nif [ "$1" = a ]; then\n  JARVISCORE_BIND_PORT=1 python node.py\nelse\n  JARVISCORE_BIND_PORT=2 python node.py\nfi\n',
    },
    ['node', 'node'],
  ],
  [
    {
      ...mesh(),
      '.vscode/launch.json':
        '{"configurations": [{"name": "A", "type": "debugpy", "program": "${workspaceFolder}/node.py", "env": {"JARVISCORE_BIND_PORT": "1"}}, {"name": "B", "type": "debugpy", "program": "${workspaceFolder}/node.py", "env": {"JARVISCORE_BIND_PORT": "2"}}]}\n',
    },
    ['A', 'B'],
  ],
  [
    {
      ...mesh(),
      '.vscode/launch.json':
        '{"configurations": [{"name": "A", "type": "debugpy", "program": "${workspaceFolder}/node.py", "env": {"JARVISCORE_BIND_PORT": "1"}}, {"name": "B", "type": "debugpy", "program": "${workspaceFolder}/node.py", "env": {"JARVISCORE_BIND_PORT": "2"}}], "compounds": [{"name": "both", "configurations": ["A", "B"]}]}\n',
    },
    ['A, B'],
  ],
]);

fleetsAre('profiles', [
  [
    { ...image, ...services('compose.yml', started('a', 1, '    profiles: [x]\n'), started('b', 2, '    profiles: [y]\n')) },
    ['a', 'b'],
  ],
  [
    {
      ...image,
      ...services(
        'compose.yml',
        started('a', 1, '    profiles: [x]\n'),
        started('b', 2, '    profiles: [y]\n'),
        started('c', 3, '    profiles: [x, y]\n'),
      ),
    },
    ['a, b, c'],
  ],
  [{ ...image, ...services('compose.yml', started('a', 1, '    profiles: [x]\n'), started('b', 2)) }, ['a, b']],
]);
