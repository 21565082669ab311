/** Actions under way on relay nodes. */
import { randomUUID } from 'node:crypto';
import type { Json } from '#schemas/fleet/mesh.ts';

export type InvokeResult = { readonly ok: true; readonly data: Json } | { readonly ok: false; readonly error: string };

/** Per connection, as in the engine's dispatch queue. */
const maxOpen = 100;

interface Open {
  readonly session: number;
  readonly settle: (result: InvokeResult) => void;
}

export class Invocations {
  readonly #open = new Map<string, Open>();

  /** `send` puts the invocation on the wire. Never rejects; settles with the answer, the time-out or the end of the connection. */
  start(session: number, timeoutMs: number, send: (invocationId: string) => void): Promise<InvokeResult> {
    if (this.open(session).length >= maxOpen) {
      return Promise.resolve({ ok: false, error: `${maxOpen} actions are under way on that node, which is the limit.` });
    }
    return new Promise((resolve) => {
      const id = randomUUID();
      const settle = (result: InvokeResult) => {
        clearTimeout(timer);
        this.#open.delete(id);
        resolve(result);
      };
      const timer = setTimeout(
        () => settle({ ok: false, error: `No action.result came within ${timeoutMs / 1000} s.` }),
        timeoutMs,
      );
      this.#open.set(id, { session, settle });
      send(id);
    });
  }

  /** A result from another connection than the one that was asked, or for nothing under way, is dropped. */
  settle(session: number, id: string, result: { readonly output?: Json | undefined; readonly error?: string | undefined }): void {
    const open = this.#open.get(id);
    if (open?.session !== session) return;
    open.settle(result.error === undefined ? { ok: true, data: result.output ?? null } : { ok: false, error: result.error });
  }

  abandon(session: number, reason: string): void {
    for (const open of [...this.#open.values()])
      if (open.session === session) open.settle({ ok: false, error: `No answer: ${reason}.` });
  }

  open(session: number): string[] {
    return [...this.#open].flatMap(([id, open]) => (open.session === session ? [id] : []));
  }
}
