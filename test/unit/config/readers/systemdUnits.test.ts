import { describe, expect, test } from 'vitest';
import { modelOf } from '../../rules/workspace.ts';
import { chain, effective, processesOf, processOf } from './processes.ts';

const start = 'ExecStart=/opt/agents/venv/bin/python node.py\n';
const node = 'from jarviscore import Mesh\nMesh(config={})\n';

describe('template units', () => {
  const template =
    '[Service]\nEnvironment=JARVISCORE_NODE_NAME=%i "JARVISCORE_BIND_HOST=%p"\nEnvironmentFile=/etc/jarvis/%i.env\nWorkingDirectory=/opt/agents\n';

  test('run once for every instance the env files show', () => {
    const files = {
      'deploy/jarvis@.service': template + start,
      'deploy/jarvis/research.env': 'JARVISCORE_BIND_PORT=7946\n',
      'deploy/jarvis/writer.env': 'JARVISCORE_BIND_PORT=7947\nCLAUDE_API_KEY=hunter2\n',
      'node.py': node,
    };
    const all = processesOf(files);
    expect(Object.keys(all)).toEqual(['jarvis@research', 'jarvis@writer', 'node']);
    const writer = processOf(files, 'jarvis@writer');
    expect(writer.ports.swim).toBe(7947);
    expect(effective(writer, 'JARVISCORE_NODE_NAME')).toBe('writer (deploy/jarvis@.service:2)');
    expect(effective(writer, 'JARVISCORE_BIND_HOST')).toBe('jarvis (deploy/jarvis@.service:2)');
    expect(effective(writer, 'CLAUDE_API_KEY')).toBe('<set> (deploy/jarvis/writer.env:2)');
    expect(
      modelOf(files)
        .envFileReaders.get('file:///w/deploy/jarvis/writer.env')
        ?.map((one) => [one.dialect, one.name]),
    ).toEqual([['systemd', 'jarvis@writer']]);
  });

  test('an env file the unit names for all is no instance', () => {
    const files = {
      'jarvis@.service': `[Service]\nEnvironmentFile=/etc/env/common.env\nEnvironmentFile=/etc/env/%i.env\n${start}`,
      'env/common.env': 'P2P_ENABLED=true\n',
      'env/hub.env': 'JARVISCORE_BIND_PORT=1\n',
    };
    expect(Object.keys(processesOf(files))).toEqual(['jarvis@hub']);
  });

  test('and for every drop-in folder of an instance, which hides general drop-ins of its name', () => {
    const files = {
      'jarvis@.service': `[Service]\nEnvironment=JARVISCORE_NODE_NAME=%i\n${start}`,
      'jarvis@.service.d/10-port.conf': '[Service]\nEnvironment=JARVISCORE_BIND_PORT=1\n',
      'jarvis@.service.d/20-offset.conf': '[Service]\nEnvironment=ZMQ_PORT_OFFSET=5\n',
      'jarvis@one.service.d/10-port.conf': '[Service]\nEnvironment=JARVISCORE_BIND_PORT=2\n',
      'jarvis@two.service.d/15-port.conf': '[Service]\nEnvironment=JARVISCORE_BIND_PORT=3\n',
    };
    const all = processesOf(files);
    expect(Object.entries(all).map(([name, { ports }]) => `${name} ${ports.swim} ${ports.zmq}`)).toEqual([
      'jarvis@one 2 7',
      'jarvis@two 3 8',
    ]);
  });

  test('also take drop-ins of a prefix and of all services, of which the closest name wins', () => {
    const unit = `[Service]\nEnvironment=JARVISCORE_NODE_NAME=own\n${start}`;
    const set = (line: string): string => `[Service]\nEnvironment=${line}\n`;
    const files = {
      'jarvis-hub-a.service': unit,
      'jarvis.service': unit,
      'service.d/10-port.conf': set('JARVISCORE_BIND_PORT=1'),
      'service.d/20-host.conf': set('JARVISCORE_BIND_HOST=10.0.0.9'),
      'jarvis-.service.d/10-port.conf': set('JARVISCORE_BIND_PORT=2'),
      'jarvis-.service.d/30-offset.conf': set('ZMQ_PORT_OFFSET=5'),
      'jarvis-hub-.service.d/10-port.conf': set('JARVISCORE_BIND_PORT=3'),
      'jarvis-hub-b.service.d/10-port.conf': set('JARVISCORE_BIND_PORT=4'),
      'other-.service.d/40.conf': set('ZMQ_PORT_OFFSET=9'),
    };
    const ports = Object.entries(processesOf(files)).map(
      ([name, one]) => `${name} ${one.ports.host} ${one.ports.swim} ${one.ports.zmq}`,
    );
    expect(ports).toEqual(['jarvis-hub-a 10.0.0.9 3 8', 'jarvis 10.0.0.9 1 1001']);
  });

  test('whose instances nobody shows are one process with unknown values', () => {
    const process = processOf({ 'jarvis@.service': template + start }, 'jarvis@');
    expect(effective(process, 'JARVISCORE_NODE_NAME')).toBe('<unknown> (jarvis@.service:2)');
    expect(effective(process, 'JARVISCORE_BIND_HOST')).toBe('jarvis (jarvis@.service:2)');
  });
});

describe('drop-ins', () => {
  test('are laid over in the order of their names; an empty line drops env files, and the program too', () => {
    const files = {
      'node.service': `[Service]\nEnvironmentFile=/etc/a.env\nEnvironment=JARVISCORE_BIND_PORT=1\n${start}`,
      'node.service.d/90-last.conf': '[Service]\nEnvironment=JARVISCORE_BIND_PORT=9\n',
      'node.service.d/10-first.conf':
        '[Service]\nEnvironmentFile=\nEnvironmentFile=-/etc/b.env\nEnvironment=JARVISCORE_BIND_PORT=5\n',
      'a.env': 'JARVISCORE_NODE_NAME=a\n',
      'b.env': 'ZMQ_PORT_OFFSET=4\n',
    };
    const process = processOf(files, 'node');
    expect(process.ports).toMatchObject({ swim: 9, zmq: 13 });
    expect(chain(process, 'JARVISCORE_BIND_PORT')).toEqual([
      '9 (node.service.d/90-last.conf:2)',
      '5 (node.service.d/10-first.conf:4)',
      '1 (node.service:3)',
      '7946 (default)',
    ]);
    expect(effective(process, 'JARVISCORE_NODE_NAME')).toBe('jarviscore-node (default)');
  });

  test('of a unit that is not here declare nothing', () => {
    expect(modelOf({ 'x.service.d/a.conf': '[Service]\nEnvironment=JARVISCORE_BIND_PORT=1\n' }).processes).toEqual([]);
  });
});

test('UnsetEnvironment= takes names away in the end, also those of env files; PassEnvironment= gives unknown values', () => {
  const process = processOf(
    {
      'node.service': `[Service]\nPassEnvironment=REDIS_URL CLAUDE_API_KEY\nPassEnvironment=\nPassEnvironment=LOG_LEVEL\nEnvironment=JARVISCORE_BIND_PORT=1\nEnvironmentFile=/etc/a.env\nUnsetEnvironment=ZMQ_PORT_OFFSET\n${start}`,
      'a.env': 'ZMQ_PORT_OFFSET=7\n',
    },
    'node',
  );
  expect(process.ports).toMatchObject({ swim: 1, zmq: 1001 });
  expect(effective(process, 'LOG_LEVEL')).toBe('<absent> (node.service:4)');
  expect(effective(process, 'REDIS_URL')).toContain('(default)');
});

test('the working directory decides which of several programs runs, and which .env it reads', () => {
  const unit = (folder: string): string => `[Service]\nWorkingDirectory=/opt/agents/${folder}\n${start}`;
  const files = {
    'deploy/a.service': unit('research'),
    'deploy/b.service': unit('writer'),
    'research/node.py': 'from jarviscore import Mesh\nMesh(config={"bind_port": 7946})\n',
    'research/.env': 'JARVISCORE_NODE_NAME=r\n',
    'writer/node.py': 'from jarviscore import Mesh\nMesh(config={"bind_port": 7947})\n',
    'writer/.env': 'JARVISCORE_NODE_NAME=w\n',
    '.env': 'JARVISCORE_NODE_NAME=root\n',
  };
  expect(processOf(files, 'a').ports.swim).toBe(7946);
  expect(effective(processOf(files, 'a'), 'JARVISCORE_NODE_NAME')).toBe('r (research/.env:1)');
  expect(processOf(files, 'b').ports.swim).toBe(7947);
  expect(effective(processOf(files, 'b'), 'JARVISCORE_NODE_NAME')).toBe('w (writer/.env:1)');
});
