/** One secret in every kind of file; every output of the command line searched for it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCli } from './command.ts';

const canary = 'CANARY-99zz-do-not-tell';
const folder = mkdtempSync(join(tmpdir(), 'canary-'));

const files: Readonly<Record<string, string>> = {
  '.env': `NEXUS_SECRET=${canary}\nMY_OWN=${canary}\nREDIS_URL=redis://u:${canary}@localhost:6379/0\nGEMINI_API_KEY="${canary}\n`,
  'node.py': `from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7946, "claude_api_key": "${canary}"})\n`,
  'requirements.txt': 'jarviscore-framework[p2p]==3.0.0\n',
  'docker-compose.yml': `services:
  first:
    image: python
    command: python node.py --token ${canary}
    environment:
      JARVISCORE_BIND_PORT: "7946"
      NEXUS_SECRET: ${canary}
      REDIS_URL: redis://u:${canary}@localhost:6379/0
    ports: ["7946:7946"]
  second:
    image: python
    environment:
      - JARVISCORE_BIND_PORT=7946
      - CLAUDE_API_KEY=${canary}
`,
  Dockerfile: `FROM python:3.11\nENV NEXUS_SECRET=${canary} JARVISCORE_BIND_PORT=7946\nARG CLAUDE_API_KEY=${canary}\n`,
  'start.sh': `export CLAUDE_API_KEY=${canary}\nNEXUS_SECRET=${canary} BIND_PORT=79460 python -m jarviscore.cli --key ${canary}\n`,
  'agent.service': `[Service]\nEnvironment=NEXUS_SECRET=${canary} JARVISCORE_BIND_PORT=abc\nExecStart=/usr/bin/python node.py --secret ${canary}\n`,
  'manifest.yaml': `apiVersion: v1
kind: Secret
metadata: {name: keys}
stringData:
  NEXUS_SECRET: ${canary}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: agents}
spec:
  template:
    spec:
      containers:
        - name: agent
          image: agents
          env:
            - {name: CLAUDE_API_KEY, value: ${canary}}
            - {name: JARVISCORE_BIND_PORT, value: "abc"}
`,
  '.vscode/launch.json': `{"configurations":[{"name":"n","type":"debugpy","program":"node.py","env":{"NEXUS_SECRET":"${canary}","JARVISCORE_BIND_PORT":"abc"}}]}\n`,
};
for (const [name, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const commands: readonly (readonly string[])[] = [
  ...['text', 'json', 'github', 'sarif', 'markdown'].map((format) => [
    'check',
    '.',
    '--profile',
    'production',
    '--format',
    format,
  ]),
  ['check', '.', '--unsafe-fixes', '--dry-run'],
  ['env', 'effective', '.', '--format', 'json'],
  ['env', 'effective', '.', '--format', 'text'],
  ['readiness', '.'],
  ['readiness', '.', '--format', 'json'],
  ['explain', 'NEXUS_SECRET'],
  ['doctor', '.', '--timeout', '0.2'],
  ['doctor', '.', '--timeout', '0.2', '--format', 'json'],
  ['run', '.', '--process', 'agent', '--dry-run'],
];

test.each(commands.map((args) => ({ args, command: args.join(' ') })))('$command tells no secret', async ({ args }) => {
  const { stdout, stderr } = await runCli(args, folder);
  expect(stdout.length + stderr.length).toBeGreaterThan(100);
  expect(stdout + stderr).not.toContain(canary);
});

test('every kind of file has a finding, so none was passed over', async () => {
  const { stdout } = await runCli(['check', '.', '--profile', 'production', '--format', 'json'], folder);
  const { findings } = JSON.parse(stdout) as { findings: { file: string }[] };
  const silent = Object.keys(files).filter((name) => name !== 'requirements.txt' && !findings.some(({ file }) => file === name));
  expect(silent).toEqual([]);
});
