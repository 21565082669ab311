/** A peer of the mesh as a row of the store, and back. */
import * as z from 'zod';
import type { RosterSnapshot } from '#schemas/fleet/mesh.ts';
import { agentSchema, type LivePeer } from '#schemas/fleet/peer.ts';
import type { KnownNode } from '#schemas/registry/knownNode.ts';

/** Which mesh: a store belongs to one workspace, and its node joins one. */
const fleet = 'default';

/**
 * Null for a peer that nobody has met yet. `before` is the row as it was.
 *
 * @param nowWallMs For a peer that lives: its last sign of life is now.
 */
export function meshRow(peer: LivePeer, nowWallMs: number, before: KnownNode | null): KnownNode | null {
  if (peer.state === 'unknown' || peer.state === 'offline') return null;
  const since = peer.since === null ? nowWallMs : Date.parse(peer.since);
  const lastSeen = peer.state === 'alive' ? nowWallMs : Math.max(before?.lastSeen ?? 0, Math.min(since, nowWallMs));
  return {
    kind: 'jarviscore',
    fleet,
    id: peer.id,
    name: peer.name,
    address: peer.address,
    firstSeen: before?.firstSeen ?? Math.min(since, nowWallMs),
    lastSeen,
    lastState: peer.state,
    reason: peer.reason,
    announced: { agents: peer.agents.map(({ id, role, capabilities }) => ({ id, role, capabilities: [...capabilities] })) },
  };
}

const announcedSchema = z.object({ agents: z.array(agentSchema) });

/** Offline until it answers, with when it was last heard of. */
function storedMeshPeer(row: KnownNode, answeredAt: number | null): LivePeer {
  const announced = announcedSchema.safeParse(row.announced);
  return {
    id: row.id,
    name: row.name,
    kind: 'jarviscore',
    address: row.address,
    state: answeredAt === null ? 'offline' : 'alive',
    incarnation: null,
    since: new Date(answeredAt ?? row.lastSeen).toISOString(),
    reason:
      answeredAt === null
        ? `known from earlier (last ${row.lastState}), not heard from since the start`
        : 'known from earlier; it answers us and is no member of our mesh',
    observedBy: null,
    agents: announced.success ? announced.data.agents : [],
    capacity: null,
    keepalive: null,
    zmqAddress: null,
    keepalivePhase: 'waiting',
    localOpinion: null,
    announced: false,
    warnings: [],
  };
}

/** A contact is asked again after 30 s at most (mesh/swim/seeds.ts); two answers in a row may be lost. */
const answerCountsMs = 75_000;

/** Mesh peers that only the store knows: asked whether they are there, and joined with nobody. */
export class StoredMesh {
  readonly #ask: (addresses: string[]) => void;
  readonly #asked = new Set<string>();
  /** When an address answered first without a gap, and last; milliseconds since 1970. */
  readonly #answers = new Map<string, { readonly first: number; readonly last: number }>();
  readonly #shown = new Map<string, { readonly row: KnownNode; readonly answeredAt: number | null; readonly peer: LivePeer }>();

  /** @param ask Puts addresses to the mesh host. */
  constructor(ask: (addresses: string[]) => void) {
    this.#ask = ask;
  }

  /** A new mesh host knows nothing of earlier questions. */
  hostStarted(): void {
    this.#asked.clear();
    this.#answers.clear();
  }

  answered(address: string, nowWallMs: number): void {
    const before = this.#answers.get(address);
    const first = before !== undefined && nowWallMs - before.last <= answerCountsMs ? before.first : nowWallMs;
    this.#answers.set(address, { first, last: nowWallMs });
  }

  /** Rows of the store without those the roster has, and asks those that were not asked yet. A peer stays the same object. */
  peers(rows: readonly KnownNode[], roster: RosterSnapshot | null, nowWallMs: number): readonly LivePeer[] {
    if (roster === null) return rows.map((row) => this.#peer(row, null));
    const live = new Set(roster.peers.map(({ id }) => id)).add(roster.self.address);
    const left = rows.filter(({ id }) => !live.has(id));
    const fresh = left.flatMap(({ id, address }) => (this.#asked.has(id) || address === null ? [] : [address]));
    if (fresh.length > 0) {
      for (const { id } of left) this.#asked.add(id);
      for (let i = 0; i < fresh.length; i += maxAsked) this.#ask(fresh.slice(i, i + maxAsked));
    }
    return left.map((row) => {
      const answer = row.address === null ? undefined : this.#answers.get(row.address);
      return this.#peer(row, answer !== undefined && nowWallMs - answer.last <= answerCountsMs ? answer.first : null);
    });
  }

  #peer(row: KnownNode, answeredAt: number | null): LivePeer {
    const shown = this.#shown.get(row.id);
    if (shown?.row === row && shown.answeredAt === answeredAt) return shown.peer;
    const peer = storedMeshPeer(row, answeredAt);
    this.#shown.set(row.id, { row, answeredAt, peer });
    return peer;
  }
}

/** Addresses in one command. */
const maxAsked = 1_000;
