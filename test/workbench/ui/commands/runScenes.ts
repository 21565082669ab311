/** Running and examining what is declared, in a fleet whose nodes somebody else has started. */
import { expect } from 'vitest';
import type { Scene, Stage } from './stage.ts';

const analyst = 'analyst-01';

async function select({ workbench }: Stage, name: string): Promise<void> {
  await (await workbench.treeRow('Fleet Peers', new RegExp(`^${name}`))).click();
}

async function notification({ workbench }: Stage, wanted: RegExp): Promise<string> {
  return workbench.until(async () => (await workbench.notifications()).find((text) => wanted.test(text)), `${wanted}`);
}

async function clear({ workbench }: Stage): Promise<void> {
  await workbench.runCommand('Notifications: Clear All Notifications');
}

export const runScenes: Readonly<Record<string, Scene>> = {
  'jarviscoreFleet.runDeclaredNode': async (stage) => {
    await stage.running();
    await clear(stage);
    await select(stage, analyst);
    await stage.workbench.runCommand('JarvisCore: Run Declared Node');
    // Its port is where researcher-01 listens for ZeroMQ.
    const said = await notification(stage, /which analyst-01 needs, is taken by/);
    expect(said).toMatch(/Port \d+ \(TCP\) on 127\.0\.0\.1/);
    expect(stage.workbench.extensionProcesses('dist/cli.js')).toEqual([]);
    await clear(stage);
  },
  'jarviscoreFleet.runFleet': async (stage) => {
    await stage.running();
    await clear(stage);
    await stage.workbench.runCommand('JarvisCore: Run Fleet');
    const said = await notification(stage, /is needed twice/);
    expect(said).toContain('researcher-01');
    expect(stage.workbench.extensionProcesses('dist/cli.js')).toEqual([]);
    await clear(stage);
  },
  'jarviscoreFleet.stopDeclaredNode': async (stage) => {
    await clear(stage);
    await stage.workbench.runCommand('JarvisCore: Stop Declared Node');
    await notification(stage, /No declared node was started in this window/);
    await clear(stage);
  },
  'jarviscoreFleet.diagnoseConnection': async (stage) => {
    await stage.running();
    await select(stage, analyst);
    await stage.workbench.runCommand('JarvisCore: Diagnose Connection');
    await stage.workbench.until(async () => (await stage.tab()).includes(`Doctor ${analyst}`), 'the document');
    await stage.workbench.until(async () => (await stage.editor()).includes('FAIL'), 'the steps');
    expect(await stage.editor()).toMatch(/PING to 127\.0\.0\.1:\d+: refused/);
    await stage.workbench.expandRow('Fleet Peers', /^analyst-01/);
    // By what greets there, or, where it greets too late, by the process that holds the port.
    await stage.workbench.treeRow(
      'Fleet Peers',
      /^doctorudp: (?:port \d+ belongs to .*, no node of a mesh|TCP port \d+ is held by .*) · as of /,
    );
  },
};
