/** Keeps a FleetModel up to date from a server: deltas as they come, a snapshot after every gap. */
import { type FleetView, fleetDeltaSchema, fleetViewSchema } from '#schemas/fleet/view.ts';
import { FleetModel } from './fleetModel.ts';

export interface FleetSource {
  /** Asks the server for the whole view. The answer is not trusted. */
  snapshot(): Promise<unknown>;
  /** The view changed; null: nothing is known (any more). */
  changed(view: FleetView | null): void;
  /** A message that does not have the agreed shape, or a snapshot that never came. */
  problem(text: string): void;
}

export class FleetFeed {
  readonly #source: FleetSource;
  readonly #model = new FleetModel();
  /** Answers to requests from before the last reset are dropped. */
  #generation = 0;
  /** The snapshot that is on its way. */
  #pending: Promise<void> | null = null;
  /** The newest change that could not be applied while a snapshot was on its way. */
  #missed: { readonly epoch: string; readonly revision: number } | null = null;

  constructor(source: FleetSource) {
    this.#source = source;
  }

  get view(): FleetView | null {
    return this.#model.view;
  }

  /** Asks for a snapshot, or joins the one on its way. Resolves once it is applied or given up; never rejects. */
  resync(): Promise<void> {
    if (this.#pending !== null) return this.#pending;
    const pending = this.#ask().finally(() => {
      if (this.#pending === pending) this.#pending = null;
    });
    this.#pending = pending;
    return pending;
  }

  async #ask(): Promise<void> {
    const generation = this.#generation;
    let behind: boolean;
    do {
      behind = false;
      try {
        const parsed = fleetViewSchema.safeParse(await this.#source.snapshot());
        if (generation !== this.#generation) return;
        if (!parsed.success) {
          this.#source.problem(`The language server's fleet view cannot be read: ${parsed.error.message}`);
          return;
        }
        this.#model.apply(parsed.data);
        this.#source.changed(this.#model.view);
        behind = this.#missed?.epoch === parsed.data.epoch && this.#missed.revision > parsed.data.revision;
        this.#missed = null;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (generation === this.#generation) this.#source.problem(`The fleet view could not be fetched: ${reason}`);
      }
    } while (behind);
  }

  /** A change from the server. While a snapshot is on its way, its answer usually contains what cannot be applied now. */
  async receive(message: unknown): Promise<void> {
    const parsed = fleetDeltaSchema.safeParse(message);
    if (!parsed.success) {
      this.#source.problem(`A change of the fleet cannot be read: ${parsed.error.message}`);
      await this.resync();
      return;
    }
    const outcome = this.#model.applyDelta(parsed.data);
    if (outcome === 'applied') this.#source.changed(this.#model.view);
    if (outcome !== 'gap') return;
    if (this.#pending !== null) {
      this.#missed = { epoch: parsed.data.epoch, revision: parsed.data.revision };
      return;
    }
    await this.resync();
  }

  /** The server is gone: what it said is no longer known. */
  reset(): void {
    this.#generation++;
    this.#pending = null;
    this.#missed = null;
    this.#model.clear();
    this.#source.changed(null);
  }
}
