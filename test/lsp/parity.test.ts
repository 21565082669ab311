/** The real server and the real command line say the same about a workspace in which everything that governs findings is used. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { checkReportSchema } from '#schemas/report/check.ts';
import { runCli } from '../sockets/cli/command.ts';
import { openClient, type TestClient } from './client.ts';
import { createProject, type Project } from './project.ts';

const projects: Project[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.dispose();
});

const index = readFileSync(fileURLToPath(new URL('../fixtures/git/index-v4', import.meta.url)));
const secret = 'q8Zr3vK1xW7mB5tN9cH2yL6pD4sF0gJA';
const node = (name: string, port: number, more = ''): string =>
  `from jarviscore import Mesh\n\n# jarviscore: ignore no-such-rule\nmesh = Mesh(config={"bind_port": ${port}, "node_name": "${name}"${more}})\n`;

/** Every kind of file, two project files, a baseline, comments that silence and comments that do not, a repository. */
const files: Readonly<Record<string, string | Uint8Array>> = {
  'jarviscore-fleet.json': `{
  // for everybody
  "target": "2.4.1",
  "profile": "production",
  "severities": { "unprefixed-p2p-var": "info", "prod-log-level": "off", "bool-stile": "off" },
  "ignores": ["examples/", { "paths": ["deploy/"], "rules": ["prod-storage-ephemeral"] }],
  "hosts": { "m1": { "processes": ["one"] }, "m2": { "files": ["b/"] }, "m3": { "processes": ["nobody"] } },
  "baseline": "accepted.json",
}
`,
  'accepted.json': JSON.stringify({
    schema: 1,
    findings: [{ rule: 'unprefixed-p2p-var', file: 'c/.env.worker', setting: 'JARVISCORE_BIND_PORT', count: 1 }],
  }),
  '.env': `BIND_PORT=7946\nSERPER_API_KEY=${secret}\nKEEPALIVE_ENABLED=on\n`,
  'a/one.py': node('one', 7946),
  'b/two.py': node('two', 7946, ', "seed_nodes": "127.0.0.1:7946"'),
  'c/.env.worker':
    'BIND_PORT=1\nBIND_PORT=2\n# jarviscore: ignore unprefixed-p2p-var\nBIND_HOST=x\n# jarviscore: ignore bool-style\nA=1\n',
  'examples/.env': 'BIND_PORT=1\n',
  'nested/jarviscore-fleet.json': '{ "target": "1.0.2", "severities": { "var-not-in-release": "hint" }, "wrong": 1 }\n',
  'nested/.env': 'JARVISCORE_TENANT=x\nBIND_PORT=5\n',
  'deploy/compose.yaml': `services:\n  n:\n    build: .\n    environment:\n      JARVISCORE_NODE_NAME: n\n      # jarviscore: ignore unprefixed-p2p-var\n      BIND_PORT: "1"\n      SEED_NODES: x\n`,
  'deploy/Dockerfile': `FROM python:3.12\nENV SERPER_API_KEY=${secret}\nRUN pip install jarviscore-framework\nCMD ["python", "one.py"]\n`,
  'deploy/node.service':
    '[Service]\nEnvironment=JARVISCORE_NODE_NAME=n\n; jarviscore: ignore unprefixed-p2p-var\nEnvironment=BIND_PORT=1\nExecStart=/usr/bin/python3 one.py\n',
  'deploy/k.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: n}\nspec:\n  template:\n    spec:\n      containers:\n        - name: n\n          image: app\n          env:\n            - {name: JARVISCORE_NODE_NAME, value: a}\n            - {name: BIND_PORT, value: "7946"}\n',
  'run.sh': 'export JARVISCORE_NODE_NAME=n\nexport BIND_PORT=1\npython a/one.py\n',
  '.vscode/launch.json':
    '{"configurations": [{"name": "n", "type": "debugpy", "program": "a/one.py", "env": {\n// jarviscore: ignore unprefixed-p2p-var\n"BIND_PORT": "1",\n"JARVISCORE_NODE_NAME": "n"}}]}\n',
  'requirements.txt': 'jarviscore==1.0.2\n',
  'bad.env': new Uint8Array([0x41, 0x3d, 0xff]),
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/index': index,
  '.gitignore': '*.log\n',
};

interface Line {
  readonly file: string;
  readonly rule: unknown;
  readonly severity: string;
  readonly message: unknown;
  readonly range: unknown;
  readonly related: readonly unknown[];
}

const severityNames = ['', 'error', 'warning', 'info', 'hint'];
const sorted = (lines: readonly Line[]): readonly string[] => lines.map((line) => JSON.stringify(line)).sort();

async function fromEditor(client: TestClient, root: Project): Promise<readonly string[]> {
  const name = (uri: string): string => decodeURIComponent(uri.slice(root.uri.length + 1));
  const { items } = await client.pullWorkspace();
  return sorted(
    items.flatMap((report) =>
      report.kind !== 'full'
        ? []
        : report.items.map(({ code, severity = 0, message, range, relatedInformation = [] }) => ({
            file: name(report.uri),
            rule: code,
            severity: severityNames[severity] ?? '',
            message,
            range,
            related: relatedInformation.map((one) => ({
              file: name(one.location.uri),
              range: one.location.range,
              message: one.message,
            })),
          })),
    ),
  );
}

async function fromCommandLine(root: Project, ...args: string[]): Promise<readonly string[]> {
  const { stdout, stderr } = await runCli(['check', ...(args.length === 0 ? ['.'] : args), '--format', 'json'], root.folder);
  if (stdout === '') throw new Error(stderr);
  const report = checkReportSchema.parse(JSON.parse(stdout));
  return sorted(
    report.findings.map(({ file, rule, severity, message, range, related }) => ({
      file,
      rule,
      severity,
      message,
      range,
      related,
    })),
  );
}

const rulesIn = (lines: readonly string[], file: string): string[] =>
  lines.flatMap((line) => {
    const parsed: Line = JSON.parse(line);
    return parsed.file === file ? [`${String(parsed.rule)} ${parsed.severity}`] : [];
  });

/** Settings of an editor that contradict the project file. */
const contrary = {
  target: '3.0.0',
  profile: 'development',
  severities: { 'unprefixed-p2p-var': 'off', 'var-not-in-release': 'off' },
};

test('suppression, baseline, severities, profile, release, ignores and hosts give the same findings in both', async () => {
  const project = createProject(files);
  projects.push(project);
  await using client = await openClient({ folders: [project.uri], server: 'bundle', settings: contrary });
  const editor = await fromEditor(client, project);
  const shell = await fromCommandLine(project);
  expect(editor).toEqual(shell);

  // Not because there is nothing to say.
  expect(shell.length).toBeGreaterThan(40);
  expect(rulesIn(shell, 'jarviscore-fleet.json')).toEqual(['fleet-file-no-match warning', 'fleet-file-unknown-rule warning']);
  expect(rulesIn(shell, '.env')).toContain('unprefixed-p2p-var info');
  expect(rulesIn(shell, '.env')).toContain('secret-committed error');
  expect(rulesIn(shell, 'c/.env.worker').filter((rule) => /unprefixed|suppression/.test(rule))).toEqual([
    'suppression-unused warning',
    'unprefixed-p2p-var info',
  ]);
  expect(rulesIn(shell, 'a/one.py')).toContain('suppression-unknown-rule warning');
  expect(rulesIn(shell, 'a/one.py').filter((rule) => rule.startsWith('port-collision-swim '))).toEqual([]);
  expect(rulesIn(shell, 'nested/.env')).toContain('var-not-in-release hint');
  expect(rulesIn(shell, 'nested/jarviscore-fleet.json')).toEqual(['fleet-file-unknown-key warning']);
  expect(rulesIn(shell, 'examples/.env')).toEqual([]);
  expect(rulesIn(shell, 'bad.env')).toEqual(['file-not-utf8 error']);
  expect(shell.join('\n')).not.toContain(secret);
  expect(rulesIn(shell, 'deploy/Dockerfile')).toContain('secret-in-dockerfile error');
  expect(shell.some((line) => line.includes('prod-log-level') || line.includes('examples/'))).toBe(false);
  expect(shell.some((line) => line.includes('prod-'))).toBe(true);
}, 120_000);

test('what changes on disk or in an open editor counts at once', async () => {
  const project = createProject(files);
  projects.push(project);
  await using client = await openClient({ folders: [project.uri], server: 'bundle', settings: contrary });
  const before = await fromEditor(client, project);

  project.write('jarviscore-fleet.json', '{"profile": "development", "baseline": "none.json", "ignores": ["nested/"]}');
  await client.filesChanged({ uri: project.uriOf('jarviscore-fleet.json'), type: 2 });
  const changed = await fromEditor(client, project);
  expect(changed).not.toEqual(before);
  // Of what the file leaves open the editor's settings decide; the command line has none.
  expect(rulesIn(changed, 'jarviscore-fleet.json')).toEqual(['fleet-file-baseline error']);
  expect(rulesIn(changed, 'nested/.env')).toEqual([]);

  project.write('none.json', '{"schema": 1, "findings": []}');
  await client.filesChanged({ uri: project.uriOf('none.json'), type: 1 });
  expect(rulesIn(await fromEditor(client, project), 'jarviscore-fleet.json')).toEqual([]);

  project.write('.gitignore', '.env\n');
  project.remove('.git/index');
  await client.filesChanged({ uri: project.uriOf('.gitignore'), type: 2 }, { uri: project.uriOf('.git/index'), type: 3 });
  expect(rulesIn(await fromEditor(client, project), '.env').join()).not.toContain('secret-committed');

  await client.open(project.uriOf('jarviscore-fleet.json'), '{"ignores": ["**"]}');
  expect(await fromEditor(client, project)).toEqual([]);
  await client.close(project.uriOf('jarviscore-fleet.json'));
  project.remove('jarviscore-fleet.json');
  project.remove('nested/jarviscore-fleet.json');
  await client.filesChanged(
    { uri: project.uriOf('jarviscore-fleet.json'), type: 3 },
    { uri: project.uriOf('nested/jarviscore-fleet.json'), type: 3 },
  );
  client.settings = {};
  await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  const plain = await fromCommandLine(project);
  await client.until(
    'the findings of the command line',
    async () => JSON.stringify(await fromEditor(client, project)) === JSON.stringify(plain),
  );
}, 120_000);

test('folders of a workspace are what paths are on the command line', async () => {
  const inner = Object.fromEntries(
    Object.entries(files).flatMap(([name, text]) => [
      [`x/${name}`, text],
      [`y/${name}`, text],
    ]),
  );
  const project = createProject({ ...inner, 'y/jarviscore-fleet.json': '{"profile": "production", "target": "3.0.0"}' });
  projects.push(project);
  await using client = await openClient({ folders: [project.uriOf('x'), project.uriOf('y')], server: 'bundle', settings: {} });
  expect(await fromEditor(client, project)).toEqual(await fromCommandLine(project, 'x', 'y'));
}, 120_000);
