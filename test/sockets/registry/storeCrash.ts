/** Kills a writing process at a random moment and looks at what its file still has. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSqliteStore } from '#server/registry/knownNodes/sqliteStore.ts';

const writer = fileURLToPath(new URL('storeWriter.ts', import.meta.url));

export interface Crash {
  /** Rows handed over before the kill. */
  readonly handedOver: number;
  /** Age of the oldest row that is missing, milliseconds before the kill; 0: none is. */
  readonly oldestMissingMs: number;
  /** What the store said when it was opened after the kill; empty: nothing was wrong. */
  readonly complaints: readonly string[];
}

/**
 * @param afterBatches The kill comes with the first output beyond that many batches of 50 rows.
 * @param base Rows are numbered from there: above all rows of an earlier run on the same file.
 */
export async function crashWhileWriting(path: string, afterBatches: number, base: number): Promise<Crash> {
  const child = spawn(process.execPath, [writer, path, String(base)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  let lines = 0;
  const closed = once(child, 'close');
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    lines += chunk.split('\n').length - 1;
    if (lines > afterBatches) child.kill('SIGKILL');
  });
  await closed;
  const said = text
    .split('\n')
    .filter((line) => /^\d+ [\d.]+$/.test(line))
    .map((line) => line.split(' ').map(Number) as [number, number]);
  const killedAt = said.at(-1)?.[1] ?? 0;

  const complaints: string[] = [];
  const store = openSqliteStore({
    path,
    ageLimitMs: Number.MAX_SAFE_INTEGER,
    now: Date.now,
    log: (_level, line) => complaints.push(line),
  });
  const stored = new Map(store.restored.map((node) => [node.id, node.lastSeen]));
  if (!store.health().ok) complaints.push(store.health().message);
  store.close();
  if (readdirSync(dirname(path)).some((name) => name.includes('.corrupt-'))) complaints.push('the file was set aside');

  let oldestMissingMs = 0;
  let first = base + 1;
  for (const [last, atMs] of said) {
    for (let sequence = first; sequence <= last; sequence += 1) {
      // A later row under the same id stands for the earlier one.
      if ((stored.get(`n${sequence % 2_000}`) ?? -1) < sequence) oldestMissingMs = Math.max(oldestMissingMs, killedAt - atMs);
    }
    first = last + 1;
  }
  return { handedOver: (said.at(-1)?.[0] ?? base) - base, oldestMissingMs, complaints };
}
