/** Composes the parts of `messages/`: everything a node does over ZeroMQ, without sockets. */
import type { AnnouncedAgent, Json, Target } from '#schemas/fleet/mesh.ts';
import type { Agent, PeerState } from '#schemas/fleet/peer.ts';
import type { Instant, Random } from '../core.ts';
import { createAnnouncements } from './announcements.ts';
import { createAsks, type Question } from './asks.ts';
import { type Behaviours, createBehaviours } from './behaviour.ts';
import { createCheckIns } from './checkIns.ts';
import { createChoice } from './choice.ts';
import { createEncoder, decodeMessage, encodeAck, showable } from './codec.ts';
import { createConduct, ownerOf } from './conduct.ts';
import { createDedupe } from './dedupe.ts';
import { isKnown, obey, refusal } from './inbound.ts';
import { createIntroductions } from './introductions.ts';
import { createJournal, type Journal } from './journal.ts';
import { createKeepaliveMessages, type KeepaliveCallbacks } from './keepaliveMessages.ts';
import { createNotifications } from './notifications.ts';
import { createOutbox, sendLimitMs } from './outbox.ts';
import { createOwnAgents, type OwnAgent } from './ownAgents.ts';
import { createRegistry, type Registry } from './registry.ts';
import { createReplies } from './replies.ts';
import { type CommandId, type MessagesContext, type MessagesOutput, resultEvent, type SelfIdentity } from './types.ts';

export interface MessagesHooks {
  /** Null: not a member. */
  stateOf(peer: string): PeerState | null;
  /** The member behind a `from_node`; a wildcard identity (0.0.0.0:p) stands for the member that announces it. Null: nobody we know. */
  memberOf(fromNode: string): string | null;
  /** A message that is no keepalive was acknowledged by `peer`. */
  traffic(peer: string, now: Instant): void;
}

export interface MessageCounters {
  /** Frames that were no message. */
  invalid: number;
  /** Further copies of a message. */
  repeated: number;
  /** Messages of senders that are no members. */
  strangers: number;
  /** Acknowledgements of what was never sent. */
  unasked: number;
}

export interface Messages {
  routerMessage(identity: string, bytes: Uint8Array, now: Instant): void;
  dealerMessage(peer: string, bytes: Uint8Array, now: Instant): void;
  dealerConnected(peer: string, now: Instant): void;
  dealerDisconnected(peer: string, now: Instant): void;
  memberAlive(peer: string, returned: boolean, now: Instant): void;
  memberSuspect(peer: string, now: Instant): void;
  /** `how`: "died", "left". Its agents stay in the registry until it returns or is forgotten. */
  memberGone(peer: string, how: string, now: Instant): void;
  memberForgotten(peer: string, now: Instant): void;
  /** Our own incarnation rose because others held us for suspect or dead. */
  refuted(now: Instant): void;
  announce(id: CommandId, agents: readonly AnnouncedAgent[], now: Instant): void;
  ask(id: CommandId, question: Question, now: Instant): void;
  cancel(id: CommandId, request: CommandId): void;
  notify(id: CommandId, target: Target, data: Json, now: Instant): void;
  respond(id: CommandId | null, correlationId: string, data: Json, now: Instant): void;
  keepalive(peer: string, limitMs: number, callbacks: KeepaliveCallbacks, now: Instant): void;
  /** Takes our agents back everywhere; `leaving()` counts what is not confirmed yet. */
  leave(now: Instant): void;
  leaving(): number;
  tick(now: Instant): void;
  nextTimeout(): number | undefined;
  poll(): MessagesOutput | undefined;
  readonly registry: Registry;
  ownAgents(): readonly OwnAgent[];
  agents(peer: string): readonly Agent[];
  name(peer: string): string | null;
  warnings(peer: string): readonly string[];
  /** How many messages of the peer were refused. */
  refused(peer: string): number;
  readonly behaviours: Pick<Behaviours, 'of' | 'addressable' | 'confirmsNotifications'>;
  /** Whether the peer has confirmed our present agents; null while we have none. */
  knowsUs(peer: string): boolean | null;
  readonly counters: Readonly<MessageCounters>;
  readonly journal: Pick<Journal, 'page' | 'payload'>;
}

const none: readonly string[] = [];

export function createMessages(self: SelfIdentity, random: Random, hooks: MessagesHooks, start: Instant): Messages {
  const outputs: MessagesOutput[] = [];
  const outbox = createOutbox(random);
  const encode = createEncoder(self, random);
  const dedupe = createDedupe();
  const registry = createRegistry();
  const own = createOwnAgents(random);
  const names = new Map<string, string>();
  const remarks = new Map<string, readonly string[]>();
  const journal = createJournal();
  const counters: MessageCounters = { invalid: 0, repeated: 0, strangers: 0, unasked: 0 };
  const behaviours = createBehaviours((peer) => outputs.push({ kind: 'touched', peer }));
  let current = start;

  const context: MessagesContext = {
    self,
    random,
    stateOf: (peer) => hooks.stateOf(peer),
    emit: (output) => outputs.push(output),
    send(peer, type, payload, now, options = {}) {
      // Notifications carry an object: 1.0.2 to 1.13.0 lose those whose payload is a string. Everything else is sent as Python sends it.
      const value = type === 'PEER_NOTIFY' ? payload : JSON.stringify(payload);
      const message = encode({ type, content: options.content ?? { key: 'payload', value } }, now);
      // Neither counts as activity in the framework: keepalives of ours, and what swim-p2p sends by itself.
      const isTraffic = type !== 'P2P_KEEPALIVE' && type !== 'P2P_KEEPALIVE_ACK' && options.content === undefined;
      const accepted = outbox.send(
        peer,
        message,
        {
          limitMs: options.limitMs ?? sendLimitMs,
          settle(outcome) {
            journal.settled(message.id, outcome, current);
            if (outcome.ok && isTraffic) hooks.traffic(peer, current);
            options.settle?.(outcome, current);
          },
          onSent: () => options.onSent?.(current),
        },
        now.monotonicMs,
      );
      if (accepted) journal.sent(message, { type, peer, payload: options.content?.value ?? payload }, now);
      return accepted;
    },
  };

  const conduct = createConduct((peer) => context.emit({ kind: 'touched', peer }));
  const choice = createChoice(
    registry,
    { stateOf: context.stateOf, addressable: (peer) => behaviours.addressable(peer) },
    random,
  );
  const checkIns = createCheckIns(context);
  const introductions = createIntroductions(
    context,
    own,
    (peer) => registry.announced(peer),
    (peer, now) => {
      asks.confirmed(peer, now);
      announcements.settle(now);
    },
  );
  const asks = createAsks(context, own, choice, {
    introduce(now) {
      const before = own.generation;
      own.asker();
      if (own.generation === before) return;
      context.emit({ kind: 'self-touched' });
      introductions.ownAgentsChanged(now);
    },
    isConfirmed: (peer) => introductions.confirmed(peer),
    rosterMissing: () => waitingForRosters.size > 0,
    ignored: (peer) => behaviours.ignored(peer),
  });
  const replies = createReplies(context, () => current.monotonicMs);
  /** Alive members whose roster is not here. */
  const waitingForRosters = new Set<string>();

  const announcements = createAnnouncements(context, own, introductions);
  const notifications = createNotifications(context, own, choice, behaviours);
  const keepalives = createKeepaliveMessages(context);

  const parts = {
    context,
    own,
    registry,
    introductions,
    asks,
    replies,
    keepalives,
    behaviours,
    checkIns,
    remark(peer: string, sentences: readonly string[]) {
      remarks.set(peer, sentences);
      waitingForRosters.delete(peer);
    },
    violation: conduct.violation,
  };

  /** A rule broken on our ROUTER, by the member whose connection it seems to be. */
  function broken(identity: string, what: string): void {
    const owner = ownerOf(identity);
    const peer = owner === null ? null : hooks.memberOf(owner);
    if (peer !== null && peer !== self.address) conduct.violation(peer, what);
  }

  return {
    routerMessage(identity, bytes, now) {
      current = now;
      const message = decodeMessage(bytes);
      if (message.kind !== 'message') {
        counters.invalid += 1;
        const what =
          message.kind === 'ack'
            ? 'It sent acknowledgements to our ROUTER, where none belong.'
            : `It sent what cannot be read: ${message.reason}.`;
        broken(identity, what);
        return;
      }
      const owner = ownerOf(identity);
      const forged = owner !== null && owner !== message.fromNode;
      if (forged) broken(identity, `It sent messages in the name of ${showable(message.fromNode, 30)}; they were not obeyed.`);
      const refused = forged ? 'from_node is not the sender' : refusal(message);
      if (message.requireAck) {
        const ack = { messageId: message.id };
        const processing = refused === null ? { success: true } : { success: false, details: refused };
        outputs.push(
          {
            kind: 'router-send',
            identity,
            bytes: encodeAck({ ...ack, type: 'delivery', success: true }, self.zmqAddress, now.wallMs),
          },
          {
            kind: 'router-send',
            identity,
            bytes: encodeAck({ ...ack, type: 'processing', ...processing }, self.zmqAddress, now.wallMs),
          },
        );
      }
      if (forged) return;
      const peer = hooks.memberOf(message.fromNode);
      if (!dedupe.isNew(message.fromNode, message.id)) {
        counters.repeated += 1;
        return;
      }
      if (peer === null || peer === self.address) {
        counters.strangers += 1;
        return;
      }
      journal.received(message, peer, bytes.length, refused, now);
      if (message.client !== null) behaviours.client(peer, message.client);
      if (message.fromName !== null && message.fromName !== names.get(peer)) {
        names.set(peer, message.fromName);
        context.emit({ kind: 'touched', peer });
      }
      if (refused === null) obey(parts, message, peer, now);
      else if (isKnown(message.type)) conduct.violation(peer, `${refused}; it was not obeyed.`);
      introductions.heard(peer, now);
      checkIns.reachable(peer, now);
    },

    dealerMessage(peer, bytes, now) {
      current = now;
      const message = decodeMessage(bytes);
      if (message.kind !== 'ack') {
        counters.invalid += 1;
        conduct.violation(peer, 'It sent something else than an acknowledgement over our connection.');
      } else if (outbox.acknowledged(peer, message, now.monotonicMs)) {
        if (message.ackType === 'delivery' && message.success) journal.delivered(message.ackFor, now);
      } else {
        counters.unasked += 1;
        conduct.violation(peer, 'It acknowledges messages that were never sent to it.');
      }
    },

    dealerConnected(peer, now) {
      current = now;
      outbox.connected(peer, now.monotonicMs);
    },

    dealerDisconnected(peer, now) {
      current = now;
      outbox.disconnected(peer, now.monotonicMs);
    },

    memberAlive(peer, returned, now) {
      current = now;
      outbox.open(peer, now.monotonicMs);
      if (returned) {
        // What it announced before may be another process's; its own announcement says.
        registry.clear(peer);
        remarks.delete(peer);
        behaviours.reset(peer);
      }
      if (!registry.announced(peer)) waitingForRosters.add(peer);
      introductions.alive(peer, returned, now);
    },

    memberSuspect(peer, now) {
      current = now;
      outbox.open(peer, now.monotonicMs);
    },

    memberGone(peer, how, now) {
      current = now;
      waitingForRosters.delete(peer);
      introductions.gone(peer);
      checkIns.drop(peer);
      asks.peerGone(peer, how);
      keepalives.drop(peer);
      outbox.close(peer, `the peer ${how}`, now.monotonicMs);
      announcements.settle(now);
      asks.rosterChanged(now);
    },

    memberForgotten(peer, now) {
      current = now;
      waitingForRosters.delete(peer);
      introductions.gone(peer);
      introductions.forget(peer);
      checkIns.drop(peer);
      asks.peerGone(peer, 'was forgotten');
      keepalives.drop(peer);
      outbox.close(peer, 'the peer was forgotten', now.monotonicMs);
      registry.clear(peer);
      names.delete(peer);
      remarks.delete(peer);
      behaviours.forget(peer);
      conduct.forget(peer);
    },

    refuted(now) {
      current = now;
      introductions.refuted(now);
    },

    announce(id, agents, now) {
      current = now;
      announcements.announce(id, agents, now);
    },

    ask(id, question, now) {
      current = now;
      asks.start(id, question, now);
    },

    cancel(id, request) {
      const found = asks.cancel(request);
      context.emit(resultEvent(id, 'cancel', found ? { ok: true } : { ok: false, error: 'No open question has this id.' }));
    },

    notify(id, target, data, now) {
      current = now;
      notifications.notify(id, target, data, now);
    },

    respond(id, correlationId, data, now) {
      current = now;
      replies.respond(id, correlationId, data, now);
    },

    keepalive(peer, limitMs, callbacks, now) {
      current = now;
      keepalives.send(peer, limitMs, callbacks, now);
    },

    leave(now) {
      current = now;
      asks.failAll('This node left the mesh before an answer came.');
      announcements.leave(now);
    },

    leaving: () => announcements.leaving(),

    tick(now) {
      current = now;
      outbox.tick(now.monotonicMs);
      introductions.tick(now);
      asks.tick(now);
      announcements.settle(now);
    },

    nextTimeout() {
      const next = Math.min(
        outbox.nextTimeout() ?? Number.POSITIVE_INFINITY,
        introductions.nextTimeout() ?? Number.POSITIVE_INFINITY,
        asks.nextTimeout() ?? Number.POSITIVE_INFINITY,
        announcements.nextTimeout() ?? Number.POSITIVE_INFINITY,
      );
      return Number.isFinite(next) ? next : undefined;
    },

    poll() {
      for (let output = outbox.poll(); output !== undefined; output = outbox.poll()) {
        if (output.kind === 'connect') outputs.push({ kind: 'dealer-connect', peer: output.peer });
        else if (output.kind === 'disconnect') outputs.push({ kind: 'dealer-disconnect', peer: output.peer });
        else outputs.push({ kind: 'dealer-send', peer: output.peer, bytes: output.bytes });
      }
      return outputs.shift();
    },

    registry,
    ownAgents: () => own.list,
    agents: (peer) => registry.agents(peer),
    name: (peer) => names.get(peer) ?? null,
    warnings(peer) {
      const said = remarks.get(peer) ?? none;
      const broke = conduct.warnings(peer);
      return broke.length === 0 ? said : [...said, ...broke];
    },
    refused: (peer) => conduct.refused(peer),
    behaviours,
    knowsUs: (peer) => (own.list.length === 0 ? null : introductions.confirmed(peer)),
    journal,
    get counters() {
      return counters;
    },
  };
}
