import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { checkReportSchema } from '#schemas/report/check.ts';
import { createProject, type Project } from '../../lsp/project.ts';
import { runCli } from './command.ts';

const readinessSchema = z.array(
  z.strictObject({
    item: z.string(),
    status: z.enum(['pass', 'fail', 'not-applicable', 'manual']),
    evidence: z.array(z.strictObject({ file: z.string(), line: z.int().positive() })),
    message: z.string().min(1),
    remedy: z.string().nullable(),
  }),
);

let files: Project;
beforeEach(() => {
  files = createProject({
    '.env': 'BIND_PORT=7946\nCLAUDE_API_KEY=CANARY-11d9-do-not-print\n',
    'a/app.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 7946, "node_name": "a"})\n',
    'b/app.py': 'from jarviscore import Mesh\nmesh = Mesh(config={"bind_port": 8946, "node_name": "b"})\n',
  });
});
afterEach(() => files.dispose());

async function check(...args: string[]) {
  const { status, stdout, stderr } = await runCli(['check', ...args, '--format', 'json'], files.folder);
  return { status, stderr, report: checkReportSchema.strict().parse(JSON.parse(stdout)) };
}

test('JSON is one document in the contract shape, and errors give exit 1', async () => {
  const { status, report } = await check('.');
  expect(status).toBe(1);
  expect(report.findings).toContainEqual(
    expect.objectContaining({
      rule: 'unprefixed-p2p-var',
      severity: 'error',
      file: '.env',
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 9 } },
      setting: 'JARVISCORE_BIND_PORT',
    }),
  );
  const collision = report.findings.filter((finding) => finding.rule === 'port-collision-swim-zmq');
  expect(collision.map(({ file, related }) => [file, related[0]?.file])).toEqual([
    ['a/app.py', 'b/app.py'],
    ['b/app.py', 'a/app.py'],
  ]);
  expect(report.summary.files).toBe(3);
  expect(report.summary.error).toBe(report.findings.filter((finding) => finding.severity === 'error').length);
});

test('text shows the line, the mark and the summary; no secret is in any format', async () => {
  const outcome = await runCli(['check', '.'], files.folder);
  expect(outcome.status).toBe(1);
  expect(outcome.stdout).toContain('.env:1:1 error');
  expect(outcome.stdout).toContain('  1 | BIND_PORT=7946\n    | ^^^^^^^^^');
  expect(outcome.stdout).toMatch(/3 files checked: \d+ errors/);
  for (const format of ['text', 'json', 'github', 'sarif', 'markdown']) {
    const { stdout, stderr } = await runCli(['check', '.', '--format', format, '--profile', 'production'], files.folder);
    expect(stdout.length).toBeGreaterThan(100);
    expect(stdout + stderr).not.toContain('CANARY-11d9');
  }
});

test('GitHub annotations name file and line', async () => {
  const { stdout, status } = await runCli(['check', '.', '--format', 'github'], files.folder);
  expect(stdout).toMatch(/^::error file=\.env,line=1,endLine=1,col=1,endColumn=9,title=unprefixed-p2p-var::/m);
  expect(status).toBe(1);
});

test('--fail-on decides the exit status', async () => {
  files.write('c/.env', 'HITL_ENABLED=true\n');
  expect((await check('c')).status).toBe(0);
  expect((await check('c', '--fail-on', 'hint')).status).toBe((await check('c')).report.findings.length > 0 ? 1 : 0);
});

test('--unsafe-fixes renames, a second run changes nothing, --dry-run writes nothing', async () => {
  const before = readFileSync(files.path('.env'), 'utf8');
  const dry = await runCli(['check', '.env', '--unsafe-fixes', '--dry-run'], files.folder);
  expect(dry.stderr).toContain('would fix .env:1');
  expect(readFileSync(files.path('.env'), 'utf8')).toBe(before);
  await check('.env', '--fix');
  expect(readFileSync(files.path('.env'), 'utf8')).toBe(before);
  const fixed = await check('.env', '--unsafe-fixes');
  const after = readFileSync(files.path('.env'), 'utf8');
  expect(after).toMatch(/^JARVISCORE_BIND_PORT=7946\n/);
  expect(after).toContain('CANARY-11d9');
  expect(fixed.report.findings.map((finding) => finding.rule)).not.toContain('unprefixed-p2p-var');
  await check('.env', '--unsafe-fixes');
  expect(readFileSync(files.path('.env'), 'utf8')).toBe(after);
});

test('a baseline accepts what is there, and nothing more', async () => {
  const written = await runCli(['check', '.', '--write-baseline', 'accepted.json'], files.folder);
  expect(written.status).toBe(0);
  const accepted = await check('.', '--baseline', 'accepted.json');
  expect([accepted.status, accepted.report.findings]).toEqual([0, []]);
  files.write('.env', 'BIND_PORT=7946\nBIND_PORT=7947\nSEED_NODES=x\n');
  const more = await check('.', '--baseline', 'accepted.json');
  expect(more.status).toBe(1);
  expect(more.report.findings.map((finding) => finding.rule)).toContain('unprefixed-p2p-var');
});

test('the release decides: a setting of a later one is unknown to an earlier', async () => {
  files.write('c/.env', 'JARVISCORE_TENANT=x\n');
  const rules = async (target: string) => (await check('c', '--target', target)).report.findings.map((finding) => finding.rule);
  expect(await rules('1.0.2')).toContain('var-not-in-release');
  expect(await rules('3.0.0')).not.toContain('var-not-in-release');
});

test.each([
  [['check']],
  [['check', 'missing']],
  [['check', '.', '--nonsense']],
  [['check', '.', '--format', 'xml']],
  [['check', '.', '--target', 'newest']],
  [['check', '.', '--baseline', 'missing.json']],
  [['check', '.', '--fix', '--unsafe-fixes']],
  [['check', '.', '--dry-run']],
  [['explain', 'no-such-thing-anywhere']],
  [['nonsense']],
  [[]],
])('%j is unusable: exit 2, said on stderr, nothing on stdout', async (args) => {
  const { status, stdout, stderr } = await runCli(args, files.folder);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).not.toBe('');
});

test('one unreadable file below a path is a finding, not the end', async () => {
  files.write('c/.env', new Uint8Array([0xff, 0xfe, 0x41]));
  const { status, report } = await check('c');
  expect(report.findings).toContainEqual(expect.objectContaining({ rule: 'file-not-utf8', file: 'c/.env' }));
  expect(status).toBe(1);
});

test('help, version and explanations', async () => {
  expect((await runCli(['--help'], files.folder)).status).toBe(0);
  expect((await runCli(['--version'], files.folder)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const rule = await runCli(['explain', 'unprefixed-p2p-var'], files.folder);
  expect(rule.stdout).toContain('# jarviscore: ignore unprefixed-p2p-var');
  const setting = await runCli(['explain', 'hitl_enabled'], files.folder);
  expect(setting.stdout).toMatch(/\* 1\.1\.0 and later: only Mesh\(config=\{\.\.\.\}\) is used/);
  const items: unknown = JSON.parse((await runCli(['explain', 'HITL_ENABLED', '--format', 'json'], files.folder)).stdout);
  expect(items).toEqual([
    expect.objectContaining({ item: 'HITL_ENABLED', status: 'mesh-config-only', remedy: expect.any(String) }),
  ]);
});

test('readiness lists both checklists with evidence, and fails where an item fails', async () => {
  const { status, stdout } = await runCli(['readiness', '.', '--format', 'json'], files.folder);
  const items = readinessSchema.parse(JSON.parse(stdout));
  expect(items.map(({ item }) => item)).toEqual([
    ...Array.from({ length: 11 }, (_, index) => `P${index + 1}`),
    ...Array.from({ length: 7 }, (_, index) => `S${index + 1}`),
  ]);
  const ports = items.find(({ item }) => item === 'P10');
  expect(ports?.status).toBe('fail');
  expect(ports?.evidence).toContainEqual({ file: 'a/app.py', line: 2 });
  expect(status).toBe(1);
  const text = await runCli(['readiness', '.'], files.folder);
  expect(text.stdout).toMatch(/^P10 FAIL {4}/m);
  expect(text.stdout + stdout).not.toContain('CANARY-11d9');
});
