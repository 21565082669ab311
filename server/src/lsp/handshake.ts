/**
 * Answers `initialize` before the server proper is loaded, which is most of the work of a start, while the editor is busy
 * with its own. It is loaded as soon as the answer is on its way, before anything else of the client is read.
 */
import type { Connection, InitializeParams } from 'vscode-languageserver/node';
import { capabilitiesFor } from './capabilities.ts';
import { clientFeatures } from './clientFeatures.ts';

export interface ServerOptions {
  /** Absolute path of the bundled mesh host. */
  readonly hostPath: string;
  readonly version: string;
}

/** The server proper: registers what it answers. */
export interface ServerModule {
  serve(connection: Connection, params: InitializeParams, options: ServerOptions): void;
}

/**
 * Serves one client until it disconnects.
 *
 * @param load gives the server without waiting for anything but promises, as an import within a bundle does: else the
 * client's next message would come before its handler is there.
 */
export function startServer(connection: Connection, options: ServerOptions, load: () => Promise<ServerModule>): void {
  connection.onInitialize((params) => {
    setImmediate(() => {
      void load()
        .then((server) => server.serve(connection, params, options))
        .catch((error: unknown) => {
          connection.console.error(`The language server could not be loaded: ${error instanceof Error ? error.stack : error}`);
          // The client starts it again, and says why where that does not help.
          process.exit(1);
        });
    });
    return {
      serverInfo: { name: 'jarviscore-fleet', version: options.version },
      capabilities: capabilitiesFor(clientFeatures(params.capabilities)),
    };
  });
  connection.listen();
}
