/** `doctor` on the command line: exit status, the contract's JSON, the text. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { createProject, type Project } from '../../lsp/project.ts';
import { closeAll, startActor } from '../doctor/actors.ts';
import { freePort } from '../mesh/freePort.ts';
import { runCli } from './command.ts';

/** Exactly this, in scripts of others. */
const itemsSchema = z.array(
  z.strictObject({
    step: z.string(),
    status: z.enum(['pass', 'fail', 'unknown', 'skipped']),
    evidence: z.array(z.strictObject({ file: z.string(), line: z.int().min(1) })),
    message: z.string(),
    remedy: z.string().nullable(),
  }),
);

let project: Project;
beforeEach(() => {
  project = createProject({ 'requirements.txt': 'jarviscore-framework[p2p]==3.0.0\n' });
});
afterEach(async () => {
  await closeAll();
  project.dispose();
});

const node = (name: string, port: number, seeds = '') =>
  `from jarviscore import Mesh\nmesh = Mesh(config={\n    "node_name": "${name}",\n    "bind_host": "127.0.0.1",\n    "bind_port": ${port},\n    "seed_nodes": "${seeds}",\n    "p2p_enabled": True,\n})\n`;

test('0 where every node is reached, 1 where a step fails; the line to change is named', async () => {
  const [one, two] = [await freePort(), await freePort()];
  project.write('one.py', node('one', one));
  project.write('two.py', node('two', two, `127.0.0.1:${one}`));
  await startActor({ port: one, members: [`127.0.0.1:${two}`] });
  const failing = await runCli(['doctor', '.', '--format', 'json'], project.folder);
  expect(failing.status).toBe(1);
  const items = itemsSchema.parse(JSON.parse(failing.stdout));
  expect(items).toHaveLength(20);
  const first = items.find(({ status }) => status === 'fail');
  expect(first).toMatchObject({ step: 'udp', evidence: [{ file: 'two.py', line: 5 }] });
  expect(first?.message).toContain(`two (127.0.0.1:${two}): PING to 127.0.0.1:${two}: refused`);
  expect(first?.message).toContain('[not-started]');
  const text = await runCli(['doctor', '.'], project.folder);
  expect(text.status).toBe(1);
  expect(text.stdout).toContain('Likeliest: it is not started');
  expect(text.stdout).toContain('at two.py:5');
  expect(text.stdout).toContain('1 of 2 nodes with a failing step.');
  await startActor({ port: two, members: [`127.0.0.1:${one}`] });
  const fine = await runCli(['doctor', '.', '--format', 'json'], project.folder);
  expect(itemsSchema.parse(JSON.parse(fine.stdout)).filter(({ status }) => status === 'fail')).toEqual([]);
  expect(fine.status).toBe(0);
});

test('one node by name, an address that nobody declares, and what is unusable', async () => {
  const [one, two, stranger] = [await freePort(), await freePort(), await freePort()];
  project.write('one.py', node('one', one));
  project.write('two.py', node('two', two));
  await startActor({ port: one });
  await startActor({ port: stranger, members: ['10.7.0.1:7946'] });
  expect((await runCli(['doctor', '.', '--process', 'one'], project.folder)).status).toBe(0);
  const named = await runCli(['doctor', '.', '--address', `127.0.0.1:${stranger}`], project.folder);
  expect(named.status).toBe(1);
  expect(named.stdout).toContain('Its fleet shares no member with ours or the declared ones: it lists 10.7.0.1:7946.');
  const unknown = await runCli(['doctor', '.', '--process', 'three'], project.folder);
  expect(unknown).toMatchObject({ status: 2, stdout: '' });
  expect(unknown.stderr).toContain('Declared: one, two.');
  expect((await runCli(['doctor', '.', '--address', 'nowhere'], project.folder)).status).toBe(2);
  expect((await runCli(['doctor', 'absent'], project.folder)).status).toBe(2);
});

test('a folder that declares nothing', async () => {
  const { status, stdout } = await runCli(['doctor', '.'], project.folder);
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'No node of a mesh is declared here.\n' });
});
