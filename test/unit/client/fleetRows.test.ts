import { describe, expect, it } from 'vitest';
import { FleetRows } from '#client/fleet/fleetRows.ts';
import { Forest } from '#client/fleet/forest.ts';
import { english, node, peer, self, unseen, view } from './facts.ts';

describe('rows of a fleet', () => {
  it('are in the order of their names whatever their state, the own node last', () => {
    const peers = [
      peer({ id: '127.0.0.1:3', name: 'node-10' }),
      peer({ id: '127.0.0.1:1', name: 'node-9', state: 'dead' }),
      unseen('coder', '127.0.0.1:2'),
    ];
    const rows = new FleetRows(english).peers(view({ peers }));
    expect(rows.map((row) => row.label)).toEqual(['coder', 'node-9', 'node-10', 'this window']);
  });

  it('say what the own node is: observing, or announced', () => {
    const rows = new FleetRows(english);
    expect(rows.peers(view()).at(-1)?.description).toBe('alive · 127.0.0.1:17946 · observing');
    const agents = [{ id: 'me', role: 'asker', capabilities: [] }];
    const announced = view({ node: node({ self: { ...self, observing: false, agents } }) });
    expect(rows.peers(announced).at(-1)?.description).toBe('alive · 127.0.0.1:17946 · announced as asker');
  });

  it('are none while the node does not run or nobody else is there, so that welcome content shows', () => {
    const rows = new FleetRows(english);
    expect(rows.peers(view({ node: node({ phase: 'stopped', self: null }) }))).toEqual([]);
    expect(rows.peers(view({ peers: [] }))).toEqual([]);
  });

  it('are reused for a peer that has not changed', () => {
    const rows = new FleetRows(english);
    const same = peer();
    const first = rows.peers(view({ peers: [same] }))[0];
    expect(rows.peers(view({ peers: [same], revision: 2 }))[0]).toBe(first);
  });
});

describe('rows of roles', () => {
  const holder = (state: 'alive' | 'dead', id = '127.0.0.1:7946') => ({ peer: id, agentId: `agent-${state}`, state });

  it('count who is alive and name the node of each agent', () => {
    const roles = [{ role: 'coder', holders: [holder('alive'), holder('dead', '127.0.0.1:1')], gone: false }];
    const [row] = new FleetRows(english).roles(view({ peers: [peer({ name: 'coder-01' })], roles }));
    expect(row?.description).toBe('1 of 2 alive');
    expect(row?.children.map((child) => child.description)).toEqual(['alive · coder-01', 'dead · 127.0.0.1:1']);
    expect(row?.contextValue).toBe('role askable');
  });

  it('say when everybody is gone', () => {
    const [row] = new FleetRows(english).roles(view({ roles: [{ role: 'coder', holders: [holder('dead')], gone: true }] }));
    expect(row?.description).toBe('gone: every agent is dead or has left');
    expect(row?.contextValue).toBe('role');
  });
});

describe('what a tree must refresh', () => {
  type Peers = readonly ReturnType<typeof peer>[];
  const rowsOf = (peers: Peers) => new FleetRows(english).peers(view({ peers: [...peers] }));
  const difference = (before: Peers, after: Peers) => {
    const forest = new Forest();
    forest.replace(rowsOf(before));
    return forest.replace(rowsOf(after));
  };
  const a = peer({ id: '127.0.0.1:1', name: 'a' });
  const b = peer({ id: '127.0.0.1:2', name: 'b' });

  it('is nothing when only facts changed that no row shows', () => {
    expect(difference([a, b], [{ ...a, incarnation: 9, zmqAddress: null }, b])).toEqual([]);
  });

  it('is one row when one row looks different', () => {
    expect(difference([a, b], [{ ...a, since: '2026-11-21T11:00:00Z' }, b])).toEqual(['peer:127.0.0.1:1']);
  });

  it('is the agents, too, when they cannot be asked any more', () => {
    const agent = 'peer:127.0.0.1:1/agent:researcher-a1#0';
    expect(difference([a, b], [{ ...a, state: 'suspect' }, b])).toEqual(['peer:127.0.0.1:1', agent]);
  });

  it('is only the keepalive row when only the keepalive changed', () => {
    const acknowledged = { ...a, keepalive: a.keepalive && { ...a.keepalive, lastAck: '2026-11-21T10:43:37.000Z' } };
    expect(difference([a, b], [acknowledged, b])).toEqual(['peer:127.0.0.1:1/keepalive']);
  });

  it('is the node whose agents came or went', () => {
    const changed = difference([a, b], [{ ...a, agents: [] }, b]);
    expect(changed).toEqual(['peer:127.0.0.1:1']);
  });

  it('is everything when a top-level row came or went', () => {
    expect(difference([a], [a, b])).toBe('all');
    expect(new Forest().replace(rowsOf([a]))).toBe('all');
    expect(difference([a, b], [a])).toBe('all');
  });

  it('knows the parent of every row below another', () => {
    const forest = new Forest();
    const rows = rowsOf([a]);
    forest.replace(rows);
    const children = rows.flatMap((row) => row.children.map((child) => [child.id, row.id]));
    expect(children).toHaveLength(3);
    for (const [child = '', parent] of children) expect(forest.parent(child)).toBe(parent);
    for (const id of forest.roots) expect(forest.parent(id)).toBeUndefined();
  });
});
