/** What a node tells of a fleet in the course of its life: every event, in order, with no more than what it changes. */
import { describe, expect, test } from 'vitest';
import { NodeNet, netConfig } from './nodeNet.ts';
import { Story } from './story.ts';
import { wallStartMs } from './support.ts';

const agent = (role: string) => ({ role, capabilities: ['c'], description: 'd' });
const a = '127.0.0.1:7001';
const b = '127.0.0.1:7002';
const ours = { groups: [], releases: 'JarvisCore Fleet', how: 'Its messages say so.' };

/** A node that is watched, and one that joins it. */
function pair() {
  const net = new NodeNet();
  const one = net.add(7_001, { forgetAfterMs: 60_000 });
  const story = new Story(one);
  const two = net.add(7_002, { seeds: [a], name: 'two' });
  net.run(3_000);
  return { net, one, two, story };
}

test('a node alone tells of its seeds, itself not among them, and when they turn out to be silent', () => {
  const net = new NodeNet();
  const one = net.add(7_001, { seeds: ['127.0.0.1:7009', a] });
  const story = new Story(one);
  expect(story.next()).toEqual([{ seeds: ['7009 waiting'] }]);
  expect(one.node.snapshot()).toEqual({
    epoch: 'epoch-2',
    revision: 1,
    self: {
      address: a,
      zmqAddress: '127.0.0.1:8001',
      name: 'node',
      incarnation: 1,
      observing: true,
      agents: [],
      keepalive: 'no-peers-allowed',
    },
    seeds: [{ address: '127.0.0.1:7009', state: 'waiting', since: new Date(wallStartMs + 1_000).toISOString() }],
    peers: [],
    roles: [],
  });
  net.run(4_900);
  expect(story.next()).toEqual([]);
  net.run(1_100);
  expect(story.next()).toEqual([{ seeds: ['7009 silent'] }]);
});

test('joining: who asked tells that its seed answers, both that the other is there, who it is, and that it has no agents', () => {
  const net = new NodeNet();
  const one = net.add(7_001);
  const two = net.add(7_002, { seeds: [a], name: 'two' });
  const stories = [new Story(one), new Story(two)] as const;
  net.run(3_000);
  const row = (id: string, zmqAddress: string) => ({
    id,
    name: null,
    kind: 'jarviscore',
    address: id,
    state: 'alive',
    incarnation: 1,
    reason: 'It answers our probes.',
    agents: [],
    capacity: null,
    keepalive: { lastSent: null, lastAck: null, consecutiveSendFailures: 0, failureBackoffUntil: null, rttMs: null },
    zmqAddress,
    keepalivePhase: 'waiting',
    localOpinion: null,
    announced: false,
    warnings: [],
    mesh: {
      behaviour: null,
      addressable: null,
      suspectedBy: [],
      clockOffsetMs: null,
      readmittable: false,
      refused: 0,
      marks: [],
    },
  });
  expect(stories[0].next()).toEqual([
    'info: 127.0.0.1:7002 is alive: Named by the node itself; not heard by us yet.',
    { self: { keepalive: 'running' }, 7002: { ...row(b, '127.0.0.1:8002'), observedBy: a } },
    { 7002: { name: 'two', mesh: { behaviour: ours, clockOffsetMs: 0 } } },
    { 7002: { announced: true } },
  ]);
  expect(stories[1].next()).toEqual([
    { seeds: ['7001 waiting'] },
    'info: 127.0.0.1:7001 is alive: Named by the node itself; not heard by us yet.',
    { self: { keepalive: 'running' }, seeds: ['7001 answering'], 7001: { ...row(a, '127.0.0.1:8001'), observedBy: b } },
    { 7001: { name: 'node', mesh: { behaviour: ours, clockOffsetMs: 0 } } },
    { 7001: { announced: true } },
  ]);
});

test('announcing: first what changed, then the result; the others learn it as well', () => {
  const { net, two, story } = pair();
  story.next();
  const own = new Story(two);
  own.next();
  two.command({ command: 'announce', id: 1, agents: [agent('analyst')] });
  net.run(500);
  const [{ id } = { id: '' }] = two.node.snapshot().self.agents;
  expect(id).toMatch(/^analyst-[0-9a-f]{8}$/);
  const announced = { id, role: 'analyst', capabilities: ['c'] };
  expect(story.next()).toEqual([{ 7002: { agents: [announced] }, roles: ['analyst: 7002 alive'] }]);
  expect(own.next()).toEqual([
    { self: { observing: false, agents: [announced] }, roles: ['analyst: own alive'] },
    { event: 'result', id: 1, command: 'announce', ok: true, data: [announced], error: null },
  ]);
  two.command({ command: 'announce', id: 2, agents: [] });
  net.run(500);
  expect(story.next()).toEqual([{ 7002: { agents: [] }, roles: [] }]);
  expect(own.next()).toEqual([
    { self: { observing: true, agents: [] }, roles: [] },
    { event: 'result', id: 2, command: 'announce', ok: true, data: [], error: null },
  ]);
});

describe('a member that is killed', () => {
  function killed() {
    const { net, one, two, story } = pair();
    two.command({ command: 'announce', id: 1, agents: [agent('analyst')] });
    net.run(500);
    story.next();
    net.down.add(b);
    net.run(23_000);
    return { net, one, two, story };
  }
  const silent = 'No answer to our probes for N s.';
  const givenUp = 'Given up: no answer to our probes for N s.';

  test('is suspect, then dead, and so are its roles; nobody is left for keepalives', () => {
    expect(killed().story.next()).toEqual([
      `info: 127.0.0.1:7002 is suspect, was alive: ${silent}`,
      {
        self: { keepalive: 'no-peers-allowed' },
        7002: { state: 'suspect', reason: silent, localOpinion: silent },
        roles: ['analyst: 7002 suspect'],
      },
      `info: 127.0.0.1:7002 is dead, was suspect: ${givenUp}`,
      { 7002: { state: 'dead', reason: givenUp, localOpinion: givenUp }, roles: ['analyst (gone): 7002 dead'] },
    ]);
  });

  test('and goes on later is alive without the agents of before, which it announces again', () => {
    const { net, story, two } = killed();
    story.next();
    net.down.delete(b);
    net.run(5_000);
    const agents = two.node.snapshot().self.agents;
    expect(story.next()).toEqual([
      'info: 127.0.0.1:7002 is alive, was dead: It answers our probes.',
      {
        self: { keepalive: 'running' },
        7002: {
          state: 'alive',
          reason: 'It answers our probes.',
          agents: [],
          localOpinion: null,
          announced: false,
          mesh: { behaviour: null },
        },
        roles: [],
      },
      { 7002: { agents, announced: true, mesh: { behaviour: ours } }, roles: ['analyst: 7002 alive'] },
    ]);
  });

  test('is forgotten after the time that is set', () => {
    const { net, one, story } = killed();
    story.next();
    net.run(40_000);
    expect(story.next()).toEqual([]);
    net.run(5_000);
    expect(story.next()).toEqual([{ removed: ['7002'], roles: [] }]);
    expect(one.node.snapshot().peers).toEqual([]);
  });

  test('is suspect for a moment only when it goes on in time, and keeps its agents', () => {
    const { net, two, story } = pair();
    two.command({ command: 'announce', id: 1, agents: [agent('analyst')] });
    net.run(500);
    story.next();
    net.down.add(b);
    net.run(3_000);
    net.down.delete(b);
    net.run(4_000);
    expect(story.next()).toEqual([
      `info: 127.0.0.1:7002 is suspect, was alive: ${silent}`,
      {
        self: { keepalive: 'no-peers-allowed' },
        7002: { state: 'suspect', reason: silent, localOpinion: silent },
        roles: ['analyst: 7002 suspect'],
      },
      'info: 127.0.0.1:7002 is alive, was suspect: It answers our probes.',
      {
        self: { keepalive: 'running' },
        7002: { state: 'alive', reason: 'It answers our probes.', localOpinion: null },
        roles: ['analyst: 7002 alive'],
      },
    ]);
  });
});

test('a member that leaves takes its agents back first and is left, not dead; later it is forgotten', () => {
  const { net, two, story } = pair();
  two.command({ command: 'announce', id: 1, agents: [agent('analyst')] });
  net.run(500);
  const own = new Story(two);
  own.next();
  story.next();
  two.command({ command: 'stop' });
  net.run(1_000);
  expect(two.left).toBe(true);
  expect(own.next()).toEqual([{ self: { incarnation: 2, observing: true, agents: [] }, roles: [] }]);
  expect(story.next()).toEqual([
    { 7002: { agents: [] }, roles: [] },
    'info: 127.0.0.1:7002 is left, was alive: It said that it leaves.',
    {
      self: { keepalive: 'no-peers-allowed' },
      7002: { state: 'left', incarnation: 2, reason: 'It said that it leaves.', observedBy: b },
    },
  ]);
  net.run(56_000);
  expect(story.deltas()).toEqual([{ 7002: { localOpinion: 'It does not answer our probes either.' } }]);
  net.run(6_000);
  expect(story.next()).toEqual([{ removed: ['7002'] }]);
});

test('a node that was suspended says so for a minute', () => {
  const { net, two } = pair();
  const own = new Story(two);
  own.next();
  net.down.add(b);
  net.run(3_000);
  net.down.delete(b);
  net.run(1_000);
  expect(own.logs(), 'a pause of less than 5 s is none').toEqual([]);
  net.down.add(b);
  net.run(30_000);
  net.down.delete(b);
  net.run(5_000);
  const text = expect.stringMatching(/^This node stood still for (29|30) s \(a sleeping machine, a debugger\)/);
  expect(two.node.snapshot().self.warnings).toEqual([text]);
  expect(own.logs()).toEqual([expect.stringMatching(/^warn: This node stood still for (29|30) s\.$/)]);
  net.run(54_000);
  expect(two.node.snapshot().self.warnings).toEqual([text]);
  net.run(7_000);
  expect(two.node.snapshot().self).not.toHaveProperty('warnings');
});

test('a keepalive is told twice, when it leaves and when it is confirmed', () => {
  const net = new NodeNet();
  const keepalive = { ...netConfig.keepalive, intervalMs: 5_000, suppressWindowMs: 1_000 };
  const one = net.add(7_001, { keepalive });
  const story = new Story(one);
  net.add(7_002, { seeds: [a], keepalive: { ...keepalive, enabled: false } });
  net.run(500);
  story.next();
  net.run(2_000);
  const time = expect.stringMatching(/^2026-01-01T00:00:0\d\.\d{3}Z$/);
  expect(story.next()).toEqual([
    { 7002: { keepalive: { lastSent: time } } },
    { 7002: { keepalive: { lastAck: time, rttMs: 2 }, keepalivePhase: 'ok' } },
  ]);
  net.run(6_000);
  expect(story.next()).toHaveLength(2);
});
