/** A virtual clock, a virtual network and any number of nodes on them. Everything random comes from one seed. */
import type { SwimMessage } from '#schemas/wire/swim.ts';
import type { Instant, Random } from '#server/mesh/core.ts';
import { decode } from '#server/mesh/swim/codec.ts';
import { createSwim } from '#server/mesh/swim/swim.ts';
import type { MemberState, Swim, SwimInput, SwimOptions, SwimOutput } from '#server/mesh/swim/types.ts';
import { inflate } from '../../unit/swim/captures.ts';
import { PythonModel } from './pythonModel.ts';

/** mulberry32. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Network {
  /** Probability that a datagram is lost. */
  loss: number;
  /** Probability that a datagram arrives twice. */
  duplication: number;
  /** One-way delay, uniform in this range, milliseconds; a wide range reorders. */
  delayMs: readonly [number, number];
  /** Whether a packet may pass. */
  passes: (from: string, to: string) => boolean;
}

/** Anything that takes packets: our core, or the model of a Python node. */
export interface Machine {
  handle(input: SwimInput, now: Instant): void;
  poll(): SwimOutput | undefined;
  nextTimeout(): number | undefined;
}

interface Node {
  readonly machine: Machine;
  /** A new number for each process at the same address. */
  readonly life: number;
  timerAt: number;
  stalledUntil: number;
  /** While it is asleep nothing reaches it, and its packets are lost. */
  asleepUntil: number;
  /** How far its monotonic clock is behind ours: it stands still while a laptop sleeps (CLOCK_MONOTONIC). */
  lagMs: number;
  /** Jumps of its wall clock. */
  wallOffsetMs: number;
  /** Accusations it was told, while `watch` is set. */
  readonly told: Set<string>;
}

interface Sent {
  readonly atMs: number;
  readonly from: string;
  readonly to: string;
  readonly message: SwimMessage;
}

export interface StateChange {
  readonly atMs: number;
  readonly at: string;
  readonly about: string;
  readonly from: MemberState | null;
  readonly to: MemberState;
}

interface Event {
  readonly atMs: number;
  readonly order: number;
  readonly run: () => void;
}

export class World {
  readonly random: Random;
  readonly network: Network = { loss: 0, duplication: 0, delayMs: [0.2, 0.6], passes: () => true };
  readonly sent: Sent[] = [];
  readonly changes: StateChange[] = [];
  /** Keeps every sent message in `sent`; costs as much as all the rest. */
  recordSent = false;
  /** Keeps in `changes` who learned of whom; a million entries in a fleet of a thousand. */
  recordFirstSight = true;
  /** Folds everything that happens into `trace`. */
  tracing = false;
  /** Called for every accusation that one of our nodes sends without having been told it. */
  watch: ((from: string, to: string, accusation: string) => void) | null = null;
  /** Equal for equal runs. */
  trace = 2_166_136_261;
  packets = 0;
  private nowMs = 1_000;
  private order = 0;
  private lives = 0;
  private readonly nodes = new Map<string, Node>();
  private readonly queue: Event[] = [];

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  get now(): Instant {
    return { monotonicMs: this.nowMs, wallMs: 1_785_000_000_000 + this.nowMs };
  }

  /** Starts one of our nodes. */
  start(self: string, seeds: readonly string[], options: Partial<SwimOptions> = {}): Swim {
    const random = seededRandom(Math.floor(this.random() * 2 ** 32));
    const swim = createSwim({ self, seeds, random, forgetAfterMs: 600_000, inflate, ...options }, this.now);
    this.add(self, swim);
    return swim;
  }

  add(address: string, machine: Machine): void {
    this.lives += 1;
    this.nodes.set(address, {
      machine,
      life: this.lives,
      timerAt: Number.POSITIVE_INFINITY,
      stalledUntil: 0,
      asleepUntil: 0,
      lagMs: 0,
      wallOffsetMs: 0,
      told: new Set(),
    });
    this.drain(address);
  }

  /** kill -9. */
  crash(address: string): void {
    this.nodes.delete(address);
  }

  /** The process does not run for `ms`; its packets wait in the socket. */
  stall(address: string, ms: number): void {
    const node = this.nodes.get(address);
    if (node !== undefined) node.stalledUntil = Math.max(node.stalledUntil, this.nowMs + ms);
  }

  /** The machine sleeps for `ms`: its monotonic clock stands still, its wall clock goes on, packets to it are lost. */
  sleep(address: string, ms: number): void {
    const node = this.nodes.get(address);
    if (node === undefined || node.asleepUntil > this.nowMs || node.stalledUntil > this.nowMs) return;
    node.asleepUntil = this.nowMs + ms;
    node.stalledUntil = this.nowMs + ms;
    node.lagMs += ms;
  }

  /** Somebody sets the wall clock of `address`. */
  jumpClock(address: string, ms: number): void {
    const node = this.nodes.get(address);
    if (node !== undefined) node.wallOffsetMs += ms;
  }

  /** When the last node that stands still or sleeps goes on. */
  get allAwakeMs(): number {
    return Math.max(this.nowMs, ...[...this.nodes.values()].map((node) => node.stalledUntil));
  }

  has(address: string): boolean {
    return this.nodes.has(address);
  }

  give(address: string, input: SwimInput): void {
    const node = this.nodes.get(address);
    if (node === undefined) return;
    if (node.stalledUntil > this.nowMs) {
      const { life } = node;
      this.at(node.stalledUntil, () => {
        if (this.nodes.get(address)?.life === life) this.give(address, input);
      });
      return;
    }
    node.machine.handle(input, {
      monotonicMs: this.nowMs - node.lagMs,
      wallMs: this.now.wallMs + node.wallOffsetMs,
    });
    this.drain(address);
  }

  at(atMs: number, run: () => void): void {
    this.order += 1;
    const event = { atMs: Math.max(atMs, this.nowMs), order: this.order, run };
    let index = this.queue.push(event) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = this.queue[parent];
      if (above === undefined || !before(event, above)) break;
      this.queue[index] = above;
      index = parent;
    }
    this.queue[index] = event;
  }

  /** Lets `ms` pass. */
  run(ms: number): void {
    const end = this.nowMs + ms;
    let standing = 0;
    for (let next = this.queue[0]; next !== undefined && next.atMs <= end; next = this.queue[0]) {
      this.pop();
      standing = next.atMs === this.nowMs ? standing + 1 : 0;
      if (standing > 100_000) throw new Error('a node asks for the same moment for ever');
      this.nowMs = next.atMs;
      next.run();
    }
    this.nowMs = end;
  }

  /** Runs until `condition` holds; milliseconds it took, or an error after `limitMs`. */
  until(condition: () => boolean, limitMs: number): number {
    const start = this.nowMs;
    while (!condition()) {
      if (this.nowMs - start > limitMs) throw new Error(`not within ${limitMs} ms`);
      this.run(5);
    }
    return this.nowMs - start;
  }

  private pop(): void {
    const last = this.queue.pop();
    if (last === undefined || this.queue.length === 0) return;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const a = this.queue[left];
      const b = this.queue[left + 1];
      if (a === undefined) break;
      const [child, at] = b !== undefined && before(b, a) ? [b, left + 1] : [a, left];
      if (!before(child, last)) break;
      this.queue[index] = child;
      index = at;
    }
    this.queue[index] = last;
  }

  private drain(address: string): void {
    const node = this.nodes.get(address);
    if (node === undefined) return;
    for (let output = node.machine.poll(); output !== undefined; output = node.machine.poll()) this.obey(address, output);
    this.arm(address, node);
  }

  private arm(address: string, node: Node): void {
    const timeout = node.machine.nextTimeout();
    // A deadline that moved away is looked at when the old one comes: most packets move it.
    if (timeout === undefined || timeout >= node.timerAt) return;
    node.timerAt = timeout;
    // Where its clock differs from ours, the sum of both may round to a moment before the deadline.
    this.at(timeout + node.lagMs + (node.lagMs === 0 ? 0 : 0.001), () => {
      if (this.nodes.get(address) !== node || node.timerAt !== timeout) return;
      node.timerAt = Number.POSITIVE_INFINITY;
      const due = node.machine.nextTimeout();
      if (due !== undefined && due + node.lagMs <= this.nowMs) this.give(address, { kind: 'tick' });
      else this.arm(address, node);
    });
  }

  private obey(address: string, output: SwimOutput): void {
    if (output.kind === 'member') {
      const { member, previous } = output;
      this.note(`${address} ${member.address} ${member.state} ${member.incarnation}`);
      if (member.state !== previous && (previous !== null || this.recordFirstSight)) {
        this.changes.push({ atMs: this.nowMs, at: address, about: member.address, from: previous, to: member.state });
      }
    }
    if (output.kind === 'send') this.transmit(address, output.to, output.transport, output.bytes);
  }

  private transmit(from: string, to: string, transport: 'udp' | 'tcp', bytes: Uint8Array): void {
    this.packets += 1;
    this.note(`${from} ${to} ${transport} ${bytes.length}`);
    if (this.recordSent) {
      const decoded = decode(bytes, inflate);
      if (!decoded.ok || decoded.skipped > 0) throw new Error(`${from} sent what nobody reads`);
      this.sent.push({ atMs: this.nowMs, from, to, message: decoded.message });
    }
    if (!this.network.passes(from, to)) return;
    if (this.watch !== null) this.audit(from, to, bytes);
    const [low, high] = this.network.delayMs;
    const copies = transport === 'udp' && this.random() < this.network.duplication ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      if (transport === 'udp' && this.random() < this.network.loss) continue;
      const input: SwimInput =
        transport === 'udp'
          ? { kind: 'datagram', from, bytes }
          : { kind: 'frame', from: `${from.slice(0, from.indexOf(':'))}:50000`, bytes };
      const life = this.nodes.get(to)?.life;
      this.at(this.nowMs + low + this.random() * (high - low), () => {
        const node = this.nodes.get(to);
        if (node === undefined || node.life !== life || node.asleepUntil > this.nowMs) return;
        if (this.watch !== null) for (const accusation of accusations(bytes)) node.told.add(accusation.text);
        this.give(to, input);
      });
    }
  }

  /** Our own accusations must not leave us: what a digest says of others was told us. */
  private audit(from: string, to: string, bytes: Uint8Array): void {
    const node = this.nodes.get(from);
    if (node === undefined || node.machine instanceof PythonModel) return;
    for (const { about, text } of accusations(bytes)) {
      if (about !== from && !node.told.has(text)) this.watch?.(from, to, text);
    }
  }

  private note(text: string): void {
    if (!this.tracing) return;
    const line = `${this.nowMs.toFixed(3)} ${text}`;
    for (let index = 0; index < line.length; index += 1) {
      this.trace = Math.imul(this.trace ^ line.charCodeAt(index), 16_777_619) >>> 0;
    }
  }
}

/** SUSPECT and DEAD entries of a message; looks before it decodes, because there are nearly never any. */
function accusations(bytes: Uint8Array): { readonly about: string; readonly text: string }[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!text.includes('"SUSPECT"') && !text.includes('"DEAD"')) return [];
  const decoded = decode(bytes, inflate);
  if (!decoded.ok || !('digest' in decoded.message)) return [];
  return decoded.message.digest.entries
    .filter((entry) => entry.state !== 'ALIVE')
    .map((entry) => ({ about: entry.addr, text: `${entry.addr} ${entry.state} ${entry.incarnation}` }));
}

function before(a: Event, b: Event): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

/** `127.0.0.1:20000`, `:20001` ... */
export function addresses(count: number): string[] {
  return Array.from({ length: count }, (_unused, index) => `127.0.0.1:${20_000 + index}`);
}
