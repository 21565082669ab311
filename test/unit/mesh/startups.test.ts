/** Questions to nodes that are members already and have not started: real ones confirm such questions and lose them. */
import { expect, test } from 'vitest';
import { type Site, Wire } from './support.ts';

const a = '127.0.0.1:7001';
const b = '127.0.0.1:7002';
const c = '127.0.0.1:7003';
const now = (wire: Wire) => ({ monotonicMs: wire.nowMs, wallMs: Date.UTC(2026, 0, 1) + wire.nowMs });
const encode = (message: object) => new TextEncoder().encode(JSON.stringify(message));

let nextId = 0;
function python(from: string, type: string, payload: object) {
  nextId += 1;
  return encode({ type, id: `id-${nextId}`, from_node: from, payload: JSON.stringify(payload), require_ack: true, headers: {} });
}

function announcement(from: string, keys: object = {}, id = 'analyst-0123abcd') {
  const agent = { agent_id: id, role: 'analyst', capabilities: [], description: '', node_id: from, ...keys };
  return python(from, 'CAPABILITY_ANNOUNCEMENT', { node_id: from, capabilities: {}, agents: { [id]: agent } });
}

/** Release 1.13.0 and later. */
const contracts = { capability_descriptions: {}, capability_contracts: {} };

/** Our node and scripted Python nodes that confirm everything; with `started` they answer what they are asked. */
class Fleet {
  readonly wire = new Wire();
  readonly one: Site = this.wire.add(a);
  readonly questions: { readonly to: string; readonly atMs: number }[] = [];
  readonly started = new Set<string>();

  /** `afterMs` our own start. */
  join(peer: string, afterMs: number): void {
    this.pass(afterMs);
    this.one.states.set(peer, 'alive');
    this.one.messages.memberAnswers(peer, true, now(this.wire));
    this.one.messages.memberAlive(peer, false, now(this.wire));
    this.work();
  }

  hear(from: string, bytes: Uint8Array): void {
    this.one.messages.routerMessage(`dealer-${from}-to-x-1`, bytes, now(this.wire));
    this.work();
  }

  ask(timeoutMs = 30_000): void {
    this.one.messages.ask('q', { target: { role: 'analyst' }, data: {}, timeoutMs, strategy: 'first' }, now(this.wire));
    this.work();
  }

  pass(ms: number): void {
    const endMs = this.wire.nowMs + ms;
    while (this.wire.nowMs < endMs) {
      this.wire.nowMs = Math.min(endMs, Math.max(this.wire.nowMs + 1, this.one.messages.nextTimeout() ?? endMs));
      this.one.messages.tick(now(this.wire));
      this.work();
    }
  }

  private work(): void {
    for (let output = this.one.messages.poll(); output !== undefined; output = this.one.messages.poll()) {
      if (output.kind === 'event') this.one.events.push(output.event);
      if (output.kind === 'dealer-connect') this.one.messages.dealerConnected(output.peer, now(this.wire));
      if (output.kind !== 'dealer-send') continue;
      const { id, type, payload } = JSON.parse(new TextDecoder().decode(output.bytes)) as { [key: string]: string };
      for (const ack_type of ['delivery', 'processing'])
        this.one.messages.dealerMessage(
          output.peer,
          encode({ type: 'ACK', ack_type, ack_for: id, success: true }),
          now(this.wire),
        );
      if (type !== 'PEER_REQUEST') continue;
      this.questions.push({ to: output.peer, atMs: this.wire.nowMs });
      if (!this.started.has(output.peer)) continue;
      const { sender, target, correlation_id } = JSON.parse(payload ?? '') as { [key: string]: string };
      this.hear(
        output.peer,
        python(output.peer, 'PEER_RESPONSE', { sender: target, target: sender, correlation_id, data: { heard: true } }),
      );
    }
  }
}

const logs = (site: Site) => site.events.flatMap((event) => (event.event === 'log' ? [event.text] : []));

test('a question to a node of 1.0.2 that has just come alive waits for it to start, says so, and is answered', () => {
  const fleet = new Fleet();
  fleet.join(b, 10_000);
  const aliveMs = fleet.wire.nowMs;
  fleet.pass(300);
  fleet.hear(b, announcement(b));
  fleet.ask();
  expect(fleet.one.messages.waitsFor(b)).toBe(true);
  expect(logs(fleet.one)).toContain(`The question to analyst-0123abcd waits for ${b} to start.`);
  // What real ones do: announce after 5 s, ask for rosters 24 ms later, register their agents 22 ms after that.
  fleet.pass(4_700);
  fleet.hear(b, announcement(b));
  fleet.pass(24);
  fleet.hear(b, python(b, 'CAPABILITY_REQUEST', { node_id: b }));
  fleet.pass(22);
  fleet.started.add(b);
  expect(fleet.questions).toEqual([]);
  fleet.pass(1_000);
  expect(fleet.questions).toEqual([{ to: b, atMs: aliveMs + 5_024 + 500 }]);
  expect(fleet.one.results('ask')).toMatchObject([{ ok: true, data: { heard: true } }]);
  expect(fleet.one.messages.waitsFor(b)).toBe(false);
});

test('a node whose main loop stands still between two timers is given until its next one', () => {
  const fleet = new Fleet();
  fleet.join(b, 10_000);
  const aliveMs = fleet.wire.nowMs;
  fleet.hear(b, announcement(b));
  fleet.ask(120_000);
  fleet.pass(5_000);
  fleet.hear(b, announcement(b));
  fleet.pass(25_000);
  expect(fleet.questions, 'it announced and has not asked for rosters yet').toEqual([]);
  fleet.hear(b, python(b, 'CAPABILITY_REQUEST', { node_id: b }));
  fleet.pass(11_000);
  expect(fleet.questions).toEqual([{ to: b, atMs: aliveMs + 30_000 + 10_500 }]);
});

test('without a sign of starting a question waits 12 s for a newcomer, 6 s for one that was there before us', () => {
  for (const [joinedMs, waitMs] of [
    [10_000, 12_000],
    [100, 6_000],
  ] as const) {
    const fleet = new Fleet();
    fleet.join(b, joinedMs);
    const aliveMs = fleet.wire.nowMs;
    fleet.one.messages.announce(1, [{ role: 'scribe', capabilities: [], description: '' }], now(fleet.wire));
    fleet.hear(b, announcement(b));
    fleet.ask();
    fleet.pass(20_000);
    expect(fleet.questions).toEqual([{ to: b, atMs: aliveMs + waitMs }]);
  }
});

test('a mere possibility takes at most half of the time of a question', () => {
  const fleet = new Fleet();
  fleet.join(b, 100);
  fleet.hear(b, announcement(b));
  const askedMs = fleet.wire.nowMs;
  fleet.ask(2_000);
  fleet.pass(2_000);
  expect(fleet.questions).toEqual([{ to: b, atMs: askedMs + 1_000 }]);
});

test('a question whose time ends while its peer is starting was not sent, and says so', () => {
  const fleet = new Fleet();
  fleet.join(b, 10_000);
  fleet.hear(b, announcement(b));
  fleet.pass(5_000);
  fleet.hear(b, announcement(b));
  fleet.ask(2_000);
  fleet.pass(2_000);
  expect(fleet.questions).toEqual([]);
  expect(fleet.one.results('ask')).toMatchObject([
    { ok: false, error: `${b} was still starting within 2 s; it would have lost the question, so it was not sent.` },
  ]);
  expect(fleet.one.messages.behaviours.addressable(b), 'nothing was asked, so nothing was dropped').toBeNull();
});

test('who has taken part in a conversation, is of ours, or is recent and older than we, is asked at once', () => {
  const answered = new Fleet();
  answered.join(b, 10_000);
  answered.started.add(b);
  answered.hear(b, announcement(b));
  answered.one.messages.announce(1, [{ role: 'scribe', capabilities: [], description: '' }], now(answered.wire));
  const own = answered.one.messages.ownAgents()[0]?.id;
  answered.hear(b, python(b, 'PEER_REQUEST', { sender: 'analyst-0123abcd', target: own, correlation_id: 'r', data: {} }));
  answered.ask();
  expect(answered.one.results('ask')).toMatchObject([{ ok: true }]);

  const recent = new Fleet();
  recent.join(b, 100);
  recent.started.add(b);
  recent.hear(b, announcement(b, contracts));
  recent.ask();
  expect(recent.one.results('ask')).toMatchObject([{ ok: true }]);

  const wire = new Wire();
  const [one, two] = [wire.add(a), wire.add(b)];
  wire.run(10_000);
  two.messages.announce(1, [{ role: 'analyst', capabilities: [], description: '' }], now(wire));
  for (const site of [one, two]) site.messages.memberAnswers(site === one ? b : a, true, now(wire));
  wire.meet(one, two);
  one.messages.ask('q', { target: { role: 'analyst' }, data: {}, timeoutMs: 5_000, strategy: 'first' }, now(wire));
  wire.settle();
  expect(two.events.filter((event) => event.event === 'message')).toHaveLength(1);
});

test('a recent newcomer is waited for as well: 1.13.0 to 2.2.0 lose questions like the first', () => {
  const fleet = new Fleet();
  fleet.join(b, 10_000);
  const aliveMs = fleet.wire.nowMs;
  fleet.hear(b, announcement(b, contracts));
  fleet.ask();
  fleet.pass(4_990);
  fleet.hear(b, python(b, 'CAPABILITY_REQUEST', { node_id: b }));
  fleet.pass(1_000);
  expect(fleet.questions).toEqual([{ to: b, atMs: aliveMs + 4_990 + 500 }]);
});

test('after a return the same agents are the same process, other agents another one', () => {
  for (const [id, questions] of [
    ['analyst-0123abcd', 1],
    ['analyst-4567cdef', 0],
  ] as const) {
    const fleet = new Fleet();
    fleet.join(b, 10_000);
    fleet.hear(b, announcement(b));
    fleet.pass(60_000);
    fleet.one.states.set(b, 'dead');
    fleet.one.messages.memberAnswers(b, false, now(fleet.wire));
    fleet.one.messages.memberGone(b, 'died', now(fleet.wire));
    fleet.pass(60_000);
    fleet.one.states.set(b, 'alive');
    fleet.one.messages.memberAnswers(b, true, now(fleet.wire));
    fleet.one.messages.memberAlive(b, true, now(fleet.wire));
    fleet.pass(1);
    fleet.hear(b, announcement(b, {}, id));
    fleet.ask();
    expect(fleet.questions, id).toHaveLength(questions);
  }
});

test('of two with the role the one that has started is asked; a notification to the other is not confirmed', () => {
  const fleet = new Fleet();
  fleet.join(c, 100);
  fleet.join(b, 60_000);
  fleet.started.add(c);
  fleet.hear(b, announcement(b, contracts));
  fleet.one.messages.notify('n', { role: 'analyst' }, {}, now(fleet.wire));
  fleet.pass(1);
  expect(fleet.one.results('notify')).toMatchObject([{ ok: true, data: { confirmed: false } }]);
  fleet.hear(c, announcement(c, contracts, 'analyst-89abcdef'));
  fleet.ask();
  expect(fleet.questions.map(({ to }) => to)).toEqual([c]);
});
