/** Registers every command: those that need the server get it started and handed over, or say why they cannot run. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { NodeMemory } from '../session/nodeMemory.ts';
import type { Running, Session } from '../session/session.ts';
import { askCommand } from './askCommand.ts';
import { checkWorkspace } from './checkCommand.ts';
import { EffectiveDocuments, showEffective } from './effectiveCommand.ts';
import { nodeCommands } from './nodeCommands.ts';
import { type OtherFleetServers, otherFleetCommands } from './otherFleetCommands.ts';
import { peerCommands, rowCommands } from './peerCommands.ts';

type ServerCommand = (running: Running, argument: unknown) => Promise<unknown>;

async function withServer(session: Session, command: ServerCommand, argument: unknown): Promise<unknown> {
  try {
    return await command(await session.ensure(), argument);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    session.log.error(reason);
    const log = l10n.t('Show Log');
    const choice = await vscode.window.showErrorMessage(l10n.t('JarvisCore: {0}', reason), log);
    if (choice === log) session.log.show();
    return undefined;
  }
}

export function registerCommands(session: Session, memory: NodeMemory, servers: OtherFleetServers): vscode.Disposable[] {
  const effective = new EffectiveDocuments(session);
  const withServerById: Readonly<Record<string, ServerCommand>> = {
    ...nodeCommands(memory),
    ...peerCommands(session.views),
    ...otherFleetCommands(servers),
    'jarviscoreFleet.askPeer': askCommand(session.views),
    'jarviscoreFleet.checkWorkspace': checkWorkspace,
    'jarviscoreFleet.showEffective': showEffective(effective),
  };
  const register = (id: string, run: (argument: unknown) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(id, run);
  return [
    effective,
    ...Object.entries(withServerById).map(([id, command]) => register(id, (argument) => withServer(session, command, argument))),
    ...Object.entries(rowCommands(session.views)).map(([id, command]) => register(id, command)),
    register('jarviscoreFleet.showLog', () => session.log.show()),
  ];
}
