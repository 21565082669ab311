/** What a workspace finds after any edits is what it would find if it saw the result for the first time. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '#server/config/model/types.ts';
import { Workspace } from '#server/workspace/workspace.ts';

const root = 'file:///project';
const port = fc.integer({ min: 7946, max: 7952 });
const oneOf = (...words: readonly string[]) => fc.constantFrom(...words);

const envLine = fc.oneof(
  port.map((value) => `JARVISCORE_BIND_PORT=${value}`),
  port.map((value) => `JARVISCORE_SEED_NODES=127.0.0.1:${value}`),
  oneOf('a', 'b').map((name) => `JARVISCORE_NODE_NAME=${name}`),
  oneOf(
    ...['P2P_ENABLED=true', 'KEEPALIVE_INTERVAL=9o', 'LOG_LEVEL=debg', 'NEXUS_SECRET=short', 'REDIS_URL=redis://cache:6379'],
    ...['EXECUTION_TIMEOUT=300', 'KERNEL_MAX_TOTAL_TOKENS=5', 'PROMETHEUS_ENABLED=true', 'PROMETHEUS_PORT=7946', 'P2P_ENABLD=1'],
    ...['CLAUDE_API_KEY=sk-ant-0123456789abcdef0123456789abcdef', 'A="open', `B=\${JARVISCORE_NODE_NAME}`, 'C', '', '# text'],
    ...['# jarviscore: ignore invalid-int', 'JARVISCORE_BIND_HOST=0.0.0.0', 'PYTHON_DOTENV_DISABLED=1', 'BIND_PORT=7000'],
  ),
);
const env = fc.array(envLine, { maxLength: 6 }).map((lines) => `${lines.join('\n')}\n`);

const meshEntry = fc.oneof(
  port.map((value) => `"bind_port": ${value}`),
  port.map((value) => `"seed_nodes": "127.0.0.1:${value}"`),
  oneOf(
    '"node_name": "a"',
    '"p2p_enabled": True',
    '"log_level": "INFO"',
    '**other()',
    '"execution_timeout": 5',
    '"nexus_secret": "x"',
  ),
);
const mesh = fc.array(meshEntry, { maxLength: 4 }).map((entries) => `config={${entries.join(', ')}}`);
const python = fc
  .tuple(
    oneOf('Mesh', 'join_mesh', 'JarvisLifespan'),
    mesh,
    oneOf('', 'load_dotenv()\n', 'import os\nos.environ["LOG_LEVEL"] = "INFO"\n', 'requires_auth = True\n'),
  )
  .map(([call, config, before]) => `from jarviscore import ${call}\n${before}x = ${call}(${config})\n`);

const compose = fc
  .tuple(env, oneOf('env_file: a/.env', 'env_file: .env', 'network_mode: host', 'build: a', 'ports: ["7946:7946"]'), port)
  .map(
    ([, more, value]) =>
      `services:\n  node:\n    command: python a/app.py\n    environment:\n      JARVISCORE_BIND_PORT: ${value}\n    ${more}\n`,
  );
const unit = oneOf('a/.env', '/etc/fleet/.env', '-x.env').map(
  (file) => `[Service]\nExecStart=/usr/bin/python app.py\nEnvironmentFile=${file}\nEnvironment=LOG_LEVEL=INFO\n`,
);
const manifest = port.map(
  (value) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: node}\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n        image: jarviscore\n        command: [python, a/app.py]\n        env:\n        - {name: JARVISCORE_BIND_PORT, value: "${value}"}\n`,
);
const dockerfile = oneOf('2.4.1', '1.0.2', '3.0.0').map(
  (release) =>
    `FROM python:3.12\nRUN pip install jarviscore-framework==${release}\nENV LOG_LEVEL=INFO\nCMD ["python", "app.py"]\n`,
);
const requirements = oneOf('jarviscore-framework==1.5.1\n', 'jarviscore-framework[p2p]>=1.1\n', 'jarviscore==1.0.2\n', '');
const shell = env.map((text) => `${text.replaceAll('"', '')}JARVISCORE_BIND_PORT=7949 python a/app.py\n`);
const launch = port.map(
  (value) => `{"configurations":[{"type":"debugpy","program":"a/app.py","env":{"JARVISCORE_BIND_PORT":"${value}"}}]}`,
);
const settings = oneOf('{}', '{"profile": "production"}', '{"severities": {"invalid-int": "off"}}', '{"target": "1.5.1"}', '{');

/** Every kind of file, several of those that matter most. */
const texts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  '.env': env,
  'a/.env': env,
  'b/.env': env,
  'b/.env.production': env,
  'b/.env.example': env,
  'a/app.py': python,
  'b/app.py': python,
  'b/other.py': python,
  'compose.yaml': compose,
  'a/node.service': unit,
  'k8s/node.yaml': manifest,
  'a/Dockerfile': dockerfile,
  'requirements.txt': requirements,
  'run.sh': shell,
  '.vscode/launch.json': launch,
  'jarviscore-fleet.json': settings,
};
/** A new text, null to delete the file, or a change of the one that is there, as a person types it. */
type Edit = { readonly name: string; readonly make: (before: string | undefined) => string | null };

const typed = fc.record({ line: fc.nat({ max: 8 }), text: envLine, kind: oneOf('insert', 'remove', 'digit', 'letter') });

function changed(before: string, { line, text, kind }: { line: number; text: string; kind: string }): string {
  const lines = before.split('\n');
  if (kind === 'insert') lines.splice(Math.min(line, lines.length), 0, text.startsWith('#') ? text : '');
  else if (kind === 'remove') lines.splice(Math.min(line, lines.length - 1), 1);
  else if (kind === 'digit') return before.replace(/79(4\d)(?=\D*$)/, (_, end: string) => `79${(Number(end) + 1) % 100}`);
  else return before.replace(/_([A-Z]|[a-z])/, '$1');
  return lines.join('\n');
}

const edit: fc.Arbitrary<Edit> = fc.constantFrom(...Object.keys(texts)).chain((name) => {
  const text = texts[name] ?? env;
  const make: fc.Arbitrary<Edit['make']> = fc.oneof(
    { weight: 5, arbitrary: text.map((one) => () => one) },
    { weight: 1, arbitrary: fc.constant(() => null) },
    {
      weight: 5,
      arbitrary: fc.tuple(text, typed).map(
        ([other, how]) =>
          (before: string | undefined) =>
            before === undefined ? other : changed(before, how),
      ),
    },
  );
  return fc.record({ name: fc.constant(name), make });
});

function emptyWorkspace(): Workspace {
  const workspace = new Workspace({ epoch: 'test', log: (_level, text) => expect.fail(text) });
  workspace.setFolders([root]);
  return workspace;
}

/** Equality classes and result ids differ from one workspace to the other. */
function found(workspace: Workspace): readonly (readonly [string, readonly Finding[]])[] {
  return [...workspace.allFindings()]
    .flatMap(([uri, { findings }]) => (findings.length === 0 ? [] : [[uri, findings] as const]))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

test('findings after every edit are those of the texts as they are then', { timeout: 240_000 }, () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(edit, fc.boolean()), { minLength: 2, maxLength: 14 }), (edits) => {
      const workspace = emptyWorkspace();
      const current = new Map<string, string>();
      edits.forEach(([{ name, make }, looksAt], version) => {
        const uri = `${root}/${name}`;
        const text = make(current.get(uri));
        if (text === null) {
          current.delete(uri);
          workspace.closeEditor(uri);
        } else {
          current.set(uri, text);
          workspace.setEditor(uri, version + 1, text);
        }
        // Whether somebody looks between two edits must not matter either.
        if (!looksAt && version < edits.length - 1) return;
        const before = new Map([...workspace.allFindings()].map(([one, { resultId }]) => [one, resultId]));
        expect(workspace.refresh().size).toBe(0);
        expect(new Map([...workspace.allFindings()].map(([one, { resultId }]) => [one, resultId]))).toEqual(before);
        const fresh = emptyWorkspace();
        // In the order in which the edited workspace knows them: which of two equal nodes is named first follows it.
        for (const [one, content] of order(workspace, current)) fresh.setEditor(one, 1, content);
        expect(found(workspace)).toEqual(found(fresh));
      });
    }),
    { numRuns: 150 },
  );
});

function order(workspace: Workspace, current: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  const known = workspace.models().flatMap((model) => [...model.documents.keys()]);
  const rank = new Map(known.map((uri, index) => [uri, index]));
  return [...current].sort(([a], [b]) => (rank.get(a) ?? -1) - (rank.get(b) ?? -1));
}
