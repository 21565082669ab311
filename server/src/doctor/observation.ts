/** What the doctor's probes saw of one address. Plain data: judged elsewhere. */
import type { ContactEntry } from '../mesh/swim/types.ts';

export type UdpSeen =
  | {
      readonly kind: 'pong';
      /** What the node calls itself. */
      readonly from: string;
      /** Where the answer came from, `host:port`. */
      readonly source: string;
      readonly rttMs: number;
      /** Its wall clock minus ours. */
      readonly offsetMs: number;
    }
  /** The system of that machine said that nothing holds the port. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'silent'; readonly afterMs: number }
  /** An answer that is no SWIM message. */
  | { readonly kind: 'foreign'; readonly service: string }
  /** It could not be sent: no route, no permission. */
  | { readonly kind: 'failed'; readonly why: string };

export type TcpSeen =
  | { readonly kind: 'accepted'; readonly service: string | null }
  | { readonly kind: 'refused' }
  | { readonly kind: 'silent'; readonly afterMs: number }
  | { readonly kind: 'failed'; readonly why: string };

export type ZmqSeen =
  | { readonly kind: 'ready'; readonly socketType: string }
  | { readonly kind: 'not-zmtp'; readonly service: string }
  /** It accepted and did not finish the handshake. */
  | { readonly kind: 'mute'; readonly afterMs: number }
  | { readonly kind: 'handshake-refused'; readonly what: string }
  | Exclude<TcpSeen, { kind: 'accepted' }>;

/** What else could be found out about an address that did not answer as it should. */
export interface Surroundings {
  /** The address belongs to this machine. */
  readonly local: boolean;
  /** Addresses of this machine at which a node answers on that port instead. */
  readonly answersAt: readonly string[];
  /** `host:port` where a ROUTER of that node greets. */
  readonly routerAt: string | null;
  /** "python3 (process 4711)" that holds the UDP or TCP port here; null: not known. */
  readonly holder: string | null;
  /** That process stands still. */
  readonly stopped: boolean;
}

export interface Observation {
  /** Numeric address that was asked; null where the name does not resolve. */
  readonly resolved: string | null;
  /** Why the name does not resolve. */
  readonly unresolved: string | null;
  readonly udp: UdpSeen;
  readonly tcp: TcpSeen;
  /** Null where the ZeroMQ port is not known. */
  readonly zmq: ZmqSeen | null;
  /** Its SYNC-RESP; null where none came. */
  readonly members: readonly ContactEntry[] | null;
  readonly around: Surroundings | null;
}
