/** A real framework node as a child process that speaks JSON lines; see `../python/mesh_node.py`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { freePort } from '../../sockets/mesh/freePort.ts';
import { venv } from '../python.ts';

const script = fileURLToPath(new URL('../python/mesh_node.py', import.meta.url));

const lineSchema = z.looseObject({
  event: z.string(),
  /** Seconds since 1970. */
  t: z.number(),
  peer: z.string().optional(),
  state: z.string().nullable().optional(),
  roles: z.array(z.string()).optional(),
  role: z.string().optional(),
  id: z.union([z.string(), z.number()]).nullable().optional(),
  data: z.unknown().optional(),
  error: z.string().optional(),
  /** State and incarnation by address. */
  members: z.record(z.string(), z.tuple([z.string(), z.number()])).optional(),
});
export type PythonEvent = z.infer<typeof lineSchema>;

export interface PythonNode {
  readonly address: string;
  readonly port: number;
  readonly pid: number;
  readonly release: string;
  readonly events: readonly PythonEvent[];
  send(command: object): void;
  /** The first event, past or coming, that fits and is not older than `sinceMs` (milliseconds since 1970). */
  event(what: string, fits: (event: PythonEvent) => boolean, timeoutMs: number, sinceMs?: number): Promise<PythonEvent>;
  /** States it gave `peer` in its own member list, in order. */
  statesOf(peer: string): (string | null)[];
  /** What its agent's `list_roles()` last said. */
  roles(): readonly string[];
  kill(): Promise<void>;
  stop(): Promise<void>;
  /** Stops it as a debugger does, with SIGSTOP; resolves when its last thread stands still. */
  suspend(): Promise<void>;
  resume(): void;
}

const running = new Set<ChildProcess>();

/** Kills what a failed test left running. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** The state of each thread, as proc(5) has it after the name in brackets: "R", "S", "T". */
async function threadStates(pid: number): Promise<string[]> {
  const threads = await readdir(`/proc/${pid}/task`);
  const stats = await Promise.all(threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/stat`, 'utf8')));
  return stats.map((stat) => stat.slice(stat.lastIndexOf(')') + 2)[0] ?? '');
}

/**
 * @param release Framework release.
 * @param roles One agent each.
 * @param seeds Addresses it joins.
 * @param where Its port; a port that was in use until just now needs `reuse` (see the script).
 */
export async function startPython(
  release: string,
  roles: string[],
  seeds: string[],
  config: object = {},
  where: { readonly host?: string; readonly port?: number; readonly reuse?: boolean } = {},
): Promise<PythonNode> {
  const [python, port, folder] = await Promise.all([
    venv(release),
    where.port ?? freePort(),
    mkdtemp(join(tmpdir(), 'mesh-node-')),
  ]);
  const host = where.host ?? '127.0.0.1';
  const options = { host, port, seeds: seeds.join(','), roles, config, reuse: where.reuse ?? false };
  // Its own folder: 3.0.0 writes `.jarviscore/` where it runs, and a `.env` of ours would be its configuration.
  const child = spawn(python, [script, JSON.stringify(options)], { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  running.add(child);
  const events: PythonEvent[] = [];
  const waiting = new Set<() => void>();
  let errors = '';
  let ended = false;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4_000);
  });
  child.stdin.on('error', () => {});
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('{')) return;
    events.push(lineSchema.parse(JSON.parse(line)));
    for (const check of [...waiting]) check();
  });
  const exit = once(child, 'exit').then(async () => {
    ended = true;
    running.delete(child);
    for (const check of [...waiting]) check();
    await rm(folder, { recursive: true, force: true });
  });

  return {
    address: `${host}:${port}`,
    port,
    pid: child.pid ?? 0,
    release,
    events,
    send(command) {
      child.stdin.write(`${JSON.stringify(command)}\n`);
    },
    event(what, fits, timeoutMs, sinceMs = 0) {
      return new Promise((resolve, reject) => {
        const fail = (how: string) => {
          const last = events.slice(-15).map((event) => JSON.stringify(event));
          reject(new Error(`${how}: ${what} (Python node ${port}, ${release}).\n${last.join('\n')}\n${errors}`));
        };
        const timer = setTimeout(() => {
          waiting.delete(check);
          fail(`Not within ${timeoutMs} ms`);
        }, timeoutMs);
        const check = () => {
          const found = events.find((event) => event.t * 1_000 >= sinceMs && fits(event));
          if (found === undefined && !ended) return;
          clearTimeout(timer);
          waiting.delete(check);
          if (found === undefined) fail('It ended before');
          else resolve(found);
        };
        waiting.add(check);
        check();
      });
    },
    statesOf: (peer) =>
      events.filter((event) => event.event === 'member' && event.peer === peer).map((event) => event.state ?? null),
    roles: () => events.findLast((event) => event.event === 'roles')?.roles ?? [],
    async suspend() {
      child.kill('SIGSTOP');
      // The signal comes to each thread when the scheduler gets to it: ZeroMQ's answer for a while after the first stands still.
      const deadline = Date.now() + 10_000;
      while (!(await threadStates(child.pid ?? 0)).every((state) => state === 'T')) {
        if (Date.now() > deadline) throw new Error(`Python node ${port} (${release}) does not stand still.`);
        await nextTurn();
      }
    },
    resume() {
      child.kill('SIGCONT');
    },
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
    async stop() {
      child.stdin.end(`${JSON.stringify({ command: 'stop' })}\n`);
      const limit = setTimeout(() => child.kill('SIGKILL'), 25_000);
      await exit;
      clearTimeout(limit);
    },
  };
}
