/**
 * Many messages to another process as one. Each message over an IPC channel is a write and a wake-up of the other side;
 * under load that was a fifth of what a mesh host does.
 */
import type { HostCommand, HostEvent } from '#schemas/fleet/mesh.ts';

/** Commands and events that come by the hundred, and what only goes to a log; a dying host's last words do not wait. */
const often: ReadonlySet<string> = new Set<HostCommand['command'] | HostEvent['event']>([
  'ask',
  'notify',
  'respond',
  'message',
  'result',
  'log',
]);

/** More would make the first ones wait, and one text of many megabytes. */
const most = 256;

export interface Bundle<T> {
  /** `done` is called when the item has left the process, and never when it cannot any more. */
  add(item: T, done?: () => void): void;
}

/**
 * What comes often leaves at the end of the turn of the event loop; anything else at once, with what waited before it.
 *
 * @param post Sends one item, or several as an array, and calls back; see `unbundle` for the other side.
 */
export function createBundle<T extends HostCommand | HostEvent>(
  post: (bundle: T | readonly T[], done: () => void) => void,
): Bundle<T> {
  let items: T[] = [];
  let callbacks: (() => void)[] = [];

  function flush(): void {
    const [first, second] = items;
    if (first === undefined) return;
    const bundle = second === undefined ? first : items;
    const calls = callbacks;
    items = [];
    callbacks = [];
    post(bundle, () => {
      for (const call of calls) call();
    });
  }

  return {
    add(item, done) {
      items.push(item);
      if (done !== undefined) callbacks.push(done);
      if (!often.has('event' in item ? item.event : item.command) || items.length >= most) flush();
      // After all sockets that had something were read in this turn.
      else if (items.length === 1) setImmediate(flush);
    },
  };
}

/** The items of what came over the channel. */
export function unbundle(raw: unknown): readonly unknown[] {
  return Array.isArray(raw) ? raw : [raw];
}
