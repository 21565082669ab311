/** A question from the palette to real agents of the first and the newest release, and one whose node dies meanwhile. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freeNodePorts } from '../../../scripts/ports.ts';
import { killAll, type PythonNode, startPython } from '../../interop/mesh/pythonNode.ts';
import { openWorkbench, type Workbench } from '../harness/workbench.ts';
import { packedExtensions, screenshotFile, writeWorkspaceSettings } from './packed.ts';

/** The first release whose mesh works, and the newest. */
const agents = [
  ['1.0.2', 'elder'],
  ['3.0.0', 'newcomer'],
] as const;
const folder = mkdtempSync(join(tmpdir(), 'ask-'));
const nodes = new Map<string, PythonNode>();
let workbench: Workbench;

beforeAll(async () => {
  const [port = 0] = await freeNodePorts(1);
  writeFileSync(join(folder, 'requirements.txt'), 'jarviscore-framework[p2p]==3.0.0\n');
  writeWorkspaceSettings(folder, { 'jarviscoreFleet.node.port': port });
  workbench = await openWorkbench({ extensionsDir: packedExtensions(), workspace: folder });
  await workbench.openViewContainer('JarvisCore');
  await workbench.until(async () => (await workbench.welcome('Fleet Peers')).includes('not started'), 'the welcome content');
  await workbench.runCommand('JarvisCore: Start Local Node');
  await workbench.page.locator('.statusbar-item', { hasText: /alone/ }).waitFor();
  for (const [release, role] of agents) nodes.set(role, await startPython(release, [role], [`127.0.0.1:${port}`]));
  // 1.0.2 tells its roles before it has started, and acknowledges requests then without passing them on to an agent.
  for (const node of nodes.values()) await node.event('its start', ({ event }) => event === 'started', 120_000);
}, 600_000);

afterAll(async () => {
  await Promise.all([...nodes.values()].map((node) => node.kill()));
  killAll();
  await workbench?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(role: string, text: string): Promise<void> {
  await workbench.treeRow('Roles', new RegExp(`^${role}1 of 1 alive`), 120_000);
  await workbench.runCommand('JarvisCore: Ask Peer…');
  await workbench.choose(role);
  await workbench.answer(text);
}

const editor = async (): Promise<string> => {
  const text = await workbench.page.locator('.editor-group-container.active .view-lines').first().textContent();
  return (text ?? '').replaceAll('\u00a0', ' ');
};

describe.each(agents)('an agent of %s', (release, role) => {
  it('answers, and the answer is shown', async () => {
    const asked = `how is ${release}?`;
    await ask(role, asked);
    await workbench.until(async () => (await editor()).includes(`"response": "${role} heard you"`), 'the answer', 120_000);
    expect(await editor()).toContain(asked);
    await workbench.screenshot(screenshotFile(`answer-${release}`));
  });

  it('that is killed while it thinks fails the question at once, and the failure says so', async () => {
    const node = nodes.get(role);
    // It would answer in two hours.
    await ask(role, '{"think": 7200}');
    await node?.event('the question', ({ event, data }) => event === 'request' && JSON.stringify(data).includes('think'), 60_000);
    const killedAt = Date.now();
    await node?.kill();
    const failure = await workbench.until(async () => /No answer: .*/.exec(await editor())?.[0] ?? false, 'the failure', 30_000);
    console.log(`${release}: the failure was shown ${Date.now() - killedAt} ms after the agent was killed: ${failure}`);
    await workbench.screenshot(screenshotFile(`ask-killed-${release}`));
    expect(await editor()).not.toContain('heard you');
  });
});
