/** Watches the fuzzing process: counts inputs, and finds the one on which it failed, hung or ran out of memory. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Order, reportSchema } from './reports.ts';

const worker = fileURLToPath(new URL('worker.ts', import.meta.url));
/** Enough for every bounded table and the largest file that is read, and far below what a machine has. */
const heapMiB = 512;

export interface Outcome {
  /** Inputs that were taken. */
  readonly inputs: number;
  /** The input that failed, or the first of at most 200 ms of them where the process itself ended. */
  readonly failure: { readonly number: number; readonly what: string } | null;
}

export class Fuzzer {
  readonly #silenceMs: number;
  #child: ChildProcess | null = null;
  #errors = '';

  /** @param silenceMs longest time for one input before the process counts as hung */
  constructor(silenceMs: number) {
    this.#silenceMs = silenceMs;
  }

  async run(order: Order): Promise<Outcome> {
    const child = this.#child ?? (await this.#start());
    this.#child = child;
    return new Promise((done) => {
      let at = order.first;
      const finish = (failure: Outcome['failure'], number: number): void => {
        clearTimeout(silence);
        child.off('message', take);
        child.off('close', close);
        done({ inputs: number - order.first, failure });
      };
      const close = (status: number | null, signal: string | null): void => {
        this.#child = null;
        finish({ number: at, what: `the process ended with ${signal ?? status}: ${this.#errors}` }, at);
      };
      const silence = setTimeout(() => {
        this.#errors = `no answer within ${this.#silenceMs} ms`;
        child.kill('SIGKILL');
      }, this.#silenceMs);
      const take = (raw: unknown): void => {
        const report = reportSchema.parse(raw);
        silence.refresh();
        if (report.kind === 'at') at = report.number;
        else finish(report.kind === 'failed' ? { number: report.number, what: report.what } : null, report.number);
      };
      child.on('message', take);
      child.once('close', close);
      child.send(order);
    });
  }

  /** Its first report says that everything is loaded: on a busy machine that takes longer than many inputs. */
  async #start(): Promise<ChildProcess> {
    const child = fork(worker, [], {
      execArgv: [`--max-old-space-size=${heapMiB}`, '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#errors = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#errors = (this.#errors + chunk.toString('utf8')).slice(-2_000);
    });
    await Promise.race([once(child, 'message'), once(child, 'close')]);
    if (child.exitCode !== null) throw new Error(`The fuzzing process did not start: ${this.#errors}`);
    return child;
  }

  stop(): void {
    this.#child?.kill('SIGKILL');
    this.#child = null;
  }
}
