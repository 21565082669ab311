import { describe, expect, it } from 'vitest';
import type { SeenState } from '#client/fleet/peerHistory.ts';
import { MOST_NODES, mapModel } from '#client/map/mapModel.ts';
import { toMapSchema } from '#schemas/editor/map.ts';
import type { LoggedMessage } from '#schemas/fleet/messageLog.ts';
import type { FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import { english, node, peer, self, t1042, unseen, view } from '../facts.ts';

const now = Date.parse('2026-11-21T11:00:00.000Z');
const own = self.address;

function model(
  fleet: FleetView | null,
  past: Readonly<Record<string, readonly SeenState[]>> = {},
  entries: readonly LoggedMessage[] = [],
) {
  return mapModel({ view: fleet, past: (id) => past[id] ?? [], messages: { epoch: 'e', entries }, now }, english);
}

function mesh(changes: Partial<NonNullable<FleetPeer['mesh']>>): NonNullable<FleetPeer['mesh']> {
  const nothing = {
    behaviour: null,
    addressable: null,
    suspectedBy: [],
    clockOffsetMs: null,
    readmittable: false,
    refused: 0,
    marks: [],
  };
  return { ...nothing, ...changes };
}

function message(changes: Partial<LoggedMessage> = {}): LoggedMessage {
  const ids = { seq: 1, at: t1042, peer: '127.0.0.1:1', size: 312, correlationId: null };
  const fate = { state: 'acknowledged' as const, deliveredMs: 1, processedMs: 4.25, error: null, payload: false };
  return { ...ids, direction: 'sent', type: 'PEER_REQUEST', ...fate, ...changes };
}

describe('nodes of the map', () => {
  it('are the local node and its peers, each with a sentence', () => {
    const { nodes, header } = model(
      view({ peers: [peer({ id: '127.0.0.1:1', name: 'researcher-01' }), unseen('writer', '10.0.0.9:3')] }),
    );
    expect(nodes.map(({ label, state, host }) => [label, state, host])).toEqual([
      ['this window', 'self', '127.0.0.1'],
      ['researcher-01', 'alive', '127.0.0.1'],
      ['writer', 'unseen', '10.0.0.9'],
    ]);
    expect(nodes.map(({ sentence }) => sentence)).toEqual([
      'Node this window: observing since 10:42, address 127.0.0.1:17946.',
      'Node researcher-01, researcher: alive since 10:42, address 127.0.0.1:1.',
      'Node writer: declared, never seen, address 10.0.0.9:3.',
    ]);
    expect(nodes.map(({ row, declared }) => [row, declared])).toEqual([
      [false, false],
      [true, false],
      [true, true],
    ]);
    expect(header).toEqual({ summary: '1 of 2 alive', live: true, hidden: 0 });
  });

  it('are none while the local node does not run, and the page says so', () => {
    const stopped = node({ phase: 'stopped', self: null });
    for (const fleet of [null, view({ node: stopped, peers: [unseen('writer', '10.0.0.9:3')] })]) {
      const { nodes, edges, header } = model(fleet);
      expect([nodes, edges]).toEqual([[], []]);
      expect(header.live).toBe(false);
      expect(header.summary).toMatch(/not started/);
    }
  });

  it('of other fleets are drawn without the local node; those that are not of their kind are not too many', () => {
    const times = { fleet: 'default', firstSeen: t1042, lastSeen: t1042, restored: false, conflict: null };
    const relay = peer({ id: 'relay/n1', kind: 'relay', address: null, other: { ...times, relay: null, circuitForge: null } });
    const peers = [relay, unseen('writer', '10.0.0.9:3'), unseen('coder', '10.0.0.9:4')];
    const { nodes, header } = model(view({ node: node({ phase: 'stopped', self: null }), peers }));
    expect(nodes.map(({ id }) => id)).toEqual(['relay/n1']);
    expect(header.hidden).toBe(0);
  });

  it('say it when the local node is alone', () => {
    expect(model(view({ peers: [] })).header.summary).toBe('The local node is started and alone.');
  });

  it('stay few enough to draw: those that need looking at first', () => {
    const peers = Array.from({ length: MOST_NODES + 50 }, (_, index) => peer({ id: `127.0.0.1:${index}` }));
    peers.push(peer({ id: '127.0.0.1:9999', state: 'dead' }));
    const { nodes, header } = model(view({ peers }));
    expect(nodes).toHaveLength(MOST_NODES + 1);
    expect(nodes[1]?.id).toBe('127.0.0.1:9999');
    expect(header.hidden).toBe(51);
  });

  it('have names as one short line, whatever a peer calls itself', () => {
    const evil = peer({
      id: '127.0.0.1:1',
      name: 'a\u202Eb\n<script>',
      agents: [{ id: 'x', role: 'r\n\u2066s', capabilities: [] }],
    });
    const [, drawn] = model(view({ peers: [evil] })).nodes;
    expect(drawn?.label).toBe('ab <script>');
    expect(drawn?.roles).toEqual(['r s']);
  });
});

describe('edges of the map', () => {
  const accuser = peer({ id: '127.0.0.1:1', name: 'researcher-01' });

  it('lead from those who suspect a node to it, once each', () => {
    const facts = mesh({ suspectedBy: ['127.0.0.1:1', own] });
    const coder = peer({ id: '127.0.0.1:2', name: 'coder-01', state: 'suspect', observedBy: '127.0.0.1:1', mesh: facts });
    const { edges, nodes } = model(view({ peers: [accuser, coder] }));
    expect(edges.map(({ kind, sentence }) => [kind, sentence])).toEqual([
      ['suspects', 'researcher-01 suspects coder-01.'],
      ['suspects', 'this window suspects coder-01.'],
      ['member', 'this window has researcher-01 as a member.'],
    ]);
    expect(nodes.find(({ id }) => id === coder.id)?.accusers).toEqual(['researcher-01', 'this window']);
  });

  it('tell dead from suspect, and our own doubt from what the fleet says', () => {
    const dead = peer({ id: '127.0.0.1:2', state: 'dead', observedBy: '127.0.0.1:1' });
    const quiet = peer({ id: '127.0.0.1:3', localOpinion: 'no answer to us for 6 s' });
    const { edges } = model(view({ peers: [accuser, dead, quiet] }));
    expect(edges.map(({ kind, source, target }) => `${kind} ${source} ${target}`).sort()).toEqual([
      'dead 127.0.0.1:1 127.0.0.1:2',
      `member ${own} 127.0.0.1:1`,
      `silent ${own} 127.0.0.1:3`,
    ]);
  });

  it('need both ends: somebody who is not drawn accuses nobody', () => {
    const coder = peer({ id: '127.0.0.1:2', state: 'suspect', observedBy: '10.9.9.9:1' });
    const { edges, nodes } = model(view({ peers: [coder] }));
    expect(edges).toEqual([]);
    expect(nodes[1]?.accusers).toEqual(['10.9.9.9:1']);
  });
});

describe('the timeline', () => {
  const id = '127.0.0.1:1';
  const states: readonly SeenState[] = [
    { at: '2026-11-21T10:40:00.000Z', state: 'alive', reason: null },
    { at: '2026-11-21T10:50:00.000Z', state: 'suspect', reason: 'no answer\nto 3 probes' },
    { at: '2026-11-21T10:45:00.000Z', state: 'alive', reason: null },
    { at: '2026-11-21T12:00:00.000Z', state: 'dead', reason: null },
  ];

  it('has no gaps, nothing that runs backwards and nothing in the future, whatever the clocks of others say', () => {
    const { spans } = model(view({ peers: [peer({ id })] }), { [id]: states });
    const at = (time: string): number => Date.parse(`2026-11-21T${time}:00.000Z`);
    expect(spans.map(({ word, from, to, reason }) => [word, from, to, reason])).toEqual([
      ['alive', at('10:40'), at('10:50'), ''],
      ['suspect', at('10:50'), at('10:50'), 'no answer to 3 probes'],
      ['alive', at('10:50'), now, ''],
      ['dead', now, null, ''],
    ]);
    expect(new Set(spans.map((span) => span.id)).size).toBe(4);
  });

  it('has our messages to and from nodes that are drawn', () => {
    const others = message({ seq: 3, peer: '10.9.9.9:1' });
    const failed = message({
      seq: 2,
      direction: 'received',
      type: 'PEER_NOTIFY',
      state: 'failed',
      error: 'unknown agent',
      size: 1,
    });
    const { messages } = model(view({ peers: [peer({ id })] }), {}, [message(), failed, others]);
    expect(messages.map(({ id: key, sentence, failed: bad }) => [key, sentence, bad])).toEqual([
      ['e/1', 'sent PEER_REQUEST, 312 bytes, acknowledged after 4.3 ms', false],
      ['e/2', 'received PEER_NOTIFY, 1 byte, failed: unknown agent', true],
    ]);
    expect(messages[0]?.at).toBe(Date.parse(t1042));
  });

  it('keeps a bounded number of messages, the newest', () => {
    const many = Array.from({ length: 900 }, (_, index) => message({ seq: index + 1, peer: id }));
    const { messages } = model(view({ peers: [peer({ id })] }), {}, many);
    expect(messages).toHaveLength(500);
    expect(messages.at(-1)?.id).toBe('e/900');
  });
});

it('is a message that the page accepts', () => {
  const { header, ...lists } = model(view({ peers: [peer({ id: '127.0.0.1:1' })] }));
  const changes = Object.fromEntries(Object.entries(lists).map(([name, put]) => [name, { put, drop: [] }]));
  expect(toMapSchema.safeParse({ type: 'update', fresh: true, header, ...changes }).success).toBe(true);
});
