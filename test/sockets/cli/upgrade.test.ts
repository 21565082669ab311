/**
 * The upgrade of the 1.0.2 announcement: old names without a prefix, `mode=`, names that no release reads, and the
 * distribution of another project. The interop lane runs the result on the real framework.
 */
import { afterEach, expect, test, vi } from 'vitest';
import { runCli } from './command.ts';
import { copyProject, type Project } from './upgradeProject.ts';

/** Three runs of the command line each. */
vi.setConfig({ testTimeout: 120_000 });

let project: Project | null = null;
afterEach(() => project?.remove());

const config = (key: string, value: string): RegExp => new RegExp(`Mesh\\(config=\\{[^}]*"${key}": ${value}[,}]`, 's');

test.each(['3.0.0', null])('the fixes alone bring the project to the newest release; target %s', async (target) => {
  project = copyProject();
  const before = project.texts();
  const args = ['check', '.', '--unsafe-fixes', ...(target === null ? [] : ['--target', target])];
  const { status, stdout } = await runCli(args, project.folder);
  const after = project.texts();

  // Nothing that keeps the fleet from working is left, and what is left cannot be decided by a machine.
  expect(stdout).not.toMatch(/ (error|warning) /);
  expect(status).toBe(0);

  expect(after['.env']).toBe(
    (before['.env'] ?? '').replace(/^(NODE_NAME|BIND_HOST|BIND_PORT|SEED_NODES)=/gm, 'JARVISCORE_$1=').replace(/^P2P_.*\n/gm, ''),
  );
  expect(after['worker/.env']).toBe(
    (before['worker/.env'] ?? '')
      .replace(/^export (NODE_NAME|BIND_HOST|BIND_PORT|SEED_NODES)=/gm, 'export JARVISCORE_$1=')
      .replace('P2P_KEEPALIVE_INTERVAL', 'KEEPALIVE_INTERVAL'),
  );
  for (const [key, value] of [
    ['p2p_enabled', 'True'],
    ['keepalive_failure_backoff_seconds', '20'],
    ['allow_zero_peers', 'False'],
    ['zmq_port_offset', '1000'],
  ] as const)
    expect(after['planner.py']).toMatch(config(key, value));
  expect(after['worker/worker.py']).toMatch(config('p2p_enabled', 'True'));
  for (const file of ['planner.py', 'worker/worker.py']) expect(after[file]).not.toContain('mode=');

  expect(after['requirements.txt']).toMatch(/^jarviscore-framework\[p2p(,redis)?\]==3\.0\.0$/m);
  expect(after.Dockerfile).toBe((before.Dockerfile ?? '').replace('jarviscore==1.0.2', 'jarviscore-framework[p2p]==3.0.0'));
  expect(after['start.sh']).toBe((before['start.sh'] ?? '').replace('jarviscore==1.0.2', 'jarviscore-framework[p2p]==3.0.0'));

  // The code around the call is as it was.
  for (const file of ['planner.py', 'worker/worker.py']) {
    const around = (text: string | undefined): string[] => [text?.split('mesh = ')[0] ?? '', text?.split('mesh.add')[1] ?? ''];
    expect(around(after[file])).toEqual(around(before[file]));
  }

  await runCli(args, project.folder);
  expect(project.texts()).toEqual(after);
});

test('a target on the way stands in the pin and decides about mode=', async () => {
  project = copyProject();
  await runCli(['check', '.', '--unsafe-fixes', '--target', '1.0.2'], project.folder);
  const old = project.texts();
  expect(old['requirements.txt']).toMatch(/^jarviscore-framework(\[.*\])?==1\.0\.2$/m);
  expect(old['planner.py']).toContain('mode="distributed"');
  expect(old['.env']).toContain('JARVISCORE_BIND_PORT=7946');
  await runCli(['check', '.', '--unsafe-fixes', '--target', '1.3.2'], project.folder);
  expect(project.texts()['planner.py']).toMatch(config('p2p_enabled', 'True'));
  expect(project.texts()['planner.py']).not.toContain('mode=');
});
