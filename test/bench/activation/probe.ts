/** Activates the extensions to be compared, one after the other, and writes how long each took. */
import { appendFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';

interface Started {
  /** Resolves once its server has answered. */
  readonly ready: Promise<boolean>;
}

/** A turn of the loop that is later than this had to wait for other work. */
const busyMs = 15;
const turnMs = 50;
const quietTurns = 20;
const longestWaitMs = 20_000;

/** The editor's own extensions start when this one does: what they load must not count for whoever is measured first. */
async function quiet(): Promise<void> {
  const deadline = performance.now() + longestWaitMs;
  for (let turns = 0; turns < quietTurns && performance.now() < deadline; ) {
    const before = performance.now();
    await wait(turnMs);
    turns = performance.now() - before > turnMs + busyMs ? 0 : turns + 1;
  }
}

export async function activate(): Promise<void> {
  const { BENCH_RESULT: file, BENCH_ORDER: order } = process.env;
  if (file === undefined || order === undefined) throw new Error('BENCH_RESULT and BENCH_ORDER are not set.');
  for (const id of order.split(',')) {
    const extension = vscode.extensions.getExtension<Started>(id);
    if (extension === undefined) throw new Error(`${id} is not installed.`);
    await quiet();
    const begun = performance.now();
    const { ready } = await extension.activate();
    const activated = performance.now();
    const started = await ready;
    const line = { id, started, activateMs: activated - begun, readyMs: performance.now() - begun };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  }
}
