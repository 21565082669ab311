/** Everything of the extension in one window: views, commands, and the server where something of JarvisCore is found. */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { startAgain } from './commands/nodeCommands.ts';
import { OtherFleetServers } from './commands/otherFleetCommands.ts';
import { registerCommands } from './commands/register.ts';
import { clock, type Language } from './fleet/language.ts';
import { FleetMap } from './map/fleetMap.ts';
import { mentions, workspaceHasJarvisCore } from './session/evidence.ts';
import type { Launcher } from './session/launcher.ts';
import { NodeMemory } from './session/nodeMemory.ts';
import { Session } from './session/session.ts';

export interface Window {
  readonly session: Session;
  /** Resolves once it is known whether the workspace has JarvisCore and, where it has, the language server answers. */
  readonly ready: Promise<boolean>;
}

/** @param evidence whether the workspace has JarvisCore; looked for since the activation began */
export function openWindow(context: vscode.ExtensionContext, launcher: Launcher, evidence: Promise<boolean>): Window {
  const language: Language = {
    t: (message, ...args) => l10n.t(message, ...args),
    ...clock({ locale: vscode.env.language, today: () => new Date() }),
  };
  const memory = new NodeMemory(context.workspaceState);
  const servers = new OtherFleetServers(context);
  const current = new Session(context, launcher, language);
  const map = new FleetMap(current, context.extensionUri);
  let project = false;

  const found = async (): Promise<boolean> => {
    project = true;
    current.setProject(true);
    await current.ensure();
    return true;
  };
  const judge = async (seen: Promise<boolean>): Promise<boolean> => {
    if (await seen) return found();
    if (!project) current.setProject(false);
    return false;
  };
  const judgeSafely = (seen: Promise<boolean>): Promise<boolean> =>
    judge(seen).catch((error: unknown) => {
      current.log.error(`The language server could not be started: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    });
  const notStarted = (error: unknown): void =>
    current.log.error(
      `What ran before was not started again: ${error instanceof Error ? error.message : String(error)} Start it by hand.`,
    );
  // Files become evidence later, too: no watcher for that, only what passes through the editor.
  const consider = (document: vscode.TextDocument): void => {
    if (!project && mentions(document)) void found().catch(() => {});
  };

  context.subscriptions.push(
    current,
    map,
    ...registerCommands(current, memory, servers, map, context.extension),
    current.onDidStart((running) => void startAgain(running, memory).catch(notStarted)),
    current.onDidStart((running) => void servers.startAgain(running).catch(notStarted)),
    vscode.workspace.onDidOpenTextDocument(consider),
    vscode.workspace.onDidSaveTextDocument(consider),
    vscode.workspace.onDidChangeWorkspaceFolders(() => void judgeSafely(workspaceHasJarvisCore(context))),
  );
  return { session: current, ready: judgeSafely(evidence) };
}
