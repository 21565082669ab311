/** A member made of bare sockets: full membership, and a ROUTER that does what the test says. */
import { createSocket } from 'node:dgram';
import { Router } from 'zeromq';
import { freePort } from './support.ts';

export interface ScriptedPeer {
  readonly address: string;
  /** Types of the messages its ROUTER got, in order, copies included. */
  readonly received: string[];
  /** Whether it acknowledges messages. */
  acknowledges: boolean;
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
  const peer = { address, received: [] as string[], acknowledges: true };
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
    close() {
      clearInterval(beat);
      udp.close();
      router.close();
    },
  });
}
