/** Start, stop and restart of the local node. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { startNodeRequest, stopNodeRequest } from '#schemas/editor/messages.ts';
import type { NodeStatus } from '#schemas/fleet/view.ts';
import type { NodeMemory } from '../session/nodeMemory.ts';
import type { Running } from '../session/session.ts';

function inView<T>(title: string, work: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: { viewId: 'jarviscoreFleet.peers' }, title }, work);
}

async function requestStart(running: Running): Promise<NodeStatus> {
  const answer: unknown = await running.client.sendRequest(startNodeRequest.method, { port: null, seeds: null });
  return startNodeRequest.result.parse(answer);
}

/** What happened and what to do as running text, whether or not each brings its full stop along. */
function sentences(...parts: readonly string[]): string {
  return parts.map((part) => (/[.!?]$/.test(part) ? part : `${part}.`)).join(' ');
}

async function showFailure(status: NodeStatus): Promise<void> {
  if (status.phase !== 'failed') return;
  const text =
    status.error === null ? l10n.t('The local node could not be started.') : sentences(status.error.message, status.error.remedy);
  const log = l10n.t('Show Log');
  const settings = l10n.t('Open Settings');
  const choice = await vscode.window.showErrorMessage(text, log, settings);
  if (choice === log) await vscode.commands.executeCommand('jarviscoreFleet.showLog');
  if (choice === settings) await vscode.commands.executeCommand('workbench.action.openSettings', 'jarviscoreFleet.node');
}

async function start(running: Running, memory: NodeMemory): Promise<NodeStatus> {
  const status = await inView(l10n.t('Starting the local node'), () => requestStart(running));
  await memory.remember(status.phase === 'running');
  void showFailure(status);
  return status;
}

async function stop(running: Running, memory: NodeMemory): Promise<void> {
  await memory.remember(false);
  await inView(l10n.t('Leaving the mesh'), () => running.client.sendRequest(stopNodeRequest.method, null));
}

export function nodeCommands(memory: NodeMemory): Readonly<Record<string, (running: Running) => Promise<unknown>>> {
  return {
    'jarviscoreFleet.startLocalNode': (running) => start(running, memory),
    'jarviscoreFleet.stopLocalNode': (running) => stop(running, memory),
    'jarviscoreFleet.restartLocalNode': async (running) => {
      await stop(running, memory);
      return start(running, memory);
    },
  };
}

/** After a window reload or a crash of the server: starts the node again if it ran and the person wants that. */
export async function startAgain(running: Running, memory: NodeMemory): Promise<void> {
  const wanted = vscode.workspace.getConfiguration('jarviscoreFleet').get<boolean>('node.startOnReload', true);
  if (!vscode.workspace.isTrusted || !memory.wasRunning || !wanted) return;
  if (running.view()?.node.phase === 'stopped') await requestStart(running);
}
