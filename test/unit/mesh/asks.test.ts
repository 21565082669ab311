/** Questions of ours, from the command to the result. */
import { describe, expect, test } from 'vitest';
import { createAsks, type Question } from '#server/mesh/messages/asks.ts';
import { createOwnAgents } from '#server/mesh/messages/ownAgents.ts';
import type { RemoteAgent } from '#server/mesh/messages/registry.ts';
import type { Hold } from '#server/mesh/messages/startups.ts';
import { Bench, lost, ok, refused, well } from './bench.ts';
import { wallStartMs } from './support.ts';

const b = '127.0.0.1:7002';
const c = '127.0.0.1:7003';
const analyst: RemoteAgent = { peer: b, agent: { id: 'analyst-1', role: 'analyst', capabilities: [] } };
const question: Question = { target: { role: 'analyst' }, data: { n: 1 }, timeoutMs: 10_000, strategy: 'first' };
const correlationId = 'req-888888888888';

function parts() {
  const bench = new Bench();
  const own = createOwnAgents(bench.context.random);
  const facts = {
    /** What the target names; a text is why there is none. */
    found: analyst as RemoteAgent | string,
    confirmed: true,
    rosterMissing: false,
    hold: null as Hold | null,
    introduced: 0,
    ignored: [] as string[],
    chosenFor: [] as unknown[],
  };
  const asks = createAsks(
    bench.context,
    own,
    {
      choose(target, strategy) {
        facts.chosenFor.push([target, strategy]);
        return facts.found;
      },
      remembered: 0,
    },
    {
      introduce() {
        facts.introduced += 1;
      },
      isConfirmed: () => facts.confirmed,
      rosterMissing: () => facts.rosterMissing,
      hold: () => facts.hold,
      ignored: (peer) => facts.ignored.push(peer),
    },
  );
  const ask = (id: string | number = 'q', change: Partial<Question> = {}) =>
    asks.start(id, { ...question, ...change }, bench.now);
  return { bench, own, facts, asks, ask };
}

describe('a question', () => {
  test('is sent with who asks whom, as long as it may take', () => {
    const { bench, facts, asks, ask } = parts();
    bench.nowMs = 5_000;
    ask('q', { strategy: 'round_robin' });
    expect(facts.chosenFor).toEqual([[{ role: 'analyst' }, 'round_robin']]);
    expect(facts.introduced).toBe(1);
    expect(bench.sent).toMatchObject([
      {
        peer: b,
        type: 'PEER_REQUEST',
        limitMs: 10_000,
        payload: {
          sender: 'jarviscore-fleet-88888888',
          sender_node: 'me:1',
          target: 'analyst-1',
          target_role: 'analyst',
          data: { n: 1 },
          correlation_id: correlationId,
          timestamp: (wallStartMs + 5_000) / 1_000,
          context: null,
        },
      },
    ]);
    expect([asks.open, asks.nextTimeout(), bench.outputs]).toEqual([1, 15_000, []]);
  });

  test('that is a text is put so that every agent of the framework takes it', () => {
    const { bench, ask } = parts();
    ask('q', { data: 'how are you?' });
    expect(bench.last().payload).toMatchObject({ data: { query: 'how are you?', from: 'jarviscore-fleet-88888888' } });
  });

  test('is answered by the peer that was asked, once', () => {
    const { bench, asks, ask } = parts();
    ask();
    expect(asks.answer(c, correlationId, 1), 'another peer').toBe(false);
    expect(asks.answer(b, 'req-1', 1), 'another question').toBe(false);
    expect(bench.outputs).toEqual([]);
    expect(asks.answer(b, correlationId, ['yes'])).toBe(true);
    expect(bench.results()).toEqual([ok('q', 'ask', ['yes'])]);
    expect(asks.answer(b, correlationId, 2)).toBe(false);
    expect([asks.open, asks.nextTimeout(), bench.results().length]).toEqual([0, undefined, 1]);
  });

  test('is not answered before it was sent', () => {
    const { asks, ask, facts } = parts();
    facts.confirmed = false;
    ask();
    expect(asks.answer(b, correlationId, 1)).toBe(false);
  });

  test('that does not arrive ends with why; one that was delivered waits for its answer', () => {
    const { bench, asks, ask } = parts();
    ask();
    bench.last().settle({ ...lost, delivered: true });
    expect(bench.results()).toEqual([]);
    asks.answer(b, correlationId, null);
    ask('r');
    bench.last().settle(lost);
    ask('s');
    bench.last().settle({ ...lost, error: null });
    expect(bench.results().slice(1)).toEqual([
      refused('r', 'ask', `The request did not reach ${b}: the peer did not acknowledge it.`),
      refused('s', 'ask', `The request did not reach ${b}: unknown reason.`),
    ]);
  });

  test('that ended before its message did is not ended twice, also when its id is used again', () => {
    const { bench, asks, ask } = parts();
    ask();
    const [first] = bench.sent;
    asks.cancel('q');
    ask();
    first?.settle(lost);
    expect(bench.results()).toEqual([refused('q', 'ask', 'The question was cancelled.')]);
    expect(asks.open).toBe(1);
  });

  test('that cannot be queued says so', () => {
    const { bench, ask } = parts();
    bench.accepts = false;
    ask();
    expect(bench.results()).toEqual([refused('q', 'ask', `Too many messages to ${b} are waiting already.`)]);
  });

  test('needs an id of its own, and a thousand at most are open', () => {
    const { bench, asks, ask } = parts();
    ask('q');
    ask('q');
    expect(bench.results()).toEqual([refused('q', 'ask', 'A question with this id is still open.')]);
    for (let id = 1; id < 1_000; id += 1) ask(id);
    expect([asks.open, bench.results().length]).toEqual([1_000, 1]);
    ask('one more');
    expect(bench.results().at(-1)).toEqual(refused('one more', 'ask', '1000 questions are open already.'));
  });

  test('can be cancelled once', () => {
    const { asks, ask } = parts();
    expect(asks.cancel('q')).toBe(false);
    ask();
    expect([asks.cancel('q'), asks.cancel('q')]).toEqual([true, false]);
  });
});

describe('time', () => {
  /** Half a millisecond before its end and at it. */
  const ends = (ask: ReturnType<typeof parts>, endMs: number) => {
    ask.bench.nowMs = endMs - 0.5;
    ask.asks.tick(ask.bench.now);
    const before = ask.bench.results().length;
    ask.bench.nowMs = endMs;
    ask.asks.tick(ask.bench.now);
    return [before, ask.bench.results()];
  };

  test('that passes without an answer is the agent’s, and the peer is known to ignore questions if it confirmed this one', () => {
    const all = parts();
    all.ask();
    expect(ends(all, 10_000)).toEqual([0, [refused('q', 'ask', 'analyst-1 did not answer within 10 s.')]]);
    expect(all.facts.ignored).toEqual([]);
    const taken = parts();
    taken.ask('q', { timeoutMs: 1_250 });
    taken.bench.last().settle(well);
    expect(ends(taken, 1_250)).toEqual([0, [refused('q', 'ask', 'analyst-1 did not answer within 1.3 s.')]]);
    expect(taken.facts.ignored).toEqual([b]);
  });

  test('that passes without our agents being confirmed is the announcement’s', () => {
    const all = parts();
    all.facts.confirmed = false;
    all.ask();
    expect(all.bench.sent).toEqual([]);
    expect(ends(all, 10_000)).toEqual([
      0,
      [refused('q', 'ask', `${b} did not acknowledge our announcement within 10 s; without it no answer could arrive.`)],
    ]);
  });

  test('that was used for the announcement is not there for the question', () => {
    const { bench, facts, asks, ask } = parts();
    facts.confirmed = false;
    ask();
    bench.nowMs = 4_000;
    facts.confirmed = true;
    asks.confirmed(c, bench.now);
    expect(bench.sent).toEqual([]);
    asks.confirmed(b, bench.now);
    expect(bench.last()).toMatchObject({ limitMs: 6_000, atMs: 4_000 });
    asks.confirmed(b, bench.now);
    expect(bench.sent).toHaveLength(1);
  });
});

describe('a target that nobody has', () => {
  const none = 'No peer has announced role analyst.';

  test('ends the question at once where every roster is here', () => {
    const { bench, facts, ask } = parts();
    facts.found = none;
    ask();
    expect(bench.results()).toEqual([refused('q', 'ask', none)]);
    expect(facts.introduced).toBe(0);
  });

  test('may still appear for 7 s while a roster is missing', () => {
    const { bench, facts, asks, ask } = parts();
    facts.found = none;
    facts.rosterMissing = true;
    ask();
    expect([bench.results(), asks.nextTimeout()]).toEqual([[], 7_000]);
    bench.nowMs = 6_999;
    asks.rosterChanged(bench.now);
    expect(bench.results()).toEqual([]);
    bench.nowMs = 7_000;
    asks.tick(bench.now);
    expect(bench.results()).toEqual([refused('q', 'ask', none)]);
  });

  test('that appears is asked', () => {
    const { bench, facts, asks, ask } = parts();
    facts.found = none;
    facts.rosterMissing = true;
    ask();
    bench.nowMs = 3_000;
    facts.found = analyst;
    asks.rosterChanged(bench.now);
    expect(bench.last()).toMatchObject({ type: 'PEER_REQUEST', limitMs: 7_000 });
    asks.rosterChanged(bench.now);
    expect(bench.sent).toHaveLength(1);
  });

  test('ends a shorter question with its own time', () => {
    for (const [target, name] of [
      [{ role: 'analyst' }, 'role analyst'],
      [{ agent: 'a-1' }, 'agent a-1'],
    ] as const) {
      const { bench, facts, asks, ask } = parts();
      facts.found = none;
      facts.rosterMissing = true;
      ask('q', { target, timeoutMs: 2_000 });
      expect(asks.nextTimeout()).toBe(2_000);
      bench.pass(2_000, asks);
      expect(bench.results()).toEqual([refused('q', 'ask', `No peer announced ${name} within 2 s.`)]);
    }
  });

  test('that went while every roster came ends the question', () => {
    const { bench, facts, asks, ask } = parts();
    facts.found = none;
    facts.rosterMissing = true;
    ask();
    facts.rosterMissing = false;
    asks.rosterChanged(bench.now);
    expect(bench.results()).toEqual([refused('q', 'ask', none)]);
  });
});

describe('a peer that is starting', () => {
  const waits = 'The question to analyst-1 waits for 127.0.0.1:7002 to start.';

  test('is waited for, which is said once, and asked then', () => {
    const { bench, facts, asks, ask } = parts();
    facts.hold = { untilMs: 4_000, sure: true };
    ask();
    expect(bench.outputs).toEqual([
      { kind: 'event', event: { event: 'log', level: 'info', text: waits } },
      { kind: 'touched', peer: b },
    ]);
    expect([asks.waitsFor(b), asks.waitsFor(c), asks.nextTimeout()]).toEqual([true, false, 4_000]);
    facts.hold = { untilMs: 6_000, sure: true };
    asks.startupChanged(c, bench.now);
    expect(asks.nextTimeout()).toBe(4_000);
    asks.startupChanged(b, bench.now);
    expect([asks.nextTimeout(), bench.outputs.length]).toEqual([6_000, 2]);
    bench.pass(6_000, asks);
    expect(bench.last()).toMatchObject({ type: 'PEER_REQUEST', atMs: 6_000, limitMs: 4_000 });
    expect(bench.outputs.slice(2)).toEqual([{ kind: 'touched', peer: b }]);
    expect(asks.waitsFor(b)).toBe(false);
  });

  test('that may have started gets half of the question’s time', () => {
    const { bench, facts, asks, ask } = parts();
    facts.hold = { untilMs: 8_000, sure: false };
    ask();
    expect(asks.nextTimeout()).toBe(5_000);
    bench.pass(5_000, asks);
    expect(bench.moments('PEER_REQUEST')).toEqual([5_000]);
  });

  test('that may have started soon is asked then', () => {
    const { bench, facts, asks, ask } = parts();
    facts.hold = { untilMs: 3_000, sure: false };
    ask();
    bench.pass(5_000, asks);
    expect(bench.moments('PEER_REQUEST')).toEqual([3_000]);
  });

  test('for longer than the question may take is not asked', () => {
    const { bench, facts, asks, ask } = parts();
    facts.hold = { untilMs: 60_000, sure: true };
    ask();
    bench.pass(10_000, asks);
    expect(bench.sent).toEqual([]);
    expect(bench.results()).toEqual([
      refused('q', 'ask', `${b} was still starting within 10 s; it would have lost the question, so it was not sent.`),
    ]);
  });

  test('a question waits for one peer only', () => {
    const { facts, asks, ask } = parts();
    ask('sent');
    facts.hold = { untilMs: 4_000, sure: true };
    facts.found = { ...analyst, peer: c };
    ask('waits');
    expect([asks.waitsFor(b), asks.waitsFor(c)]).toEqual([false, true]);
  });
});

describe('the end of others', () => {
  test('ends the questions to it', () => {
    const { bench, facts, asks, ask } = parts();
    ask('b');
    facts.found = { ...analyst, peer: c };
    ask('c');
    asks.peerGone(b, 'died');
    expect(bench.results()).toEqual([refused('b', 'ask', `${b} died before it answered.`)]);
    expect(asks.open).toBe(1);
  });

  test('our own leaving ends all', () => {
    const { bench, asks, ask } = parts();
    ask('b');
    ask('c');
    asks.failAll('Good bye.');
    expect(bench.results()).toEqual([refused('b', 'ask', 'Good bye.'), refused('c', 'ask', 'Good bye.')]);
  });
});
