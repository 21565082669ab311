/**
 * Runs targets in a process of its own with little memory: an allocation without bound ends this process, a hang ends its
 * reports, and neither ends the run. Takes orders from its parent one after the other.
 */
import { dice } from './random.ts';
import { type Order, orderSchema, type Report } from './reports.ts';
import { inputOf } from './target.ts';
import { targetNamed } from './targets.ts';

const reportEveryMs = 200;

function report(message: Report): void {
  process.send?.(message);
}

/** Inputs `first` to `first + count`, or as many as there is time for. */
function obey({ target: name, seed, first, count, forMs }: Order): void {
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

process.on('message', (raw) => obey(orderSchema.parse(raw)));
report({ kind: 'at', number: 0 });
