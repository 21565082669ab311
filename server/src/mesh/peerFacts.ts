/** A member of the mesh as the roster shows it: membership, messages and keepalive put together. */
import type { LocalProcess } from '#schemas/fleet/mesh.ts';
import type { LivePeer, MeshFacts } from '#schemas/fleet/peer.ts';
import type { Instant } from './core.ts';
import type { PeerKeepalives } from './keepalive/keepalive.ts';
import type { Messages } from './messages/contract.ts';
import type { Registry } from './messages/registry.ts';
import type { Member, Swim } from './swim/types.ts';

/** A roster that is not here this long after its node became alive is a finding, not a delay. */
const oneWayMs = 15_000;
/** Less is the business of time synchronisation, not of a fleet's owner. */
const noteworthyOffsetMs = 1_000;

export interface PeerSources {
  readonly swim: Pick<Swim, 'violations'>;
  readonly messages: Pick<Messages, 'behaviours' | 'agents' | 'name' | 'warnings' | 'refused' | 'waitsFor' | 'knowsUs'> & {
    readonly registry: Pick<Registry, 'announced'>;
  };
  readonly keepalives: Pick<PeerKeepalives, 'facts' | 'phase'>;
  /** Rules broken in membership, one sentence each. */
  broken(peer: string): readonly string[];
  /** Others that use the same identity. */
  twins(member: Member): readonly string[];
  /** Its wall clock minus ours; steady while it only jitters. */
  clockOffsetMs(peer: string): number | null;
  process(peer: string): LocalProcess | null;
  zmqAddressOf(peer: string): string;
}

/** Its fleet holds it dead, but it answers us: what a restarted Python node looks like, mostly for ever. */
export function isReadmittable(member: Member): boolean {
  return member.state === 'dead' && member.opinion === 'alive' && member.gossipState !== null && member.gossipState !== 'ALIVE';
}

const list = (names: readonly string[]): string => names.join(', ');

function marksOf(member: Member, facts: Omit<MeshFacts, 'marks'>, sources: PeerSources, now: Instant): MeshFacts['marks'] {
  const { messages } = sources;
  const peer = member.address;
  const marks: MeshFacts['marks'] = [];
  const add = (kind: MeshFacts['marks'][number]['kind'], text: string) => marks.push({ kind, text });

  if (facts.readmittable) {
    add(
      'readmittable',
      'It answers us, but its fleet holds it dead. A restarted node can stay dead for its fleet for ever; readmitting it brings it back.',
    );
  }
  const process = sources.process(peer);
  if (process?.stopped === true)
    add('stopped-process', `Its process ${process.pid} on this machine is stopped, by a debugger or a signal.`);
  if (facts.suspectedBy.length > 0) {
    const what = member.gossipState === 'DEAD' ? 'Held dead' : 'Suspected';
    add('suspected-by', `${what} by ${list(facts.suspectedBy)}.`);
  }
  const twins = sources.twins(member);
  if (twins.length > 0)
    add('duplicate-identity', `It shares an identity with ${list(twins)}; messages to one may reach the other.`);
  if (facts.clockOffsetMs !== null && Math.abs(facts.clockOffsetMs) >= noteworthyOffsetMs) {
    const seconds = (Math.abs(facts.clockOffsetMs) / 1_000).toFixed(1);
    add('clock-offset', `Its clock is ${seconds} s ${facts.clockOffsetMs > 0 ? 'ahead of' : 'behind'} ours.`);
  }
  if (member.state !== 'alive') return marks;
  if (messages.waitsFor(peer))
    add('starting', 'A question waits for it to start: it is a member already, but would lose what it is asked now.');
  if (facts.addressable === false) {
    add(
      'not-addressable',
      'Announced, not addressable: it confirmed a question and never answered, as releases 1.1.0 to 1.4.1 do.',
    );
  }
  const settled = now.wallMs - member.sinceWallMs >= oneWayMs;
  if (settled && !messages.registry.announced(peer)) {
    add('one-way', 'Its agents are not known here: it has not announced them, though it was asked again and again.');
  }
  if (settled && messages.knowsUs(peer) === false) {
    add('one-way', 'It has not confirmed our agents: it would take a question of ours, but its answer could not arrive.');
  }
  const hasAgents = messages.agents(peer).length > 0;
  if (hasAgents && facts.behaviour !== null && !messages.behaviours.confirmsNotifications(peer)) {
    add(
      'notify-unconfirmed',
      `Notifications are not confirmed: release ${facts.behaviour.releases} acknowledges those it loses.`,
    );
  }
  return marks;
}

/** What is known of `member` now. */
export function livePeer(member: Member, sources: PeerSources, now: Instant): LivePeer {
  const { swim, messages, keepalives } = sources;
  const peer = member.address;
  const facts: Omit<MeshFacts, 'marks'> = {
    behaviour: messages.behaviours.of(peer),
    addressable: messages.behaviours.addressable(peer),
    suspectedBy: [...member.suspectedBy],
    clockOffsetMs: sources.clockOffsetMs(peer),
    readmittable: isReadmittable(member),
    refused: swim.violations(peer) + messages.refused(peer),
  };
  return {
    id: peer,
    name: messages.name(peer),
    kind: 'jarviscore',
    address: peer,
    state: member.state,
    incarnation: member.gossipState === null ? null : member.incarnation,
    since: new Date(member.sinceWallMs).toISOString(),
    reason: member.reason,
    observedBy: member.observedBy,
    agents: [...messages.agents(peer)],
    capacity: null,
    keepalive: keepalives.facts(peer),
    zmqAddress: sources.zmqAddressOf(peer),
    keepalivePhase: keepalives.phase(peer, now),
    localOpinion: member.localOpinion,
    announced: messages.registry.announced(peer),
    warnings: [...member.warnings, ...messages.warnings(peer), ...sources.broken(peer)],
    mesh: { ...facts, marks: marksOf(member, facts, sources, now) },
  };
}
