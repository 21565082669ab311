import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDealerQueue, type DealerOutput } from '#server/mesh/host/dealerQueue.ts';

function recorded(): { readonly done: string[]; readonly give: (output: DealerOutput) => void } {
  const done: string[] = [];
  const give = createDealerQueue({
    connect: (peer, address) => done.push(`connect ${peer} ${address}`),
    disconnect: (peer) => done.push(`disconnect ${peer}`),
    dealerSend: (peer, bytes) => done.push(`send ${peer} ${bytes.length}`),
  });
  return { done, give };
}

const connect = (peer: string): DealerOutput => ({ kind: 'dealer-connect', peer, zmqAddress: `${peer}:1` });
const disconnect = (peer: string): DealerOutput => ({ kind: 'dealer-disconnect', peer });
const send = (peer: string, length: number): DealerOutput => ({ kind: 'dealer-send', peer, bytes: new Uint8Array(length) });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('messages and endings go out at once while nothing waits', () => {
  const { done, give } = recorded();
  give(send('a', 3));
  give(disconnect('a'));
  expect(done).toEqual(['send a 3', 'disconnect a']);
});

test('a new DEALER waits for the next turn, and one is made in each', async () => {
  const { done, give } = recorded();
  give(connect('a'));
  give(connect('b'));
  expect(done).toEqual([]);
  await turn();
  expect(done).toEqual(['connect a a:1']);
  await turn();
  expect(done).toEqual(['connect a a:1', 'connect b b:1']);
});

test('whatever is given, it is done once and in order', async () => {
  const output = fc.oneof(
    fc.constantFrom('a', 'b').map(connect),
    fc.constantFrom('a', 'b').map(disconnect),
    fc.tuple(fc.constantFrom('a', 'b'), fc.nat(5)).map(([peer, length]) => send(peer, length)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(output), { maxLength: 30 }), async (plan) => {
      const { done, give } = recorded();
      const wanted = recorded();
      for (const step of plan) {
        if (step === null) await turn();
        else {
          give(step);
          if (step.kind !== 'dealer-connect') wanted.give(step);
          else wanted.done.push(`connect ${step.peer} ${step.zmqAddress}`);
        }
      }
      for (const _step of plan) await turn();
      expect(done).toEqual(wanted.done);
    }),
  );
});
