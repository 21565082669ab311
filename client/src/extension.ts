/**
 * Entry of the extension: cheap until something of JarvisCore is found in the workspace or the person asks. What it loads
 * itself is looked at first, the language client meanwhile, and the views while the server's process comes up.
 */
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { workspaceHasJarvisCore } from './session/evidence.ts';

/** How long the views wait for the server's process to be on its way: a large folder takes longer to look through. */
const viewsWaitMs = 250;

let stop: (() => Promise<void>) | undefined;

/** What other extensions and tests can wait for. */
export interface FleetApi {
  /** Resolves once it is known whether the workspace has JarvisCore and, where it has, the language server answers. */
  readonly ready: Promise<boolean>;
}

export async function activate(context: vscode.ExtensionContext): Promise<FleetApi> {
  // Before anything else: texts are looked up when they are made. Without a bundle they stay English.
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  const evidence = workspaceHasJarvisCore(context);
  const { Launcher } = await import('./session/launcher.ts');
  const launcher = new Launcher(context);
  stop = () => launcher.stop();
  const ahead = evidence.then((found) => (found ? launcher.ahead()?.greeted : undefined));
  const limit = Promise.withResolvers<void>();
  const timer = setTimeout(limit.resolve, viewsWaitMs);
  // A search that fails is told by who waits for its answer.
  await Promise.race([ahead.catch(() => {}), limit.promise]);
  clearTimeout(timer);
  const { openWindow } = await import('./window.ts');
  const { session, ready } = openWindow(context, launcher, evidence);
  // Last: what ends before it may still have something to say.
  context.subscriptions.push(launcher);
  stop = async () => {
    await session.stop();
    await launcher.stop();
  };
  return { ready };
}

export async function deactivate(): Promise<void> {
  await stop?.();
}
