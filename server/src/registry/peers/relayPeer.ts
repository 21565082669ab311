/** A node of the relay hub as a peer of the roster and as a row of the store. */
import * as z from 'zod';
import type { Json } from '#schemas/fleet/mesh.ts';
import type { KnownNode } from '#schemas/registry/knownNode.ts';
import type { OtherPeer } from '#schemas/registry/otherPeer.ts';
import { aggregate, connected, type HubNode, newNode } from '../relay/hubNode.ts';
import type { TokenHash } from '../relay/tokens.ts';
import { iso, outsideMesh } from './outsideMesh.ts';

interface Bound {
  readonly hash: TokenHash;
  readonly enrolled: boolean;
}

export function relayPeer(node: HubNode, fleet: string): OtherPeer {
  const sum = aggregate(node);
  const agents = connected(node).flatMap((provider) => [...provider.agents.values()]);
  return {
    ...outsideMesh,
    id: node.id,
    name: node.name,
    kind: 'relay',
    address: null,
    state: node.online ? 'alive' : 'offline',
    since: iso(node.since),
    reason: node.reason,
    agents: node.online ? agents.map(({ agent_id: id, name }) => ({ id, role: name, capabilities: [] })) : [],
    // From one snapshot of one moment, so that a load above its own capacity cannot appear.
    capacity: {
      load: node.online ? sum.load : null,
      activeAgents: node.online ? sum.activeAgents : null,
      maxAgents: sum.maxAgents,
    },
    announced: node.online,
    warnings: node.conflict === null ? [] : [node.conflict],
    other: {
      fleet,
      firstSeen: iso(node.firstSeen),
      lastSeen: node.lastSeen === null ? null : iso(node.lastSeen),
      restored: node.restored,
      conflict: node.conflict,
      relay: {
        version: sum.version === '' ? null : sum.version,
        capabilities: sum.capabilities.map(({ name }) => name),
        handlersLive: node.online && sum.handlersLive,
        tags: [...sum.tags],
        providers: connected(node).map(({ name }) => name),
      },
      circuitForge: null,
    },
  };
}

const announcedSchema = z.object({
  role: z.string().default('direct'),
  machineId: z.string().nullable().default(null),
  capabilities: z.array(z.string()).default([]),
  version: z.string().default(''),
  tags: z.array(z.string()).default([]),
  maxAgents: z.int().nonnegative().default(0),
  /** Digest of the token the node is bound to. */
  token: z
    .object({ hash: z.string().regex(/^[0-9a-f]{64}$/), enrolled: z.boolean() })
    .nullable()
    .default(null),
});

export function relayRow(node: HubNode, fleet: string, token: Bound | null): KnownNode {
  const sum = aggregate(node);
  const announced = {
    role: node.role,
    machineId: node.machineId,
    capabilities: sum.capabilities.map(({ name }) => name),
    version: sum.version,
    tags: [...sum.tags],
    maxAgents: sum.maxAgents,
    token: token === null ? null : { hash: token.hash, enrolled: token.enrolled },
  } satisfies Json;
  return {
    kind: 'relay',
    fleet,
    id: node.id,
    name: node.name,
    address: null,
    firstSeen: node.firstSeen,
    lastSeen: node.lastSeen ?? node.firstSeen,
    lastState: node.online ? 'alive' : 'offline',
    reason: node.reason,
    announced,
  };
}

/** A row of an earlier run, offline. What does not parse of its facts is as good as never announced. */
export function relayFromRow(row: KnownNode, nowWallMs: number): { readonly node: HubNode; readonly token: Bound | null } {
  const parsed = announcedSchema.safeParse(row.announced ?? {});
  const facts = parsed.success ? parsed.data : announcedSchema.parse({});
  const node: HubNode = {
    ...newNode(row.id, row.firstSeen),
    name: row.name ?? row.id,
    role: facts.role,
    machineId: facts.machineId,
    reason: 'restored, not heard from since the start',
    since: nowWallMs,
    lastSeen: row.lastSeen,
    restored: true,
    remembered: { capabilities: facts.capabilities, version: facts.version, tags: facts.tags, maxAgents: facts.maxAgents },
  };
  return { node, token: facts.token };
}
