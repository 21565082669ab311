// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, test } from 'vitest';
import { kindOf } from '#server/config/readers/kind.ts';
import { check } from '#server/config/rules/engine.ts';
import { declarations } from '#server/fleet/declared.ts';
import { modelOf, uriOf } from '../rules/workspace.ts';
import { at, documentOf, unitsOf, winner } from './deploymentFiles.ts';

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
