/** Helping others probe: PING the target and report, without making anything else wait (swim-p2p 1.2.6 blocks here). */
import type { Context } from './context.ts';
import type { MemberRecord } from './record.ts';
import type { MemberTable } from './table.ts';

const PENDING = 64;

interface Request {
  readonly asker: string;
  readonly target: string;
  /** The asker's id, echoed. */
  readonly id: string;
  readonly askedMs: number;
}

export class Helper {
  private readonly context: Context;
  private readonly table: MemberTable;
  private pending: Request[] = [];

  constructor(context: Context, table: MemberTable) {
    this.context = context;
    this.table = table;
  }

  nextTimeout(): number {
    const oldest = this.pending[0];
    return oldest === undefined ? Number.POSITIVE_INFINITY : oldest.askedMs + this.context.timing.helperTimeoutMs;
  }

  /** `asker` is where the answer goes: the PING-REQ's source. The member asked about, null when it is none. */
  asked(asker: string, askerName: string, target: string, id: string): MemberRecord | null {
    const record = this.table.get(target);
    if (record === undefined) {
      // Otherwise anybody could have us knock at any port of any host.
      this.context.violation(asker, `It asks us to probe ${target}, which is no member we know.`);
      return null;
    }
    if (this.pending.length >= PENDING) return record;
    this.pending.push({ asker, target, id, askedMs: this.context.now.monotonicMs });
    this.context.send(target, {
      type: 'PING',
      from: this.context.self,
      ping_req_from: askerName,
      id: this.context.newId(),
      timestamp: this.context.wallSeconds,
    });
    return record;
  }

  ponged(target: string): void {
    if (this.pending.length === 0) return;
    const now = this.context.now.monotonicMs;
    const answered = this.pending.filter((request) => request.target === target);
    if (answered.length === 0) return;
    this.pending = this.pending.filter((request) => request.target !== target);
    for (const request of answered) this.answer(request, 'alive', (now - request.askedMs) / 1_000);
  }

  tick(): void {
    // The same sum as in nextTimeout: a difference may round the other way and never come due.
    while (this.context.now.monotonicMs >= this.nextTimeout()) {
      const request = this.pending.shift();
      if (request !== undefined) this.answer(request, 'unreachable');
    }
  }

  private answer(request: Request, status: 'alive' | 'unreachable', rtt?: number): void {
    this.context.send(request.asker, {
      type: 'PING-REQ-ACK',
      from: this.context.self,
      target: request.target,
      status,
      id: request.id,
      ...(rtt === undefined ? {} : { rtt }),
    });
  }
}
