/**
 * The merge rule as a join-semilattice: commutative, associative, idempotent, monotone, so that digests may come
 * in any order, twice, or not at all.
 *
 * Greater incarnation wins; at the same incarnation the worse state wins (DEAD > SUSPECT > ALIVE). This is what
 * swim-p2p 1.2.6 does, except for metadata at the same incarnation: there it overwrites key by key in order of
 * arrival, so two members can disagree for ever. Here the greater text wins; on the wire it has always been `{}`.
 */
import type { DigestEntry } from '#schemas/wire/swim.ts';
import type { JsonObject } from '#schemas/wire/swimLimits.ts';
import { pythonJson } from './pythonJson.ts';

const rank = { ALIVE: 0, SUSPECT: 1, DEAD: 2 } as const;

function greaterMetadata(a: JsonObject, b: JsonObject): JsonObject {
  if (a === b) return a;
  const textA = pythonJson(a);
  const textB = pythonJson(b);
  if (textA.length !== textB.length) return textA.length > textB.length ? a : b;
  return textA >= textB ? a : b;
}

/** The join of what is held and what is told about one address. Returns `held` itself when nothing is new. */
export function join(held: DigestEntry, told: DigestEntry): DigestEntry {
  if (told.incarnation !== held.incarnation) return told.incarnation > held.incarnation ? told : held;
  const state = rank[told.state] > rank[held.state] ? told.state : held.state;
  const metadata = greaterMetadata(held.metadata, told.metadata);
  const last_heartbeat = Math.max(held.last_heartbeat, told.last_heartbeat);
  if (state === held.state && metadata === held.metadata && last_heartbeat === held.last_heartbeat) return held;
  if (state === told.state && metadata === told.metadata && last_heartbeat === told.last_heartbeat) return told;
  return { addr: held.addr, state, incarnation: held.incarnation, last_heartbeat, metadata };
}
