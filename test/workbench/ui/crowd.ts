/** Many members of bare sockets that answer pings and take messages, and one that tells what state each is in. */
import { createSocket, type Socket } from 'node:dgram';
import { Router } from 'zeromq';
import { freeNodePorts } from '../../../scripts/ports.ts';

export interface Crowd {
  /** The members but the teller, `host:port`. */
  readonly members: readonly string[];
  /** Tells the seed that one of them is suspect, or, when it was, that it has refuted that. */
  turn(member: string): void;
  close(): void;
}

interface Entry {
  state: 'ALIVE' | 'SUSPECT';
  incarnation: number;
}

/** As many as fit into one datagram of the protocol. */
const atOnce = 8;
const seconds = (): number => Date.now() / 1_000;

function answersPings(socket: Socket, address: string): void {
  socket.on('message', (bytes, from) => {
    const message = JSON.parse(bytes.toString('utf8').slice(1)) as { type: string; id: string; timestamp: number };
    if (message.type !== 'PING') return;
    const pong = { type: 'PONG', from: address, id: message.id, in_response_to: 'PING', orig_timestamp: message.timestamp };
    socket.send(`U${JSON.stringify({ ...pong, timestamp: seconds() })}`, from.port, from.address);
  });
}

/** Takes every message and acknowledges it. */
async function takesMessages(router: Router, address: string): Promise<void> {
  for await (const [identity, , body] of router) {
    if (identity === undefined || body === undefined) continue;
    const { id } = JSON.parse(body.toString('utf8')) as { id: string };
    for (const type of ['delivery', 'processing']) {
      const ack = { type: 'ACK', ack_type: type, ack_for: id, success: true, node_id: address, timestamp: seconds() };
      await router.send([identity, '', JSON.stringify(ack)]);
    }
  }
}

/** @param seed `host:port` of the node that is to know them all */
export async function joinCrowd(seed: string, count: number): Promise<Crowd> {
  const [host = '', seedPort = ''] = seed.split(':');
  const sockets: Socket[] = [];
  const routers: Router[] = [];
  const entries = new Map<string, Entry>();
  while (entries.size <= count) {
    const [port = 0] = await freeNodePorts(1);
    const address = `127.0.0.1:${port}`;
    const socket = createSocket('udp4');
    sockets.push(socket);
    await new Promise<void>((done) => socket.bind(port, '127.0.0.1', done));
    answersPings(socket, address);
    const router = new Router({ linger: 0 });
    routers.push(router);
    await router.bind(`tcp://127.0.0.1:${port + 1_000}`);
    // `close` may come between a message and its acknowledgement.
    void takesMessages(router, address).catch(() => {});
    entries.set(address, { state: 'ALIVE', incarnation: 1 });
  }
  const [teller = ''] = entries.keys();
  const [voice] = sockets;
  const tell = (addresses: readonly string[]): void => {
    const told = addresses.flatMap((addr) => {
      const entry = entries.get(addr);
      return entry === undefined ? [] : [{ addr, ...entry, last_heartbeat: seconds(), metadata: {} }];
    });
    const digest = { version: 1, entries: told, is_full: false, timestamp: seconds(), source: teller };
    const message = { type: 'HEARTBEAT', from: teller, digest, id: '0123abcd', timestamp: seconds() };
    voice?.send(`U${JSON.stringify(message)}`, Number(seedPort), host);
  };
  const all = [...entries.keys()];
  let next = 0;
  const beat = setInterval(() => {
    tell([teller, ...all.slice(next, next + atOnce)]);
    next = next + atOnce < all.length ? next + atOnce : 0;
  }, 50);
  return {
    members: all.slice(1),
    turn(member) {
      const entry = entries.get(member);
      if (entry === undefined) return;
      // As a member does: what others suspect at an incarnation, it refutes with the next.
      if (entry.state === 'SUSPECT') entry.incarnation += 1;
      entry.state = entry.state === 'ALIVE' ? 'SUSPECT' : 'ALIVE';
      tell([teller, member]);
    },
    close() {
      clearInterval(beat);
      for (const socket of sockets) socket.close();
      for (const router of routers) router.close();
    },
  };
}
