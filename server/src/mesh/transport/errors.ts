import type { NodeError } from '#schemas/fleet/mesh.ts';

/** A socket that could not be opened, told to a person. */
export class TransportError extends Error {
  readonly reason: NodeError;

  constructor(reason: NodeError, cause?: unknown) {
    super(reason.message, { cause });
    this.name = 'TransportError';
    this.reason = reason;
  }
}

export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** `what`: "UDP", "TCP", "ZeroMQ (TCP)". */
export function bindError(error: unknown, what: string, host: string, port: number): TransportError {
  const code = errorCode(error);
  const at = `${host}:${port}`;
  if (code === 'EADDRINUSE') {
    return new TransportError(
      {
        code: 'port-taken',
        message: `Port ${port} (${what}) on ${host} is taken by another process.`,
        remedy:
          'Stop that process, or choose another port or 0 for any free one. A node needs its port for UDP and TCP and the port above it by the ZeroMQ offset.',
      },
      error,
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENODEV') {
    return new TransportError(
      {
        code: 'bad-address',
        message: `${host} is not an address of this machine (${what} at ${at}).`,
        remedy: "Bind 127.0.0.1 or a numeric IPv4 address of one of this machine's interfaces.",
      },
      error,
    );
  }
  if (code === 'EACCES') {
    return new TransportError(
      {
        code: 'bad-address',
        message: `This user may not open port ${port} (${what}) on ${host}.`,
        remedy: 'Choose a port of 1024 or above.',
      },
      error,
    );
  }
  return new TransportError(
    {
      code: 'internal',
      message: `${what} at ${at} could not be opened: ${error instanceof Error ? error.message : String(error)}.`,
      remedy: 'Choose another port, or look at the log.',
    },
    error,
  );
}
