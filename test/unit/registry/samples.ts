import type { KnownNode } from '#schemas/registry/knownNode.ts';

export const day = 24 * 60 * 60 * 1000;

export const node = (id: string, over: Partial<KnownNode> = {}): KnownNode => ({
  kind: 'relay',
  fleet: 'default',
  id,
  name: null,
  address: null,
  firstSeen: 1_000,
  lastSeen: 2_000,
  lastState: 'alive',
  reason: null,
  announced: null,
  ...over,
});
