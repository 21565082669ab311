/** Our own node as an agent of somebody else's CircuitForge coordinator. */
import type { Server } from 'node:http';
import * as z from 'zod';
import type { GpuInfo, GpuRecord, ResidentInfo } from '#schemas/wire/circuitForge.ts';
import { fetchJson } from '../http/fetchJson.ts';
import { createJsonServer } from '../http/jsonServer.ts';

export interface ForgeAgentOptions {
  readonly nodeId: string;
  /** `http://HOST:PORT` of the coordinator. */
  readonly coordinator: string;
  /** Where the coordinator reaches this agent. */
  readonly agentUrl: string;
  /** The outcome of the last announcement; called when it changes. */
  onState(state: { readonly ok: boolean; readonly message: string }): void;
}

/** For ever, success and failure alike (circuitforge-core 0.7.0, cli.py): a coordinator that restarts without its store learns us again. */
export const announceEveryMs = 30_000;
const announceTimeoutMs = 5_000;
const registeredSchema = z.object({ registered: z.literal(true), node_id: z.string() });

export class ForgeAgent {
  readonly #options: ForgeAgentOptions;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;
  #last = '';

  constructor(options: ForgeAgentOptions) {
    this.#options = options;
  }

  /** Announces at once, then every 30 s from the start of the last announcement. */
  start(): void {
    this.#timer = setInterval(() => void this.#announce(), announceEveryMs);
    void this.#announce();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  async #announce(): Promise<void> {
    const { coordinator, nodeId, agentUrl, onState } = this.#options;
    const result = await fetchJson(
      `${coordinator.replace(/\/+$/, '')}/api/nodes`,
      registeredSchema,
      { timeoutMs: announceTimeoutMs, maxBytes: 65_536 },
      { method: 'POST', body: { node_id: nodeId, agent_url: agentUrl } },
    );
    if (this.#stopped) return;
    const message = result.ok
      ? `registered with ${coordinator} as ${nodeId} (${agentUrl})`
      : `not registered with ${coordinator}: ${result.reason}; tried again every ${announceEveryMs / 1000} s`;
    if (message === this.#last) return;
    this.#last = message;
    onState({ ok: result.ok, message });
  }
}

/** The agent's HTTP side, not listening yet. */
export function createAgentServer(
  nodeId: string,
  gpus: () => Promise<GpuRecord[]>,
  misuse: (remote: string, what: string) => void,
): Server {
  return createJsonServer({
    error: (_status, message) => ({ detail: message }),
    misuse,
    async handle({ method, path }) {
      if (!['/health', '/gpu-info', '/resident-info'].includes(path)) return { status: 404, body: { detail: 'Not Found' } };
      if (method !== 'GET') return { status: 405, body: { detail: 'Method Not Allowed' } };
      if (path === '/health') return { status: 200, body: { status: 'ok', node_id: nodeId } };
      if (path === '/gpu-info') return { status: 200, body: { node_id: nodeId, gpus: await gpus() } satisfies GpuInfo };
      return { status: 200, body: { residents: [] } satisfies ResidentInfo };
    },
  });
}
