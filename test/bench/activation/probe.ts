/** Activates the extensions to be compared, one after the other, and writes how long each took. */
import { appendFileSync } from 'node:fs';
import * as vscode from 'vscode';

interface Started {
  /** Resolves once its server has answered. */
  readonly ready: Promise<boolean>;
}

export async function activate(): Promise<void> {
  const { BENCH_RESULT: file, BENCH_ORDER: order } = process.env;
  if (file === undefined || order === undefined) throw new Error('BENCH_RESULT and BENCH_ORDER are not set.');
  for (const id of order.split(',')) {
    const extension = vscode.extensions.getExtension<Started>(id);
    if (extension === undefined) throw new Error(`${id} is not installed.`);
    const begun = performance.now();
    const { ready } = await extension.activate();
    const activated = performance.now();
    const started = await ready;
    const line = { id, started, activateMs: activated - begun, readyMs: performance.now() - begun };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  }
}
