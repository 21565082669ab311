/** Whether the ports of a node can be had, before anything is started. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { holderOf, type LocalSocket, localSockets } from '../host/localSockets.ts';
import { errorCode } from '../mesh/transport/errors.ts';

export interface WantedPorts {
  /** Who needs them. */
  readonly name: string;
  /** Numeric IPv4, or localhost, or 0.0.0.0. */
  readonly host: string;
  /** UDP and TCP. */
  readonly swim: number;
  /** TCP. */
  readonly zmq: number | null;
}

interface Need {
  readonly protocol: 'udp' | 'tcp';
  readonly port: number;
  readonly what: string;
}

function needs({ swim, zmq }: WantedPorts): readonly Need[] {
  return [
    { protocol: 'udp', port: swim, what: 'UDP' },
    { protocol: 'tcp', port: swim, what: 'TCP' },
    ...(zmq === null ? [] : [{ protocol: 'tcp' as const, port: zmq, what: 'ZeroMQ' }]),
  ];
}

/** Sentences about ports that cannot be had, with who holds them where that can be known; none: all are free. */
export async function portProblems(wanted: WantedPorts): Promise<readonly string[]> {
  const host = wanted.host === 'localhost' ? '127.0.0.1' : wanted.host;
  const beyond = needs(wanted).find(({ port }) => port < 1 || port > 65_535);
  if (beyond !== undefined) return [`${wanted.name} needs port ${beyond.port} (${beyond.what}), which is no port.`];
  const sockets = (await localSockets()) ?? [];
  const found = await Promise.all(
    needs(wanted).map(async (need) => {
      // Even for a moment nothing listens on every interface: what holds it there is in the way on loopback, too.
      const error = await tryBind(need, host === '0.0.0.0' ? '127.0.0.1' : host);
      const taken = sockets.filter((socket) => blocks(socket, need, host));
      return error === null && taken.length === 0 ? [] : [await describe(wanted.name, need, host, error, taken)];
    }),
  );
  return found.flat();
}

/**
 * swim-p2p binds UDP and TCP of its port to every interface, whatever host is configured, so a socket on another one is
 * in its way. It checks both ports without SO_REUSEADDR: what TIME_WAIT keeps counts as taken (swim-p2p 1.2.6).
 */
function blocks(socket: LocalSocket, { protocol, port, what }: Need, host: string): boolean {
  if (socket.protocol !== protocol || socket.port !== port) return false;
  const everywhere = what !== 'ZeroMQ' && !socket.timeWait;
  return everywhere || socket.host === host || socket.host === '0.0.0.0' || host === '0.0.0.0';
}

async function describe(
  name: string,
  { port, what }: Need,
  host: string,
  error: string | null,
  taken: readonly LocalSocket[],
): Promise<string> {
  if (error === 'EADDRNOTAVAIL') return `${host}, which ${name} binds, is no address of this machine.`;
  if (error === 'EACCES')
    return `This user may not open port ${port} (${what}), which ${name} needs. Ports from 1024 up are free for all.`;
  if (error !== null && error !== 'EADDRINUSE')
    return `Port ${port} (${what}) on ${host}, which ${name} needs, cannot be opened: ${error}.`;
  const live = taken.filter(({ timeWait }) => !timeWait);
  if (live.length === 0 && taken.length > 0) {
    return `Port ${port} (${what}) on ${host}, which ${name} needs, was in use until a moment ago: the framework cannot bind it for up to 60 s.`;
  }
  const holder = await holderOf(live);
  const who = holder === null ? 'another process' : `${holder.name} (process ${holder.pid})`;
  return `Port ${port} (${what}) on ${host}, which ${name} needs, is taken by ${who}.`;
}

function tryBind({ protocol, port }: Need, host: string): Promise<string | null> {
  return protocol === 'udp' ? tryUdp(port, host) : tryTcp(port, host);
}

const reason = (error: Error): string => errorCode(error) ?? error.message;

function tryUdp(port: number, host: string): Promise<string | null> {
  return new Promise((done) => {
    const socket = createSocket({ type: 'udp4', reuseAddr: false });
    socket.once('error', (error) => {
      socket.close();
      done(reason(error));
    });
    socket.bind({ port, address: host, exclusive: true }, () => socket.close(() => done(null)));
  });
}

function tryTcp(port: number, host: string): Promise<string | null> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error) => done(reason(error)));
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(null)));
  });
}

/** Declared nodes that need the same port on the same machine: they cannot run together. */
export function collisions(all: readonly WantedPorts[]): readonly string[] {
  const owners = new Map<string, { readonly name: string; readonly what: string }>();
  return all.flatMap((wanted) =>
    needs(wanted).flatMap(({ protocol, port, what }) => {
      const key = `${protocol} ${port}`;
      const owner = owners.get(key);
      if (owner === undefined) {
        owners.set(key, { name: wanted.name, what });
        return [];
      }
      return [`Port ${port} is needed twice: by ${owner.name} (${owner.what}) and by ${wanted.name} (${what}).`];
    }),
  );
}
