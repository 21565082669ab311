/** Our own entry: the only one we speak for. */
import type { DigestEntry } from '#schemas/wire/swim.ts';
import type { Context } from './context.ts';

export class OwnEntry {
  private readonly context: Context;
  private number = 1;
  private gone = false;

  constructor(context: Context) {
    this.context = context;
  }

  get incarnation(): number {
    return this.number;
  }

  get left(): boolean {
    return this.gone;
  }

  /** As digests carry it. */
  entry(): DigestEntry {
    return {
      addr: this.context.self,
      state: this.gone ? 'DEAD' : 'ALIVE',
      incarnation: this.number,
      last_heartbeat: this.context.wallSeconds,
      metadata: {},
    };
  }

  /**
   * Somebody's claim about us. `refute`: it calls us SUSPECT or DEAD, so our incarnation is now above it and must be
   * told at once; Python nodes take the entry back with the next digest. `adopted`: a former life of ours had a higher
   * incarnation. `nothing`: we knew.
   */
  claimed(entry: DigestEntry): 'refute' | 'adopted' | 'nothing' {
    if (entry.state !== 'ALIVE' && entry.incarnation >= this.number) {
      this.raise(entry.incarnation + 1);
      return 'refute';
    }
    if (entry.incarnation <= this.number) return 'nothing';
    this.raise(entry.incarnation);
    return 'adopted';
  }

  /** swim-p2p has no leave message; its members accept our own entry DEAD with a higher incarnation within 30 ms. */
  leave(): void {
    this.gone = true;
    this.raise(this.number + 1);
  }

  private raise(incarnation: number): void {
    this.number = incarnation;
    this.context.emit({ kind: 'self', incarnation });
  }
}
