/**
 * Runs targets in a process of its own with little memory: an allocation without bound ends this process, a hang ends its
 * reports, and neither ends the run. Takes orders from its parent one after the other.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { dice } from './random.ts';
import { type Order, orderSchema, type Report } from './reports.ts';
import { inputOf } from './target.ts';
import { targetNamed } from './targets.ts';

const reportEveryMs = 200;
/** The limit of the heap does not hold for buffers. Loaded targets alone take a third of this. */
const residentMiB = 1_024;

function report(message: Report): void {
  process.send?.(message);
}

/** Inputs `first` to `first + count`, or as many as there is time for. */
async function obey({ target: name, seed, first, count, forMs }: Order): Promise<void> {
  const target = targetNamed(name);
  const endMs = Date.now() + forMs;
  let toldMs = 0;
  let number = first;
  for (; number < first + count; number += 1) {
    const nowMs = Date.now();
    if (nowMs >= endMs) break;
    if (nowMs - toldMs >= reportEveryMs) {
      toldMs = nowMs;
      report({ kind: 'at', number });
      // zlib lets go of its buffers in the next turn, as it would between two packets.
      await turn();
      const heldMiB = process.memoryUsage.rss() / 2 ** 20;
      if (heldMiB > residentMiB) {
        report({ kind: 'failed', number, what: `the process holds ${heldMiB.toFixed(0)} MiB` });
        return;
      }
    }
    try {
      target.run(inputOf(target, dice(seed * 1_000_003 + number)));
    } catch (error) {
      report({ kind: 'failed', number, what: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      return;
    }
  }
  report({ kind: 'done', number });
}

process.on('message', (raw) => void obey(orderSchema.parse(raw)));
report({ kind: 'at', number: 0 });
