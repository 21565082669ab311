/** A thousand simulated nodes for 120 virtual seconds, in a process of its own as the soak lane runs it. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Row } from './row.ts';

const thousand = fileURLToPath(new URL('../simulation/swim/thousand.ts', import.meta.url));
/** The same as in test/soak/swim.test.ts, which judges the views and the bounds. */
const heap = ['--max-semi-space-size=64', '--initial-heap-size=3000'];
const resultSchema = z.object({ cpuSeconds: z.number(), clockSeconds: z.number(), missing: z.int() });
const goalSeconds = 60;

export function simulated(): Row[] {
  const text = execFileSync(process.execPath, [...heap, thousand, '1000'], { encoding: 'utf8' });
  const { cpuSeconds, clockSeconds, missing } = resultSchema.parse(JSON.parse(text));
  return [
    {
      what: 'simulation: 1,000 nodes for 120 s of virtual time',
      detail: `${cpuSeconds.toFixed(1)} s of processor time; missing in views at the end: ${missing}`,
      ours: clockSeconds,
      reference: { name: 'virtual time', value: 120 },
      unit: 's',
      goal: `less than ${goalSeconds} s, views equal`,
      holds: clockSeconds < goalSeconds && missing === 0,
    },
  ];
}
