/**
 * A CircuitForge coordinator as far as a roster needs one: who registered, who answers. Differs from circuitforge-core
 * 0.7.0 where that loses facts: URLs are checked, `last seen` moves with every good probe and survives a restart, and each
 * node has its own timer, so that one that hangs delays nobody else.
 */
import type { CircuitForgeFacts, Gpu } from '#schemas/registry/otherPeer.ts';
import { type GpuInfo, gpuInfoSchema, type NodeList, type Registration, residentInfoSchema } from '#schemas/wire/circuitForge.ts';
import { type Fetched, type FetchLimits, fetchJson } from '../http/fetchJson.ts';
import { agentUrl } from './agentUrl.ts';

/** What is known of one node. Times are milliseconds since 1970. */
export interface ForgeNode {
  readonly id: string;
  readonly url: string;
  readonly online: boolean;
  /** When `online` became what it is. */
  readonly since: number;
  readonly reason: string;
  readonly firstSeen: number;
  /** Last registration or good probe. */
  readonly lastSeen: number;
  readonly restored: boolean;
  readonly conflict: string | null;
  readonly facts: CircuitForgeFacts;
}

export interface CoordinatorOptions {
  /** Between the end of one probe of a node and the start of its next. */
  readonly pollMs: number;
  /** For each of the two requests of a probe. */
  readonly probeTimeoutMs: number;
  now(): number;
  /** A node changed, or is new. */
  onChange(node: ForgeNode): void;
}

export type RegistrationResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 422 | 503; readonly reason: string };

const maxNodes = 10_000;
const maxAnswerBytes = 262_144;
/** Agents announce themselves every 30 s; a URL that was not repeated for three times that is history. */
const conflictMs = 90_000;
const maxUrls = 8;
/** Probes under way: sockets are finite, and so are hung agents (each holds one for its deadline only). */
const maxProbes = 512;
/** The agent's own POST gives up after 5 s, so a reply that waits for a hung agent would come too late. */
const replyAfterMs = 2_000;

interface Entry {
  node: ForgeNode;
  timer: NodeJS.Timeout | null;
  probing: Promise<void> | null;
  /** A registration came while a probe of the old URL was under way. */
  again: boolean;
  /** URL -> when it was last registered. */
  readonly urls: Map<string, number>;
}

export class Coordinator {
  readonly #options: CoordinatorOptions;
  readonly #entries = new Map<string, Entry>();
  /** Probes that wait for one of those under way to end. */
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  #stopped = false;

  constructor(options: CoordinatorOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  nodes(): ForgeNode[] {
    return [...this.#entries.values()].map(({ node }) => node);
  }

  /** Nodes known from an earlier run: offline until they answer, and asked at once, all in parallel. */
  restore(nodes: readonly Pick<ForgeNode, 'id' | 'url' | 'firstSeen' | 'lastSeen' | 'facts'>[]): void {
    for (const known of nodes) {
      if (this.#entries.has(known.id) || this.#entries.size >= maxNodes) continue;
      const url = agentUrl(known.url);
      const node: ForgeNode = {
        ...known,
        online: false,
        since: this.#options.now(),
        reason: url.ok
          ? 'restored, not heard from since the start'
          : `restored, not asked: ${known.url} is refused, ${url.reason}`,
        restored: true,
        conflict: null,
      };
      const entry: Entry = { node, timer: null, probing: null, again: false, urls: new Map() };
      this.#entries.set(known.id, entry);
      this.#options.onChange(node);
      if (url.ok) void this.#probe(entry);
    }
  }

  /** Takes a registration and asks the agent at once; resolves after its answer, or sooner when it is slow. */
  async register({ node_id: id, agent_url: text }: Registration): Promise<RegistrationResult> {
    const url = agentUrl(text);
    if (!url.ok) return { ok: false, status: 422, reason: url.reason };
    const now = this.#options.now();
    let entry = this.#entries.get(id);
    if (entry === undefined) {
      if (this.#entries.size >= maxNodes)
        return { ok: false, status: 503, reason: `${maxNodes} nodes are registered, which is the limit` };
      entry = {
        node: {
          id,
          url: url.url,
          online: false,
          since: now,
          reason: 'registered, not asked yet',
          firstSeen: now,
          lastSeen: now,
          restored: false,
          conflict: null,
          facts: { gpus: [], residents: [] },
        },
        timer: null,
        probing: null,
        again: false,
        urls: new Map(),
      };
      this.#entries.set(id, entry);
    }
    entry.urls.delete(url.url);
    entry.urls.set(url.url, now);
    if (entry.probing !== null) entry.again = true;
    this.#update(entry, { url: url.url, lastSeen: now, restored: false, conflict: conflictOf(id, entry.urls, now) });
    const probe = this.#probe(entry);
    await Promise.race([probe, delay(Math.min(replyAfterMs, this.#options.probeTimeoutMs))]);
    return { ok: true };
  }

  /** Removes a node at once; it is back with its next announcement. */
  forget(id: string): boolean {
    const entry = this.#entries.get(id);
    if (entry === undefined) return false;
    if (entry.timer !== null) clearTimeout(entry.timer);
    return this.#entries.delete(id);
  }

  /** The compatible list: it never had a mark for nodes that do not answer. */
  list(): NodeList {
    return {
      nodes: this.nodes().map((node) => ({
        node_id: node.id,
        agent_url: node.url,
        last_heartbeat: node.lastSeen / 1000,
        gpus: node.facts.gpus.map(({ id, name, totalMb, usedMb, freeMb }) => ({
          gpu_id: id,
          name,
          vram_total_mb: totalMb,
          vram_used_mb: usedMb,
          vram_free_mb: freeMb,
        })),
      })),
    };
  }

  stop(): void {
    this.#stopped = true;
    for (const { timer } of this.#entries.values()) if (timer !== null) clearTimeout(timer);
  }

  #probe(entry: Entry): Promise<void> {
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = null;
    entry.probing ??= this.#turn()
      .then(() => this.#ask(entry))
      .finally(() => {
        this.#underWay -= 1;
        this.#waiting.shift()?.();
        entry.probing = null;
        if (this.#stopped || this.#entries.get(entry.node.id) !== entry) return;
        const delayMs = entry.again ? 0 : this.#options.pollMs;
        entry.again = false;
        entry.timer = setTimeout(() => void this.#probe(entry), delayMs);
      });
    return entry.probing;
  }

  #turn(): Promise<void> {
    this.#underWay += 1;
    if (this.#underWay <= maxProbes) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async #ask(entry: Entry): Promise<void> {
    if (this.#stopped) return;
    const { url } = entry.node;
    const limits: FetchLimits = { timeoutMs: this.#options.probeTimeoutMs, maxBytes: maxAnswerBytes };
    const gpus = await fetchJson(`${url}/gpu-info`, gpuInfoSchema, limits);
    const residents = gpus.ok ? await fetchJson(`${url}/resident-info`, residentInfoSchema, limits) : null;
    // The node was forgotten or moved while it was asked: the answer is about something else.
    if (this.#stopped || this.#entries.get(entry.node.id) !== entry || entry.node.url !== url) return;
    if (!gpus.ok) {
      if (entry.node.online || entry.node.reason !== offlineReason(url, gpus)) {
        this.#update(entry, {
          online: false,
          since: entry.node.online ? this.#options.now() : entry.node.since,
          reason: offlineReason(url, gpus),
        });
      }
      return;
    }
    const now = this.#options.now();
    const other = gpus.value.node_id;
    this.#update(entry, {
      online: true,
      since: entry.node.online ? entry.node.since : now,
      reason: 'answers /gpu-info',
      lastSeen: now,
      restored: false,
      conflict:
        other !== undefined && other !== entry.node.id
          ? `${url} is registered as ${entry.node.id} and calls itself ${other}`
          : conflictOf(entry.node.id, entry.urls, now),
      facts: {
        gpus: gpus.value.gpus.map(toGpu),
        residents:
          residents?.ok === true
            ? residents.value.residents.map(({ service, model_name: model }) => (model ? `${service} (${model})` : service))
            : entry.node.facts.residents,
      },
    });
  }

  #update(entry: Entry, change: Partial<ForgeNode>): void {
    entry.node = { ...entry.node, ...change };
    this.#options.onChange(entry.node);
  }
}

const offlineReason = (url: string, fetched: Fetched<GpuInfo> & { ok: false }): string => `${url}/gpu-info: ${fetched.reason}`;

/** Forgets URLs that are not announced any more, and names the last two that are. */
function conflictOf(id: string, urls: Map<string, number>, now: number): string | null {
  for (const [old, at] of urls) if (now - at > conflictMs || urls.size > maxUrls) urls.delete(old);
  const [first, second] = [...urls.keys()].slice(-2);
  return first === undefined || second === undefined
    ? null
    : `${id} is announced as ${first} and as ${second}; the last one counts`;
}

const toGpu = (gpu: GpuInfo['gpus'][number]): Gpu => ({
  id: gpu.gpu_id,
  name: gpu.name,
  totalMb: gpu.vram_total_mb,
  usedMb: gpu.vram_used_mb,
  freeMb: gpu.vram_free_mb,
});

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
