/** From what the probes saw to the steps about membership: identity, clock, fleet, mesh, roles. Pure. */

import type { StepResult } from '#schemas/fleet/doctor.ts';
import type { LivePeer } from '#schemas/fleet/peer.ts';
import type { Observation } from './observation.ts';
import { cause, failed, passed, skipped, unknown } from './reachJudge.ts';
import { addressOf, comparable, isWildcardHost, type Target } from './targets.ts';

/** What our own node knows. */
export interface KnownRoster {
  readonly self: { readonly address: string };
  readonly peers: readonly LivePeer[];
}

/** All that was looked at together: a node's fleet is told from what the others say. */
export interface Round {
  readonly seen: readonly { readonly target: Target; readonly observation: Observation }[];
  /** Addresses of declared nodes and the seeds they name, comparable. */
  readonly declared: ReadonlySet<string>;
  /** Of our own node; null while it does not run. */
  readonly roster: KnownRoster | null;
}

/** Less is the business of time synchronisation, not of a fleet's owner. */
const noteworthyOffsetMs = 1_000;
const noPong = 'It answers no PING.';

export function judgeIdentity(target: Target, { udp, resolved }: Observation): StepResult {
  if (udp.kind !== 'pong') return skipped('identity', noPong);
  const asked = `${resolved}:${target.port}`;
  if (udp.from === asked) return passed('identity', `It calls itself ${udp.from}.`);
  const host = udp.from.slice(0, udp.from.lastIndexOf(':'));
  if (isWildcardHost(host)) {
    return failed(
      'identity',
      `It calls itself ${udp.from}: peers that hear this address cannot send to it.`,
      [cause('wildcard-identity', `it was started with the wildcard address ${host} as bind_host`)],
      target.lines.host,
      `Set bind_host to ${resolved}, or to the numeric IPv4 address at which the others reach it.`,
    );
  }
  return failed(
    'identity',
    `Asked at ${asked}, it calls itself ${udp.from}: peers know it under that address only.`,
    [
      cause(
        'other-identity',
        'it was started with another bind_host than these files say, or stands behind a translated address',
      ),
    ],
    target.lines.host,
    `Use one address everywhere: ${udp.from}.`,
  );
}

export function judgeClock({ udp }: Observation): StepResult {
  if (udp.kind !== 'pong') return skipped('clock', noPong);
  const seconds = (Math.abs(udp.offsetMs) / 1_000).toFixed(1);
  if (Math.abs(udp.offsetMs) < noteworthyOffsetMs) return passed('clock', `Its clock agrees with ours within ${seconds} s.`);
  const side = udp.offsetMs > 0 ? 'ahead of' : 'behind';
  return failed(
    'clock',
    `Its clock is ${seconds} s ${side} ours.`,
    [cause('clock-offset', `the clock of its machine or container is ${side} that of this one`)],
    [],
    'Synchronise both machines (NTP); times in logs and messages of the two cannot be compared until then.',
  );
}

function membersBeside(target: Target, { udp, members, resolved }: Observation): readonly string[] {
  const own = new Set([comparable(`${resolved}:${target.port}`)]);
  if (udp.kind === 'pong') own.add(comparable(udp.from));
  return (members ?? []).map(({ address }) => address).filter((address) => !own.has(comparable(address)));
}

/** Whether it belongs to the fleet that the files declare, or that our node is in. */
export function judgeFleet(target: Target, observation: Observation, round: Round): StepResult {
  if (observation.udp.kind !== 'pong') return skipped('fleet', noPong);
  if (observation.members === null) {
    return unknown(
      'fleet',
      'Its member list did not arrive. Beyond ten members it comes over TCP, for which the doctor opens a port on loopback only.',
    );
  }
  const others = membersBeside(target, observation);
  const own = comparable(addressOf(target) ?? '');
  const known = knownAddresses(own, round);
  const shared = others.filter((address) => known.has(comparable(address)));
  if (shared.length > 0)
    return passed('fleet', `Its fleet has ${others.length + 1} members, ${shared.length} of them known here.`);
  if (others.length > 0) {
    if (known.size === 0) {
      return unknown('fleet', `Its fleet has ${others.length + 1} members; nothing else is declared to compare them with.`);
    }
    return failed(
      'fleet',
      `Its fleet shares no member with ours or the declared ones: it lists ${list(others)}.`,
      [cause('other-fleet', `a node of another fleet listens on port ${target.port}`)],
      target.lines.port,
      'Do not add it as a seed: one wrong address merges two fleets. Choose another port, or stop that node.',
    );
  }
  const neighbours = answeringNeighbours(target, round);
  if (neighbours.length === 0) return passed('fleet', 'It is alone: no node that it should know answers.');
  return failed(
    'fleet',
    `It knows nobody, although ${list(neighbours)} answers.`,
    [cause('isolated', 'it was started before its seed, with another seed, or gave up joining')],
    target.lines.seeds,
    'Restart it, and check that its seeds name the address which the other node announces.',
  );
}

function list(addresses: readonly string[]): string {
  const shown = addresses.slice(0, 5).join(', ');
  return addresses.length > 5 ? `${shown} and ${addresses.length - 5} more` : shown;
}

/** Addresses of ours and of the declared nodes, the node's own excepted. */
function knownAddresses(own: string, { declared, roster }: Round): ReadonlySet<string> {
  const known = new Set(declared);
  for (const peer of roster?.peers ?? []) known.add(comparable(peer.address ?? peer.id));
  if (roster !== null) known.add(comparable(roster.self.address));
  known.delete(own);
  return known;
}

/** Nodes it names as seed, or that name it, and that answer without listing it. */
function answeringNeighbours(target: Target, { seen }: Round): readonly string[] {
  const own = comparable(addressOf(target) ?? '');
  const seeds = new Set(target.seeds.map(comparable));
  return seen.flatMap(({ target: other, observation }) => {
    const address = addressOf(other);
    if (address === null || observation.udp.kind !== 'pong') return [];
    const it = comparable(address);
    if (it === own || (!seeds.has(it) && !other.seeds.map(comparable).includes(own))) return [];
    const lists = observation.members?.some((member) => comparable(member.address) === own) ?? true;
    return lists ? [] : [address];
  });
}

/** Whether the mesh lists it: our own node's roster, else what the nodes say that answered. */
export function judgeMesh(target: Target, observation: Observation, round: Round): StepResult {
  if (observation.udp.kind !== 'pong') return skipped('mesh', noPong);
  const own = comparable(`${observation.resolved}:${target.port}`);
  const { roster } = round;
  if (roster !== null) {
    if (comparable(roster.self.address) === own) return passed('mesh', 'It is the local node itself.');
    const peer = roster.peers.find((one) => comparable(one.address ?? one.id) === own);
    if (peer === undefined) {
      return failed(
        'mesh',
        `The local node ${roster.self.address} does not list it.`,
        [
          cause('not-a-member', 'the local node has joined another fleet, or none'),
          cause('isolated', 'it has not joined its seeds'),
        ],
        target.lines.seeds,
        'Start the local node with this node as seed, and check the seeds of this line.',
      );
    }
    if (peer.state === 'alive') return passed('mesh', `The local node lists it alive since ${peer.since ?? 'its join'}.`);
    return heldDead(target, `The local node lists it ${peer.state}: ${peer.reason ?? 'no reason told'}`, peer.state);
  }
  return judgeByOthers(target, observation, round, own);
}

function heldDead(target: Target, message: string, state: string): StepResult {
  return failed(
    'mesh',
    `${message.replace(/\.$/, '')}, although it answers.`,
    [cause('held-dead', `its fleet holds it ${state}: a restarted Python node does not refute what it is told of itself`)],
    target.lines.port,
    'Readmit it (row in Fleet Peers, or {"command":"readmit"} of "node --json"), or wait: Python nodes ask a dead one again now and then.',
  );
}

function judgeByOthers(target: Target, observation: Observation, { seen }: Round, own: string): StepResult {
  const tellers = seen.flatMap(({ target: teller, observation: said }) => {
    const entry = said.members?.find((member) => comparable(member.address) === own);
    return entry === undefined ? [] : [{ name: teller.name, state: entry.state }];
  });
  const dead = tellers.find(({ state }) => state === 'DEAD');
  if (dead !== undefined) return heldDead(target, `${dead.name} lists it DEAD`, 'dead');
  if (tellers.length > 0) return passed('mesh', `Listed ${tellers[0]?.state} by ${list(tellers.map(({ name }) => name))}.`);
  if (observation.members === null) return unknown('mesh', 'No member list arrived, and no local node runs here.');
  return failed(
    'mesh',
    'Nobody lists it, not even itself.',
    [cause('not-a-member', 'it answers PINGs and takes no part in the mesh')],
    target.lines.port,
    'Look at its log: the start of its P2P layer failed or is not finished.',
  );
}

/** Roles travel in messages to members, so only a member knows them. */
export function judgeRoles(target: Target, observation: Observation, { roster }: Round): StepResult {
  if (observation.udp.kind !== 'pong') return skipped('roles', noPong);
  if (roster === null)
    return unknown('roles', 'Not known without a node: roles are told to members only. Start the local node to see them.');
  const own = comparable(`${observation.resolved}:${target.port}`);
  const peer = roster.peers.find((one) => comparable(one.address ?? one.id) === own);
  if (peer === undefined) return skipped('roles', 'The local node does not list it.');
  const roles = [...new Set(peer.agents.map(({ role }) => role))];
  if (roles.length > 0) return passed('roles', `Announced: ${roles.join(', ')}.`);
  if (peer.announced) return passed('roles', 'It announced that it has no agents.');
  return failed(
    'roles',
    'It has announced no agents to the local node.',
    [
      cause(
        'not-announced',
        'it has not answered the request for its agents: its connection back to the local node is not there yet, or is stopped by a firewall',
      ),
    ],
    [],
    'Wait some seconds after its start; if it stays so, check that it can reach the ZeroMQ port of the local node.',
  );
}
