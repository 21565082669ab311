/** Members and rows as a test needs them: the quiet ones, with what a test changes of them. */
import type { SelfFacts } from '#schemas/fleet/mesh.ts';
import type { Agent, LivePeer } from '#schemas/fleet/peer.ts';
import type { Member } from '#server/mesh/swim/types.ts';
import { wallStartMs } from './support.ts';

export const addressOf = (port: number): string => `127.0.0.1:${port}`;

export const agentOf = (id: string, role: string): Agent => ({ id, role, capabilities: [] });

export const ownFacts: SelfFacts = {
  address: addressOf(7_000),
  zmqAddress: addressOf(8_000),
  name: 'me',
  incarnation: 1,
  observing: true,
  agents: [],
  keepalive: 'running',
};

/** A member that is well. */
export function memberOf(port: number, change: Partial<Member> = {}): Member {
  return {
    address: addressOf(port),
    state: 'alive',
    incarnation: 1,
    sinceWallMs: wallStartMs,
    reason: 'It answers our probes.',
    observedBy: addressOf(7_000),
    localOpinion: null,
    opinion: 'alive',
    gossipState: 'ALIVE',
    gossiped: true,
    wildcard: null,
    suspectedBy: [],
    warnings: [],
    ...change,
  };
}

export function rowOf(port: number, change: Partial<LivePeer> = {}): LivePeer {
  const id = addressOf(port);
  return {
    id,
    name: null,
    kind: 'jarviscore',
    address: id,
    state: 'alive',
    incarnation: 1,
    since: new Date(wallStartMs).toISOString(),
    reason: null,
    observedBy: null,
    agents: [],
    capacity: null,
    keepalive: null,
    zmqAddress: addressOf(port + 1_000),
    keepalivePhase: 'waiting',
    localOpinion: null,
    announced: true,
    warnings: [],
    ...change,
  };
}
