/** Ten nodes of ours while other processes want every core: does any of them accuse another, which is there and only slow? */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { ours } from './fleets/ours.ts';
import type { BenchNode } from './fleets/program.ts';
import type { Row } from './row.ts';

const size = 10;
const limitMs = 45_000;

/** @param seconds how long the machine is kept busy */
export async function falseSuspects(seconds: number): Promise<Row[]> {
  const first = await ours.start([]);
  const nodes: BenchNode[] = [first];
  while (nodes.length < size) nodes.push(await ours.start([first]));
  for (const node of nodes)
    for (const other of nodes) if (other !== node) await node.view.when(other.name, ['alive'], 0, limitMs);
  const burners = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  const sinceMs = performance.now();
  await new Promise((done) => setTimeout(done, seconds * 1_000));
  for (const burner of burners) burner.kill('SIGKILL');
  const accused = nodes.reduce((sum, { view }) => sum + view.count(['suspect', 'dead'], sinceMs), 0);
  await Promise.all(nodes.map((node) => node.end()));
  return [
    {
      what: `false accusations among ${size} nodes while every core is busy`,
      detail: `${burners.length} busy processes for ${seconds} s`,
      ours: accused,
      reference: { name: 'views that could be wrong', value: size * (size - 1) },
      unit: 'views',
      goal: 'none',
      holds: accused === 0,
    },
  ];
}
