/** `lsp --stdio`: the language server for any editor. */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { lateEngineFlags, serverEngineFlags } from '#schemas/editor/serverProcess.ts';
import { startServer } from '../lsp/handshake.ts';
import { serve } from '../lsp/server.ts';
import type { CliContext } from './context.ts';

/** Runs until the client disconnects; the protocol's `exit` ends the process. */
export function lspCommand(context: CliContext): Promise<never> {
  // Before the first large heap; an editor starts this command without flags.
  for (const flag of [...serverEngineFlags, ...lateEngineFlags]) setFlagsFromString(flag);
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  process.on('uncaughtException', (error) => connection.console.error(`Unexpected: ${error.stack ?? error.message}`));
  process.on('unhandledRejection', (reason) => connection.console.error(`Unexpected: ${String(reason)}`));
  const options = { hostPath: join(context.bundleFolder, 'meshHost.js'), version: context.version };
  startServer(connection, options, () => Promise.resolve({ serve }));
  return new Promise(() => {});
}
