/** Commands, files and options of systemd units, read whole. */
import { describe, expect, test } from 'vitest';
import { shown } from './shown.ts';

describe('files and commands', () => {
  test.each<[string, string[]]>([
    [
      '[Service]\nEnvironmentFile=/etc/a.env',
      ['unit:0 (unit) "node" «» 0:0, framework maybe', 'env file /etc/a.env «/etc/a.env» 1:16, systemd', 'network host'],
    ],
    [
      '[Service]\nEnvironmentFile=-/etc/a.env',
      [
        'unit:0 (unit) "node" «» 0:0, framework maybe',
        'env file /etc/a.env «/etc/a.env» 1:17, systemd, optional',
        'network host',
      ],
    ],
    [
      '[Service]\nEnvironmentFile=- /etc/a.env ',
      [
        'unit:0 (unit) "node" «» 0:0, framework maybe',
        'env file /etc/a.env «/etc/a.env» 1:18, systemd, optional',
        'network host',
      ],
    ],
    [
      '[Service]\nEnvironmentFile=a\nEnvironmentFile=\nEnvironmentFile=b',
      ['unit:0 (unit) "node" «» 0:0, framework maybe', 'env file b «b» 3:16, systemd', 'network host', 'resets envFiles'],
    ],
    [
      '[Service]\nExecStart=/usr/bin/python3 node.py',
      [
        'unit:0 (unit) "node" «/usr/bin/python3 node.py» 1:10, framework maybe',
        'command "/usr/bin/python3 node.py" «/usr/bin/python3 node.py» 1:10',
        'program file node.py «node.py» 1:27',
        'network host',
      ],
    ],
    [
      '[Service]\nExecStart=-@/usr/bin/python3 -m app.node --x',
      [
        'unit:0 (unit) "node" «-@/usr/bin/python3 -m app.node --x» 1:10, framework maybe',
        'command "/usr/bin/python3 -m app.node --x" «-@/usr/bin/python3 -m app.node --x» 1:10',
        'program module app.node «app.node» 1:32',
        'network host',
      ],
    ],
    [
      '[Service]\nExecStart=+!!:/opt/venv/bin/uvicorn app.main:app --port 80',
      [
        'unit:0 (unit) "node" «+!!:/opt/venv/bin/uvicorn app.main:app --port 80» 1:10, framework maybe',
        'command "/opt/venv/bin/uvicorn app.main:app --port 80" «+!!:/opt/venv/bin/uvicorn app.main:app --port 80» 1:10',
        'program module app.main «app.main:app» 1:36',
        'network host',
      ],
    ],
    [
      '[Service]\nExecStart=/usr/bin/env P2P_A=1 python node.py',
      [
        'unit:0 (unit) "node" «/usr/bin/env P2P_A=1 python node.py» 1:10, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:23, name 1:23-28, value 1:29-30, of unit:0',
        'command "python node.py" «/usr/bin/env P2P_A=1 python node.py» 1:10',
        'program file node.py «node.py» 1:38',
        'network host',
        'of the document: P2P_A',
        'declares unit:0',
      ],
    ],
    [
      '[Service]\nExecStart=/bin/true\nExecStart=/usr/bin/python a.py\nExecStart=/bin/false',
      [
        'unit:0 (unit) "node" «/usr/bin/python a.py» 2:10, framework maybe',
        'command "/usr/bin/python a.py" «/usr/bin/python a.py» 2:10',
        'program file a.py «a.py» 2:26',
        'network host',
      ],
    ],
    [
      '[Service]\nExecStart=/bin/true\nExecStart=/bin/false',
      ['unit:0 (unit) "node" «/bin/false» 2:10, framework no', 'command "/bin/false" «/bin/false» 2:10', 'network host'],
    ],
    ['[Service]\nExecStart=/usr/bin/python a.py\nExecStart=', ['unit:0 (unit) "node" «» 0:0, framework no', 'network host']],
    ['[Service]\nExecStart=', ['unit:0 (unit) "node" «» 0:0, framework no', 'network host']],
    [
      '[Service]\nExecStart="/my dir/python" \\\n  a.py',
      [
        'unit:0 (unit) "node" «\\"/my dir/python\\" \\\\\\n  a.py» 1:10, framework maybe',
        'command "/my dir/python a.py" «\\"/my dir/python\\" \\\\\\n  a.py» 1:10',
        'program file a.py «a.py» 2:2',
        'network host',
      ],
    ],
    [
      '[Service]\nExecStart=/usr/bin/python a.py --api-key sk-123 --password=x TOKEN=y',
      [
        'unit:0 (unit) "node" «/usr/bin/python a.py --api-key sk-123 --password=x TOKEN=y» 1:10, framework maybe',
        'command "/usr/bin/python a.py --api-key *** --password=*** TOKEN=***" «/usr/bin/python a.py --api-key sk-123 --password=x TOKEN=y» 1:10',
        'program file a.py «a.py» 1:26',
        'network host',
      ],
    ],
    [
      '[Service]\nExecStart=/usr/bin/docker run -e P2P_A=1 --env-file a.env -p 1:2 img',
      [
        'unit:0 (unit) "node" «/usr/bin/docker run -e P2P_A=1 --env-file a.env -p 1:2 img» 1:10, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:33, name 1:33-38, value 1:39-40, of unit:0',
        'env file a.env «a.env» 1:52, docker',
        'command "/usr/bin/docker run -e P2P_A=1 --env-file a.env -p 1:2 img" «/usr/bin/docker run -e P2P_A=1 --env-file a.env -p 1:2 img» 1:10',
        'network host',
        'of the document: P2P_A',
        'declares unit:0',
      ],
    ],
    [
      '[Service]\nExecStart=/usr/bin/uv run --env-file a.env node.py',
      [
        'unit:0 (unit) "node" «/usr/bin/uv run --env-file a.env node.py» 1:10, framework maybe',
        'env file a.env «a.env» 1:37, python-dotenv',
        'command "/usr/bin/uv run --env-file a.env node.py" «/usr/bin/uv run --env-file a.env node.py» 1:10',
        'program file node.py «node.py» 1:43',
        'network host',
      ],
    ],
    [
      '[Service]\nExecStart=/bin/sh -c "python a.py"',
      [
        'unit:0 (unit) "node" «/bin/sh -c \\"python a.py\\"» 1:10, framework maybe',
        'command "/bin/sh -c python a.py" «/bin/sh -c \\"python a.py\\"» 1:10',
        'program file a.py «\\"python a.py\\"» 1:21',
        'network host',
      ],
    ],
    [
      '[Service]\nExecStart=/usr/bin/python -c x',
      [
        'unit:0 (unit) "node" «/usr/bin/python -c x» 1:10, framework maybe',
        'command "/usr/bin/python -c x" «/usr/bin/python -c x» 1:10',
        'network host',
      ],
    ],
    [
      '[Service]\nExecStart=/usr/bin/python -W ignore a.py',
      [
        'unit:0 (unit) "node" «/usr/bin/python -W ignore a.py» 1:10, framework maybe',
        'command "/usr/bin/python -W ignore a.py" «/usr/bin/python -W ignore a.py» 1:10',
        'program file a.py «a.py» 1:36',
        'network host',
      ],
    ],
    [
      '[Service]\nExecStart=python -m jarviscore',
      [
        'unit:0 (unit) "node" «python -m jarviscore» 1:10, framework yes',
        'command "python -m jarviscore" «python -m jarviscore» 1:10',
        'program module jarviscore «jarviscore» 1:20',
        'network host',
        'declares unit:0',
      ],
    ],
  ])('%j', (text, expected) => {
    expect(shown('node.service', text)).toEqual(expected);
  });
});

describe('options', () => {
  test.each<[string, string[]]>([
    [
      '[Service]\nUser=a\nRestart=always\nDynamicUser=yes\nPrivateNetwork=yes',
      [
        'unit:0 (unit) "node" «» 0:0, framework no',
        'network host',
        'option User "a" «a» 1:5',
        'option Restart "always" «always» 2:8',
        'option DynamicUser "yes" «yes» 3:12',
        'option PrivateNetwork "yes" «yes» 4:15',
      ],
    ],
    [
      '[Service]\nUser=a\nUser=b',
      ['unit:0 (unit) "node" «» 0:0, framework no', 'network host', 'option User "a" «a» 1:5', 'option User "b" «b» 2:5'],
    ],
    ['[Service]\nUser=', ['unit:0 (unit) "node" «» 0:0, framework no', 'network host', 'option User "" «» 1:5']],
    [
      '[Service]\nWorkingDirectory=/srv',
      ['unit:0 (unit) "node" «» 0:0, framework no', 'directory "/srv" «/srv» 1:17', 'network host'],
    ],
    [
      '[Service]\nWorkingDirectory=-/srv ',
      ['unit:0 (unit) "node" «» 0:0, framework no', 'directory "/srv" «-/srv» 1:17', 'network host'],
    ],
    ['[Service]\nWorkingDirectory=/srv\nWorkingDirectory=', ['unit:0 (unit) "node" «» 0:0, framework no', 'network host']],
    ['[Service]\nGroup=x', ['unit:0 (unit) "node" «» 0:0, framework no', 'network host']],
  ])('%j', (text, expected) => {
    expect(shown('node.service', text)).toEqual(expected);
  });
});

describe('drop-ins', () => {
  test.each<[string, string[]]>([
    [
      '[Service]\nEnvironment=P2P_A=1',
      [
        'unit:0 (unit) "node@" «» 0:0, framework yes',
        'P2P_A = <set 1> «P2P_A=1» 1:12, name 1:12-17, value 1:18-19, of unit:0',
        'network host',
        'drop-in of node@.service',
        'of the document: P2P_A',
        'declares unit:0',
        'lines of their own: 1',
      ],
    ],
    [
      '[Service]\nEnvironmentFile=',
      ['unit:0 (unit) "node@" «» 0:0, framework maybe', 'network host', 'resets envFiles', 'drop-in of node@.service'],
    ],
    [
      '[Service]\nExecStart=/bin/x',
      [
        'unit:0 (unit) "node@" «/bin/x» 1:10, framework maybe',
        'command "/bin/x" «/bin/x» 1:10',
        'network host',
        'drop-in of node@.service',
      ],
    ],
    [
      '[Service]\nUser=x',
      ['unit:0 (unit) "node@" «» 0:0, framework maybe', 'network host', 'option User "x" «x» 1:5', 'drop-in of node@.service'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('node@.service.d/10-a.conf', text)).toEqual(expected);
  });
});

describe('drop-ins of every service', () => {
  test.each<[string, string[]]>([
    [
      '[Service]\nUser=x',
      ['unit:0 (unit) "" «» 0:0, framework maybe', 'network host', 'option User "x" «x» 1:5', 'drop-in of .service'],
    ],
  ])('%j', (text, expected) => {
    expect(shown('service.d/10-a.conf', text)).toEqual(expected);
  });
});

describe('templates of units', () => {
  test.each<[string, string[]]>([
    [
      '[Service]\nEnvironment=P2P_A=%i',
      [
        'unit:0 (unit) "node@" «» 0:0, framework yes',
        'P2P_A = unknown: systemd fills in a specifier (%) «P2P_A=%i» 1:12, name 1:12-17, value 1:18-20, of unit:0',
        'network host',
        'of the document: P2P_A',
        'declares unit:0',
        'lines of their own: 1',
        'with variables: 1:18',
      ],
    ],
    ['[Service]\nUser=x', ['unit:0 (unit) "node@" «» 0:0, framework no', 'network host', 'option User "x" «x» 1:5']],
  ])('%j', (text, expected) => {
    expect(shown('node@.service', text)).toEqual(expected);
  });
});
