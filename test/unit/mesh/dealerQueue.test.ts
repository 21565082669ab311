import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
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

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('messages and endings go out at once while nothing waits', () => {
  const { done, give } = recorded();
  give(send('a', 3));
  give(disconnect('a'));
  expect(done).toEqual(['send a 3', 'disconnect a']);
});

test('new DEALERs wait until the wave of a join is over, and one is made in each turn', () => {
  const { done, give } = recorded();
  give(connect('a'));
  give(connect('b'));
  give(connect('c'));
  vi.advanceTimersByTime(99);
  expect(done).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(done).toEqual(['connect a a:1']);
  vi.advanceTimersToNextTimer();
  expect(done).toEqual(['connect a a:1', 'connect b b:1']);
  vi.advanceTimersToNextTimer();
  expect(done).toEqual(['connect a a:1', 'connect b b:1', 'connect c c:1']);
  give(connect('d'));
  vi.advanceTimersByTime(99);
  expect(done).toHaveLength(3);
  vi.advanceTimersByTime(1);
  expect(done.at(-1)).toBe('connect d d:1');
});

test('a peer that waits for its DEALER holds up no other', () => {
  const { done, give } = recorded();
  give(connect('a'));
  give(send('b', 3));
  give(disconnect('c'));
  expect(done).toEqual(['send b 3', 'disconnect c']);
});

test('whatever is given, it is done once and, for each peer, in order', () => {
  const peer = fc.constantFrom('a', 'b', 'c');
  const output = fc.oneof(
    peer.map(connect),
    peer.map(disconnect),
    fc.tuple(peer, fc.nat(5)).map(([to, length]) => send(to, length)),
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(output, fc.nat(150)), { maxLength: 30 }), (plan) => {
      const { done, give } = recorded();
      const wanted: string[] = [];
      for (const step of plan) {
        if (typeof step === 'number') {
          vi.advanceTimersByTime(step);
          continue;
        }
        give(step);
        if (step.kind === 'dealer-connect') wanted.push(`connect ${step.peer} ${step.zmqAddress}`);
        else if (step.kind === 'dealer-send') wanted.push(`send ${step.peer} ${step.bytes.length}`);
        else wanted.push(`disconnect ${step.peer}`);
      }
      vi.runAllTimers();
      for (const name of ['a', 'b', 'c']) {
        const of = (lines: readonly string[]): string[] => lines.filter((line) => line.split(' ')[1] === name);
        expect(of(done)).toEqual(of(wanted));
      }
      expect(done).toHaveLength(wanted.length);
    }),
  );
});
