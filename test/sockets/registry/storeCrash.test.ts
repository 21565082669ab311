import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Crash, crashWhileWriting } from './storeCrash.ts';

/** Few in each run of the tests; `npm run test:soak` asks for 200. */
const kills = Number(process.env.STORE_KILLS ?? 12);
const atOnce = 4;

test(`a store killed ${kills} times while it writes opens each time and misses nothing older than a second`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'store-crash-'));
  const crashes: Crash[] = [];
  let next = 0;
  const worker = async (name: number) => {
    while (next < kills) {
      next += 1;
      const kill = next;
      // The file is kept from kill to kill for some, so that a recovered journal is written on; new for others.
      const path = join(folder, `${name}-${kill % 2 === 0 ? 'kept' : kill}`, 'nodes.db');
      crashes.push(await crashWhileWriting(path, Math.floor(Math.random() * 3_000), kill * 10_000_000));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, name) => worker(name)));
  rmSync(folder, { recursive: true, force: true });

  expect(crashes).toHaveLength(kills);
  expect(crashes.flatMap(({ complaints }) => complaints)).toEqual([]);
  expect(Math.max(...crashes.map(({ oldestMissingMs }) => oldestMissingMs))).toBeLessThanOrEqual(1_000);
  expect(crashes.reduce((sum, { handedOver }) => sum + handedOver, 0)).toBeGreaterThan(kills * 1_000);
  console.info(
    `${kills} kills, ${crashes.reduce((sum, { handedOver }) => sum + handedOver, 0)} rows handed over, ` +
      `oldest missing row ${Math.max(...crashes.map(({ oldestMissingMs }) => oldestMissingMs)).toFixed(0)} ms old`,
  );
}, 600_000);
