/** Runs a Python script of this folder once, with a batch of cases on its standard input. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * @param cases One JSON line each.
 * @returns The parsed lines of standard output, one per case.
 * @throws Error with the script's error output when it fails.
 */
export async function runBatch<Answer>(
  python: string,
  script: string,
  cases: readonly unknown[],
  args: readonly string[] = [],
): Promise<Answer[]> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  // Nothing of this machine's environment may reach the programs that are asked what they read.
  const child = spawn(python, ['-I', '-X', 'utf8', path, ...args], {
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
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
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${Buffer.concat(err).toString('utf8').slice(-2000)}`);
  const answers = Buffer.concat(out)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer);
  if (answers.length !== cases.length) throw new Error(`${script} answered ${answers.length} of ${cases.length} cases`);
  return answers;
}
