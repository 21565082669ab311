/** The way to the extension, and what the page keeps over a reload of the window. */
import * as z from 'zod/mini';
import { type FromMap, type MapPageState, mapPageStateSchema, type ToMap, toMapSchema } from '#schemas/editor/map.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const FIRST: MapPageState = { layout: 'ring', table: false, selected: null, zoom: [1, 0, 0] };

export class Host {
  readonly #api = acquireVsCodeApi();
  #state: MapPageState;

  constructor() {
    const kept = mapPageStateSchema.safeParse(this.#api.getState());
    this.#state = kept.success ? kept.data : FIRST;
  }

  get state(): MapPageState {
    return this.#state;
  }

  keep(changes: Partial<MapPageState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#api.setState(this.#state);
  }

  send(message: FromMap): void {
    this.#api.postMessage(message);
  }

  problem(text: string): void {
    this.send({ type: 'problem', text: text.slice(0, 4_000) });
  }

  /** Calls back with each message that has the agreed shape; others are reported. */
  listen(receive: (message: ToMap) => void): void {
    window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const parsed = toMapSchema.safeParse(data);
      if (parsed.success) receive(parsed.data);
      else this.problem(`The page cannot read a message: ${z.prettifyError(parsed.error)}`);
    });
    window.addEventListener('error', ({ message }) => this.problem(message));
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      this.problem(`The content security policy stopped ${violatedDirective} ${blockedURI}`),
    );
  }
}
