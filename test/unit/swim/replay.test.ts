/** Recorded traffic of real Python nodes, given to our core as if it were the receiving node. */

import { describe, expect, test } from 'vitest';
import { decode } from '#server/mesh/swim/codec.ts';
import { captureFiles, inflate, swimFrames } from './captures.ts';
import { Driver, digests, entry } from './driver.ts';

const TOKEN = 'a member of the recorded fleet';

describe('a crash as recorded (three nodes of 1.0.2, 127.0.0.1:23002 killed)', () => {
  const frames = swimFrames('crash-suspect-dead-20s-1.0.2.jsonl');
  const self = '127.0.0.1:23001';
  const victim = '127.0.0.1:23002';

  function replay(): { states: [number, string, number][]; driver: Driver } {
    const driver = new Driver({ self, seeds: ['127.0.0.1:23000'] });
    const start = driver.nowMs;
    const first = frames[0]?.seconds ?? 0;
    const states: [number, string, number][] = [];
    for (const frame of frames) {
      driver.pass(Math.max(0, start + (frame.seconds - first) * 1_000 - driver.nowMs));
      // What the recorded node sent itself stands in for its own probes of the others.
      if (frame.to !== self) continue;
      driver.give({ kind: 'datagram', from: frame.from, bytes: frame.bytes });
      const gossip = driver.swim.member(victim);
      const last = states.at(-1);
      if (gossip?.gossipState != null && (last === undefined || last[1] !== gossip.gossipState)) {
        states.push([frame.seconds, gossip.gossipState, gossip.incarnation]);
      }
    }
    return { states, driver };
  }

  test('gossip is followed: ALIVE 1, SUSPECT 2, DEAD 3, at the moments of the recording', () => {
    const { states } = replay();
    expect(states.map(([, state, incarnation]) => `${state} ${incarnation}`)).toEqual(['ALIVE 1', 'SUSPECT 2', 'DEAD 3']);
    const told = (state: string): number =>
      frames.find((frame) => frame.to === self && JSON.stringify(frame.decoded).includes(`"addr":"${victim}","state":"${state}"`))
        ?.seconds ?? -1;
    expect(states.map(([seconds]) => seconds)).toEqual([told('ALIVE'), told('SUSPECT'), told('DEAD')]);
  });

  test('in the end the other node is alive and the victim dead, told by the other node', () => {
    const { driver } = replay();
    expect(driver.member(victim)).toMatchObject({
      state: 'dead',
      incarnation: 3,
      gossipState: 'DEAD',
      observedBy: '127.0.0.1:23000',
    });
    expect(driver.member('127.0.0.1:23000').state).toBe('alive');
  });
});

describe.each(captureFiles)('%s', (file) => {
  const frames = swimFrames(file);

  test('each recorded receiver, replaced by ours, answers what must be answered and ends with the recorded states', () => {
    for (const self of new Set(frames.map((frame) => frame.to))) {
      const driver = new Driver({
        self,
        seeds: frames.filter((frame) => frame.to === self && frame.transport === 'udp').map((frame) => frame.from),
      });
      driver.take();
      const expected = new Map<string, { state: string; incarnation: number }>();
      for (const frame of frames) {
        if (frame.to !== self) continue;
        const decoded = decode(frame.bytes, inflate);
        if (!decoded.ok) throw new Error(decoded.what);
        const { message } = decoded;
        const answers = driver.give({
          kind: frame.transport === 'udp' ? 'datagram' : 'frame',
          from: frame.from,
          bytes: frame.bytes,
        });
        const reply = answers.find(({ message: answer }) => answer.id === message.id);
        if (message.type === 'PING')
          expect(reply).toMatchObject({ to: frame.from, message: { type: 'PONG', orig_timestamp: message.timestamp } });
        if (message.type === 'SYNC-REQ') expect(reply).toMatchObject({ to: frame.from, message: { type: 'SYNC-RESP' } });
        if (message.type !== 'HEARTBEAT' && message.type !== 'SYNC-RESP') continue;
        for (const told of message.digest.entries) {
          const held = expected.get(told.addr);
          const rank = { ALIVE: 0, SUSPECT: 1, DEAD: 2 };
          const newer =
            held === undefined ||
            told.incarnation > held.incarnation ||
            (told.incarnation === held.incarnation &&
              rank[told.state] > rank[held.state === 'DEAD' ? 'DEAD' : held.state === 'SUSPECT' ? 'SUSPECT' : 'ALIVE']);
          if (newer) expected.set(told.addr, told);
        }
      }
      expected.delete(self);
      for (const [address, { state, incarnation }] of expected) {
        expect(driver.member(address), `${TOKEN} ${address} at ${self}`).toMatchObject({ gossipState: state, incarnation });
      }
    }
  });
});

test('a recorded SYNC-REQ is answered with the members that the recorded node would have named', () => {
  const driver = new Driver({ seeds: [] });
  const [request] = swimFrames('join-first-12s-1.0.2.jsonl').filter(
    (frame) => frame.decoded.type === 'SYNC-REQ' && frame.decoded.known_version === 0,
  );
  if (request === undefined) throw new Error('the capture has no full SYNC-REQ');
  driver.heartbeat('127.0.0.1:23000', [entry('127.0.0.1:23000'), entry('127.0.0.1:23001')]);
  const answer = driver.give({ kind: 'datagram', from: request.from, bytes: request.bytes });
  expect(digests(answer)[0]?.entries.map((item) => item.addr)).toEqual(['127.0.0.1:7946', '127.0.0.1:23000', '127.0.0.1:23001']);
});
