/** A whole node beside scripted members that answer probes and confirm messages, as nodes of 1.0.2 to 1.10.0 do. */
import { describe, expect, test } from 'vitest';
import { createMeshNode } from '#server/mesh/node.ts';
import { netConfig } from './nodeNet.ts';
import { at, seeded } from './support.ts';

const b = '127.0.0.1:7002';
const c = '127.0.0.1:7003';
const encode = (text: string) => new TextEncoder().encode(text);

class Beside {
  nowMs = 1_000;
  /** Members that answer PING. */
  readonly answering = new Set<string>();
  readonly connected: string[] = [];
  readonly questions: number[] = [];
  readonly logs: string[] = [];
  readonly #node = createMeshNode(
    { config: { ...netConfig, port: 7_001 }, random: seeded(1), inflate: () => null, epoch: 'e' },
    at(this.nowMs),
  );
  #ids = 0;

  peer(address: string) {
    return this.#node.snapshot().peers.find(({ id }) => id === address);
  }

  #work(): void {
    for (let output = this.#node.poll(); output !== undefined; output = this.#node.poll()) {
      if (output.kind === 'event' && output.event.event === 'log') this.logs.push(output.event.text);
      if (output.kind === 'dealer-connect') {
        this.connected.push(output.peer);
        this.#node.handle({ kind: 'dealer-connected', peer: output.peer }, at(this.nowMs));
      }
      if (output.kind === 'udp' && this.answering.has(output.to)) {
        const { type, id } = JSON.parse(new TextDecoder().decode(output.bytes).slice(1)) as { type: string; id: string };
        const timestamp = at(this.nowMs).wallMs / 1_000;
        if (type === 'PING') this.say(output.to, { type: 'PONG', id, in_response_to: 'PING', orig_timestamp: 1, timestamp });
      }
      if (output.kind !== 'dealer-send') continue;
      const { id, type } = JSON.parse(new TextDecoder().decode(output.bytes)) as { id: string; type: string };
      if (type === 'PEER_REQUEST') this.questions.push(this.nowMs);
      for (const ack_type of ['delivery', 'processing']) {
        const ack = { type: 'ACK', ack_type, ack_for: id, success: true };
        this.#node.handle({ kind: 'dealer', peer: output.peer, bytes: encode(JSON.stringify(ack)) }, at(this.nowMs));
      }
    }
  }

  say(from: string, message: object): void {
    const bytes = encode(`U${JSON.stringify({ from, ...message })}`);
    this.#node.handle({ kind: 'datagram', from, bytes }, at(this.nowMs));
    this.#work();
  }

  heartbeat(from: string, entries: readonly (readonly [string, string, number])[]): void {
    const digest = {
      version: 1,
      entries: entries.map(([addr, state, incarnation]) => ({ addr, state, incarnation, last_heartbeat: 1, metadata: {} })),
      is_full: false,
      timestamp: 1,
      source: from,
    };
    this.say(from, { type: 'HEARTBEAT', id: 'h', timestamp: 1, digest });
  }

  announce(from: string, ids: readonly string[] = ['analyst-1']): void {
    const agents = Object.fromEntries(ids.map((id) => [id, { agent_id: id, role: 'analyst', capabilities: [] }]));
    const id = `m${++this.#ids}`;
    const message = { type: 'CAPABILITY_ANNOUNCEMENT', id, from_node: from, payload: { node_id: from, agents } };
    this.#node.handle({ kind: 'router', identity: 'x', bytes: encode(JSON.stringify(message)) }, at(this.nowMs));
    this.#work();
  }

  ask(id: number, timeoutMs = 60_000): void {
    const command = { command: 'ask', id, target: { role: 'analyst' }, data: 1, timeoutMs } as const;
    this.#node.handle({ kind: 'command', command }, at(this.nowMs));
    this.#work();
  }

  pass(ms: number): void {
    const endMs = this.nowMs + ms;
    for (let next = this.#node.nextTimeout(); next !== undefined && next <= endMs; next = this.#node.nextTimeout()) {
      this.nowMs = Math.max(this.nowMs, next);
      this.#node.handle({ kind: 'tick' }, at(this.nowMs));
      this.#work();
    }
    this.nowMs = endMs;
  }
}

/** `b` is a member that answers and has agents; it came when we had been there for 5 s. */
function joined(): Beside {
  const beside = new Beside();
  beside.pass(5_000);
  beside.answering.add(b);
  beside.heartbeat(b, [[b, 'ALIVE', 1]]);
  beside.pass(100);
  beside.announce(b);
  return beside;
}
const waits = `The question to analyst-1 waits for ${b} to start.`;
const marks = (beside: Beside) => beside.peer(b)?.mesh?.marks.map(({ kind }) => kind);

describe('a question to a member that may be starting', () => {
  test('waits until it has started, which its row says', () => {
    const beside = joined();
    const startMs = beside.nowMs - 100;
    beside.ask(1);
    expect(beside.logs.at(-1)).toBe(waits);
    expect(marks(beside)).toEqual(['starting', 'notify-unconfirmed']);
    beside.pass(11_800);
    expect(beside.questions).toEqual([]);
    beside.pass(200);
    expect(beside.questions.map((ms) => Math.round(ms - startMs))).toEqual([12_000]);
    expect(marks(beside)).toEqual(['notify-unconfirmed']);
  });

  test('goes at once when it has been there for long', () => {
    const beside = joined();
    beside.pass(20_000);
    beside.ask(1);
    expect(beside.questions).toEqual([beside.nowMs]);
    expect(beside.logs).not.toContain(waits);
  });

  test.each([
    ['died', (beside: Beside) => beside.answering.delete(b)],
    ['left', (beside: Beside) => beside.heartbeat(b, [[b, 'DEAD', 2]])],
  ])('that %s and is back waits anew: it may be another process', (how, go) => {
    const beside = joined();
    beside.pass(20_000);
    go(beside);
    beside.answering.delete(b);
    beside.pass(10_000);
    expect(beside.peer(b)?.state).toBe(how === 'died' ? 'dead' : how);
    beside.answering.add(b);
    beside.heartbeat(b, [[b, 'ALIVE', 3]]);
    beside.pass(100);
    beside.announce(b);
    expect(beside.peer(b)?.state).toBe('alive');
    beside.ask(1);
    expect(beside.questions).toEqual([]);
    expect(beside.logs.at(-1)).toBe(waits);
  });

  test('that was silent for a moment only does not wait: it is the same process', () => {
    const beside = joined();
    beside.pass(20_000);
    beside.answering.delete(b);
    beside.pass(3_000);
    expect(beside.peer(b)?.state).toBe('suspect');
    beside.answering.add(b);
    beside.pass(3_000);
    expect(beside.peer(b)?.state).toBe('alive');
    beside.ask(1);
    expect(beside.questions).toEqual([beside.nowMs]);
  });

  test('that a suspicion comes over is still open', () => {
    const beside = joined();
    beside.pass(20_000);
    beside.ask(1);
    beside.answering.delete(b);
    beside.pass(3_000);
    expect(beside.peer(b)?.state).toBe('suspect');
    expect(beside.logs.filter((text) => text.includes('suspect'))).toHaveLength(1);
    beside.ask(2);
    expect(beside.questions, 'also for a new one').toHaveLength(2);
  });
});

describe('the word of others', () => {
  test('alone opens no connection; the member’s own does', () => {
    const beside = new Beside();
    beside.answering.add(b);
    beside.heartbeat(b, [
      [b, 'ALIVE', 1],
      [c, 'ALIVE', 1],
    ]);
    beside.pass(500);
    expect(beside.peer(c)?.state).toBe('alive');
    expect(new Set(beside.connected)).toEqual(new Set([b]));
    beside.say(c, { type: 'PING', id: 'p', timestamp: 1 });
    beside.pass(10);
    expect(new Set(beside.connected)).toEqual(new Set([b, c]));
  });

  test('of an unknown 0.0.0.0 identity is nobody’s', () => {
    const beside = joined();
    beside.announce('0.0.0.0:9999', ['evil-1']);
    expect(beside.peer(b)?.agents.map(({ id }) => id)).toEqual(['analyst-1']);
  });
});

test('who left and is back has no agents until it announces them', () => {
  const beside = joined();
  beside.heartbeat(b, [[b, 'DEAD', 2]]);
  beside.answering.delete(b);
  beside.pass(3_000);
  expect(beside.peer(b)).toMatchObject({ state: 'left', agents: [{ id: 'analyst-1' }] });
  beside.heartbeat(b, [[b, 'ALIVE', 3]]);
  beside.pass(100);
  expect(beside.peer(b)).toMatchObject({ state: 'alive', agents: [], announced: false });
});
