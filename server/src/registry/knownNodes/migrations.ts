/**
 * Versions of the store's file, in `PRAGMA user_version`. Version 0 is either an empty file or the database of
 * CircuitForge (circuitforge-core 0.7.0, node_store.py): `known_nodes (node_id TEXT PRIMARY KEY, agent_url TEXT NOT NULL,
 * last_seen REAL NOT NULL)`, times in seconds, written without any check of what an agent sent.
 */
import type { DatabaseSync } from 'node:sqlite';

export const storeVersion = 1;

/** The file belongs to a later release; opening it here could lose what only that release knows. */
export class NewerStore extends Error {
  constructor(version: number) {
    super(`it has version ${version}, this release knows versions up to ${storeVersion}`);
  }
}

/**
 * Reads only: even a change of the journal mode would write to a file that is not ours to change.
 *
 * @throws NewerStore, or the error of SQLite where the file is no database.
 */
export function refuseNewer(database: DatabaseSync): void {
  const version = versionOf(database);
  if (version > storeVersion) throw new NewerStore(version);
}

/**
 * Brings the file to `storeVersion`, all of it or nothing.
 *
 * @param nowMs Bounds times that lie in the future.
 * @returns How many rows of a version 0 table were taken over.
 * @throws NewerStore, or the error of SQLite (busy, corrupt, disk full).
 */
export function migrate(database: DatabaseSync, nowMs: number): number {
  if (versionOf(database) === storeVersion) return 0;
  // Two windows may open the same file at once: the version is read again under the write lock.
  database.exec('BEGIN IMMEDIATE');
  try {
    refuseNewer(database);
    const version = versionOf(database);
    const taken = version < 1 ? toVersion1(database, nowMs) : 0;
    database.exec(`PRAGMA user_version = ${storeVersion}`);
    database.exec('COMMIT');
    return taken;
  } catch (error) {
    // Some errors (disk full) have ended the transaction already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}

function toVersion1(database: DatabaseSync, nowMs: number): number {
  database.exec(`
    CREATE TABLE node (
      kind TEXT NOT NULL,
      fleet TEXT NOT NULL,
      id TEXT NOT NULL,
      name TEXT,
      address TEXT,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      last_state TEXT NOT NULL,
      reason TEXT,
      announced TEXT NOT NULL,
      PRIMARY KEY (kind, fleet, id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX node_last_seen ON node (last_seen);
  `);
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'known_nodes'").get() === undefined) return 0;
  // The old table stays as it is: the program it belongs to may still be running on this file.
  const { changes } = database
    .prepare(
      `INSERT INTO node (kind, fleet, id, name, address, first_seen, last_seen, last_state, reason, announced)
       SELECT 'circuitforge', 'default', CAST(node_id AS TEXT), NULL, CAST(agent_url AS TEXT),
              min(max(CAST(last_seen * 1000 AS INTEGER), 0), :now), min(max(CAST(last_seen * 1000 AS INTEGER), 0), :now),
              'offline', 'known from an earlier database', 'null'
       FROM known_nodes WHERE node_id IS NOT NULL ON CONFLICT DO NOTHING`,
    )
    .run({ now: nowMs });
  return Number(changes);
}
