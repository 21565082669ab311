/**
 * One mesh node without sockets: membership, messages, keepalive and roster composed into one state machine.
 * Inputs are packets, frames, connection events, commands and ticks; outputs are what the shell has to send or tell.
 */
import type { LocalProcess, RosterDelta, SelfFacts } from '#schemas/fleet/mesh.ts';
import type { Instant } from './core.ts';
import { createDeparture, type Departure } from './departure.ts';
import { createKeepalives } from './keepalive/keepalive.ts';
import { createConduct } from './messages/conduct.ts';
import { journalAnswer } from './messages/journalAnswers.ts';
import { createMessages } from './messages/messages.ts';
import { resultEvent } from './messages/types.ts';
import type { MeshNode, MeshNodeOptions, NodeCommand, NodeOutput } from './nodeTypes.ts';
import { isReadmittable, livePeer, type PeerSources } from './peerFacts.ts';
import { createRoster } from './roster.ts';
import { createSelfNotes } from './selfNotes.ts';
import { createSteadyOffset } from './steadyOffset.ts';
import { createSwim } from './swim/swim.ts';
import type { Member, MemberState } from './swim/types.ts';
import { createTwins } from './twins.ts';

/** A flood of bad packets must not become a flood of log lines. */
const violationLogPauseMs = 1_000;
/** How often facts that change without an event (clocks, counters, patience) are looked at. */
const reviewMs = 5_000;
const reviewedAtOnce = 256;
/** A node that does not stay readmitted has a reason; asking again and again would only flap it. */
const readmitPauseMs = 30_000;

/** `a.b.c.d:port` with `offset` added to the port: peers compute each other's ROUTER the same way, it is never sent. */
export function withPortOffset(address: string, offset: number): string {
  const colon = address.lastIndexOf(':');
  return `${address.slice(0, colon)}:${Number(address.slice(colon + 1)) + offset}`;
}

const isPresent = (state: MemberState | null): boolean => state === 'alive' || state === 'suspect';

export function createMeshNode(options: MeshNodeOptions, start: Instant): MeshNode {
  const { config, random } = options;
  const address = `${config.host}:${config.port}`;
  const zmqAddress = withPortOffset(address, config.zmqOffset);
  const outputs: NodeOutput[] = [];
  const touched = new Set<string>();
  const processes = new Map<string, LocalProcess>();
  const readmitted = new Map<string, number>();
  const notes = createSelfNotes(config.host, start);
  /** Back from the dead, and not heard by us since. */
  const returned = new Set<string>();
  let selfTouched = false;
  let seedsTouched = true;
  let leaving: Departure | null = null;
  let left = false;
  let nextViolationLogMs = Number.NEGATIVE_INFINITY;
  let reviewCursor = 0;
  /** The deadline that the shell was told last. */
  let promisedMs: number | undefined;
  let nextReviewMs = start.monotonicMs + reviewMs;

  const swim = createSwim(
    {
      self: address,
      seeds: config.seeds,
      random,
      forgetAfterMs: config.forgetAfterMs,
      inflate: options.inflate,
      deflate: options.deflate,
      timing: options.timing,
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
        return swim.members().find((member) => member.wildcard === fromNode)?.address ?? null;
      },
      traffic(peer, now) {
        if (keepalives.traffic(peer, now)) touched.add(peer);
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
      ...(notes.list().length === 0 ? {} : { warnings: [...notes.list()] }),
    };
  }

  const roster = createRoster(options.epoch, selfFacts());
  const conduct = createConduct((peer) => touched.add(peer));
  const twins = createTwins(messages.registry, () => swim.members());
  const sources: PeerSources = {
    swim,
    messages,
    keepalives,
    broken: (peer) => conduct.warnings(peer),
    twins: (member) => twins.of(member),
    clockOffsetMs: createSteadyOffset((peer) => swim.contactTimes(peer).clockOffsetMs),
    process: (peer) => processes.get(peer) ?? null,
    zmqAddressOf: (peer) => withPortOffset(peer, config.zmqOffset),
  };

  function log(level: 'debug' | 'info' | 'warn', text: string): void {
    outputs.push({ kind: 'event', event: { event: 'log', level, text } });
  }

  function memberChanged(member: Member, previous: MemberState | null, now: Instant): void {
    const peer = member.address;
    touched.add(peer);
    if (leaving !== null) return;
    if (member.opinion === 'dead' || member.state === 'left') messages.memberAnswers(peer, false, now);
    else if (member.opinion === 'alive') messages.memberAnswers(peer, true, now);
    if (member.state === 'alive') {
      if (previous === 'dead' || previous === 'left') returned.add(peer);
      // Somebody's word alone opens no connection: a hostile digest could send us to thousands of addresses.
      if (member.opinion === 'alive') {
        messages.memberAlive(peer, returned.delete(peer), now);
        keepalives.start(peer, now);
      }
    } else if (member.state === 'suspect') {
      messages.memberSuspect(peer, now);
      keepalives.pause(peer);
    } else if (isPresent(previous)) {
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
          conduct.forget(output.address);
          processes.delete(output.address);
          readmitted.delete(output.address);
          returned.delete(output.address);
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
          if (swim.member(output.from) !== undefined) conduct.violation(output.from, output.what);
          else notes.stranger(output.from, output.what, now);
          if (now.monotonicMs >= nextViolationLogMs) {
            nextViolationLogMs = now.monotonicMs + violationLogPauseMs;
            log('debug', `${output.from}: ${output.what}`);
          }
          break;
        case 'contacted':
          outputs.push({ kind: 'event', event: { event: 'contacted', address: output.address } });
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
      const note = (act: () => void) => {
        act();
        touched.add(peer);
      };
      const callbacks = {
        sent: (at: Instant) => note(() => keepalives.sent(peer, at)),
        acknowledged: (rttMs: number, at: Instant) => note(() => keepalives.acknowledged(peer, rttMs, at)),
        failed: (at: Instant) => note(() => keepalives.failed(peer, at)),
      };
      messages.keepalive(peer, config.keepalive.ackTimeoutMs, callbacks, now);
    }
  }

  function refresh(now: Instant): RosterDelta | null {
    for (const peer of touched) {
      const member = swim.member(peer);
      if (member !== undefined) roster.setPeer(livePeer(member, sources, now));
    }
    if (notes.changed(now) || touched.size > 0 || selfTouched) roster.setSelf(selfFacts());
    touched.clear();
    selfTouched = false;
    if (seedsTouched) {
      seedsTouched = false;
      roster.setSeeds(
        swim
          .seeds()
          .map((seed) => ({ address: seed.address, state: seed.state, since: new Date(seed.sinceWallMs).toISOString() })),
      );
    }
    return roster.flush();
  }

  /** Facts without an event of their own; a node that answers us while its fleet holds it dead, where a setting allows. */
  function review(now: Instant): void {
    if (now.monotonicMs < nextReviewMs) return;
    nextReviewMs = now.monotonicMs + reviewMs;
    const members = swim.members();
    for (let count = Math.min(members.length, reviewedAtOnce); count > 0; count--) {
      reviewCursor = (reviewCursor + 1) % members.length;
      const member = members[reviewCursor];
      if (member === undefined) continue;
      touched.add(member.address);
      if (config.autoReadmit !== true || !isReadmittable(member)) continue;
      if (now.monotonicMs < (readmitted.get(member.address) ?? Number.NEGATIVE_INFINITY) + readmitPauseMs) continue;
      readmitted.set(member.address, now.monotonicMs);
      log('info', `${member.address} answers us and is held dead by its fleet: readmitting it, as the settings say.`);
      swim.handle({ kind: 'readmit', address: member.address }, now);
    }
  }

  function overrule(kind: 'readmit' | 'forget', id: string | number, peer: string, now: Instant): void {
    const member = swim.member(peer);
    let error: string | null = null;
    if (member === undefined) error = `${peer} is not a known peer.`;
    else if (member.state === 'alive') error = `${peer} is alive.`;
    else if (kind === 'readmit' && (member.gossipState === null || member.gossipState === 'ALIVE'))
      error = `Nobody but this node holds ${peer} for ${member.state}; it is alive here as soon as it answers.`;
    else swim.handle({ kind, address: peer }, now);
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
        messages.ask(command.id, { ...command, strategy: command.strategy ?? 'first' }, now);
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
      case 'messages':
      case 'payload':
        outputs.push(journalAnswer(messages, options.epoch, command));
        break;
      case 'contacts':
        for (const contact of command.addresses) swim.handle({ kind: 'contact', address: contact }, now);
        break;
      case 'process':
        if (command.process === null || swim.member(command.peer) === undefined) processes.delete(command.peer);
        else processes.set(command.peer, command.process);
        touched.add(command.peer);
        break;
      case 'stop':
        if (leaving !== null) break;
        leaving = createDeparture(now.monotonicMs);
        messages.leave(now);
        break;
    }
  }

  function goOn(now: Instant): void {
    if (leaving === null || left) return;
    let step = leaving.next(messages.leaving(), now.monotonicMs);
    while (step === 'farewell') {
      swim.handle({ kind: 'leave' }, now);
      drainSwim(now);
      step = leaving.next(messages.leaving(), now.monotonicMs);
    }
    if (step === 'wait') return;
    left = true;
    outputs.push({ kind: 'left' });
  }

  function deadline(): number | undefined {
    if (left) return undefined;
    const next = Math.min(
      swim.nextTimeout() ?? Number.POSITIVE_INFINITY,
      messages.nextTimeout() ?? Number.POSITIVE_INFINITY,
      leaving === null ? (keepalives.nextTimeout() ?? Number.POSITIVE_INFINITY) : leaving.deadlineMs,
    );
    return Number.isFinite(next) ? next : undefined;
  }

  return {
    handle(input, now) {
      if (left) return;
      const stoodMs = notes.input(now, promisedMs);
      if (stoodMs !== null) log('warn', `This node stood still for ${Math.round(stoodMs / 1_000)} s.`);
      switch (input.kind) {
        case 'datagram':
        case 'frame':
          swim.handle(input, now);
          break;
        case 'router':
          messages.routerMessage(input.identity, input.bytes, now);
          break;
        case 'dealer':
          messages.dealerMessage(input.peer, input.bytes, now);
          break;
        case 'network':
          notes.network(input.up);
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
          if (leaving === null) {
            sendKeepalives(now);
            review(now);
          }
          break;
      }
      drainSwim(now);
      goOn(now);
      drainMessages();
      const delta = refresh(now);
      if (delta === null) return;
      // Before the results of this input: who gets an answer looks at the roster next.
      const first = outputs.findIndex((output) => output.kind === 'event' && output.event.event === 'result');
      outputs.splice(first === -1 ? outputs.length : first, 0, { kind: 'event', event: { event: 'delta', delta } });
    },

    poll: () => outputs.shift(),
    nextTimeout() {
      promisedMs = deadline();
      return promisedMs;
    },

    snapshot: () => roster.snapshot(),
  };
}
