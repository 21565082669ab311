/**
 * One mesh node without sockets: membership, messages, keepalive and roster composed into one state machine.
 * Inputs are packets, frames, connection events, commands and ticks; outputs are what the shell has to send or tell.
 */
import type { HostCommand, HostEvent, NodeConfig, RosterDelta, SelfFacts } from '#schemas/fleet/mesh.ts';
import type { LivePeer } from '#schemas/fleet/peer.ts';
import type { Instant, Random } from './core.ts';
import { createKeepalives } from './keepalive/keepalive.ts';
import { createMessages } from './messages/messages.ts';
import { resultEvent } from './messages/types.ts';
import { createRoster } from './roster.ts';
import { createSwim } from './swim/swim.ts';
import type { Inflate, Member, MemberState, SwimInput, SwimTiming } from './swim/types.ts';

export interface MeshNodeOptions {
  /** With the port that was bound. */
  readonly config: NodeConfig & { readonly port: number };
  readonly random: Random;
  readonly inflate: Inflate;
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
  snapshot(): ReturnType<ReturnType<typeof createRoster>['snapshot']>;
}

/** How long leaving waits for peers to confirm that they dropped our agents. */
const leavePatienceMs = 700;
/** Repeats of the leave message: it is one unacknowledged datagram per member. */
const leaveRepeats = 2;
const leaveRepeatMs = 30;
/** A flood of bad packets must not become a flood of log lines. */
const violationLogPauseMs = 1_000;

/** `a.b.c.d:port` with `offset` added to the port: peers compute each other's ROUTER the same way, it is never sent. */
export function withPortOffset(address: string, offset: number): string {
  const colon = address.lastIndexOf(':');
  return `${address.slice(0, colon)}:${Number(address.slice(colon + 1)) + offset}`;
}

const iso = (wallMs: number): string => new Date(wallMs).toISOString();
const isPresent = (state: MemberState | undefined): boolean => state === 'alive' || state === 'suspect';

export function createMeshNode(options: MeshNodeOptions, start: Instant): MeshNode {
  const { config, random } = options;
  const address = `${config.host}:${config.port}`;
  const zmqAddress = withPortOffset(address, config.zmqOffset);
  const outputs: NodeOutput[] = [];
  const touched = new Set<string>();
  const violations = new Map<string, string>();
  let selfTouched = false;
  let seedsTouched = true;
  let leaving: { untilMs: number; repeats: number; gone: boolean } | null = null;
  let left = false;
  let nextViolationLogMs = Number.NEGATIVE_INFINITY;

  const swim = createSwim(
    {
      self: address,
      seeds: config.seeds.filter((seed) => seed !== address),
      random,
      forgetAfterMs: config.forgetAfterMs,
      inflate: options.inflate,
      ...(options.timing === undefined ? {} : { timing: options.timing }),
    },
    start,
  );
  const keepalives = createKeepalives(config.keepalive, random);
  const messages = createMessages(
    { address, zmqAddress, name: config.name },
    random,
    {
      stateOf: (peer) => swim.member(peer)?.state ?? null,
      memberOf(fromNode) {
        if (swim.member(fromNode) !== undefined) return fromNode;
        if (!fromNode.startsWith('0.0.0.0:')) return null;
        return swim.members().find((member) => member.wildcard === fromNode)?.address ?? null;
      },
      traffic(peer, now) {
        keepalives.traffic(peer, now);
        touched.add(peer);
      },
    },
    start,
  );

  function selfFacts(): SelfFacts {
    const agents = messages.ownAgents();
    return {
      address,
      zmqAddress,
      name: config.name,
      incarnation: swim.incarnation,
      observing: agents.length === 0,
      agents: agents.map(({ id, role, capabilities }) => ({ id, role, capabilities: [...capabilities] })),
      keepalive: keepalives.overall(),
    };
  }

  const roster = createRoster(options.epoch, selfFacts());

  function livePeer(member: Member, now: Instant): LivePeer {
    const peer = member.address;
    const violation = violations.get(peer);
    return {
      id: peer,
      name: messages.name(peer),
      kind: 'jarviscore',
      address: peer,
      state: member.state,
      incarnation: member.gossipState === null ? null : member.incarnation,
      since: iso(member.sinceWallMs),
      reason: member.reason,
      observedBy: member.observedBy,
      agents: [...messages.agents(peer)],
      capacity: null,
      keepalive: keepalives.facts(peer),
      zmqAddress: withPortOffset(peer, config.zmqOffset),
      keepalivePhase: keepalives.phase(peer, now),
      localOpinion: member.localOpinion,
      announced: messages.registry.announced(peer),
      warnings: [...member.warnings, ...messages.warnings(peer), ...(violation === undefined ? [] : [violation])],
    };
  }

  function log(level: 'debug' | 'info' | 'warn', text: string): void {
    outputs.push({ kind: 'event', event: { event: 'log', level, text } });
  }

  function memberChanged(member: Member, previous: MemberState | null, now: Instant): void {
    const peer = member.address;
    touched.add(peer);
    if (leaving !== null) return;
    if (member.state === 'alive') {
      messages.memberAlive(peer, previous === 'dead' || previous === 'left', now);
      keepalives.start(peer, now);
    } else if (member.state === 'suspect') {
      messages.memberSuspect(peer, now);
      keepalives.pause(peer);
    } else if (isPresent(previous ?? undefined)) {
      messages.memberGone(peer, member.state === 'left' ? 'left' : 'died', now);
      keepalives.pause(peer);
    }
    if (previous !== member.state) {
      log('info', `${peer} is ${member.state}${previous === null ? '' : `, was ${previous}`}: ${member.reason}`);
    }
  }

  function drainSwim(now: Instant): void {
    for (;;) {
      const output = swim.poll();
      if (output === undefined) return;
      switch (output.kind) {
        case 'send':
          outputs.push({ kind: output.transport, to: output.to, bytes: output.bytes });
          break;
        case 'member':
          memberChanged(output.member, output.previous, now);
          break;
        case 'forgotten':
          messages.memberForgotten(output.address, now);
          keepalives.forget(output.address);
          violations.delete(output.address);
          touched.delete(output.address);
          roster.removePeer(output.address);
          break;
        case 'seed':
          seedsTouched = true;
          break;
        case 'self':
          selfTouched = true;
          if (leaving === null) messages.refuted(now);
          break;
        case 'violation':
          if (swim.member(output.from) !== undefined && violations.get(output.from) !== output.what) {
            violations.set(output.from, output.what);
            touched.add(output.from);
          }
          if (now.monotonicMs >= nextViolationLogMs) {
            nextViolationLogMs = now.monotonicMs + violationLogPauseMs;
            log('debug', `${output.from}: ${output.what}`);
          }
          break;
        case 'contacted':
          break;
      }
    }
  }

  function drainMessages(): void {
    for (;;) {
      const output = messages.poll();
      if (output === undefined) return;
      switch (output.kind) {
        case 'dealer-connect':
          outputs.push({ kind: 'dealer-connect', peer: output.peer, zmqAddress: withPortOffset(output.peer, config.zmqOffset) });
          break;
        case 'touched':
          touched.add(output.peer);
          break;
        case 'self-touched':
          selfTouched = true;
          break;
        default:
          outputs.push(output);
      }
    }
  }

  function sendKeepalives(now: Instant): void {
    for (const peer of keepalives.due(now)) {
      messages.keepalive(
        peer,
        config.keepalive.ackTimeoutMs,
        {
          sent(at) {
            keepalives.sent(peer, at);
            touched.add(peer);
          },
          acknowledged(rttMs, at) {
            keepalives.acknowledged(peer, rttMs, at);
            touched.add(peer);
          },
          failed(at) {
            keepalives.failed(peer, at);
            touched.add(peer);
          },
        },
        now,
      );
    }
  }

  function refresh(now: Instant): RosterDelta | null {
    for (const peer of touched) {
      const member = swim.member(peer);
      if (member !== undefined) roster.setPeer(livePeer(member, now));
    }
    if (touched.size > 0 || selfTouched) roster.setSelf(selfFacts());
    touched.clear();
    selfTouched = false;
    if (seedsTouched) {
      seedsTouched = false;
      roster.setSeeds(swim.seeds().map((seed) => ({ address: seed.address, state: seed.state, since: iso(seed.sinceWallMs) })));
    }
    return roster.flush();
  }

  function overrule(kind: 'readmit' | 'forget', id: string | number, peer: string, now: Instant): void {
    const member = swim.member(peer);
    let error: string | null = null;
    if (member === undefined) error = `${peer} is not a known peer.`;
    else if (member.state === 'alive') error = `${peer} is alive.`;
    else {
      swim.handle({ kind, address: peer }, now);
      if (kind === 'forget' && swim.member(peer) !== undefined)
        error = `${peer} could not be forgotten in state ${member.state}.`;
    }
    outputs.push(resultEvent(id, kind, { ok: error === null, error }));
  }

  function obey(command: NodeCommand, now: Instant): void {
    switch (command.command) {
      case 'snapshot':
        drainSwim(now);
        refresh(now);
        outputs.push({ kind: 'event', event: { event: 'snapshot', snapshot: roster.snapshot() } });
        break;
      case 'announce':
        messages.announce(command.id, command.agents, now);
        break;
      case 'ask':
        messages.ask(command.id, command.target, command.data, command.timeoutMs, now);
        break;
      case 'cancel':
        messages.cancel(command.id, command.request);
        break;
      case 'notify':
        messages.notify(command.id, command.target, command.data, now);
        break;
      case 'respond':
        messages.respond(command.id, command.correlationId, command.data, now);
        break;
      case 'readmit':
      case 'forget':
        overrule(command.command, command.id, command.peer, now);
        break;
      case 'stop':
        if (leaving !== null) break;
        leaving = { untilMs: now.monotonicMs + leavePatienceMs, repeats: leaveRepeats, gone: false };
        messages.leave(now);
        break;
    }
  }

  /** First our agents are taken back over ZeroMQ, then the membership ends: the other way round nobody would listen. */
  function goOn(now: Instant): void {
    if (leaving === null || left) return;
    if (!leaving.gone) {
      if (messages.leaving() > 0 && now.monotonicMs < leaving.untilMs) return;
      leaving.gone = true;
      leaving.untilMs = now.monotonicMs;
    }
    if (now.monotonicMs < leaving.untilMs) return;
    swim.handle({ kind: 'leave' }, now);
    drainSwim(now);
    leaving.repeats -= 1;
    leaving.untilMs = now.monotonicMs + leaveRepeatMs;
    if (leaving.repeats > 0) return;
    left = true;
    outputs.push({ kind: 'left' });
  }

  return {
    handle(input, now) {
      if (left) return;
      switch (input.kind) {
        case 'datagram':
        case 'frame': {
          const packet: SwimInput = input;
          swim.handle(packet, now);
          break;
        }
        case 'router':
          messages.routerMessage(input.identity, input.bytes, now);
          break;
        case 'dealer':
          messages.dealerMessage(input.peer, input.bytes, now);
          break;
        case 'dealer-connected':
          messages.dealerConnected(input.peer, now);
          break;
        case 'dealer-disconnected':
          messages.dealerDisconnected(input.peer, now);
          break;
        case 'command':
          obey(input.command, now);
          break;
        case 'tick':
          swim.handle({ kind: 'tick' }, now);
          messages.tick(now);
          if (leaving === null) sendKeepalives(now);
          break;
      }
      drainSwim(now);
      goOn(now);
      drainMessages();
      const delta = refresh(now);
      if (delta !== null) outputs.push({ kind: 'event', event: { event: 'delta', delta } });
    },

    poll: () => outputs.shift(),

    nextTimeout() {
      if (left) return undefined;
      const next = Math.min(
        swim.nextTimeout() ?? Number.POSITIVE_INFINITY,
        messages.nextTimeout() ?? Number.POSITIVE_INFINITY,
        leaving === null ? (keepalives.nextTimeout() ?? Number.POSITIVE_INFINITY) : leaving.untilMs,
      );
      return Number.isFinite(next) ? next : undefined;
    },

    snapshot: () => roster.snapshot(),
  };
}
