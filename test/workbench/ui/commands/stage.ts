/** What every scene of a command plays on: one window, a project, and a live fleet that belongs to it. */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { type Demo, type FleetProcess, prepareDemo, startOwnNode } from '../../../../scripts/demoFleet.ts';
import { freeNodePorts } from '../../../../scripts/ports.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from '../../harness/workbench.ts';
import { packedExtensions, writeWorkspaceSettings } from '../packed.ts';

const messageSchema = z.looseObject({
  event: z.literal('message'),
  type: z.string(),
  correlationId: z.string().nullable(),
  data: z.unknown(),
});

export interface Stage {
  readonly workbench: Workbench;
  readonly demo: Demo;
  /** `host:port` of the window's own node once it runs. */
  readonly own: string;
  /** Ports of the relay hub and the coordinator. */
  readonly others: readonly [relay: number, coordinator: number];
  node(name: string): FleetProcess;
  /** What agents of the fleet were told or asked, oldest first. */
  readonly heard: readonly { readonly by: string; readonly type: string; readonly data: unknown }[];
  /** The window's node runs, and everybody who should be alive is. */
  running(): Promise<void>;
  stopped(): Promise<void>;
  clipboard(): Promise<string>;
  /** Text of the editor in front. */
  editor(): Promise<string>;
  /** Title of the tab in front. */
  tab(): Promise<string>;
  end(): Promise<void>;
}

/** A scene runs one command as a person does, and fails where that does not do what it should. */
export type Scene = (stage: Stage) => Promise<void>;

/** Every agent answers what it is asked with whom it was and what it got. */
function answers(process: FleetProcess, heard: { by: string; type: string; data: unknown }[]): void {
  const { stdin, stdout } = process.child;
  if (stdin === null || stdout === null) throw new Error(`${process.name} has no pipes`);
  createInterface({ input: stdout }).on('line', (line) => {
    const message = messageSchema.safeParse(JSON.parse(line));
    if (!message.success) return;
    const { type, correlationId, data } = message.data;
    heard.push({ by: process.name, type, data });
    const reply = { command: 'respond', correlationId, data: { by: process.name, got: data } };
    if (correlationId !== null) stdin.write(`${JSON.stringify(reply)}\n`);
  });
}

/** @param options how the window is opened; default: with the packaged extension */
export async function openStage(options?: WorkbenchOptions): Promise<Stage> {
  const demo = await prepareDemo();
  const [port = 0, relay = 0, coordinator = 0] = await freeNodePorts(3);
  writeWorkspaceSettings(demo.folder, {
    'jarviscoreFleet.node.port': port,
    'jarviscoreFleet.relayHub.port': relay,
    'jarviscoreFleet.coordinator.port': coordinator,
  });
  const nodes = demo.nodes.map((each) => startOwnNode(each));
  const heard: { by: string; type: string; data: unknown }[] = [];
  for (const each of nodes) answers(each, heard);
  await Promise.all(nodes.map((each) => each.ready));
  const workbench = await openWorkbench({ ...(options ?? { extensionsDir: packedExtensions() }), workspace: demo.folder });
  await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await workbench.openViewContainer('JarvisCore');

  const node = (name: string): FleetProcess => {
    const found = nodes.find((each) => each.name === name);
    if (found === undefined) throw new Error(`No demo node ${name}`);
    return found;
  };
  const runs = async (): Promise<boolean> =>
    (await workbench.treeRows('Fleet Peers')).some(({ label }) => label === 'this window');
  const saysStopped = async (): Promise<boolean> => (await workbench.welcome('Fleet Peers')).includes('not started');

  return {
    ...{ workbench, demo, own: `127.0.0.1:${port}`, others: [relay, coordinator], node, heard },
    async running() {
      await workbench.openViewContainer('JarvisCore');
      await workbench.until(async () => (await runs()) || (await saysStopped()), 'the sidebar');
      if (!(await runs())) await workbench.runCommand('JarvisCore: Start Local Node');
      await workbench.treeRow('Fleet Peers', /^researcher-01alive/);
      await workbench.treeRow('Roles', /^researcher1 of 1 alive/);
    },
    async stopped() {
      await workbench.openViewContainer('JarvisCore');
      await workbench.until(async () => (await runs()) || (await saysStopped()), 'the sidebar');
      if (await runs()) await workbench.runCommand('JarvisCore: Stop Local Node');
      await workbench.until(saysStopped, 'the node to be stopped');
    },
    clipboard: async () => String(await workbench.page.evaluate('navigator.clipboard.readText()')),
    async editor() {
      const text = await workbench.page.locator('.editor-group-container.active .view-lines').first().textContent();
      // The editor writes blanks that do not break.
      return (text ?? '').replaceAll('\u00a0', ' ');
    },
    tab: async () => (await workbench.page.locator('.editor-group-container.active .tab.active').first().textContent()) ?? '',
    async end() {
      await workbench.stop();
      for (const each of nodes) {
        const exited = each.child.exitCode === null && each.child.signalCode === null ? once(each.child, 'exit') : undefined;
        each.crash();
        await exited;
      }
      demo.remove();
    },
  };
}
