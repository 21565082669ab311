/** Relay hub and CircuitForge coordinator: start, stop, and how a node gets connected. */
import { randomBytes } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SourceHealth } from '#schemas/registry/host.ts';
import type { OtherKind } from '../fleet/sourceRow.ts';
import { sourceFor } from '../fleet/sourceRow.ts';
import type { Running } from '../session/session.ts';

const keyName = 'relayHub.workspaceKey';
const sections: Readonly<Record<OtherKind, string>> = { relay: 'relayHub', circuitforge: 'coordinator' };

/** What runs beside the mesh, remembered for the next load of this window; the key stays in the editor's secret storage. */
export class OtherFleetServers {
  readonly #context: vscode.ExtensionContext;

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
  }

  wanted(kind: OtherKind): boolean {
    return this.#context.workspaceState.get(`${sections[kind]}.running`, false);
  }

  async start(running: Running, kind: OtherKind): Promise<void> {
    const host = vscode.workspace.getConfiguration('jarviscoreFleet').get<string>(`${sections[kind]}.host`, '127.0.0.1');
    if (!host.startsWith('127.') && !(await this.#agreed(kind, host))) return;
    await this.#context.workspaceState.update(`${sections[kind]}.running`, true);
    const source = sourceFor(kind, await this.apply(running));
    if (source?.state === 'failed') {
      void vscode.window.showErrorMessage(`${source.error?.message ?? source.message} ${source.error?.remedy ?? ''}`.trim());
      await this.stop(running, kind);
    }
  }

  async stop(running: Running, kind: OtherKind): Promise<void> {
    await this.#context.workspaceState.update(`${sections[kind]}.running`, false);
    await this.apply(running);
  }

  /** Tells the server what is to run. Nothing is told where nothing ever ran. */
  async apply(running: Running, again = false): Promise<readonly SourceHealth[]> {
    const { otherFleetsRequest } = await import('#schemas/editor/messages.ts');
    const answer: unknown = await running.client.sendRequest(otherFleetsRequest.method, {
      hub: this.wanted('relay') ? { workspaceKey: await this.key() } : null,
      coordinator: this.wanted('circuitforge'),
      again,
    });
    return otherFleetsRequest.result.parse(answer).sources;
  }

  /** After a window reload or a crash of the server. */
  async startAgain(running: Running): Promise<void> {
    const again = vscode.workspace.getConfiguration('jarviscoreFleet').get<boolean>('node.startOnReload', true);
    if (!vscode.workspace.isTrusted || !again || !(this.wanted('relay') || this.wanted('circuitforge'))) return;
    await this.apply(running, true);
  }

  /** Nodes enrol with it and get a token of their own each. Made on first use, the same for all windows. */
  async key(): Promise<string> {
    const known = await this.#context.secrets.get(keyName);
    if (known !== undefined) return known;
    const key = `rk_live_${randomBytes(24).toString('hex')}`;
    await this.#context.secrets.store(keyName, key);
    return key;
  }

  /** Asked once per workspace and address. */
  async #agreed(kind: OtherKind, host: string): Promise<boolean> {
    const memory = `${sections[kind]}.agreed`;
    if (this.#context.workspaceState.get<string>(memory) === host) return true;
    const text =
      kind === 'relay'
        ? l10n.t('Everybody who reaches {0} can try to connect, and the workspace key crosses the network unencrypted.', host)
        : l10n.t(
            'CircuitForge agents send no token: everybody who reaches {0} can register nodes, and their addresses are called.',
            host,
          );
    const yes = l10n.t('Listen on {0}', host);
    const choice = await vscode.window.showWarningMessage(text, { modal: true }, yes);
    if (choice !== yes) return false;
    await this.#context.workspaceState.update(memory, host);
    return true;
  }
}

async function copyConnection(running: Running, servers: OtherFleetServers, kind: OtherKind): Promise<void> {
  const source = sourceFor(kind, running.view()?.sources ?? []);
  if (source?.state !== 'running' || source.address === null) {
    void vscode.window.showInformationMessage(
      kind === 'relay'
        ? l10n.t('The relay hub does not run. Start it first: "JarvisCore: Start Relay Hub".')
        : l10n.t('The coordinator does not run. Start it first: "JarvisCore: Start CircuitForge Coordinator".'),
    );
    return;
  }
  const line =
    kind === 'relay'
      ? `RELAYCAST_BASE_URL=http://${source.address} RELAY_WORKSPACE_KEY=${await servers.key()}`
      : `http://${source.address}`;
  await vscode.env.clipboard.writeText(line);
  vscode.window.setStatusBarMessage(
    kind === 'relay' ? l10n.t('Copied the environment of a relay node, with the workspace key') : l10n.t('Copied {0}', line),
    3_000,
  );
}

export function otherFleetCommands(servers: OtherFleetServers): Readonly<Record<string, (running: Running) => Promise<unknown>>> {
  const inView = <T>(title: string, work: () => Promise<T>): Thenable<T> =>
    vscode.window.withProgress({ location: { viewId: 'jarviscoreFleet.peers' }, title }, work);
  return {
    'jarviscoreFleet.startRelayHub': async (running) =>
      inView(l10n.t('Starting the relay hub'), () => servers.start(running, 'relay')),
    'jarviscoreFleet.stopRelayHub': async (running) =>
      inView(l10n.t('Stopping the relay hub'), () => servers.stop(running, 'relay')),
    'jarviscoreFleet.copyRelayConnection': (running) => copyConnection(running, servers, 'relay'),
    'jarviscoreFleet.startCoordinator': async (running) =>
      inView(l10n.t('Starting the coordinator'), () => servers.start(running, 'circuitforge')),
    'jarviscoreFleet.stopCoordinator': async (running) =>
      inView(l10n.t('Stopping the coordinator'), () => servers.stop(running, 'circuitforge')),
    'jarviscoreFleet.copyCoordinatorConnection': (running) => copyConnection(running, servers, 'circuitforge'),
  };
}
