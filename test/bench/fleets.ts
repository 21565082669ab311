/**
 * Fleets of ours, of serf and of the framework's own nodes, measured alike: join, crash, restart, leave, and what they
 * cost while nothing happens. Linux: /proc, and `unshare` for a loopback interface of their own.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { median, type Row } from './row.ts';

const inside = fileURLToPath(new URL('fleets/inside.ts', import.meta.url));
const times = z.array(z.number().nullable());
const resultSchema = z.union([
  z.object({ missing: z.string() }),
  z.object({
    figures: z.object({
      join: times,
      suspect: times,
      dead: times,
      restart: times,
      leave: times,
      cpuPercent: z.number(),
      residentMiB: z.number(),
      bytesPerSecond: z.number(),
    }),
  }),
]);
type Result = z.infer<typeof resultSchema>;

function run(program: string, size: number, rounds: number, seconds: number): Result {
  const node = [process.execPath, inside, program, String(size), String(rounds), String(seconds)];
  const own = ['-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
  const possible = spawnSync('unshare', [...own, 'true']).status === 0;
  const [command = '', ...args] = possible ? ['unshare', ...own, ...node] : node;
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (status !== 0 || !line.startsWith('{')) return { missing: `it failed: ${stderr.trim().split('\n').at(-1)}` };
  const result = resultSchema.parse(JSON.parse(line));
  // The whole takes half an hour: what has been measured so far should not be lost with the rest.
  console.error(`${program}, ${size} nodes: ${line}`);
  if ('figures' in result && !possible) result.figures.bytesPerSecond = Number.NaN;
  return result;
}

/** The median of the rounds; a round without an end counts as endless. */
const middle = (values: readonly (number | null)[]): number => median(values.map((value) => value ?? Number.POSITIVE_INFINITY));

/** Goals are for the 99th percentile, which of a few rounds is the slowest. */
const aims = [
  {
    key: 'join',
    what: 'joins: everybody shows everybody, after its first packet',
    goalMs: 50,
    goal: 'at most 50 ms',
  },
  { key: 'suspect', what: 'killed: shown as suspect by all', goalMs: 1.1 * 2_200, goal: 'at most 1.1 x 2.2 s' },
  { key: 'dead', what: 'killed: shown as dead by all', goalMs: 5_000, goal: 'at most 5 s' },
  {
    key: 'restart',
    what: 'restarted: shown as alive by all, after its first packet',
    goalMs: 300,
    goal: 'at most 0.3 s',
  },
  { key: 'leave', what: 'leaves: shown as left by all', goalMs: 100, goal: 'at most 100 ms' },
] as const;

/**
 * @param sizes fleet sizes
 * @param rounds crashes, restarts and leaves at each size
 * @param seconds how long the idle fleet is watched
 */
export function fleets(sizes: readonly number[], rounds: number, seconds: number): Row[] {
  const rows: Row[] = [];
  for (const size of sizes) {
    const own = run('ours', size, rounds, seconds);
    if ('missing' in own) throw new Error(`fleet of ${size}: ${own.missing}`);
    const mine = own.figures;
    for (const other of ['serf', 'python']) {
      const result = run(other, size, rounds, seconds);
      const reference = (pick: (figures: Extract<Result, { figures: unknown }>['figures']) => number): Row['reference'] => {
        if ('missing' in result) return { name: other, skipped: result.missing };
        const value = pick(result.figures);
        return Number.isFinite(value) ? { name: other, value } : { name: other, skipped: 'never, or not measurable' };
      };
      for (const { key, what, goalMs, goal } of aims) {
        const value = middle(mine[key]);
        const slowest = Math.max(...mine[key].map((round) => round ?? Number.POSITIVE_INFINITY));
        rows.push({
          what: `one of ${size} ${what}`,
          detail: `slowest of ${mine[key].length}: ${Math.round(slowest)} ms`,
          ours: value,
          reference: reference((figures) => middle(figures[key])),
          unit: 'ms',
          goal,
          holds: slowest <= goalMs,
        });
      }
      const idle = `idle node in a fleet of ${size}`;
      const watched = `${seconds} s`;
      rows.push(
        {
          what: `${idle}: processor time`,
          detail: watched,
          ours: mine.cpuPercent,
          reference: reference((figures) => figures.cpuPercent),
          unit: '% of a core',
          goal: size === 3 ? 'at most 0.3 %' : '',
          holds: size === 3 ? mine.cpuPercent <= 0.3 : null,
        },
        {
          what: `${idle}: resident memory`,
          ours: mine.residentMiB,
          reference: reference((figures) => figures.residentMiB),
          unit: 'MiB',
          goal: '',
          holds: null,
        },
        {
          what: `${idle}: traffic with all headers`,
          detail: watched,
          ours: mine.bytesPerSecond / 1_000,
          reference: reference((figures) => figures.bytesPerSecond / 1_000),
          unit: 'kB/s',
          goal: '',
          holds: null,
        },
      );
    }
  }
  return rows;
}
