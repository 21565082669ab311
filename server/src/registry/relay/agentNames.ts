/**
 * Ids, tokens and channels of agents by name: a broker asks over HTTP, with an agent's own token, for what it was told over
 * its socket, and lets no worker live whose channels are not the ones it joined (12.4.1, "live channel isolation").
 */
import { randomUUID } from 'node:crypto';
import type { InventoryAgent } from '#schemas/wire/relay.ts';
import { hashToken, type TokenHash } from './tokens.ts';

/** The oldest names go first; a broker that comes back brings its own with its inventory. */
const maxNames = 20_000;
const maxChannels = 200;

interface Entry {
  readonly name: string;
  id: string;
  token: TokenHash | null;
  readonly channels: Set<string>;
}

export class AgentNames {
  readonly #byName = new Map<string, Entry>();
  readonly #byId = new Map<string, Entry>();
  readonly #byToken = new Map<TokenHash, Entry>();

  idOf(name: string): string {
    return this.#entry(name).id;
  }

  /** A new token for the calls of one agent, the one before is void; it opens no node socket. */
  mintToken(name: string): string {
    const entry = this.#entry(name);
    const token = `at_live_${randomUUID().replaceAll('-', '')}`;
    if (entry.token !== null) this.#byToken.delete(entry.token);
    entry.token = hashToken(token);
    this.#byToken.set(entry.token, entry);
    return token;
  }

  /** Whose token that is; null: nobody's. */
  ofToken(token: string): string | null {
    return this.#byToken.get(hashToken(token))?.name ?? null;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  byId(id: string): string | null {
    return this.#byId.get(id)?.name ?? null;
  }

  join(name: string, channel: string): void {
    const { channels } = this.#entry(name);
    if (channels.size < maxChannels) channels.add(channel);
  }

  channelsOf(name: string): readonly string[] {
    return [...(this.#byName.get(name)?.channels ?? [])];
  }

  membersOf(channel: string): { readonly name: string; readonly id: string }[] {
    return [...this.#byName.values()].filter(({ channels }) => channels.has(channel)).map(({ name, id }) => ({ name, id }));
  }

  adopt(agents: readonly InventoryAgent[]): void {
    for (const { agent_id: id, name } of agents) {
      const entry = this.#entry(name);
      this.#byId.delete(entry.id);
      entry.id = id;
      this.#byId.set(id, entry);
    }
  }

  #entry(name: string): Entry {
    const known = this.#byName.get(name);
    const entry: Entry = known ?? { name, id: `agent_${randomUUID().replaceAll('-', '')}`, token: null, channels: new Set() };
    // Set anew, so that the first of the map is the one that was not used for longest.
    this.#byName.delete(name);
    this.#byName.set(name, entry);
    this.#byId.set(entry.id, entry);
    if (this.#byName.size > maxNames) this.#dropOldest();
    return entry;
  }

  #dropOldest(): void {
    const oldest = this.#byName.values().next();
    if (oldest.done === true) return;
    this.#byName.delete(oldest.value.name);
    this.#byId.delete(oldest.value.id);
    if (oldest.value.token !== null) this.#byToken.delete(oldest.value.token);
  }
}
