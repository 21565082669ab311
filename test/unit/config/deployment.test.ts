// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, test } from 'vitest';
import { modelOf, uriOf } from '../rules/workspace.ts';
import { at, documentOf, only, texts, unitsOf, winner } from './deploymentFiles.ts';

describe('systemd', () => {
  const path = 'deploy/node.service';

  test('Environment= with its quotes, continuation lines, comments and places', () => {
    const unit = unitsOf(
      path,
      '[Unit]\nEnvironment=NO=1\n[Service]\n; JARVISCORE_NODE_NAME=no\nEnvironment=JARVISCORE_BIND_PORT=7946 "JARVISCORE_NODE_NAME=a b" \\\n# between\n  LOG_LEVEL=INFO\nEnvironment=ZMQ_PORT_OFFSET=%i\nPassEnvironment=REDIS_URL\n',
    )[0];
    expect(unit?.assignments).toMatchObject([
      { name: 'REDIS_URL', value: { kind: 'absent' } },
      {
        name: 'JARVISCORE_BIND_PORT',
        value: { text: '7946' },
        range: at(4, 12, 37),
        nameRange: at(4, 12, 32),
        valueRange: at(4, 33, 37),
      },
      {
        name: 'JARVISCORE_NODE_NAME',
        value: { text: 'a b' },
        nameRange: at(4, 39, 59),
        valueRange: at(4, 60, 63),
        quote: 'double',
      },
      { name: 'LOG_LEVEL', value: { text: 'INFO' }, range: at(6, 2, 16) },
      { name: 'ZMQ_PORT_OFFSET', value: { kind: 'unknown' } },
    ]);
  });

  test('the unit of the production guide: the env file is read twice, by systemd and by the program', () => {
    const files = {
      'my-agent.service':
        '[Service]\nUser=jarviscore\nWorkingDirectory=/opt/my-agent\nEnvironmentFile=/opt/my-agent/.env\nExecStart=/opt/my-agent/venv/bin/python my_agent.py\n',
      '.env': 'JARVISCORE_NODE_NAME=n # not a comment for systemd\n',
      'my_agent.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7950})\n',
    };
    const model = modelOf(files);
    expect(model.processes.map((one) => [one.declaration.kind, one.name])).toEqual([
      ['unit', 'my-agent'],
      ['mesh', 'my_agent'],
    ]);
    const [unit] = model.processes;
    if (unit === undefined) throw new Error('no unit');
    expect(winner(unit, 'JARVISCORE_NODE_NAME')?.typed).toBe('n # not a comment for systemd');
    expect(unit.ports.swim).toBe(7950);
    expect(unit.hostGroup).toBe('file:///w');
    expect(model.envFileReaders.get(uriOf('.env'))?.map((one) => [one.dialect, one.name])).toEqual([
      ['systemd', 'my-agent'],
      ['python-dotenv', 'my-agent'],
      ['python-dotenv', 'my_agent'],
    ]);
  });

  test('env files beat Environment= wherever they stand; the later file beats the earlier', () => {
    const process = only({
      [path]:
        '[Service]\nEnvironmentFile=/etc/a.env\nEnvironmentFile=-/etc/b.env\nEnvironment=JARVISCORE_BIND_PORT=1 ZMQ_PORT_OFFSET=9\nEnvironment=ZMQ_PORT_OFFSET=10\nExecStart=/x/python n.py\n',
      'deploy/a.env': 'JARVISCORE_BIND_PORT=2\nJARVISCORE_NODE_NAME=a\n',
      'deploy/b.env': 'JARVISCORE_BIND_PORT=3\n',
    });
    expect(process.ports).toMatchObject({ swim: 3, zmq: 13 });
    expect(winner(process, 'JARVISCORE_NODE_NAME')?.origin.uri).toBe(uriOf('deploy/a.env'));
  });

  test('drop-ins are laid over their unit, an empty line resets', () => {
    const process = only({
      'node.service':
        '[Service]\nEnvironment=JARVISCORE_BIND_PORT=1 JARVISCORE_NODE_NAME=n\nExecStart=/usr/bin/python3 -m node\n',
      'node.service.d/10-a.conf': '[Service]\nEnvironment=\nEnvironment=JARVISCORE_BIND_PORT=2\n',
      'node.service.d/20-b.conf': '[Service]\nEnvironment=ZMQ_PORT_OFFSET=500\n',
    });
    expect(process.ports).toMatchObject({ swim: 2, zmq: 502 });
    expect(winner(process, 'JARVISCORE_NODE_NAME')?.origin.kind).toBe('default');
  });

  test('secrets and arguments that are secrets leave nothing but facts', () => {
    const document = documentOf(
      path,
      '[Service]\nEnvironment=CLAUDE_API_KEY=hunter2 JARVISCORE_NODE_NAME=n OTHER=hunter2\nExecStart=/usr/bin/python n.py --api-key hunter2 --token=hunter2\n',
    );
    expect(JSON.stringify(document)).not.toContain('hunter2');
  });

  test('a unit of another program declares nothing', () => {
    expect(
      modelOf({ 'redis.service': '[Service]\nExecStart=/usr/bin/redis-server\nEnvironment=LOG_LEVEL=x\n' }).processes,
    ).toEqual([]);
  });
});

describe('Dockerfile', () => {
  test('ENV, ARG, stages, copied env files, requirements', () => {
    const document = documentOf(
      'Dockerfile',
      `FROM python:3.12 AS build
ARG TOKEN=hunter2
RUN pip install --no-cache-dir "jarviscore-framework[p2p,redis]==3.0.0" && \\
    # a comment
    apt-get install -y bubblewrap
FROM build
ENV JARVISCORE_BIND_HOST=0.0.0.0 \\
    JARVISCORE_NODE_NAME="n 1"
ENV LOG_LEVEL INFO
COPY .env .env.example /app/
COPY . .
COPY --from=build /app/.env /x
EXPOSE 7946/udp 8946
USER app
CMD ["python", "node.py"]
`,
    );
    const units = document.deployment?.units ?? [];
    expect(units.map((one) => [one.name, one.framework])).toEqual([
      ['build', 'yes'],
      ['Dockerfile#1', 'yes'],
    ]);
    expect(units[0]?.buildArguments).toMatchObject([{ name: 'TOKEN', value: { kind: 'secret' } }]);
    expect(texts(units[1])).toEqual([
      ['JARVISCORE_BIND_HOST', '0.0.0.0'],
      ['JARVISCORE_NODE_NAME', 'n 1'],
      ['LOG_LEVEL', 'INFO'],
    ]);
    expect(units[1]?.assignments[1]).toMatchObject({ range: at(7, 4, 30), valueRange: at(7, 25, 30) });
    expect(units[1]?.ports).toMatchObject([{ containerFrom: 7946, protocol: 'udp' }, { containerFrom: 8946 }]);
    expect(units[1]?.program?.path).toBe('node.py');
    expect(document.marks.map((one) => [one.name, one.value])).toEqual([
      ['bubblewrap', null],
      ['copy-env', '.env'],
      ['copy-all', '.'],
    ]);
    expect(document.requirements).toMatchObject([
      {
        distribution: 'jarviscore-framework',
        extras: ['p2p', 'redis'],
        specifier: '==3.0.0',
        source: 'command',
        range: at(2, 32, 70),
      },
    ]);
    expect(JSON.stringify(document)).not.toContain('hunter2');
    expect(document.processes).toEqual([]);
  });

  test('a service has the environment of the image it builds, under its own', () => {
    const process = only({
      'compose.yaml': 'services:\n  a:\n    build: ./node\n    environment: {JARVISCORE_BIND_PORT: 2}\n',
      'node/Dockerfile': 'FROM python\nENV JARVISCORE_BIND_PORT=1 ZMQ_PORT_OFFSET=500\nCMD python node.py\n',
    });
    expect(process.ports).toMatchObject({ swim: 2, zmq: 502 });
  });
});

describe('shell', () => {
  test('launch lines of the production guide', () => {
    const model = modelOf({
      'start.sh':
        '#!/bin/sh\nexport LOG_LEVEL=INFO\n# Node 1\nJARVISCORE_BIND_HOST=0.0.0.0 \\\nJARVISCORE_BIND_PORT=7946 \\\nJARVISCORE_NODE_NAME=researcher-01 \\\npython researcher.py &\n\nJARVISCORE_BIND_PORT=7947 JARVISCORE_SEED_NODES="192.168.1.10:7946" nohup python3 -u coder.py > coder.log 2>&1 &\n',
    });
    expect(model.processes.map((one) => [one.name, one.ports.swim, one.ports.seeds])).toEqual([
      ['researcher-01', 7946, []],
      ['coder', 7947, ['192.168.1.10:7946']],
    ]);
    expect(model.processes[1]?.settings.get('LOG_LEVEL')?.winner.typed).toBe('INFO');
    const { assignments } = model.documents.get(uriOf('start.sh')) ?? {};
    expect(assignments?.map((one) => one.name).sort()).toEqual([
      'JARVISCORE_BIND_HOST',
      'JARVISCORE_BIND_PORT',
      'JARVISCORE_BIND_PORT',
      'JARVISCORE_NODE_NAME',
      'JARVISCORE_SEED_NODES',
      'LOG_LEVEL',
    ]);
    expect(assignments?.find((one) => one.name === 'JARVISCORE_NODE_NAME')).toMatchObject({
      range: at(5, 0, 34),
      valueRange: at(5, 21, 34),
    });
  });

  test('variables of the script, their defaults, and what cannot be known', () => {
    const unit = unitsOf(
      'x.sh',
      'BASE=7900\nJARVISCORE_BIND_PORT=$BASE JARVISCORE_NODE_NAME=${N:-n} ZMQ_PORT_OFFSET=$(id -u) P2P_ENABLED=$1 python a.py\n',
    )[0];
    expect(texts(unit)).toEqual([
      ['JARVISCORE_BIND_PORT', '7900'],
      ['JARVISCORE_NODE_NAME', 'n'],
      ['ZMQ_PORT_OFFSET', 'unknown'],
      ['P2P_ENABLED', 'unknown'],
    ]);
  });

  test('docker run: -e, --env-file in the dialect of docker, -p', () => {
    const files = {
      'run.sh':
        'export JARVISCORE_BIND_PORT=9\ndocker run -d --env-file=node.env -e JARVISCORE_NODE_NAME=n -p 7946:7946/udp mine python node.py\n',
      'node.env': 'JARVISCORE_BIND_HOST="10.0.0.1"\n',
    };
    const process = only(files);
    expect(winner(process, 'JARVISCORE_BIND_HOST')?.typed).toBe('"10.0.0.1"');
    expect(winner(process, 'JARVISCORE_BIND_PORT')?.origin.kind).toBe('default');
    expect(unitsOf('run.sh', files['run.sh'])[0]?.ports).toMatchObject([{ hostFrom: 7946, protocol: 'udp' }]);
    expect(modelOf(files).envFileReaders.get(uriOf('node.env'))).toMatchObject([{ dialect: 'docker', process: process.id }]);
  });

  test('bodies of here-documents are no commands, scripts of something else are nothing', () => {
    expect(unitsOf('a.sh', 'cat > .env <<EOF\nJARVISCORE_BIND_PORT=1 python x.py\nEOF\npython setup.py\n')).toMatchObject([
      { assignments: [], framework: 'maybe' },
    ]);
    expect(modelOf({ 'a.sh': 'FOO=1 make\npython manage.py\n' }).processes).toEqual([]);
  });
});

describe('launch.json', () => {
  test('with comments, env, envFile and the program', () => {
    const text = `{
  // comment
  "configurations": [
    {
      "name": "Node",
      "type": "debugpy",
      "program": "\${workspaceFolder}/node.py", /* x */
      "envFile": "\${workspaceFolder}/node.env",
      "env": { "JARVISCORE_NODE_NAME": "n", "CLAUDE_API_KEY": "hunter2", "P2P_ENABLED": "\${env:P2P}" },
    },
  ],
}
`;
    const files = {
      '.vscode/launch.json': text,
      'node.env': 'JARVISCORE_BIND_PORT=7\nJARVISCORE_NODE_NAME=file\n',
      'node.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7950})\n',
    };
    const model = modelOf(files);
    const [process, code] = model.processes;
    expect(process).toMatchObject({ name: 'Node', declaration: { kind: 'launch', range: at(4, 14, 20) } });
    expect(process?.program?.uri).toBe(uriOf('node.py'));
    expect(process?.ports.swim).toBe(7950);
    expect(process?.settings.get('JARVISCORE_NODE_NAME')?.winner.typed).toBe('n');
    expect(process?.settings.get('P2P_ENABLED')?.winner.value.kind).toBe('unknown');
    expect(code?.startedBy).toEqual([process?.id]);
    const document = model.documents.get(uriOf('.vscode/launch.json'));
    expect(document?.assignments[0]).toMatchObject({ nameRange: at(8, 16, 36), valueRange: at(8, 39, 42) });
    expect(JSON.stringify(document)).not.toContain('hunter2');
  });

  test('tasks with their options and command lines', () => {
    const [unit] = unitsOf(
      '.vscode/tasks.json',
      '{"options": {"env": {"LOG_LEVEL": "INFO"}}, "tasks": [{"label": "t", "type": "shell", "command": "JARVISCORE_BIND_PORT=1 python node.py", "options": {"env": {"JARVISCORE_NODE_NAME": "n"}}}]}',
    );
    expect(texts(unit)).toEqual([
      ['LOG_LEVEL', 'INFO'],
      ['JARVISCORE_NODE_NAME', 'n'],
      ['JARVISCORE_BIND_PORT', '1'],
    ]);
    expect(unit?.program?.path).toBe('node.py');
  });
});
