/** What a mesh node takes and gives. */
import type { HostCommand, HostEvent, NodeConfig, RosterSnapshot } from '#schemas/fleet/mesh.ts';
import type { Instant, Random } from './core.ts';
import type { Deflate, Inflate, SwimTiming } from './swim/types.ts';

export interface MeshNodeOptions {
  /** With the port that was bound. */
  readonly config: NodeConfig & { readonly port: number };
  readonly random: Random;
  readonly inflate: Inflate;
  readonly deflate?: Deflate;
  /** New for each start. */
  readonly epoch: string;
  readonly timing?: Partial<SwimTiming>;
}

export type NodeCommand = Exclude<HostCommand, { command: 'start' }>;

export type NodeInput =
  | { readonly kind: 'datagram'; readonly from: string; readonly bytes: Uint8Array }
  | { readonly kind: 'frame'; readonly from: string; readonly bytes: Uint8Array }
  /** A message on our ROUTER; `identity` is the connection's routing id, opaque to us. */
  | { readonly kind: 'router'; readonly identity: string; readonly bytes: Uint8Array }
  /** A message on our DEALER to `peer`: acknowledgements. */
  | { readonly kind: 'dealer'; readonly peer: string; readonly bytes: Uint8Array }
  | { readonly kind: 'dealer-connected'; readonly peer: string }
  | { readonly kind: 'dealer-disconnected'; readonly peer: string }
  | { readonly kind: 'command'; readonly command: NodeCommand }
  /** Whether this machine has the address we are bound to. */
  | { readonly kind: 'network'; readonly up: boolean }
  | { readonly kind: 'tick' };

export type NodeOutput =
  | { readonly kind: 'udp'; readonly to: string; readonly bytes: Uint8Array }
  | { readonly kind: 'tcp'; readonly to: string; readonly bytes: Uint8Array }
  | { readonly kind: 'router-send'; readonly identity: string; readonly bytes: Uint8Array }
  /** Open a fresh DEALER to `zmqAddress` with an identity never used before. */
  | { readonly kind: 'dealer-connect'; readonly peer: string; readonly zmqAddress: string }
  | { readonly kind: 'dealer-disconnect'; readonly peer: string }
  | { readonly kind: 'dealer-send'; readonly peer: string; readonly bytes: Uint8Array }
  | { readonly kind: 'event'; readonly event: HostEvent }
  /** `stop` is done: everything to be sent has been put out. */
  | { readonly kind: 'left' };

export interface MeshNode {
  /** Never throws, whatever the bytes. */
  handle(input: NodeInput, now: Instant): void;
  poll(): NodeOutput | undefined;
  nextTimeout(): number | undefined;
  snapshot(): RosterSnapshot;
}
