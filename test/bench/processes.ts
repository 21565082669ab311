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

interface MachineTicks {
  /** Used by anything here. */
  readonly busy: number;
  /** Wanted here, and given to others by the host of a virtual machine. */
  readonly stolen: number;
}

/** Of all cores since the start of the machine, in ticks of 10 ms; null where nobody counts them. */
export function machineTicks(): MachineTicks | null {
  if (process.platform !== 'linux') return null;
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, stolen = 0] =
    readFileSync('/proc/stat', 'utf8').split('\n')[0]?.trim().split(/\s+/).slice(1).map(Number) ?? [];
  return { busy: user + nice + system + irq + softirq, stolen };
}

/** Share of the processor time wanted between two looks that the host did not give: 0 to 1. */
export function stolenShare(before: MachineTicks | null, after: MachineTicks | null): number | null {
  if (before === null || after === null) return null;
  const stolen = after.stolen - before.stolen;
  const wanted = stolen + after.busy - before.busy;
  return wanted === 0 ? 0 : stolen / wanted;
}
