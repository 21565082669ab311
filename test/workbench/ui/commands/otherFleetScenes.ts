/** Relay hub and coordinator. What nodes do there is in otherFleets.test.ts. */
import { expect } from 'vitest';
import type { Scene, Stage } from './stage.ts';

const relayRow = ({ others: [port] }: Stage): string => `Relay fleethub listening on 127.0.0.1:${port}`;
const coordinatorRow = ({ others: [, port] }: Stage): string => `CircuitForgecoordinator listening on 127.0.0.1:${port}`;

async function gone({ workbench }: Stage, label: string): Promise<void> {
  const rows = async (): Promise<boolean> => (await workbench.treeRows('Fleet Peers')).every((row) => row.label !== label);
  await workbench.until(rows, `${label} to go`);
}

export const otherFleetScenes: Readonly<Record<string, Scene>> = {
  'jarviscoreFleet.startRelayHub': async (stage) => {
    await stage.workbench.runCommand('JarvisCore: Start Relay Hub');
    await stage.workbench.treeRow('Fleet Peers', relayRow(stage));
  },
  'jarviscoreFleet.copyRelayConnection': async (stage) => {
    await stage.workbench.runCommand('JarvisCore: Copy Connection of the Relay Hub');
    const line = new RegExp(
      `^RELAYCAST_BASE_URL=http://127\\.0\\.0\\.1:${stage.others[0]} RELAY_WORKSPACE_KEY=rk_live_[0-9a-f]{48}$`,
    );
    await stage.workbench.until(async () => line.test(await stage.clipboard()), 'the connection line');
  },
  'jarviscoreFleet.stopRelayHub': async (stage) => {
    await stage.workbench.runCommand('JarvisCore: Stop Relay Hub');
    await gone(stage, 'Relay fleet');
    await expect(fetch(`http://127.0.0.1:${stage.others[0]}/`)).rejects.toThrow();
  },
  'jarviscoreFleet.startCoordinator': async (stage) => {
    await stage.workbench.runCommand('JarvisCore: Start CircuitForge Coordinator');
    await stage.workbench.treeRow('Fleet Peers', coordinatorRow(stage));
  },
  'jarviscoreFleet.copyCoordinatorConnection': async (stage) => {
    await stage.workbench.runCommand('JarvisCore: Copy Connection of the Coordinator');
    const address = `http://127.0.0.1:${stage.others[1]}`;
    await stage.workbench.until(async () => (await stage.clipboard()) === address, 'the address');
  },
  'jarviscoreFleet.stopCoordinator': async (stage) => {
    await stage.workbench.runCommand('JarvisCore: Stop CircuitForge Coordinator');
    await gone(stage, 'CircuitForge');
    await expect(fetch(`http://127.0.0.1:${stage.others[1]}/`)).rejects.toThrow();
  },
};
