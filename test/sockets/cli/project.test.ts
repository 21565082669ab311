/** `jarviscore-fleet.json` on the command line: every command that judges, and what wins over it. */
import { afterEach, expect, test } from 'vitest';
import { checkReportSchema } from '#schemas/report/check.ts';
import { createProject, type Project } from '../../lsp/project.ts';
import { sarifErrors } from '../../unit/report/sarifSchema.ts';
import { runCli } from './command.ts';

const projects: Project[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.dispose();
});
function project(files: Readonly<Record<string, string>>): Project {
  const created = createProject(files);
  projects.push(created);
  return created;
}

const governing =
  '{"target": "1.0.2", "profile": "production", "severities": {"var-not-in-release": "error"}, "ignores": ["old/"]}';
const files = { 'jarviscore-fleet.json': governing, 'a/.env.w': 'JARVISCORE_TENANT=x\n', 'old/.env.w': 'BIND_PORT=1\n' };

async function rules(folder: string, ...args: string[]): Promise<readonly string[]> {
  const { stdout, stderr } = await runCli(['check', ...args, '--format', 'json'], folder);
  if (stdout === '') throw new Error(stderr);
  return checkReportSchema.parse(JSON.parse(stdout)).findings.map(({ file, rule, severity }) => `${file} ${rule} ${severity}`);
}

test('check: the file counts up to the working directory, and options win over it', async () => {
  const { folder, path } = project(files);
  for (const paths of [['.'], ['a'], ['a/.env.w']]) {
    expect(await rules(folder, ...paths)).toContain('a/.env.w var-not-in-release error');
    expect((await rules(folder, ...paths)).some((line) => line.includes('prod-'))).toBe(true);
  }
  expect(await rules(path('a'), '.')).not.toContain('.env.w var-not-in-release error');
  expect(await rules(folder, '.', '--target', '3.0.0')).not.toContain('a/.env.w var-not-in-release error');
  expect((await rules(folder, '.', '--profile', 'development')).some((line) => line.includes('prod-'))).toBe(false);
  // From elsewhere a folder is judged by what lies in it.
  const elsewhere = project({}).folder;
  expect((await rules(elsewhere, path('a'))).join()).not.toContain('var-not-in-release');
  expect((await rules(elsewhere, path('.'))).join()).toContain('a/.env.w var-not-in-release error');
});

test('check: a named file that is left out is said to be', async () => {
  const { folder } = project(files);
  const { stdout, stderr, status } = await runCli(['check', 'old/.env.w'], folder);
  expect(stderr).toContain('old/.env.w is left out by jarviscore-fleet.json');
  expect(stdout).toContain('nothing found');
  expect(status).toBe(0);
});

test('check: a baseline is written past the one that counts, which then accepts everything', async () => {
  const created = project({ ...files, 'jarviscore-fleet.json': '{"baseline": "accepted.json", "profile": "production"}' });
  const before = await rules(created.folder, '.');
  expect(before).toContain('jarviscore-fleet.json fleet-file-baseline error');
  for (let round = 0; round < 2; round++) {
    const { stderr } = await runCli(['check', '.', '--write-baseline', 'accepted.json'], created.folder);
    expect(stderr).toContain(`accepted.json: ${before.length - 1} findings accepted.`);
    expect(await rules(created.folder, '.')).toEqual([]);
  }
  created.write('a/.env.w', 'JARVISCORE_TENANT=x\nBIND_PORT=1\n');
  expect(await rules(created.folder, '.')).toEqual(['a/.env.w unprefixed-p2p-var error']);
  created.write('none.json', '{"schema": 1, "findings": []}');
  expect(await rules(created.folder, '.', '--baseline', 'none.json')).toHaveLength(before.length);
});

test('env effective, readiness and explain take the release from it', async () => {
  const { folder } = project({ ...files, 'a/.env': 'JARVISCORE_TENANT=x\n' });
  const effective = async (...args: string[]) => JSON.parse((await runCli(['env', 'effective', 'a', ...args], folder)).stdout);
  const [process] = (await effective()).processes;
  expect(Object.keys(process.settings)).not.toContain('CONTROL_MODE');
  expect(Object.keys((await effective('--target', '3.0.0')).processes[0].settings)).toContain('CONTROL_MODE');

  const readiness = async (...args: string[]) =>
    JSON.parse((await runCli(['readiness', '.', '--format', 'json', ...args], folder)).stdout);
  const gateway = (items: { item: string; status: string }[]) => items.find(({ item }) => item === 'P2')?.status;
  expect(gateway(await readiness())).toBe('not-applicable');
  expect(gateway(await readiness('--target', '3.0.0'))).toBe('fail');

  const setting = await runCli(['explain', 'CONTROL_MODE'], folder);
  expect(setting.stdout).toContain('Release 1.0.2 does not know it');
  const rule = await runCli(['explain', 'var-not-in-release'], folder);
  expect(rule.stdout).toContain('Here: always error (jarviscore-fleet.json)');
});

test('explain knows the rules about files, the project file and suppressions', async () => {
  const { folder } = project({});
  for (const id of [
    'file-unreadable',
    'file-not-utf8',
    'file-too-large',
    'fleet-file-value',
    'suppression-unused',
    'secret-committed',
  ]) {
    const { stdout, status } = await runCli(['explain', id], folder);
    expect(status).toBe(0);
    expect(stdout, id).toContain('## Why');
  }
});

test('a run with more findings than code scanning takes is cut, valid, and says so', async () => {
  const lines = Array.from({ length: 26_000 }, (_, index) => `JARVISCORE_NO_SUCH_NAME_${index}=x`).join('\n');
  const { folder } = project({ '.env.w': `${lines}\nBIND_PORT=1\n` });
  const { stdout, stderr, status } = await runCli(['check', '.', '--format', 'sarif'], folder);
  const log = JSON.parse(stdout);
  expect(sarifErrors(log)).toEqual([]);
  expect(log.runs[0].results).toHaveLength(25_000);
  expect(log.runs[0].results.at(-1)).toMatchObject({ ruleId: 'unprefixed-p2p-var', level: 'error' });
  expect(stderr).toMatch(/^\d+ of \d+ findings were left out, the least grave ones/m);
  expect(log.runs[0].invocations[0].toolExecutionNotifications[0].message.text).toContain('were left out');
  expect(status).toBe(1);
});

test('the log of a real run is valid SARIF', async () => {
  const { folder } = project({
    'a/.env.w': 'BIND_PORT=1\nKEEPALIVE_ENABLED=on\nSEED_NODES=x\n',
    'b/app.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7946, "node_name": "a"})\n',
    'c/app.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 8946, "node_name": "b"})\n',
  });
  const { stdout } = await runCli(['check', '.', '--format', 'sarif'], folder);
  const log = JSON.parse(stdout);
  expect(sarifErrors(log)).toEqual([]);
  expect(log.runs[0].results.length).toBeGreaterThan(5);
  expect(log.runs[0].results.some((result: object) => 'relatedLocations' in result)).toBe(true);
});
