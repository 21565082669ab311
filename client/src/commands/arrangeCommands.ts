/** Group, sort and filter of Fleet Peers. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Grouping, groupings, type Order, orders } from '../fleet/arrangement.ts';
import type { ArrangementMemory } from '../views/arrangementMemory.ts';

function groupingText(grouping: Grouping): string {
  switch (grouping) {
    case 'none':
      return l10n.t('No groups');
    case 'state':
      return l10n.t('By state');
    case 'host':
      return l10n.t('By host');
    case 'kind':
      return l10n.t('By kind of fleet');
  }
}

function orderText(order: Order): string {
  switch (order) {
    case 'name':
      return l10n.t('By name: a node keeps its place when its state changes');
    case 'state':
      return l10n.t('By state: what needs attention first');
    case 'since':
      return l10n.t('By time: the newest change first');
  }
}

async function choose<T extends string>(
  values: readonly T[],
  current: T,
  text: (value: T) => string,
  title: string,
): Promise<T | undefined> {
  const items = values.map((value) => ({ label: text(value), description: value === current ? l10n.t('now') : '', value }));
  return (await vscode.window.showQuickPick(items, { title }))?.value;
}

/** The rows follow while the person types; Escape takes the filter back that was there before. */
function filterBox(memory: ArrangementMemory): Promise<void> {
  const before = memory.arrangement.filter;
  const box = vscode.window.createInputBox();
  box.title = l10n.t('Filter Fleet Peers');
  box.placeholder = l10n.t('Words in a name, address, state, role or reason');
  box.value = before;
  let accepted = false;
  return new Promise((resolve) => {
    box.onDidChangeValue((text) => memory.filter(text));
    box.onDidAccept(() => {
      accepted = true;
      box.hide();
    });
    box.onDidHide(() => {
      if (!accepted) memory.filter(before);
      box.dispose();
      resolve();
    });
    box.show();
  });
}

/** Each takes its value as argument, for key bindings; without one it asks. */
export function arrangeCommands(memory: ArrangementMemory): Readonly<Record<string, (argument: unknown) => Promise<void>>> {
  return {
    'jarviscoreFleet.groupPeers': async (argument) => {
      const given = groupings.find((one) => one === argument);
      const chosen = given ?? (await choose(groupings, memory.arrangement.groupBy, groupingText, l10n.t('Group Fleet Peers')));
      if (chosen !== undefined) await memory.set('groupBy', chosen);
    },
    'jarviscoreFleet.sortPeers': async (argument) => {
      const given = orders.find((one) => one === argument);
      const chosen = given ?? (await choose(orders, memory.arrangement.sortBy, orderText, l10n.t('Sort Fleet Peers')));
      if (chosen !== undefined) await memory.set('sortBy', chosen);
    },
    'jarviscoreFleet.filterPeers': async (argument) => {
      if (typeof argument === 'string') memory.filter(argument);
      else await filterBox(memory);
    },
    'jarviscoreFleet.clearPeerFilter': async () => memory.filter(''),
  };
}
