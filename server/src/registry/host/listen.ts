/** Opens a listening socket, or says why that cannot be and what to do. */
import type { Server } from 'node:http';
import type { NodeError } from '#schemas/fleet/mesh.ts';

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
