import { randomBytes } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Context, Dealer, Router } from 'zeromq';
import { bindError, TransportError } from './errors.ts';
import { createRateLimit } from './rateLimit.ts';

/** Just above the message limit of the codec, which counts and explains what is too large. */
const maxMessageSize = 4 * 1024 * 1024 + 65_536;
const highWaterMark = 1_000;
const handshakeMs = 3_000;
/** Messages handled before datagrams get their turn: `receive` resolves without leaving the microtask queue. */
const batch = 64;
/** The library's default of 1023 includes the monitor socket that each DEALER needs. */
const maxSockets = 4_096;

/** Monitor events after which a connection is of no use; automatic reconnection is off. */
const endings = ['disconnect', 'close', 'handshake:error:protocol', 'handshake:error:auth', 'handshake:error:other'] as const;

/** Connections whose routing ids are kept as bytes: each message gets two acknowledgements. */
const keptIdentities = 256;

/**
 * Messages of ours are JSON. Texts are copied by the addon; bytes above 128 are referenced, and given back one by one
 * over another thread and a wake-up of ours, which costs more than both conversions (zeromq.js src/outgoing_msg.cc).
 */
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

type ZeroMq = typeof import('zeromq');

export interface ZeroMqHandlers {
  /** `identity` is the routing id as latin-1 text, to be given back to `routerSend`. */
  onRouter(identity: string, bytes: Uint8Array): void;
  onDealer(peer: string, bytes: Uint8Array): void;
  onConnected(peer: string): void;
  onDisconnected(peer: string): void;
}

export interface ZeroMqTransport {
  routerSend(identity: string, bytes: Uint8Array): void;
  /** A new socket with a new identity each time: a ROUTER refuses an identity it still holds for connected. */
  connect(peer: string, zmqAddress: string): void;
  disconnect(peer: string): void;
  dealerSend(peer: string, bytes: Uint8Array): void;
  close(): void;
  readonly counters: Readonly<{ malformed: number; limited: number; failedSends: number }>;
}

/**
 * Loads the native addon.
 *
 * @throws TransportError `addon-unavailable` where this platform has no addon or it cannot be loaded.
 */
export async function loadZeroMq(): Promise<ZeroMq> {
  try {
    const loaded: ZeroMq & { default?: ZeroMq } = await import('zeromq');
    return loaded.default ?? loaded;
  } catch (error) {
    const platform = `${process.platform}-${process.arch}`;
    const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
    const left = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    throw new TransportError(
      {
        code: 'addon-unavailable',
        message: left
          ? `This installation comes without the ZeroMQ addon, so no node can be started here (${platform}).`
          : `The ZeroMQ addon could not be loaded on ${platform}: ${line}.`,
        remedy: 'Install the package made for this platform. Checking configuration files works without it.',
      },
      error,
    );
  }
}

/** @throws TransportError when the port is taken or the address is not ours. */
export async function openZeroMq(
  zmq: ZeroMq,
  self: { readonly address: string; readonly host: string; readonly port: number },
  handlers: ZeroMqHandlers,
): Promise<ZeroMqTransport> {
  const context: Context = new zmq.Context({ blocky: false, maxSockets, ioThreads: 1 });
  const router: Router = new zmq.Router({
    context,
    linger: 0,
    mandatory: true,
    sendTimeout: 0,
    sendHighWaterMark: highWaterMark,
    receiveHighWaterMark: highWaterMark,
    maxMessageSize,
    handshakeInterval: handshakeMs,
  });
  try {
    await router.bind(`tcp://${self.host}:${self.port}`);
  } catch (error) {
    router.close();
    throw bindError(error, 'ZeroMQ over TCP', self.host, self.port);
  }

  const dealers = new Map<string, Dealer>();
  const counters = { malformed: 0, limited: 0, failedSends: 0 };
  const limit = createRateLimit({ perSecond: 20_000, burst: 20_000, sources: 4_096 });
  const identities = new Map<string, Buffer>();
  let closed = false;
  const identityBytes = (identity: string): Buffer => {
    let bytes = identities.get(identity);
    if (bytes === undefined) {
      if (identities.size >= keptIdentities) identities.clear();
      bytes = Buffer.from(identity, 'latin1');
      identities.set(identity, bytes);
    }
    return bytes;
  };
  const failed = () => {
    counters.failedSends += 1;
  };

  async function readRouter(): Promise<void> {
    let handled = 0;
    // The socket's own iterator makes three more objects of each message. "Closed" ends either.
    while (!router.closed) {
      const frames = await router.receive();
      const identity = frames[0]?.toString('latin1');
      const bytes = frames.at(-1);
      if (identity === undefined || bytes === undefined || frames.length < 2 || frames.length > 3) counters.malformed += 1;
      else if (!limit.allow(identity, performance.now())) counters.limited += 1;
      else handlers.onRouter(identity, bytes);
      handled += 1;
      if (handled % batch === 0) await breathe();
    }
  }

  async function readDealer(peer: string, dealer: Dealer): Promise<void> {
    let handled = 0;
    while (!dealer.closed) {
      const frames = await dealer.receive();
      const bytes = frames.at(-1);
      if (bytes === undefined || frames.length > 2) counters.malformed += 1;
      else handlers.onDealer(peer, bytes);
      handled += 1;
      if (handled % batch === 0) await breathe();
    }
  }

  function disconnect(peer: string): void {
    const dealer = dealers.get(peer);
    if (dealer === undefined) return;
    dealers.delete(peer);
    dealer.close();
  }

  // The loops end with the sockets; an error in one is the end of that socket only.
  readRouter().catch(() => {
    counters.malformed += 1;
  });

  return {
    routerSend(identity, bytes) {
      if (!closed) router.send([identityBytes(identity), null, textOf(bytes)]).catch(failed);
    },

    connect(peer, zmqAddress) {
      if (closed) return;
      disconnect(peer);
      let dealer: Dealer;
      try {
        dealer = new zmq.Dealer({
          context,
          // swim-p2p's ROUTER reads our SWIM id between the first two dashes.
          routingId: `dealer-${self.address}-to-${zmqAddress}-${randomBytes(4).toString('hex')}`,
          linger: 0,
          reconnectInterval: -1,
          sendTimeout: 0,
          connectTimeout: handshakeMs,
          handshakeInterval: handshakeMs,
          sendHighWaterMark: highWaterMark,
          receiveHighWaterMark: highWaterMark,
          maxMessageSize,
        });
      } catch {
        // Out of sockets or file descriptors: the lane tries again later.
        failed();
        setImmediate(() => handlers.onDisconnected(peer));
        return;
      }
      dealers.set(peer, dealer);
      const lost = () => {
        if (dealers.get(peer) !== dealer) return;
        dealers.delete(peer);
        // Closing inside the monitor's own callback would end the monitor under its feet.
        setImmediate(() => dealer.close());
        handlers.onDisconnected(peer);
      };
      try {
        dealer.events.on('handshake', () => {
          if (dealers.get(peer) === dealer) handlers.onConnected(peer);
        });
        for (const event of endings) dealer.events.on(event, lost);
        dealer.connect(`tcp://${zmqAddress}`);
      } catch {
        failed();
        setImmediate(lost);
        return;
      }
      readDealer(peer, dealer).catch(lost);
    },

    disconnect,

    dealerSend(peer, bytes) {
      const dealer = dealers.get(peer);
      if (dealer === undefined) failed();
      else dealer.send([null, textOf(bytes)]).catch(failed);
    },

    close() {
      if (closed) return;
      closed = true;
      for (const peer of [...dealers.keys()]) disconnect(peer);
      router.close();
    },

    counters,
  };
}
