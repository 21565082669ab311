/** Registers every command: those that need the server get it started and handed over, or say why they cannot run. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FleetMap } from '../map/fleetMap.ts';
import type { NodeMemory } from '../session/nodeMemory.ts';
import type { Running, Session } from '../session/session.ts';
import { VirtualDocuments } from '../views/virtualDocuments.ts';
import { checkWorkspace } from './checkCommand.ts';
import { diagnoseCommand } from './diagnoseCommand.ts';
import { copyDiagnostics } from './diagnosticsCommand.ts';
import { EffectiveDocuments, showEffective } from './effectiveCommand.ts';
import { nodeCommands } from './nodeCommands.ts';
import { type OtherFleetServers, otherFleetCommands } from './otherFleetCommands.ts';
import { peerCommands, rowCommands } from './peerCommands.ts';
import { runCommands } from './runCommands.ts';
import { sidebarCommands } from './sidebarCommands.ts';

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

export function registerCommands(
  session: Session,
  memory: NodeMemory,
  servers: OtherFleetServers,
  map: FleetMap,
  extension: vscode.Extension<unknown>,
): vscode.Disposable[] {
  const diagnostics = copyDiagnostics(session, extension);
  const effective = new EffectiveDocuments(session);
  const sidebar = sidebarCommands(session);
  const runs = runCommands(session.views, session.started);
  const examinations = new VirtualDocuments('jarviscore-doctor');
  const withServerById: Readonly<Record<string, ServerCommand>> = {
    ...nodeCommands(memory),
    ...peerCommands(session.views),
    ...otherFleetCommands(servers),
    ...sidebar.withServer,
    ...runs.withServer,
    'jarviscoreFleet.diagnoseConnection': diagnoseCommand(session.views, examinations, (found) => session.examined(found)),
    'jarviscoreFleet.checkWorkspace': checkWorkspace,
    'jarviscoreFleet.showEffective': showEffective(effective),
  };
  const register = (id: string, run: (argument: unknown) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(id, run);
  return [
    effective,
    examinations,
    ...sidebar.disposables,
    ...Object.entries(withServerById).map(([id, command]) => register(id, (argument) => withServer(session, command, argument))),
    ...Object.entries({ ...rowCommands(session.views), ...sidebar.withoutServer, ...runs.withoutServer }).map(([id, command]) =>
      register(id, command),
    ),
    register('jarviscoreFleet.showLog', () => session.log.show()),
    register('jarviscoreFleet.openFleetMap', () => map.open()),
    register('jarviscoreFleet.copyDiagnostics', () => diagnostics()),
  ];
}
