/** `node --json` as a real process that speaks JSON lines. */
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { afterEach } from 'vitest';
import { type NodeEvent, nodeEventSchema } from '#schemas/fleet/nodeProtocol.ts';
import { start } from './command.ts';

type Kind = NodeEvent['event'];
type EventOf<K extends Kind> = Extract<NodeEvent, { event: K }>;

export class Node {
  readonly events: NodeEvent[] = [];
  readonly #child;
  readonly #waiters = new Set<() => void>();
  readonly ended: Promise<number | null>;
  stderr = '';

  constructor(...args: string[]) {
    this.#child = start(['node', '--json', ...args], tmpdir());
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    createInterface({ input: this.#child.stdout }).on('line', (line) => {
      this.events.push(nodeEventSchema.parse(JSON.parse(line)));
      for (const waiter of [...this.#waiters]) waiter();
    });
    this.ended = new Promise((resolve) => this.#child.once('close', resolve));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  send(command: unknown): void {
    this.#child.stdin.write(`${JSON.stringify(command)}\n`);
  }

  write(text: string): void {
    this.#child.stdin.write(text);
  }

  endInput(): void {
    this.#child.stdin.end();
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** The first event, from `after` on, that fits. */
  async event<K extends Kind>(
    kind: K,
    fits: (event: EventOf<K>) => boolean = () => true,
    after = 0,
    timeoutMs = 10_000,
  ): Promise<EventOf<K>> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const found = this.events
        .slice(after)
        .find((event): event is EventOf<K> => event.event === kind && fits(event as EventOf<K>));
      if (found !== undefined) return found;
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`No "${kind}" within ${timeoutMs} ms. Seen: ${JSON.stringify(this.events)}\n${this.stderr}`);
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          this.#waiters.delete(done);
          resolve();
        };
        const timer = setTimeout(done, left);
        this.#waiters.add(done);
      });
    }
  }
}

const nodes: Node[] = [];
/** Ends with its test. */
export function node(...args: string[]): Node {
  const created = new Node(...args);
  nodes.push(created);
  return created;
}

afterEach(async () => {
  for (const running of nodes) running.kill('SIGTERM');
  await Promise.all(nodes.splice(0).map((running) => running.ended));
});
