/** Start, stop and restart of the local node, and the choice of the fleet it joins. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { NodeStatus } from '#schemas/fleet/view.ts';
import type { NodeMemory } from '../session/nodeMemory.ts';
import type { Running } from '../session/session.ts';

function inView<T>(title: string, work: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: { viewId: 'jarviscoreFleet.peers' }, title }, work);
}

interface Agreement {
  /** Null: loopback. */
  readonly host: string | null;
}

/** Undefined: the start needs an address that others reach, and the person did not agree to it. */
async function agreement(running: Running, memory: NodeMemory, ask: boolean): Promise<Agreement | undefined> {
  const { startPlanRequest } = await import('#schemas/editor/fleetMessages.ts');
  const raw: unknown = await running.client.sendRequest(startPlanRequest.method, { seeds: memory.seeds });
  const plan = startPlanRequest.result.parse(raw);
  // What makes a start impossible is said by the start itself, in the view.
  if (plan.host === null || !plan.exposed) return { host: null };
  if (memory.hasAgreed(plan.host, plan.seeds)) return { host: plan.host };
  if (!ask) return undefined;
  const yes = l10n.t('Join from {0}', plan.host);
  const choice = await vscode.window.showWarningMessage(
    l10n.t('The fleet is reached over a network. Join it from {0}?', plan.host),
    {
      modal: true,
      detail: l10n.t(
        'Seeds: {0}. The mesh protocol has neither authentication nor encryption: everybody who reaches {1} can read, join and ask while the local node runs. The answer is remembered for this workspace, this address and these seeds.',
        plan.seeds.join(', '),
        plan.host,
      ),
    },
    yes,
  );
  if (choice !== yes) return undefined;
  await memory.agree(plan.host, plan.seeds);
  return { host: plan.host };
}

async function requestStart(running: Running, memory: NodeMemory, { host }: Agreement): Promise<NodeStatus> {
  const params = { port: null, seeds: memory.seeds, host };
  const { startNodeRequest } = await import('#schemas/editor/messages.ts');
  const answer: unknown = await running.client.sendRequest(startNodeRequest.method, params);
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

async function start(running: Running, memory: NodeMemory): Promise<NodeStatus | undefined> {
  const agreed = await agreement(running, memory, true);
  if (agreed === undefined) return undefined;
  const status = await inView(l10n.t('Starting the local node'), () => requestStart(running, memory, agreed));
  await memory.remember(status.phase === 'running');
  void showFailure(status);
  return status;
}

async function stop(running: Running, memory: NodeMemory): Promise<void> {
  await memory.remember(false);
  const { stopNodeRequest } = await import('#schemas/editor/messages.ts');
  await inView(l10n.t('Leaving the mesh'), () => running.client.sendRequest(stopNodeRequest.method, null));
}

interface FleetItem extends vscode.QuickPickItem {
  /** Null: what a plain start joins; undefined: the person types. */
  readonly seeds: string[] | null | undefined;
}

/** Undefined: the person changed their mind. */
async function chooseSeeds(running: Running, memory: NodeMemory): Promise<string[] | null | undefined> {
  const { fleetsRequest } = await import('#schemas/editor/fleetMessages.ts');
  const raw: unknown = await running.client.sendRequest(fleetsRequest.method, null);
  const { fleets } = fleetsRequest.result.parse(raw);
  const items: FleetItem[] = fleets.map(({ names, addresses, reach }) => ({
    label: names.join(', '),
    description: reach === 'loopback' ? l10n.t('on this machine') : l10n.t('on other machines'),
    detail: addresses.join(', '),
    seeds: [...addresses],
  }));
  if (memory.seeds !== null)
    items.push({
      label: l10n.t('As the settings and files say'),
      description: l10n.t('forget the choice of {0}', memory.seeds.join(', ')),
      seeds: null,
    });
  items.push({ label: l10n.t('Other addresses…'), description: l10n.t('host:port of one or more seeds'), seeds: undefined });
  const chosen = await vscode.window.showQuickPick(items, {
    title: l10n.t('Join which fleet?'),
    placeHolder: l10n.t('One fleet at a time: a node that joins two merges them, because the protocol has no cluster name'),
    matchOnDetail: true,
  });
  if (chosen === undefined) return undefined;
  if (chosen.seeds !== undefined) return chosen.seeds;
  const text = await vscode.window.showInputBox({
    title: l10n.t('Seeds to join'),
    prompt: l10n.t('host:port, several separated by commas'),
    placeHolder: '127.0.0.1:7946',
    validateInput: (value) =>
      value.split(',').every((part) => /^\s*[^\s:]+:\d{1,5}\s*$/.test(part)) ? null : l10n.t('Write it as host:port.'),
  });
  return text?.split(',').map((part) => part.trim());
}

/** @param argument seeds as `host:port` in a list, for key bindings and other extensions; absent: a choice */
async function join(running: Running, memory: NodeMemory, argument: unknown): Promise<NodeStatus | undefined> {
  const given = Array.isArray(argument) && argument.every((one) => typeof one === 'string') ? (argument as string[]) : null;
  const seeds = given ?? (await chooseSeeds(running, memory));
  if (seeds === undefined) return undefined;
  const before = memory.seeds;
  await memory.join(seeds);
  const agreed = await agreement(running, memory, true);
  if (agreed === undefined) {
    await memory.join(before);
    return undefined;
  }
  // Never from one fleet into another: the node leaves the one before it joins the other.
  if (running.view()?.node.phase === 'running') await stop(running, memory);
  const status = await inView(l10n.t('Joining the fleet'), () => requestStart(running, memory, agreed));
  await memory.remember(status.phase === 'running');
  if (status.phase === 'failed') await memory.join(before);
  void showFailure(status);
  return status;
}

export function nodeCommands(
  memory: NodeMemory,
): Readonly<Record<string, (running: Running, argument: unknown) => Promise<unknown>>> {
  return {
    'jarviscoreFleet.startLocalNode': (running) => start(running, memory),
    'jarviscoreFleet.stopLocalNode': (running) => stop(running, memory),
    'jarviscoreFleet.restartLocalNode': async (running) => {
      await stop(running, memory);
      return start(running, memory);
    },
    'jarviscoreFleet.joinFleet': (running, argument) => join(running, memory, argument),
  };
}

/**
 * After a window reload or a crash of the server: starts the node again if it ran and the person wants that. Nobody is
 * asked then: where the address is another one than the person agreed to, the node stays off.
 */
export async function startAgain(running: Running, memory: NodeMemory): Promise<void> {
  const wanted = vscode.workspace.getConfiguration('jarviscoreFleet').get<boolean>('node.startOnReload', true);
  if (!vscode.workspace.isTrusted || !memory.wasRunning || !wanted) return;
  if (running.view()?.node.phase !== 'stopped') return;
  const agreed = await agreement(running, memory, false);
  if (agreed !== undefined) await requestStart(running, memory, agreed);
}
