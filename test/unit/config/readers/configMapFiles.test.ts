// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
/** ConfigMaps whose entries are env files, mounted where a program reads them. */
import { describe, expect, it } from 'vitest';
import { applyEdits } from '#server/report/edits.ts';
import { findingsOf } from '../../rules/workspace.ts';
import { effective, processOf } from './processes.ts';

const map = (entry: string, ...lines: readonly string[]): string =>
  [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata: {name: settings}',
    'data:',
    `  ${entry}: |`,
    ...lines.map((l) => `    ${l}`),
    '',
  ].join('\n');

const workload = (mount: string, volume = 'configMap: {name: settings}', more = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: worker}
spec:
  template:
    spec:
      containers:
        - name: worker
          image: acme/worker
          command: [python, node.py]
${more}          volumeMounts:
            - {name: files, ${mount}}
      volumes:
        - name: files
          ${volume}
`;

const node = 'from jarviscore import Mesh\nmesh = Mesh(config={"p2p_enabled": True})\n';
const port = (files: Record<string, string>) => effective(processOf(files, 'worker'), 'JARVISCORE_BIND_PORT');
const given = {
  'map.yaml': map('.env', '# of the worker', 'JARVISCORE_BIND_PORT=7951', '', 'export LLM_TIMEOUT=60'),
  'node.py': node,
};
const absent = '7946 (default)';

describe('a .env from a ConfigMap', () => {
  it.each<[string, string, string]>([
    ['into the folder the program starts in', 'mountPath: /app', '          workingDir: /app\n'],
    ['as one file', 'mountPath: /app/.env, subPath: .env', '          workingDir: /app/\n'],
    ['where nothing says in which folder the program starts', 'mountPath: /srv/worker', ''],
  ])('is read when it is mounted %s', (_what, mount, more) => {
    expect(port({ ...given, 'worker.yaml': workload(mount, undefined, more) })).toBe('7951 (map.yaml:7)');
  });

  it.each<[string, string, string, string]>([
    ['another folder', 'mountPath: /etc/app', 'configMap: {name: settings}', '          workingDir: /app\n'],
    [
      'a name that no reader looks for',
      'mountPath: /app',
      'configMap: {name: settings, items: [{key: .env, path: app.conf}]}',
      '',
    ],
    ['another entry', 'mountPath: /app/.env, subPath: other', 'configMap: {name: settings}', ''],
    ['another ConfigMap', 'mountPath: /app', 'configMap: {name: others}', ''],
  ])('is not read from %s', (_what, mount, volume, more) => {
    const files = {
      ...given,
      'worker.yaml': workload(mount, volume, `${more}          env: [{name: P2P_ENABLED, value: "true"}]\n`),
    };
    expect(port(files)).toBe(absent);
  });

  it('has the name that the volume gives it', () => {
    const files = { ...given, 'map.yaml': map('worker.env', 'JARVISCORE_BIND_PORT=7951') };
    const items = 'configMap: {name: settings, items: [{key: worker.env, path: .env}]}';
    expect(port({ ...files, 'worker.yaml': workload('mountPath: /app', items) })).toBe('7951 (map.yaml:6)');
    const projected = 'projected: {sources: [{configMap: {name: settings, items: [{key: worker.env, path: .env}]}}]}';
    expect(port({ ...files, 'worker.yaml': workload('mountPath: /app', projected) })).toBe('7951 (map.yaml:6)');
  });

  it('is read where load_dotenv() names it', () => {
    const files = { ...given, 'map.yaml': map('worker.env', 'JARVISCORE_BIND_PORT=7951') };
    const program = (path: string) => `from dotenv import load_dotenv\nload_dotenv("${path}")\n${node}`;
    const run = (path: string) => port({ ...files, 'node.py': program(path), 'worker.yaml': workload('mountPath: /etc/worker') });
    expect(run('/etc/worker/worker.env')).toBe('7951 (map.yaml:6)');
    expect(run('/etc/other/worker.env')).toBe(absent);
  });

  it('stands below what the container itself is given', () => {
    const env = '          env: [{name: JARVISCORE_BIND_PORT, value: "7999"}]\n';
    expect(port({ ...given, 'worker.yaml': workload('mountPath: /app', undefined, env) })).toBe('7999 (worker.yaml:11)');
  });

  it('may be a file that kustomize puts into the ConfigMap', () => {
    const files = {
      'kustomization.yaml': 'kind: Kustomization\nconfigMapGenerator:\n  - name: settings\n    files: [.env=files/worker.env]\n',
      'files/worker.env': 'JARVISCORE_BIND_PORT=7951\n',
      'node.py': node,
      'worker.yaml': workload('mountPath: /app'),
    };
    expect(port(files)).toBe('7951 (files/worker.env:1)');
  });

  it('has no places of its own in a quoted text, and is read all the same', () => {
    const quoted =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {.env: "A=1\\nJARVISCORE_BIND_PORT=7951\\n"}\n';
    expect(port({ ...given, 'map.yaml': quoted, 'worker.yaml': workload('mountPath: /app') })).toBe('7951 (map.yaml:4)');
  });
});

describe('mistakes in it', () => {
  const fixedMap = (text: string, rule: string): string => {
    const files = { 'map.yaml': text, 'node.py': node, 'worker.yaml': workload('mountPath: /app') };
    const [finding] = findingsOf(files, { target: '3.0.0' }).filter((one) => one.rule === rule);
    expect(finding?.uri.endsWith('map.yaml')).toBe(true);
    const result = applyEdits(text, finding?.fixes[0]?.edits ?? []);
    expect(findingsOf({ ...files, 'map.yaml': result }, { target: '3.0.0' }).filter((one) => one.rule === rule)).toEqual([]);
    return result;
  };

  it('are found at their lines and mended there, as python-dotenv writes it', () => {
    expect(fixedMap(map('.env', 'BIND_PORT=7951', 'P2P_ENABLED=true'), 'unprefixed-p2p-var')).toBe(
      map('.env', 'JARVISCORE_BIND_PORT=7951', 'P2P_ENABLED=true'),
    );
    expect(fixedMap(map('.env', 'P2P_ENABLED=true', 'HITL_ENABLED=enabled'), 'invalid-bool')).toBe(
      map('.env', 'P2P_ENABLED=true', 'HITL_ENABLED=true'),
    );
    expect(fixedMap(map('.env', 'P2P_ENABLED=true', 'KEEPALIVE_INTERVAL: 60'), 'dotenv-colon')).toBe(
      map('.env', 'P2P_ENABLED=true', 'KEEPALIVE_INTERVAL=60'),
    );
  });

  it('are secrets in clear text, whatever else it holds', () => {
    const at = (...lines: readonly string[]) =>
      findingsOf({ 'map.yaml': map('.env', ...lines) }, { target: '3.0.0' })
        .filter(({ rule }) => rule === 'k8s-plain-secret')
        .map(({ range }) => range.start.line);
    expect(at('TITLE=a', 'SERPER_API_KEY=q8Zr3vK1xW7mB5tN9cH2yL6pD4sF0gJA')).toEqual([6]);
    expect(at('TITLE=a', 'SERPER_API_KEY=')).toEqual([]);
    expect(at('SERPER_API_KEY=${SERPER_API_KEY}')).toEqual([]);
  });

  it('are silenced by a comment inside', () => {
    const text = (comment: string) => ({ 'map.yaml': map('.env', comment, 'BIND_PORT=7951', 'P2P_ENABLED=true') });
    const rules = (comment: string) => findingsOf(text(comment), { target: '3.0.0' }).map(({ rule }) => rule);
    expect(rules('# port')).toContain('unprefixed-p2p-var');
    expect(rules('# jarviscore: ignore unprefixed-p2p-var')).not.toContain('unprefixed-p2p-var');
  });

  it('are nobody’s in an entry that is no env file', () => {
    expect(findingsOf({ 'map.yaml': map('notes.txt', 'BIND_PORT=7951', 'JARVISCORE_X=1') }, { target: '3.0.0' })).toEqual([]);
  });
});
