/**
 * A model of a swim-p2p 1.2.6 node, with the habits that matter to its peers: it believes what is said of itself,
 * names seeds before it has heard them, raises other nodes' incarnations, flips dead members to SUSPECT and back,
 * and drops the rest of a digest behind a member that came back from DEAD.
 */
import type { DigestEntry, SwimMessage } from '#schemas/wire/swim.ts';
import type { Instant, Random } from '#server/mesh/core.ts';
import { hexId } from '#server/mesh/core.ts';
import { decode, encode, UDP_MAX_BYTES } from '#server/mesh/swim/codec.ts';
import type { SwimInput, SwimOutput } from '#server/mesh/swim/types.ts';
import { inflate } from '../../unit/swim/captures.ts';
import type { Machine } from './world.ts';

const PERIOD_MS = 902.5;
const PING_MS = [200, 160];
const SUSPICION_MS = 15_000;
const HELP_MS = 200;
const SYNC_MS = 3_000;
const FULL_SYNC_MS = 30_000;
const RESURRECTION_CYCLES = 30;

interface PythonMember {
  entry: DigestEntry;
  suspectSinceMs: number;
  changedAt: number;
}

interface Timer {
  readonly atMs: number;
  readonly run: () => void;
}

export class PythonModel implements Machine {
  readonly self: string;
  private readonly random: Random;
  private readonly table = new Map<string, PythonMember>();
  private readonly outputs: SwimOutput[] = [];
  private timers: Timer[] = [];
  private now: Instant;
  private changes = 0;
  private cycle = 0;
  /** Source addresses whose PONG is awaited. */
  private readonly awaited = new Map<string, (answered: boolean) => void>();

  constructor(self: string, seeds: readonly string[], random: Random, now: Instant) {
    this.self = self;
    this.random = random;
    this.now = now;
    for (const address of [self, ...seeds]) this.set(address, 'ALIVE', 1);
    this.after(300 + random() * 200, () => this.loop());
    this.after(SYNC_MS, () => this.sync());
    this.after(FULL_SYNC_MS, () => this.fullSync());
  }

  /** Its own member list, itself included. */
  view(): Record<string, string> {
    return Object.fromEntries([...this.table].map(([address, { entry }]) => [address, `${entry.state} ${entry.incarnation}`]));
  }

  state(address: string): string | undefined {
    return this.table.get(address)?.entry.state;
  }

  poll(): SwimOutput | undefined {
    return this.outputs.shift();
  }

  nextTimeout(): number | undefined {
    return this.timers.reduce<number | undefined>(
      (least, { atMs }) => (least === undefined || atMs < least ? atMs : least),
      undefined,
    );
  }

  handle(input: SwimInput, now: Instant): void {
    this.now = now;
    if (input.kind === 'datagram' || input.kind === 'frame') this.receive(input.from, input.bytes);
    const due = this.timers.filter(({ atMs }) => atMs <= now.monotonicMs);
    this.timers = this.timers.filter(({ atMs }) => atMs > now.monotonicMs);
    for (const { run } of due) run();
  }

  private after(ms: number, run: () => void): void {
    this.timers.push({ atMs: this.now.monotonicMs + ms, run });
  }

  private set(address: string, state: DigestEntry['state'], incarnation: number): void {
    this.changes += 1;
    const entry = { addr: address, state, incarnation, last_heartbeat: this.now.wallMs / 1_000, metadata: {} };
    this.table.set(address, { entry, suspectSinceMs: this.now.monotonicMs, changedAt: this.changes });
  }

  private send(to: string, message: SwimMessage): void {
    const bytes = encode(message);
    this.outputs.push({ kind: 'send', to, transport: bytes.length <= UDP_MAX_BYTES ? 'udp' : 'tcp', bytes });
  }

  private header(): { from: string; id: string; timestamp: number } {
    return { from: this.self, id: hexId(this.random, 8), timestamp: this.now.wallMs / 1_000 };
  }

  private pick(states: readonly string[], count: number): string[] {
    const pool = [...this.table.values()]
      .map(({ entry }) => entry)
      .filter(({ addr, state }) => addr !== this.self && states.includes(state));
    const picked: string[] = [];
    while (picked.length < count && pool.length > 0) {
      const [entry] = pool.splice(Math.floor(this.random() * pool.length), 1);
      if (entry !== undefined) picked.push(entry.addr);
    }
    return picked;
  }

  private digest(after: number): {
    version: number;
    entries: DigestEntry[];
    is_full: boolean;
    timestamp: number;
    source: string;
  } {
    const entries = [...this.table.values()].filter(({ changedAt }) => changedAt > after).map(({ entry }) => entry);
    return { version: this.changes, entries, is_full: after === 0, timestamp: this.now.wallMs / 1_000, source: this.self };
  }

  /** HEARTBEAT, then the suspects one by one, then one PING, then the pause: all in sequence. */
  private loop(): void {
    this.cycle += 1;
    for (const to of this.pick(['ALIVE', 'SUSPECT'], 3)) {
      this.send(to, { type: 'HEARTBEAT', ...this.header(), digest: this.digest(0) });
      if (this.random() < 0.2) this.send(to, { type: 'SYNC-REQ', ...this.header(), known_version: this.changes });
    }
    this.suspects(this.pick(['SUSPECT'], Number.POSITIVE_INFINITY));
  }

  private suspects(rest: readonly string[]): void {
    const [address, ...others] = rest;
    if (address === undefined) {
      this.probeOne();
      return;
    }
    const member = this.table.get(address);
    if (member?.entry.state !== 'SUSPECT') {
      this.suspects(others);
      return;
    }
    if (this.now.monotonicMs - member.suspectSinceMs >= SUSPICION_MS) {
      this.set(address, 'DEAD', member.entry.incarnation + 1);
      this.suspects(others);
      return;
    }
    for (const helper of this.pick(['ALIVE'], 3)) this.send(helper, { type: 'PING-REQ', ...this.header(), target: address });
    this.after(400, () => this.suspects(others));
  }

  private probeOne(): void {
    const [address] = this.pick(['ALIVE', 'SUSPECT', 'DEAD'], 1);
    const again = (): void => this.after(PERIOD_MS, () => this.loop());
    if (address === undefined || (this.state(address) === 'DEAD' && this.cycle % RESURRECTION_CYCLES !== 0)) {
      again();
      return;
    }
    this.ping(address, 0, (answered) => {
      const entry = this.table.get(address)?.entry;
      if (entry !== undefined && answered && entry.state !== 'ALIVE') this.set(address, 'ALIVE', entry.incarnation + 1);
      if (entry !== undefined && !answered && entry.state !== 'SUSPECT') this.set(address, 'SUSPECT', entry.incarnation + 1);
      again();
    });
  }

  private ping(address: string, attempt: number, done: (answered: boolean) => void, asker?: string): void {
    const { from, id, timestamp } = this.header();
    const asked = asker === undefined ? {} : { ping_req_from: asker };
    this.send(address, { type: 'PING', from, ...asked, id, timestamp });
    let open = true;
    const finish = (answered: boolean): void => {
      if (!open) return;
      open = false;
      this.awaited.delete(address);
      done(answered);
    };
    this.awaited.set(address, finish);
    this.after(PING_MS[attempt] ?? 0, () => {
      if (!open) return;
      if (attempt + 1 < PING_MS.length && asker === undefined) {
        open = false;
        this.ping(address, attempt + 1, done);
      } else finish(false);
    });
  }

  private sync(): void {
    for (const to of this.pick(['ALIVE'], 1)) this.send(to, { type: 'SYNC-REQ', ...this.header(), known_version: this.changes });
    this.after(SYNC_MS, () => this.sync());
  }

  private fullSync(): void {
    for (const to of this.pick(['ALIVE'], 2)) this.send(to, { type: 'SYNC-REQ', ...this.header(), known_version: 0 });
    this.after(FULL_SYNC_MS, () => this.fullSync());
  }

  private receive(source: string, bytes: Uint8Array): void {
    const decoded = decode(bytes, inflate);
    if (!decoded.ok) return;
    const { message } = decoded;
    switch (message.type) {
      case 'PING':
        this.send(source, {
          type: 'PONG',
          from: this.self,
          id: message.id,
          in_response_to: 'PING',
          orig_timestamp: message.timestamp,
          timestamp: this.now.wallMs / 1_000,
        });
        break;
      case 'PONG':
        this.awaited.get(source)?.(true);
        break;
      case 'PING-REQ':
        this.help(source, message.target, message.id, message.from);
        break;
      case 'PING-REQ-ACK':
        this.helped(message.target, message.status === 'alive');
        break;
      case 'SYNC-REQ': {
        const after = message.known_version > this.changes ? 0 : message.known_version;
        this.send(source, {
          type: 'SYNC-RESP',
          from: this.self,
          id: message.id,
          digest: this.digest(after),
          timestamp: this.now.wallMs / 1_000,
        });
        break;
      }
      case 'HEARTBEAT':
      case 'SYNC-RESP':
        this.merge(message.digest.entries);
        break;
    }
  }

  private help(asker: string, target: string, id: string, name: string): void {
    const answer = (alive: boolean): void => {
      this.send(asker, { type: 'PING-REQ-ACK', from: this.self, target, status: alive ? 'alive' : 'unreachable', id });
    };
    if (this.awaited.has(target)) this.after(HELP_MS, () => answer(false));
    else this.ping(target, 0, answer, name);
  }

  private helped(target: string, alive: boolean): void {
    const entry = this.table.get(target)?.entry;
    if (alive && entry?.state === 'SUSPECT') this.set(target, 'ALIVE', entry.incarnation + 1);
  }

  private merge(entries: readonly DigestEntry[]): void {
    const rank = { ALIVE: 0, SUSPECT: 1, DEAD: 2 };
    for (const told of entries) {
      const held = this.table.get(told.addr)?.entry;
      if (held === undefined) this.set(told.addr, told.state, told.incarnation);
      else if (
        told.incarnation > held.incarnation ||
        (told.incarnation === held.incarnation && rank[told.state] > rank[held.state])
      ) {
        this.set(told.addr, told.state, told.incarnation);
        if (held.state === 'DEAD' && told.state === 'ALIVE') return;
      }
    }
  }
}
