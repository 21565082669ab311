/** The upgrade of the 1.0.2 announcement, done by the fixes and judged by the real framework of the release it ends at. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { runCli } from '../../sockets/cli/command.ts';
import { copyProject, type Project } from '../../sockets/cli/upgradeProject.ts';
import { freePort } from '../../sockets/mesh/freePort.ts';
import { venv } from '../python.ts';

interface Answer {
  readonly version: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly deprecated: readonly string[];
  readonly node: {
    readonly bind: readonly [string, number];
    readonly config: Readonly<Record<string, unknown>>;
    readonly keepalive: Readonly<Record<string, unknown>>;
  } | null;
}

const oracle = fileURLToPath(new URL('./upgrade_oracle.py', import.meta.url));

let project: Project | null = null;
afterEach(() => project?.remove());

/** Runs one node of the project as a person does: in its own folder, with nothing in the environment. */
async function run(release: string, folder: string, file: string): Promise<Answer> {
  const { stdout } = await promisify(execFile)(await venv(release), ['-X', 'utf8', oracle, file], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', PYTHONDONTWRITEBYTECODE: '1' },
    timeout: 120_000,
  });
  return JSON.parse(stdout) as Answer;
}

test('the framework 3.0.0 reads nothing of it before', async () => {
  const ports = [await freePort(), await freePort()] as const;
  project = copyProject(ports);
  const planner = await run('3.0.0', project.folder, 'planner.py');
  expect(planner.settings.JARVISCORE_BIND_PORT).not.toBe(ports[0]);
  expect(planner.settings.JARVISCORE_NODE_NAME).not.toBe('planner');
  expect(planner.deprecated).not.toEqual([]);
  expect(planner.node?.keepalive).not.toMatchObject({ failure_backoff_seconds: 20, allow_zero_peers: false });
});

test.each(['1.0.2', '1.3.2', '1.14.1', '3.0.0'])('the framework %s reads every value after the fixes', async (release) => {
  const ports = [await freePort(), await freePort()] as const;
  project = copyProject(ports);
  const args = ['check', '.', '--unsafe-fixes', '--target', release];
  const { stderr } = await runCli(args, project.folder);
  expect(stderr).toMatch(/Fixed \d+ findings/);
  const fixed = project.texts();
  await runCli(args, project.folder);
  expect(project.texts()).toEqual(fixed);

  const planner = await run(release, project.folder, 'planner.py');
  expect(fixed['requirements.txt']).toContain(`==${planner.version}\n`);
  expect(planner.deprecated).toEqual([]);
  expect(planner.settings).toMatchObject({
    JARVISCORE_NODE_NAME: 'planner',
    JARVISCORE_BIND_HOST: '127.0.0.1',
    JARVISCORE_BIND_PORT: ports[0],
    JARVISCORE_SEED_NODES: `127.0.0.1:${ports[1]}`,
    LLM_TIMEOUT: 90.5,
    REDIS_URL: 'redis://127.0.0.1:6379/0',
    LOG_LEVEL: 'DEBUG',
  });
  expect(planner.node).toMatchObject({
    bind: ['127.0.0.1', ports[0]],
    config: {
      node_name: 'planner',
      seed_nodes: `127.0.0.1:${ports[1]}`,
      zmq_port_offset: 1000,
      llm_timeout: 90.5,
      redis_url: 'redis://127.0.0.1:6379/0',
      log_level: 'DEBUG',
    },
    keepalive: { failure_backoff_seconds: 20, allow_zero_peers: false },
  });

  const worker = await run(release, join(project.folder, 'worker'), 'worker.py');
  expect(worker.deprecated).toEqual([]);
  expect(worker.settings).toMatchObject({ JARVISCORE_NODE_NAME: 'worker', JARVISCORE_BIND_PORT: ports[1] });
  expect(worker.node).toMatchObject({
    bind: ['127.0.0.1', ports[1]],
    config: { node_name: 'worker', seed_nodes: `127.0.0.1:${ports[0]}` },
    keepalive: { interval: 120 },
  });
});
