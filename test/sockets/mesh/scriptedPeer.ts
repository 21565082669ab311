/** A member made of bare sockets: full membership, and a ROUTER and a DEALER that do what the test says. */
import { createSocket } from 'node:dgram';
import { Dealer, Router } from 'zeromq';
import { freePort } from './freePort.ts';

export interface ScriptedPeer {
  readonly address: string;
  /** Types of the messages its ROUTER got, in order, copies included. */
  readonly received: string[];
  /** Texts of all datagrams it got. */
  readonly datagrams: string[];
  /** Whether it acknowledges messages. */
  acknowledges: boolean;
  /** A datagram from its own port. */
  datagram(bytes: Uint8Array | string): void;
  /** Messages from its DEALER to the ROUTER of the seed, with the identity that swim-p2p would use; answers come back in order. */
  dealer(): Promise<{ send(message: object | string): Promise<void>; answers: { readonly [key: string]: unknown }[] }>;
  /** Over the connection that the seed opened to its ROUTER. */
  answerUnasked(message: object): Promise<void>;
  close(): void;
}

/** Joins `seed`: answers PING, sends a heartbeat with its own entry every 300 ms. */
export async function joinScriptedPeer(seed: string): Promise<ScriptedPeer> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const udp = createSocket('udp4');
  const router = new Router({ linger: 0 });
  await router.bind(`tcp://127.0.0.1:${port + 1_000}`);
  await new Promise<void>((resolve) => udp.bind(port, '127.0.0.1', resolve));
  const peer = { address, received: [] as string[], datagrams: [] as string[], acknowledges: true };
  const seedPort = Number(seed.split(':')[1]);
  const dealers: Dealer[] = [];
  const routed = Promise.withResolvers<Buffer>();
  const now = () => Date.now() / 1_000;
  const send = (to: string, message: object) => udp.send(`U${JSON.stringify(message)}`, Number(to.split(':')[1]), '127.0.0.1');
  const entry = { addr: address, state: 'ALIVE', incarnation: 1, last_heartbeat: now(), metadata: {} };
  const heartbeat = () =>
    send(seed, {
      type: 'HEARTBEAT',
      from: address,
      digest: { version: 1, entries: [entry], is_full: false, timestamp: now(), source: address },
      id: '0123abcd',
      timestamp: now(),
    });
  udp.on('message', (bytes, source) => {
    peer.datagrams.push(bytes.toString('utf8'));
    const message = JSON.parse(bytes.toString('utf8').slice(1)) as { type: string; id: string; timestamp: number };
    if (message.type !== 'PING') return;
    send(`127.0.0.1:${source.port}`, {
      type: 'PONG',
      from: address,
      id: message.id,
      in_response_to: 'PING',
      orig_timestamp: message.timestamp,
      timestamp: now(),
    });
  });
  const beat = setInterval(heartbeat, 300);
  heartbeat();

  void (async () => {
    for await (const [identity, , body] of router) {
      if (identity === undefined || body === undefined) continue;
      routed.resolve(identity);
      const message = JSON.parse(body.toString('utf8')) as { type: string; id: string };
      peer.received.push(message.type);
      if (!peer.acknowledges) continue;
      for (const ackType of ['delivery', 'processing']) {
        const ack = { type: 'ACK', ack_type: ackType, ack_for: message.id, success: true, node_id: address, timestamp: now() };
        await router.send([identity, '', JSON.stringify(ack)]);
      }
    }
    // `close` may come between a message and its acknowledgement.
  })().catch(() => {});

  return Object.assign(peer, {
    datagram(bytes: Uint8Array | string) {
      udp.send(bytes, seedPort, '127.0.0.1');
    },
    async dealer() {
      const target = `127.0.0.1:${seedPort + 1_000}`;
      const dealer = new Dealer({ routingId: `dealer-${address}-to-${target}-00000000`, linger: 0 });
      dealers.push(dealer);
      dealer.connect(`tcp://${target}`);
      const answers: { readonly [key: string]: unknown }[] = [];
      void (async () => {
        for await (const frames of dealer)
          answers.push(JSON.parse(frames.at(-1)?.toString('utf8') ?? '{}') as { readonly [key: string]: unknown });
        // `close` may come between two answers.
      })().catch(() => {});
      const send = (message: object | string) =>
        dealer.send(['', typeof message === 'string' ? message : JSON.stringify(message)]);
      return { send, answers };
    },
    async answerUnasked(message: object) {
      await router.send([await routed.promise, '', JSON.stringify(message)]);
    },
    close() {
      for (const dealer of dealers) dealer.close();
      clearInterval(beat);
      udp.close();
      router.close();
    },
  });
}
