/** Runs an oracle program once, with a batch of cases on its standard input. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Cases an oracle is asked by default where its test names no number of its own; `ORACLE_RUNS` sets it for all. */
export const runs = (usual: number): number => Number(process.env.ORACLE_RUNS ?? usual);
/** The cases are the same in every run; `ORACLE_SEED` moves them. */
export const seed = (usual: number): number => Number(process.env.ORACLE_SEED ?? usual);

/**
 * @param cases One JSON line each.
 * @returns The parsed lines of standard output, one per case.
 * @throws Error with the program's error output when it fails.
 */
export async function runBatch<Answer>(program: string, args: readonly string[], cases: readonly unknown[]): Promise<Answer[]> {
  // Nothing of this machine's environment may reach the programs that are asked what they read.
  const child = spawn(program, args, { env: { PATH: process.env.PATH ?? '' }, stdio: ['pipe', 'pipe', 'pipe'] });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const done = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(cases.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const status = await done;
  const named = [program, ...args].join(' ');
  if (status !== 0) throw new Error(`${named} ended with ${status}: ${Buffer.concat(err).toString('utf8').slice(-2000)}`);
  const answers = Buffer.concat(out)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer);
  if (answers.length !== cases.length) throw new Error(`${named} answered ${answers.length} of ${cases.length} cases`);
  return answers;
}

/** Runs a Python script of this folder. */
export function runPython<Answer>(python: string, script: string, cases: readonly unknown[]): Promise<Answer[]> {
  return runBatch(python, ['-I', '-X', 'utf8', fileURLToPath(new URL(script, import.meta.url))], cases);
}
