/**
 * Node tokens of the hub. Only their SHA-256 is kept, so a lookup compares digests and its time says nothing about a token.
 * An enrolled token belongs to the node it was minted for, a shared one to the first node that uses it.
 */
import { createHash, randomBytes } from 'node:crypto';

/** Digest of a token, hex. Stored with the node, so that a restart keeps who owns which id. */
export type TokenHash = string;

export const hashToken = (token: string): TokenHash => createHash('sha256').update(token).digest('hex');

interface TokenEntry {
  readonly enrolled: boolean;
  nodeId: string | null;
}

/** Enrolments are bounded by the number of nodes a hub keeps; shared tokens by the configuration. */
export class Tokens {
  readonly #entries = new Map<TokenHash, TokenEntry>();
  readonly #byNode = new Map<string, TokenHash>();

  constructor(shared: readonly string[]) {
    for (const token of shared) this.#entries.set(hashToken(token), { enrolled: false, nodeId: null });
  }

  /** The token's digest; null: not one of ours. */
  authorize(token: string): TokenHash | null {
    const hash = hashToken(token);
    return this.#entries.has(hash) ? hash : null;
  }

  nodeOf(hash: TokenHash): string | null {
    return this.#entries.get(hash)?.nodeId ?? null;
  }

  tokenOf(nodeId: string): TokenHash | null {
    return this.#byNode.get(nodeId) ?? null;
  }

  enrolled(hash: TokenHash): boolean {
    return this.#entries.get(hash)?.enrolled ?? false;
  }

  /** Mints the token of a node; the one it had before is void, as in the engine. */
  enrol(nodeId: string): string {
    const token = `nt_live_${randomBytes(24).toString('hex')}`;
    this.restore(nodeId, hashToken(token), true);
    return token;
  }

  /** What an earlier run knew. A shared token that is configured no more stays void. */
  restore(nodeId: string, hash: TokenHash, enrolled: boolean): void {
    const known = this.#entries.get(hash);
    if (known === undefined && !enrolled) return;
    this.release(nodeId);
    this.#entries.set(hash, { enrolled: known?.enrolled ?? enrolled, nodeId });
    this.#byNode.set(nodeId, hash);
  }

  /**
   * Gives the node to the token. Refused where the token is another node's, and where the node has a token of its own
   * that may not be replaced (`mayReplace`: nobody is connected with it).
   */
  bind(hash: TokenHash, nodeId: string, mayReplace: boolean): boolean {
    const entry = this.#entries.get(hash);
    if (entry === undefined) return false;
    if (entry.nodeId === nodeId) return true;
    if (entry.nodeId !== null) return false;
    const holder = this.#byNode.get(nodeId);
    if (holder !== undefined && (this.enrolled(holder) || !mayReplace)) return false;
    this.release(nodeId);
    entry.nodeId = nodeId;
    this.#byNode.set(nodeId, hash);
    return true;
  }

  /** The node is forgotten: its enrolled token is void, a shared one is free again. */
  release(nodeId: string): void {
    const hash = this.#byNode.get(nodeId);
    if (hash === undefined) return;
    this.#byNode.delete(nodeId);
    const entry = this.#entries.get(hash);
    if (entry?.enrolled === true) this.#entries.delete(hash);
    else if (entry !== undefined) entry.nodeId = null;
  }
}
