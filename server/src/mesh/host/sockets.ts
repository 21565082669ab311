/** All sockets of one node, opened together or not at all. */
import type { NodeConfig } from '#schemas/fleet/mesh.ts';
import { TransportError } from '../transport/errors.ts';
import { openTcp, type TcpTransport } from '../transport/tcp.ts';
import { openUdp, type UdpTransport } from '../transport/udp.ts';
import { loadZeroMq, openZeroMq, type ZeroMqHandlers, type ZeroMqTransport } from '../transport/zeromq.ts';
import { candidatePorts, checkAddress } from './ports.ts';

export interface Sockets {
  readonly port: number;
  readonly udp: UdpTransport;
  readonly tcp: TcpTransport;
  readonly zmq: ZeroMqTransport;
  close(): Promise<void>;
}

export interface SocketHandlers extends ZeroMqHandlers {
  onDatagram(from: string, bytes: Uint8Array): void;
  onFrame(from: string, bytes: Uint8Array): void;
}

/**
 * The ROUTER is bound before anything is sent: a peer that answers PING but has no ROUTER costs every Python node
 * 30 s per message.
 *
 * @throws TransportError with the reason for a person.
 */
export async function openSockets(config: NodeConfig, handlers: SocketHandlers): Promise<Sockets> {
  const refused = checkAddress(config);
  if (refused !== null) throw new TransportError(refused);
  const library = await loadZeroMq();
  let taken: TransportError | null = null;
  for (const port of candidatePorts(config, Math.random)) {
    const opened: { close(): Promise<void> | void }[] = [];
    try {
      const udp = await openUdp(config.host, port, handlers.onDatagram);
      opened.push(udp);
      const tcp = await openTcp(config.host, port, handlers.onFrame);
      opened.push(tcp);
      const self = { address: `${config.host}:${port}`, host: config.host, port: port + config.zmqOffset };
      const zmq = await openZeroMq(library, self, handlers);
      return {
        port,
        udp,
        tcp,
        zmq,
        async close() {
          zmq.close();
          await Promise.all([udp.close(), tcp.close()]);
        },
      };
    } catch (error) {
      await Promise.all(opened.map((socket) => socket.close()));
      if (!(error instanceof TransportError) || error.reason.code !== 'port-taken') throw error;
      taken = error;
    }
  }
  throw (
    taken ??
    new TransportError({
      code: 'port-taken',
      message: `No port between the declared ones is left on ${config.host}.`,
      remedy: 'Give the node a port of its own.',
    })
  );
}
