/** What /proc says of a process; Linux. */
import { readFileSync } from 'node:fs';

/** Processor time used so far, user and system, all threads, in the kernel's ticks of 10 ms: per second, percent of a core. */
export function cpuTicks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

export function residentMiB(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
}
