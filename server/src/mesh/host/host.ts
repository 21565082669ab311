/** Runs a mesh node under real sockets, clocks and randomness, and speaks with the supervisor. */
import { randomFillSync } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { deflateSync, inflateSync } from 'node:zlib';
import type { HostEvent, NodeConfig, NodeError } from '#schemas/fleet/mesh.ts';
import type { Instant, Random } from '../core.ts';
import { createMeshNode, withPortOffset } from '../node.ts';
import type { MeshNode, NodeCommand, NodeInput } from '../nodeTypes.ts';
import type { Deflate, Inflate } from '../swim/types.ts';
import { TransportError } from '../transport/errors.ts';
import { createAlarm } from './alarm.ts';
import { createDealerQueue, type DealerOutput } from './dealerQueue.ts';
import { openSockets, type Sockets } from './sockets.ts';

export interface Host {
  /** `ready` and a snapshot follow, or `failed`. */
  start(config: NodeConfig): Promise<void>;
  command(command: NodeCommand): void;
  /** Leaves the mesh and closes all sockets. */
  stop(): Promise<void>;
  /** A snapshot event for a supervisor that lost deltas. */
  resync(): void;
}

/** How often this machine's addresses are looked at; loopback never goes. */
const addressLookMs = 2_000;
/** Leaving takes 0.7 s at most; this is for sockets that do not close. */
const stopLimitMs = 2_000;

const inflate: Inflate = (zlib, maxBytes) => {
  try {
    return inflateSync(zlib, { maxOutputLength: maxBytes });
  } catch {
    return null;
  }
};

const deflate: Deflate = (bytes) => deflateSync(bytes);

/** From the system's generator, 2 KiB at a time: ids on the wire must not be guessable from earlier ones. */
function systemRandom(): Random {
  const pool = new Uint32Array(512);
  let next = pool.length;
  return () => {
    if (next >= pool.length) {
      randomFillSync(pool);
      next = 0;
    }
    return (pool[next++] ?? 0) / 0x1_0000_0000;
  };
}

const instant = (): Instant => ({ monotonicMs: performance.now(), wallMs: Date.now() });

const hasAddress = (host: string): boolean =>
  Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === host) === true);

function reasonOf(error: unknown): NodeError {
  if (error instanceof TransportError) return error.reason;
  return {
    code: 'internal',
    message: `The mesh node could not start: ${error instanceof Error ? error.message : String(error)}.`,
    remedy: 'Look at the log and report it.',
  };
}

export function createHost(emit: (event: HostEvent) => void): Host {
  const random = systemRandom();
  let node: MeshNode | null = null;
  let sockets: Sockets | null = null;
  const alarm = createAlarm(() => handle({ kind: 'tick' }));
  let dealers: ((output: DealerOutput) => void) | null = null;
  let addressTimer: NodeJS.Timeout | null = null;
  let onLeft: (() => void) | null = null;
  let stopping: Promise<void> | null = null;
  let starting = false;
  let alarmStale = false;

  function perform(running: MeshNode, open: Sockets): void {
    for (;;) {
      const output = running.poll();
      if (output === undefined) return;
      switch (output.kind) {
        case 'udp':
          open.udp.send(output.to, output.bytes);
          break;
        case 'tcp':
          open.tcp.send(output.to, output.bytes);
          break;
        case 'router-send':
          open.zmq.routerSend(output.identity, output.bytes);
          break;
        case 'dealer-connect':
        case 'dealer-disconnect':
        case 'dealer-send':
          dealers?.(output);
          break;
        case 'event':
          emit(output.event);
          break;
        case 'left':
          onLeft?.();
          break;
      }
    }
  }

  function handle(input: NodeInput): void {
    if (node === null || sockets === null) return;
    node.handle(input, instant());
    perform(node, sockets);
    // Under load dozens of inputs come in one turn, and each would look for the next deadline of everything.
    if (!alarmStale) setImmediate(setAlarm);
    alarmStale = true;
  }

  function setAlarm(): void {
    alarmStale = false;
    if (node !== null) alarm.set(node.nextTimeout());
  }

  async function leave(): Promise<void> {
    const open = sockets;
    if (open === null) return;
    let limit: NodeJS.Timeout | null = null;
    await new Promise<void>((resolve) => {
      onLeft = resolve;
      limit = setTimeout(resolve, stopLimitMs);
      handle({ kind: 'command', command: { command: 'stop' } });
    });
    if (limit !== null) clearTimeout(limit);
    alarm.stop();
    if (addressTimer !== null) clearInterval(addressTimer);
    node = null;
    sockets = null;
    await open.close();
  }

  return {
    async start(config) {
      if (starting || node !== null) return;
      starting = true;
      try {
        const open = await openSockets(config, {
          onDatagram: (from, bytes) => handle({ kind: 'datagram', from, bytes }),
          onFrame: (from, bytes) => handle({ kind: 'frame', from, bytes }),
          onRouter: (identity, bytes) => handle({ kind: 'router', identity, bytes }),
          onDealer: (peer, bytes) => handle({ kind: 'dealer', peer, bytes }),
          onConnected: (peer) => handle({ kind: 'dealer-connected', peer }),
          onDisconnected: (peer) => handle({ kind: 'dealer-disconnected', peer }),
        });
        if (stopping !== null) {
          await open.close();
          return;
        }
        const address = `${config.host}:${open.port}`;
        const epoch = `${Date.now().toString(36)}-${Math.floor(random() * 0x1_0000_0000).toString(36)}`;
        sockets = open;
        dealers = createDealerQueue(open.zmq);
        node = createMeshNode({ config: { ...config, port: open.port }, random, inflate, deflate, epoch }, instant());
        emit({ event: 'ready', address, zmq: withPortOffset(address, config.zmqOffset) });
        handle({ kind: 'command', command: { command: 'snapshot' } });
        handle({ kind: 'tick' });
        if (!config.host.startsWith('127.')) {
          let up = true;
          addressTimer = setInterval(() => {
            if (hasAddress(config.host) === up) return;
            up = !up;
            handle({ kind: 'network', up });
          }, addressLookMs);
        }
      } catch (error) {
        emit({ event: 'failed', error: reasonOf(error) });
      } finally {
        starting = false;
      }
    },

    command(command) {
      if (command.command === 'stop') return;
      handle({ kind: 'command', command });
    },

    stop() {
      stopping ??= leave();
      return stopping;
    },

    resync() {
      handle({ kind: 'command', command: { command: 'snapshot' } });
    },
  };
}
