/**
 * What the DEALERs have to do, in order. Making a DEALER takes milliseconds; the datagrams of a join, which are already
 * in the socket's queue, and what people are shown go before it.
 */
import type { NodeOutput } from '../nodeTypes.ts';
import type { ZeroMqTransport } from '../transport/zeromq.ts';

export type DealerOutput = Extract<NodeOutput, { kind: `dealer-${string}` }>;

/** @returns Takes the next output; at once where nothing waits and no DEALER has to be made. */
export function createDealerQueue(
  zmq: Pick<ZeroMqTransport, 'connect' | 'disconnect' | 'dealerSend'>,
): (output: DealerOutput) => void {
  const waiting: DealerOutput[] = [];

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

  /** Up to one new DEALER: what came in meanwhile is read between two. */
  function work(): void {
    for (let output = waiting.shift(); output !== undefined; output = waiting.shift()) {
      perform(output);
      if (output.kind === 'dealer-connect') break;
    }
    if (waiting.length > 0) setImmediate(work);
  }

  return (output) => {
    if (waiting.length === 0 && output.kind !== 'dealer-connect') perform(output);
    else if (waiting.push(output) === 1) setImmediate(work);
  };
}
