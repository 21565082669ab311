/** The client's copy of the journal of messages, bounded: what the node no longer keeps stays here for a while. */
import type { LoggedMessage } from '#schemas/fleet/messageLog.ts';

const most = 2_000;

export class MessageLog {
  readonly #messages = new Map<number, LoggedMessage>();
  #epoch: string | null = null;
  #revision: number | null = null;

  /** Oldest first. */
  get messages(): readonly LoggedMessage[] {
    return [...this.#messages.values()].sort((a, b) => a.seq - b.seq);
  }

  /** For the next question: whose node, and after which change. */
  get position(): { readonly epoch: string | null; readonly after: number | null } {
    return { epoch: this.#epoch, after: this.#revision };
  }

  get(seq: number): LoggedMessage | undefined {
    return this.#messages.get(seq);
  }

  /** @returns whether anything changed. What does not have the agreed shape changes nothing. */
  async take(answer: unknown): Promise<boolean> {
    const { messagePageSchema } = await import('#schemas/fleet/messageLog.ts');
    const parsed = messagePageSchema.nullable().safeParse(answer);
    // Null: no node runs. What it said stays readable until the next one starts.
    if (!parsed.success || parsed.data === null) return false;
    const { epoch, revision, entries } = parsed.data;
    const isNew = epoch !== this.#epoch;
    if (isNew) this.#messages.clear();
    this.#epoch = epoch;
    this.#revision = revision;
    for (const entry of entries) this.#messages.set(entry.seq, entry);
    if (this.#messages.size > most) {
      const oldest = [...this.#messages.keys()].sort((a, b) => a - b).slice(0, this.#messages.size - most);
      for (const seq of oldest) this.#messages.delete(seq);
    }
    return isNew || entries.length > 0;
  }

  /** Forgets what was shown; what comes later is shown. */
  clear(): void {
    this.#messages.clear();
  }
}
