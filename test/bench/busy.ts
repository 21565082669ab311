/** Probes answered while a language server beside the mesh host works through 5,000 files. */
import { killAll } from '../interop/mesh/pythonNode.ts';
import { busyChecker, percentileText } from '../soak/busyChecker.ts';
import type { Row } from './row.ts';

const budgetMs = 20;

/** @param seconds how long the checker is kept busy; the soak lane takes 10 minutes. */
export async function busy(seconds: number): Promise<Row[]> {
  const { pong, control, accusations } = await busyChecker(5_000, seconds * 1_000).finally(killAll);
  const accused = accusations.length === 0 ? 'nobody suspects us' : accusations.join(', ');
  return [
    {
      what: `PONG p99.9 while 5,000 files are checked for ${seconds} s`,
      detail: `${percentileText(pong)}; ${accused}`,
      ours: pong.p999,
      reference: { name: 'a process that only echoes', value: control.p999 },
      unit: 'ms',
      goal: `at most ${budgetMs} ms, nobody suspects us`,
      holds: pong.p999 <= budgetMs && accusations.length === 0,
    },
  ];
}
