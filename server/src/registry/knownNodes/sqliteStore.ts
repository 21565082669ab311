/** Known nodes in an SQLite file, through `node:sqlite`. */
import { closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { KnownNode, NodeKey } from '#schemas/registry/knownNode.ts';
import { migrate, NewerStore, refuseNewer } from './migrations.ts';
import { fromRow, keyText, toRow } from './rows.ts';
import type { KnownNodesStore, StoreHealth } from './store.ts';

export interface SqliteStoreOptions {
  /** Absolute path of the file; its folder is made where it is missing. */
  readonly path: string;
  /** Rows silent for longer are removed. */
  readonly ageLimitMs: number;
  /** Milliseconds since 1970. */
  now(): number;
  log(level: 'info' | 'warn' | 'error', text: string): void;
  /** Default 250: a crash may lose a second at most, and every flush costs one fsync. */
  readonly flushMs?: number;
}

/** Rows waiting for a file that cannot be written; beyond it the oldest are dropped. */
const maxPending = 100_000;
/** Another window's transaction is a few milliseconds. Waiting blocks the process, so what holds the file for longer is retried. */
const busyTimeoutMs = 250;
const retryMs = 1_000;

const upsert = `
  INSERT INTO node (kind, fleet, id, name, address, first_seen, last_seen, last_state, reason, announced)
  VALUES (:kind, :fleet, :id, :name, :address, :first_seen, :last_seen, :last_state, :reason, :announced)
  ON CONFLICT DO UPDATE SET
    name = excluded.name, address = excluded.address, first_seen = min(first_seen, excluded.first_seen),
    last_seen = excluded.last_seen, last_state = excluded.last_state, reason = excluded.reason, announced = excluded.announced
  WHERE excluded.last_seen >= last_seen`;

export function openSqliteStore(options: SqliteStoreOptions): KnownNodesStore {
  return new SqliteStore(options);
}

class SqliteStore implements KnownNodesStore {
  readonly restored: readonly KnownNode[];
  readonly #options: SqliteStoreOptions;
  /** Newest row of each key that is not in the file yet; null: to be deleted. */
  readonly #pending = new Map<string, { readonly key: NodeKey; readonly node: KnownNode | null }>();
  #database: DatabaseSync | null = null;
  #timer: NodeJS.Timeout | null = null;
  #health: StoreHealth = { ok: true, message: '' };
  #dataVersion = 0;
  /** Nobody has been given the rows of the file that is open now. */
  #unread = true;
  #newer = false;
  #closed = false;

  constructor(options: SqliteStoreOptions) {
    this.#options = options;
    this.#open();
    if (this.#database !== null) this.prune(options.now());
    this.restored = this.reread() ?? [];
  }

  remember(nodes: readonly KnownNode[]): void {
    for (const node of nodes) this.#queue(node, node);
  }

  forget(key: NodeKey): void {
    this.#queue({ kind: key.kind, fleet: key.fleet, id: key.id }, null);
    // A person waits for this one, and a crash must not bring the node back.
    this.flush();
  }

  prune(nowMs: number): NodeKey[] {
    const before = nowMs - this.#options.ageLimitMs;
    for (const [text, { node }] of this.#pending) if (node !== null && node.lastSeen < before) this.#pending.delete(text);
    const database = this.#database;
    if (database === null) return [];
    const gone = this.#guard('remove old nodes', () => {
      const rows = database.prepare('SELECT kind, fleet, id FROM node WHERE last_seen < ?').all(before);
      if (rows.length > 0) database.prepare('DELETE FROM node WHERE last_seen < ?').run(before);
      return rows;
    });
    if (gone === null || gone.length === 0) return [];
    this.#options.log('info', `${gone.length} known node(s) were not seen for longer than the age limit and were removed.`);
    return gone as unknown as NodeKey[];
  }

  reread(): readonly KnownNode[] | null {
    const database = this.#database;
    if (database === null) return null;
    // data_version moves when another connection commits, not for commits of our own (sqlite.org/pragma.html).
    const version = this.#guard('look for changes', () => dataVersion(database));
    if (version === null || (version === this.#dataVersion && !this.#unread)) return null;
    this.#dataVersion = version;
    this.#unread = false;
    return this.#readAll();
  }

  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#pending.size === 0 || this.#newer) return;
    if (this.#database === null) this.#open();
    const database = this.#database;
    if (database !== null) {
      const written = this.#guard('write', () => this.#write(database));
      if (written === true) this.#pending.clear();
    }
    if (this.#pending.size > 0 && !this.#closed) this.#arm(retryMs);
  }

  health(): StoreHealth {
    return this.#health;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.flush();
    this.#disconnect();
  }

  #queue(key: NodeKey, node: KnownNode | null): void {
    const text = keyText(key);
    this.#pending.delete(text);
    this.#pending.set(text, { key, node });
    if (this.#pending.size > maxPending) {
      const oldest = this.#pending.keys().next();
      if (oldest.done !== true) this.#pending.delete(oldest.value);
    }
    if (this.#timer === null && !this.#closed) this.#arm(this.#options.flushMs ?? 250);
  }

  #arm(delayMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), delayMs);
  }

  #write(database: DatabaseSync): true {
    database.exec('BEGIN IMMEDIATE');
    try {
      const put = database.prepare(upsert);
      const remove = database.prepare('DELETE FROM node WHERE kind = ? AND fleet = ? AND id = ?');
      for (const { key, node } of this.#pending.values()) {
        if (node === null) remove.run(key.kind, key.fleet, key.id);
        else put.run(toRow(node));
      }
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
    return true;
  }

  #readAll(): readonly KnownNode[] {
    const database = this.#database;
    if (database === null) return [];
    const rows = this.#guard('read', () => database.prepare('SELECT * FROM node ORDER BY last_seen DESC').all()) ?? [];
    const nodes = rows.flatMap((row) => fromRow(row) ?? []);
    if (nodes.length < rows.length) {
      const strange = rows.length - nodes.length;
      this.#options.log(
        'warn',
        `${strange} row(s) of ${this.#options.path} are not known nodes as this release writes them; left alone.`,
      );
    }
    return nodes;
  }

  #open(): void {
    const { path, now, log } = this.#options;
    for (const attempt of [1, 2]) {
      try {
        mkdirSync(dirname(path), { recursive: true });
        // Addresses of a private network are nobody else's business; the journal files take the mode of the main one.
        closeSync(openSync(path, 'a', 0o600));
        const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
        this.#database = database;
        refuseNewer(database);
        // FULL: one second is the most that may be lost, and that includes a power cut.
        database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;');
        const damage = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
        if (damage !== 'ok') throw Object.assign(new Error(String(damage)), { errcode: corruptCode });
        const taken = migrate(database, now());
        if (taken > 0) log('info', `${taken} node(s) of an earlier database in ${path} were taken over.`);
        this.#unread = true;
        if (this.#health.ok) this.#health = { ok: true, message: `Known nodes are kept in ${path}.` };
        return;
      } catch (error) {
        this.#disconnect();
        if (attempt === 1 && isCorrupt(error) && this.#setAside(error)) continue;
        this.#newer = error instanceof NewerStore;
        this.#fail('open', error);
        return;
      }
    }
  }

  /** Runs one step on the file; null when it failed, with the reason in `health()`. */
  #guard<Result>(what: string, step: () => Result): Result | null {
    try {
      const result = step();
      if (!this.#health.ok) this.#health = { ok: true, message: `Known nodes are kept in ${this.#options.path}.` };
      return result;
    } catch (error) {
      if (isCorrupt(error)) {
        this.#disconnect();
        if (this.#setAside(error)) this.#open();
      } else this.#fail(what, error);
      return null;
    }
  }

  /** Renames the damaged file, so that nothing is lost for somebody who can repair it. */
  #setAside(error: unknown): boolean {
    const { path, now, log } = this.#options;
    const aside = `${path}.corrupt-${new Date(now()).toISOString().replaceAll(/[-:.]/g, '')}`;
    try {
      for (const suffix of ['-wal', '-shm', '']) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
    } catch (reason) {
      this.#fail('set aside', reason);
      return false;
    }
    log('error', `${path} is damaged (${textOf(error)}). It was set aside as ${aside}; an empty one is used from now on.`);
    return true;
  }

  #fail(what: string, error: unknown): void {
    const remedy = this.#newer
      ? 'Update jarviscore-fleet, or name another file.'
      : 'Look at its permissions and at the space on the disk; writing is tried again by itself.';
    const message = `The known nodes cannot be kept: ${what} of ${this.#options.path} failed (${textOf(error)}). ${remedy}`;
    if (this.#health.message !== message) this.#options.log('error', message);
    this.#health = { ok: false, message };
  }

  #disconnect(): void {
    try {
      this.#database?.close();
    } catch {
      // Closing a damaged file may fail; the handle is gone either way.
    }
    this.#database = null;
  }
}

const dataVersion = (database: DatabaseSync): number => Number(database.prepare('PRAGMA data_version').get()?.data_version ?? 0);

/** SQLITE_CORRUPT and SQLITE_NOTADB (sqlite.org/rescode.html); extended codes keep them in the low byte. */
const corruptCode = 11;
const notADatabaseCode = 26;

function isCorrupt(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return code === corruptCode || code === notADatabaseCode;
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
