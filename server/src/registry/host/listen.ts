/** Opens a listening socket, or says why that cannot be and what to do. */
import type { Server } from 'node:http';
import type { NodeError } from '#schemas/fleet/mesh.ts';
import type { ListenConfig, SourceHealth } from '#schemas/registry/host.ts';

export type Listening = { readonly ok: true; readonly address: string } | { readonly ok: false; readonly error: NodeError };

/** @param what For the message: "The relay hub". Port null: the system chooses a free one. */
export function listen(server: Server, what: string, host: string, port: number | null): Promise<Listening> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ ok: false, error: reasonOf(error, what, `${host}:${port ?? 0}`) }),
    );
    server.listen({ host, port: port ?? 0, exclusive: true }, () => {
      const bound = server.address();
      // Later errors of a listening server (too many open files) concern one connection.
      server.removeAllListeners('error').on('error', () => {});
      resolve({ ok: true, address: `${host}:${typeof bound === 'object' && bound !== null ? bound.port : port}` });
    });
  });
}

const RETRY_PAUSE_MS = 250;

export type ListenHealth = Pick<SourceHealth, 'state' | 'address' | 'message' | 'error'>;

/**
 * Listens, or, where the port is taken and `waitMs` allows it, goes on trying in the background: whoever had the port
 * before (this window before its reload) may need a moment to end.
 *
 * @param what For the messages: "The relay hub".
 * @param running What the health says once it listens, without the address: "Relay hub listening on".
 * @returns How to end it; null where it has failed.
 */
export async function keepListening(
  server: Server,
  what: string,
  running: string,
  { host, port, waitMs = 0 }: ListenConfig,
  report: (health: ListenHealth) => void,
): Promise<{ stop(): void } | null> {
  const untilMs = performance.now() + waitMs;
  let timer: NodeJS.Timeout | undefined;
  const attempt = async (): Promise<Listening> => {
    const listening = await listen(server, what, host, port);
    if (listening.ok) {
      report({ state: 'running', address: listening.address, message: `${running} ${listening.address}`, error: null });
    } else if (listening.error.code === 'port-taken' && performance.now() < untilMs) {
      const message = `${what} waits for ${host}:${port ?? 0}: another program still has that port.`;
      report({ state: 'waiting', address: null, message, error: null });
      timer = setTimeout(() => void attempt(), RETRY_PAUSE_MS);
    } else report({ state: 'failed', address: null, message: listening.error.message, error: listening.error });
    return listening;
  };
  const first = await attempt();
  if (!first.ok && timer === undefined) return null;
  return {
    stop() {
      clearTimeout(timer);
      server.close();
      server.closeAllConnections();
    },
  };
}

function reasonOf(error: NodeJS.ErrnoException, what: string, where: string): NodeError {
  if (error.code === 'EADDRINUSE') {
    return {
      code: 'port-taken',
      message: `${what} cannot listen on ${where}: another program has that port.`,
      remedy: 'Stop that program (it may be another window of the editor), or configure another port.',
    };
  }
  if (error.code === 'EADDRNOTAVAIL') {
    return {
      code: 'bad-address',
      message: `${what} cannot listen on ${where}: this machine has no such address.`,
      remedy: 'Configure 127.0.0.1, or an address of one of its interfaces.',
    };
  }
  if (error.code === 'EACCES') {
    return {
      code: 'bad-address',
      message: `${what} may not listen on ${where}: the system refuses that port.`,
      remedy: 'Configure a port above 1023.',
    };
  }
  return { code: 'internal', message: `${what} cannot listen on ${where}: ${error.message}.`, remedy: 'Look at the log.' };
}
