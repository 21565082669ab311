/** Finding and ending every process of one workbench run, by the mark that its processes inherit. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Process ids that inherited WORKBENCH_RUN_ID=runId. */
export function survivors(runId: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`WORKBENCH_RUN_ID=${runId}`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Signals one process; one that has ended already is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Ended already.
  }
}

/** Ends every process that carries a run id, first gently. */
export async function endAll(runId: string): Promise<void> {
  for (const pid of survivors(runId)) signal(pid, 'SIGTERM');
  for (let i = 0; i < 40 && survivors(runId).length > 0; i++) await wait(50);
  for (let i = 0; i < 40 && survivors(runId).length > 0; i++) {
    for (const pid of survivors(runId)) signal(pid, 'SIGKILL');
    await wait(50);
  }
}
