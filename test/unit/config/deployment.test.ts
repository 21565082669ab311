// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, test } from 'vitest';
import type { DeploymentUnit } from '#server/config/model/deployment.ts';
import type { DeclaredProcess, SourceDocument } from '#server/config/model/types.ts';
import { kindOf } from '#server/config/readers/kind.ts';
import { check } from '#server/config/rules/engine.ts';
import { declarations } from '#server/fleet/declared.ts';
import { modelOf, uriOf } from '../rules/workspace.ts';

function documentOf(path: string, text: string): SourceDocument {
  const document = modelOf({ [path]: text }).documents.get(uriOf(path));
  if (document === undefined) throw new Error('no document');
  return document;
}

const unitsOf = (path: string, text: string): readonly DeploymentUnit[] => documentOf(path, text).deployment?.units ?? [];

function only(files: Record<string, string>): DeclaredProcess {
  const { processes } = modelOf(files);
  expect(processes.map((one) => one.name)).toHaveLength(1);
  const [process] = processes;
  if (process === undefined) throw new Error('no process');
  return process;
}

const winner = (process: DeclaredProcess, name: string) => process.settings.get(name)?.winner;
const at = (line: number, from: number, to: number) => ({ start: { line, character: from }, end: { line, character: to } });
const texts = (unit: DeploymentUnit | undefined) =>
  unit?.assignments.map((one) => [one.name, one.value.kind === 'text' ? one.value.text : one.value.kind]);

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

describe('Kubernetes', () => {
  const manifest = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: node
spec:
  serviceName: mesh
  replicas: 2
  template:
    metadata:
      labels: {app: node}
    spec:
      containers:
        - name: node
          image: registry/node:1
          command: ["python", "node.py"]
          ports: [{containerPort: 7946, protocol: UDP}]
          envFrom:
            - configMapRef: {name: shared}
            - secretRef: {name: keys}
              prefix: X_
          env:
            - name: JARVISCORE_BIND_PORT
              value: "7946"
            - name: CLAUDE_API_KEY
              valueFrom: {secretKeyRef: {name: keys, key: claude}}
            - name: JARVISCORE_NODE_NAME
              valueFrom: {fieldRef: {fieldPath: metadata.name}}
        - name: sidecar
          image: envoyproxy/envoy:v1
---
apiVersion: v1
kind: Service
metadata: {name: mesh}
spec:
  clusterIP: None
  selector: {app: node}
  ports: [{port: 7946, protocol: UDP}]
`;
  const config = `apiVersion: v1
kind: ConfigMap
metadata: {name: shared}
data:
  JARVISCORE_BIND_PORT: "1"
  ZMQ_PORT_OFFSET: "500"
---
apiVersion: v1
kind: Secret
metadata: {name: keys}
stringData: {claude: hunter2}
`;

  test('env beats envFrom; Secrets count as set and are not shown', () => {
    const model = modelOf({ 'k8s/node.yaml': manifest, 'k8s/config.yaml': config });
    expect(model.processes.map((one) => [one.declaration.kind, one.name])).toEqual([['workload', 'node']]);
    const [process] = model.processes;
    if (process === undefined) throw new Error('no workload');
    expect(process.ports).toMatchObject({ swim: 7946, zmq: 8446 });
    expect(winner(process, 'ZMQ_PORT_OFFSET')?.origin.uri).toBe(uriOf('k8s/config.yaml'));
    expect(winner(process, 'CLAUDE_API_KEY')?.value).toEqual({ kind: 'unknown', why: 'comes from the Secret keys' });
    expect(winner(process, 'JARVISCORE_NODE_NAME')?.value.kind).toBe('unknown');
    expect(process.hosts).toEqual(expect.arrayContaining(['mesh', 'mesh.default.svc.cluster.local', 'node-1.mesh']));
    expect(process.hostGroup).toBe(`${uriOf('k8s/node.yaml')}#workload:StatefulSet/node`);
    expect(JSON.stringify([...model.documents.values()])).not.toContain('hunter2');
  });

  test('places, services, ports, labels', () => {
    const document = documentOf('k8s/node.yaml', manifest);
    expect(document.kind).toBe('kubernetes');
    expect(document.assignments[0]).toMatchObject({ nameRange: at(21, 20, 40), valueRange: at(22, 21, 27) });
    expect(document.deployment?.services).toMatchObject([
      { name: 'mesh', headless: true, type: 'ClusterIP', selector: ['app=node'], ports: [{ hostFrom: 7946, protocol: 'udp' }] },
    ]);
    expect(document.deployment?.units.map((one) => [one.name, one.framework])).toEqual([
      ['node', 'yes'],
      ['node/sidecar', 'no'],
    ]);
    expect(document.deployment?.units[0]).toMatchObject({ replicas: 2, ports: [{ containerFrom: 7946, protocol: 'udp' }] });
  });
});

describe('prometheus.yml', () => {
  test('targets with their places', () => {
    const { kind, marks } = documentOf(
      'monitoring/prometheus.yml',
      "scrape_configs:\n  - job_name: nodes\n    static_configs:\n      - targets: ['localhost:9090', node:9091]\n",
    );
    expect(kind).toBe('prometheus');
    expect(marks).toMatchObject([
      { name: 'scrape-job', value: 'nodes' },
      { name: 'scrape-target', value: 'localhost:9090', range: at(3, 18, 34) },
      { name: 'scrape-target', value: 'node:9091' },
    ]);
  });
});

describe('kinds of files', () => {
  test('an example is a template', () => {
    expect(documentOf('docker-compose.example.yml', 'services:\n  a: {image: x}\n').template).toBe(true);
    expect(documentOf('docker-compose.yml', 'services:\n  a: {image: x}\n').template).toBe(false);
  });

  test.each([
    ['compose.yaml', 'compose'],
    ['docker-compose.prod.yml', 'compose'],
    ['a/node.service', 'systemd'],
    ['a/node.service.d/10-x.conf', 'systemd'],
    ['a/x.conf', null],
    ['Dockerfile', 'dockerfile'],
    ['docker/node.Dockerfile', 'dockerfile'],
    ['Dockerfile.dockerignore', null],
    ['run.sh', 'shell'],
    ['.vscode/launch.json', 'launch'],
    ['launch.json', null],
    ['prometheus.yml', 'prometheus'],
    ['k8s/x.yaml', 'kubernetes'],
    ['mkdocs.yml', null],
  ] as const)('%s is %s', (path, kind) => {
    expect(kindOf(path)).toBe(kind);
  });
});

describe('two ways to start one program', () => {
  const files = {
    'node.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"p2p_enabled": True})\n',
    'compose.yaml':
      'services:\n  a: {build: ., command: python node.py, environment: {JARVISCORE_BIND_HOST: 10.0.0.1, JARVISCORE_NODE_NAME: a}}\n  b: {build: ., command: python node.py, environment: {JARVISCORE_BIND_HOST: 10.0.0.2, JARVISCORE_NODE_NAME: b, JARVISCORE_SEED_NODES: "a:7946"}}\n',
    '.vscode/launch.json': '{"configurations": [{"name": "debug", "program": "node.py", "env": {"JARVISCORE_NODE_NAME": "a"}}]}',
  };

  test('are alternatives: neither duplicates nor islands', () => {
    const model = modelOf(files, { target: '3.0.0' });
    expect(model.processes.map((one) => [one.name, one.deployment])).toEqual([
      ['node', 'python'],
      ['a', 'compose'],
      ['b', 'compose'],
      ['debug', 'editor'],
    ]);
    const rules = check(model).map((finding) => finding.rule);
    expect(rules).not.toContain('node-name-duplicate');
    expect(rules).not.toContain('fleet-islands');
    expect(declarations([model]).map((one) => one.node.name)).toEqual(['a', 'b']);
  });

  test('two services of one kind are one fleet, in which the same name is a mistake', () => {
    const model = modelOf(
      { ...files, 'compose.yaml': files['compose.yaml'].replace('NODE_NAME: b', 'NODE_NAME: a') },
      { target: '3.0.0' },
    );
    expect(check(model).map((finding) => finding.rule)).toContain('node-name-duplicate');
  });

  test('a program that only a debug configuration starts is declared by it', () => {
    const { 'compose.yaml': _, ...rest } = files;
    expect(declarations([modelOf(rest)]).map((one) => one.node.name)).toEqual(['debug']);
  });
});

describe('secrets in command lines', () => {
  test.each([
    ['compose.yaml', 'services:\n  r: {image: redis, command: redis-server --appendonly yes --requirepass hunter2}\n'],
    [
      'compose.yaml',
      'services:\n  r: {image: redis, command: ["redis-cli", "-a", "hunter2", "ping"], entrypoint: ["x", "--token=hunter2"]}\n',
    ],
    [
      'compose.yaml',
      'services:\n  r: {image: redis, healthcheck: {test: ["CMD", "redis-cli", "-a", "hunter2"]}, labels: {key: hunter2}}\n',
    ],
    ['Dockerfile', 'FROM x\nCMD ["run", "--api-key", "hunter2"]\nENTRYPOINT API_TOKEN=hunter2 run\n'],
    [
      'k.yaml',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{command: [redis-server, --requirepass, hunter2], args: ["https://u:hunter2@h/"]}]}\n',
    ],
    ['n.service', '[Service]\nExecStart=/bin/sh -c "SECRET_X=hunter2 python n.py --password hunter2"\n'],
    ['r.sh', 'MY_TOKEN=hunter2 python n.py --secret hunter2\ndocker run -e A_KEY=hunter2 image --password hunter2\n'],
    ['.vscode/launch.json', '{"configurations": [{"name": "n", "program": "n.py", "args": ["--token", "hunter2"]}]}'],
  ])('of %s are kept by nobody', (path, text) => {
    const document = documentOf(path, text);
    expect(document.deployment?.units.length).toBeGreaterThan(0);
    expect(JSON.stringify(document)).not.toContain('hunter2');
  });

  test('what decides nothing secret stays readable', () => {
    const [unit] = unitsOf(
      'compose.yaml',
      'services:\n  r: {image: redis, command: redis-server --appendonly yes --requirepass x --save 60 1}\n',
    );
    expect(unit?.command?.text).toBe('redis-server --appendonly yes --requirepass *** --save 60 1');
  });
});
