/**
 * What the DEALERs have to do, in order for each peer. Making a DEALER takes milliseconds: the wave of datagrams that a
 * newcomer sets off goes before it, also in the processes of its neighbours on this machine.
 */
import type { NodeOutput } from '../nodeTypes.ts';
import type { ZeroMqTransport } from '../transport/zeromq.ts';

export type DealerOutput = Extract<NodeOutput, { kind: `dealer-${string}` }>;

/** With 20 members on two cores the wave of a join took 30 to 60 ms; the members made 38 DEALERs in the midst of it. */
const settleMs = 100;

/** @returns Takes the next output: at once, unless its peer's DEALER waits to be made. */
export function createDealerQueue(
  zmq: Pick<ZeroMqTransport, 'connect' | 'disconnect' | 'dealerSend'>,
): (output: DealerOutput) => void {
  /** Outputs of peers whose DEALER is not made yet, each list beginning with that. */
  const waiting = new Map<string, DealerOutput[]>();

  function perform(output: DealerOutput): void {
    switch (output.kind) {
      case 'dealer-connect':
        zmq.connect(output.peer, output.zmqAddress);
        break;
      case 'dealer-disconnect':
        zmq.disconnect(output.peer);
        break;
      case 'dealer-send':
        zmq.dealerSend(output.peer, output.bytes);
        break;
    }
  }

  /** One peer's DEALER: what came in meanwhile is read between two. */
  function work(): void {
    const [next] = waiting;
    if (next === undefined) return;
    const [peer, outputs] = next;
    waiting.delete(peer);
    for (const output of outputs) perform(output);
    if (waiting.size > 0) setImmediate(work);
  }

  return (output) => {
    const queue = waiting.get(output.peer);
    if (queue !== undefined) queue.push(output);
    else if (output.kind !== 'dealer-connect') perform(output);
    else {
      waiting.set(output.peer, [output]);
      if (waiting.size === 1) setTimeout(work, settleMs);
    }
  };
}
