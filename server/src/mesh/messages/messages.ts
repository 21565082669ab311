/** Composes the parts of `messages/`: everything a node does over ZeroMQ, without sockets. */
import type { Instant, Random } from '../core.ts';
import { createAnnouncements } from './announcements.ts';
import { createAsks } from './asks.ts';
import { createBehaviours } from './behaviour.ts';
import { createCheckIns } from './checkIns.ts';
import { createChoice } from './choice.ts';
import { createEncoder, decodeMessage, encodeAck, showable } from './codec.ts';
import { createConduct, ownerOf } from './conduct.ts';
import type { MessageCounters, Messages, MessagesHooks } from './contract.ts';
import { createDedupe } from './dedupe.ts';
import { isKnown, obey, refusal } from './inbound.ts';
import { createIntroductions } from './introductions.ts';
import { createJournal } from './journal.ts';
import { createKeepaliveMessages } from './keepaliveMessages.ts';
import { createNotifications } from './notifications.ts';
import { createOutbox, sendLimitMs } from './outbox.ts';
import { createOwnAgents } from './ownAgents.ts';
import { createRegistry } from './registry.ts';
import { createReplies } from './replies.ts';
import { createStartups } from './startups.ts';
import { type MessagesContext, type MessagesOutput, resultEvent, type SelfIdentity } from './types.ts';

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

  const isStarting = (peer: string): boolean => startups.hold(peer, current) !== null;
  const startups = createStartups(
    {
      proven: (peer) => behaviours.addressable(peer) === true || behaviours.of(peer)?.groups.length === 0,
      recent: (peer) => behaviours.confirmsNotifications(peer),
    },
    start.monotonicMs,
  );
  const conduct = createConduct((peer) => context.emit({ kind: 'touched', peer }));
  const choice = createChoice(
    registry,
    { stateOf: context.stateOf, addressable: (peer) => behaviours.addressable(peer), starting: isStarting },
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
    hold: (peer, now) => startups.hold(peer, now),
    ignored: (peer) => behaviours.ignored(peer),
  });
  const replies = createReplies(context, () => current.monotonicMs);
  /** Alive members whose roster is not here. */
  const waitingForRosters = new Set<string>();

  const announcements = createAnnouncements(context, own, introductions);
  const notifications = createNotifications(context, own, choice, {
    confirmsNotifications: (peer) => behaviours.confirmsNotifications(peer) && !isStarting(peer),
  });
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
    startups,
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

    memberAnswers(peer, answers, now) {
      if (answers) startups.answers(peer, now);
      else startups.ended(peer);
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
      startups.forget(peer);
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
    waitsFor: (peer) => asks.waitsFor(peer),
    knowsUs: (peer) => (own.list.length === 0 ? null : introductions.confirmed(peer)),
    journal,
    get counters() {
      return counters;
    },
  };
}
