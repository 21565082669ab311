/** What else can be found out about an address that does not answer as it should: other interfaces, other ports, its process. */
import { networkInterfaces } from 'node:os';
import { type Holder, holderOf, type LocalSocket, localSockets, socketsOf } from '../host/localSockets.ts';
import { isLocalHost } from '../mesh/host/localProcess.ts';
import type { Observation, Surroundings } from './observation.ts';
import type { Address, ProbeOptions } from './probe.ts';
import { probeZmq } from './tcpProbe.ts';
import { probeUdp } from './udpProbe.ts';

/** Of a fleet with many processes on one machine only the nearest matter. */
const maxTries = 16;
/** On this machine an answer takes no time; a Python node may stand in its loop for 0.2 s. */
const localTimeoutMs = 700;

type Found = Pick<Observation, 'udp' | 'tcp' | 'zmq'>;

export async function lookAround(target: Address, host: string, found: Found, options: ProbeOptions): Promise<Surroundings> {
  const local = isLocalHost(host);
  const sockets = local ? ((await localSockets()) ?? []) : [];
  const here = sockets.filter((socket) => !socket.timeWait && socket.port === target.port && covers(socket, host));
  const holder = await holderOf(here);
  return {
    local,
    answersAt: local && found.udp.kind !== 'pong' ? await answersElsewhere(target, host, sockets, options) : [],
    routerAt: found.udp.kind === 'pong' ? await findRouter(target, host, found, sockets, holder, options) : null,
    holder: holder === null ? null : `${holder.name} (process ${holder.pid})`,
    stopped: holder?.stopped ?? false,
  };
}

function covers(socket: LocalSocket, host: string): boolean {
  return socket.host === host || socket.host === '0.0.0.0';
}

/** Other addresses of this machine at which a node answers on the same port. */
async function answersElsewhere(
  target: Address,
  host: string,
  sockets: readonly LocalSocket[],
  { clock, signal }: ProbeOptions,
): Promise<readonly string[]> {
  const listed = sockets.flatMap(({ protocol, host: at, port }) => (protocol === 'udp' && port === target.port ? [at] : []));
  const own = Object.values(networkInterfaces()).flatMap((all) => all?.filter(({ family }) => family === 'IPv4') ?? []);
  // Where the system lists its sockets, that list is complete; else every interface may be the one.
  const hosts = sockets.length > 0 ? listed : ['127.0.0.1', ...own.map(({ address }) => address)];
  const others = [...new Set(hosts)].filter((at) => at !== host && at !== '0.0.0.0').slice(0, maxTries);
  const answers = await Promise.all(
    others.map(async (at) => {
      const probe = { host: at, port: target.port, timeoutMs: localTimeoutMs, members: false };
      const { seen } = await probeUdp(probe, clock, signal);
      return seen.kind === 'pong' ? [`${at}:${target.port}`] : [];
    }),
  );
  return answers.flat();
}

/** Where a ROUTER greets that belongs to this node: by its process where that is known, else at the usual distances. */
async function findRouter(
  target: Address,
  host: string,
  { zmq }: Found,
  sockets: readonly LocalSocket[],
  holder: Holder | null,
  { clock, signal, offsets, timeoutMs }: ProbeOptions,
): Promise<string | null> {
  if (zmq === null || zmq.kind === 'ready') return null;
  const listeners = sockets.filter(({ protocol, timeWait }) => protocol === 'tcp' && !timeWait);
  const owned = holder === null ? [] : await socketsOf(holder.pid, listeners);
  const samePort = listeners.filter(({ port }) => port === target.zmqPort);
  const candidates = [
    ...owned.filter(({ port }) => port !== target.port),
    ...samePort,
    ...[1_000, ...offsets].map((offset) => ({ host, port: target.port + offset })),
  ].map((at) => ({ host: at.host === '0.0.0.0' ? host : at.host, port: at.port }));
  const seen = new Set([`${host}:${target.zmqPort}`]);
  const limitMs = sockets.length > 0 ? localTimeoutMs : timeoutMs;
  for (const at of candidates.slice(0, maxTries)) {
    const name = `${at.host}:${at.port}`;
    if (seen.has(name) || at.port > 65_535 || signal.aborted) continue;
    seen.add(name);
    const answer = await probeZmq({ ...at, timeoutMs: limitMs }, clock, signal);
    if (answer.kind === 'ready' && answer.socketType === 'ROUTER') return name;
  }
  return null;
}
