/** Writes known nodes as fast as it can, until it is killed. After each batch it says so: "SEQUENCE MILLISECONDS". */
import { writeSync } from 'node:fs';
import { openSqliteStore } from '#server/registry/knownNodes/sqliteStore.ts';

const [path = '', base = '0'] = process.argv.slice(2);
const store = openSqliteStore({
  path,
  ageLimitMs: Number.MAX_SAFE_INTEGER,
  now: Date.now,
  log: (_level, text) => process.stderr.write(`${text}\n`),
});

let sequence = Number(base);
function batch(): void {
  const nodes = Array.from({ length: 50 }, () => {
    sequence += 1;
    return {
      kind: 'relay' as const,
      fleet: 'default',
      id: `n${sequence % 2_000}`,
      name: `node ${sequence}`,
      address: null,
      firstSeen: sequence,
      lastSeen: sequence,
      lastState: 'alive' as const,
      reason: null,
      announced: { note: 'x'.repeat(sequence % 300) },
    };
  });
  store.remember(nodes);
  // Synchronous: what was said has left the process before the kill.
  writeSync(1, `${sequence} ${performance.now()}\n`);
  setImmediate(batch);
}
batch();
