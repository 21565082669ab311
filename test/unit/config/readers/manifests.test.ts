import { describe, expect, test } from 'vitest';
import { modelOf, uriOf } from '../../rules/workspace.ts';
import { chain, effective, processesOf, processOf } from './processes.ts';

const workload = (name: string, container: string, kind = 'Deployment'): string =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:\n  template:\n    spec:\n      containers:\n        - name: agent\n          command: [python, node.py]\n${container}`;

const configMap =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fleet}\ndata:\n  port: "7950"\n  BIND_HOST: 10.0.0.1\n  token: hunter2\n';

describe('values of ConfigMaps and Secrets', () => {
  const files = {
    'k8s/app.yaml': workload(
      'a',
      `          env:
            - name: JARVISCORE_BIND_PORT
              valueFrom: {configMapKeyRef: {name: fleet, key: port}}
            - name: CLAUDE_API_KEY
              valueFrom: {configMapKeyRef: {name: fleet, key: token}}
            - name: NEXUS_SECRET
              valueFrom: {secretKeyRef: {name: s, key: k}}
            - name: ZMQ_PORT_OFFSET
              valueFrom: {configMapKeyRef: {name: gone, key: x, optional: true}}
          envFrom:
            - prefix: JARVISCORE_
              configMapRef: {name: fleet}
`,
    ),
    'k8s/fleet.yaml': configMap,
    'k8s/secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {k: hunter2}\n',
  };

  test('are those of the container that takes them in, by the name it gives them', () => {
    const process = processOf(files, 'a');
    expect(process.ports.swim).toBe(7950);
    expect(effective(process, 'JARVISCORE_BIND_HOST')).toBe('10.0.0.1 (k8s/fleet.yaml:6)');
    expect(effective(process, 'CLAUDE_API_KEY')).toMatch(/^<set>/);
    expect(effective(process, 'NEXUS_SECRET')).toMatch(/^<unknown>/);
    expect(effective(process, 'ZMQ_PORT_OFFSET')).toMatch(/^<unknown>/);
  });

  test('stay secret', () => {
    const model = modelOf(files);
    expect(JSON.stringify([...model.documents.values()])).not.toContain('hunter2');
    expect(JSON.stringify(model.processes.map((process) => [...process.settings]))).not.toContain('hunter2');
  });
});

describe('kustomize', () => {
  const base = workload('a', '          envFrom: [{configMapRef: {name: fleet}}]\n');
  const kustomization =
    'resources: [app.yaml]\nconfigMapGenerator:\n  - name: fleet\n    literals:\n      - JARVISCORE_BIND_PORT=7950\n      - "JARVISCORE_NODE_NAME=\'n\'"\n    envs: [fleet.env]\n';

  test('generates ConfigMaps of literals and env files', () => {
    const files = {
      'app.yaml': base,
      'kustomization.yaml': kustomization,
      'fleet.env': 'ZMQ_PORT_OFFSET=5 # x\nJARVISCORE_BIND_HOST=10.1.1.1\n',
    };
    const process = processOf(files, 'a');
    expect(effective(process, 'JARVISCORE_BIND_PORT')).toBe('7950 (kustomization.yaml:5)');
    expect(effective(process, 'JARVISCORE_NODE_NAME')).toBe('n (kustomization.yaml:6)');
    expect(effective(process, 'JARVISCORE_BIND_HOST')).toBe('10.1.1.1 (fleet.env:2)');
    const [reader] = modelOf(files).envFileReaders.get(uriOf('fleet.env')) ?? [];
    expect(reader).toMatchObject({ dialect: 'docker', program: 'kustomize' });
  });

  const patch = (port: number): string => workload('a', `          env: [{name: JARVISCORE_BIND_PORT, value: "${port}"}]\n`);

  test('a patch is laid over its workload; patches of two overlays are its stages', () => {
    const one = {
      'base/app.yaml': workload('a', '          env: [{name: JARVISCORE_BIND_PORT, value: "1"}]\n'),
      'prod/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../base]\npatches: [{path: patch.yaml}]\n',
      'prod/patch.yaml': patch(2),
    };
    expect(Object.keys(processesOf(one))).toEqual(['a']);
    expect(chain(processOf(one, 'a'), 'JARVISCORE_BIND_PORT').slice(0, 2)).toEqual([
      '2 (prod/patch.yaml:10)',
      '1 (base/app.yaml:10)',
    ]);
    const two = {
      ...one,
      'dev/kustomization.yaml': 'resources: [../base]\npatchesStrategicMerge: [patch.yaml]\n',
      'dev/patch.yaml': patch(3),
    };
    expect(Object.keys(processesOf(two))).toEqual(['a']);
    expect(processOf(two, 'a').ports.swim).toBe(1);
  });
});

test('a Helm template is left alone, with the reason', () => {
  const text = workload(
    '{{ .Release.Name }}',
    '          env:\n            - name: JARVISCORE_BIND_PORT\n              value: {{ .Values.port | quote }}\n',
  );
  const model = modelOf({ 'chart/templates/app.yaml': text });
  expect(model.processes).toEqual([]);
  const [document] = model.documents.values();
  expect(document?.assignments).toEqual([]);
  expect(document?.marks).toMatchObject([{ name: 'not-read', value: expect.stringContaining('helm') }]);
  const argo = workload(
    'a',
    '          env: [{name: JARVISCORE_NODE_NAME, value: "{{inputs.name}}"}, {name: JARVISCORE_BIND_PORT, value: "7950"}]\n',
  );
  expect(processOf({ 'argo.yaml': argo }, 'a').ports.swim).toBe(7950);
});
