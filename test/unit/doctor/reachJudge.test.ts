/** Verdicts over what the probes saw. */
import { expect, test } from 'vitest';
import type { Observation } from '#server/doctor/observation.ts';
import { judgeZmq } from '#server/doctor/reachJudge.ts';
import { namedTarget } from '#server/doctor/targets.ts';

const silentSocket: Observation = {
  resolved: '127.0.0.1',
  unresolved: null,
  udp: { kind: 'pong', from: '127.0.0.1:7946', source: '127.0.0.1:7946', rttMs: 1, offsetMs: 0 },
  tcp: { kind: 'accepted', service: null },
  zmq: { kind: 'mute', afterMs: 1_500 },
  members: [],
  around: { local: true, answersAt: [], routerAt: null, holder: 'python3 (process 4711)', stopped: false },
};

test.each([
  [false, ['other-service', 'process-stopped'], 'Look at which program listens there.'],
  [true, ['process-stopped'], 'Let the process continue; its fleet takes it for dead meanwhile.'],
])('a node that stopped after its PONG is no other service: stopped %s', (stopped, causes, remedy) => {
  const target = namedTarget('127.0.0.1:7946', null, 'coder');
  if (target === null) throw new Error('no target');
  const around = silentSocket.around === null ? null : { ...silentSocket.around, stopped };
  const judged = judgeZmq(target, { ...silentSocket, around });
  expect(judged).toMatchObject({ status: 'fail', remedy });
  expect(judged.causes.map(({ code }) => code)).toEqual(causes);
});
