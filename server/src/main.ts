/** Language server entry. VS Code forks it with `--node-ipc`; `--stdio` and `--socket` work too. */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { lateEngineFlags } from '#schemas/editor/serverProcess.ts';
import { startServer } from './lsp/handshake.ts';
import { packageVersion } from './version.ts';

const connection = createConnection(ProposedFeatures.all);
// One failed request must not take diagnostics and the fleet view of the whole window with it.
process.on('uncaughtException', (error) => connection.console.error(`Unexpected: ${error.stack ?? error.message}`));
process.on('unhandledRejection', (reason) =>
  connection.console.error(`Unexpected: ${reason instanceof Error ? reason.stack : String(reason)}`),
);
const options = { hostPath: join(__dirname, 'meshHost.js'), version: packageVersion(__dirname) };
startServer(connection, options, () => {
  for (const flag of lateEngineFlags) setFlagsFromString(flag);
  return import('./lsp/server.ts');
});
