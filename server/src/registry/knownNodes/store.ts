/** The port behind which the known nodes are kept. One implementation: SQLite (sqliteStore.ts). */
import type { KnownNode, NodeKey } from '#schemas/registry/knownNode.ts';

export interface StoreHealth {
  /** False: nothing is kept at the moment; `message` says why and what to do. */
  readonly ok: boolean;
  /** One sentence for a person. */
  readonly message: string;
}

/**
 * Writes are gathered and written together at most `flushMs` later, in one transaction; a process that dies loses no more.
 * No method throws: what goes wrong with the file is in `health()`, and rows wait until it is well again.
 */
export interface KnownNodesStore {
  /** Every row of the file as it was opened, aged ones left out. */
  readonly restored: readonly KnownNode[];
  /** Writes whole rows. A row another window wrote with a later `lastSeen` stays; the earlier `firstSeen` of both is kept. */
  remember(nodes: readonly KnownNode[]): void;
  forget(node: NodeKey): void;
  /** Removes what has been silent for longer than the age limit. Returns what went. */
  prune(nowMs: number): NodeKey[];
  /** What other processes changed in the file since the last call; null: nothing. */
  reread(): readonly KnownNode[] | null;
  flush(): void;
  health(): StoreHealth;
  /** Flushes and closes. */
  close(): void;
}
