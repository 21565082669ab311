import type { HostEvent } from '#schemas/fleet/mesh.ts';

/** Events on their way to the supervisor before deltas and log lines are held back. */
const maxBacklog = 256;
/** Before requests and notifications of other nodes are: their askers time out, as they would anyway. */
const maxMessageBacklog = 1_024;

export interface Channel {
  send(event: HostEvent): void;
}

/**
 * Events to the supervisor, with bounded memory: while it does not read (a debugger holds it), deltas are dropped,
 * and one snapshot replaces them once it reads again.
 *
 * @param post Sends one event and calls back when it has left the process; false where the channel is closed.
 * @param resync Produces the snapshot event that replaces dropped deltas.
 */
export function createChannel(post: (event: HostEvent, done: () => void) => void, resync: () => void): Channel {
  let backlog = 0;
  let dropped = false;

  function deliver(event: HostEvent): void {
    backlog += 1;
    post(event, () => {
      backlog -= 1;
      if (dropped && backlog === 0) {
        dropped = false;
        resync();
      }
    });
  }

  return {
    send(event) {
      const replaceable = event.event === 'delta' || event.event === 'log';
      if (replaceable && (backlog >= maxBacklog || dropped)) {
        if (event.event === 'delta') dropped = true;
        return;
      }
      if (event.event === 'message' && backlog >= maxMessageBacklog) return;
      deliver(event);
    },
  };
}
