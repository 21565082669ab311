import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChangeTracker } from '#client/map/changes.ts';
import type { MapNode } from '#schemas/editor/map.ts';
import { type MapUpdate, PageModel } from '../../../../client/webview/model.ts';

const none = { put: [], drop: [] };

function mapNode(id: string, changes: Partial<MapNode> = {}): MapNode {
  const node = {
    id,
    label: id,
    state: 'alive' as const,
    word: 'alive',
    host: '127.0.0.1',
    address: id,
    roles: [],
    since: '10:42',
  };
  return { ...node, reason: '', accusers: [], sentence: `Node ${id}: alive.`, row: true, declared: false, ...changes };
}

function update(changes: Partial<MapUpdate>): MapUpdate {
  const header = { summary: '1 of 1 alive', live: true, hidden: 0 };
  return { type: 'update', fresh: false, header, nodes: none, edges: none, spans: none, messages: none, ...changes };
}

describe('what crosses to the page', () => {
  it('is everything at first, and nothing while nothing changes', () => {
    const tracker = new ChangeTracker<MapNode>();
    const nodes = [mapNode('a'), mapNode('b')];
    expect(tracker.next(nodes, true)).toEqual({ put: nodes, drop: [] });
    expect(tracker.next([mapNode('a'), mapNode('b')], false)).toEqual(none);
    expect(tracker.next(nodes, true).put).toHaveLength(2);
  });

  it('brings the page to the same list, whatever happens', () => {
    const list = fc.uniqueArray(
      fc.record({ id: fc.integer({ min: 0, max: 12 }).map(String), word: fc.constantFrom('a', 'b', 'c') }),
      {
        selector: ({ id }) => id,
      },
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(list, fc.boolean()), { maxLength: 12 }), (rounds) => {
        const tracker = new ChangeTracker<MapNode>();
        const page = new PageModel();
        for (const [index, [items, again]] of rounds.entries()) {
          const fresh = again || index === 0;
          const nodes = items.map(({ id, word }) => mapNode(id, { word }));
          page.apply(update({ fresh, nodes: tracker.next(nodes, fresh) }));
          expect(new Map(page.nodes)).toEqual(new Map(nodes.map((node) => [node.id, node])));
        }
      }),
    );
  });
});

describe('the model of the page', () => {
  it('names what was touched, and what there is to announce, but not what was there from the start', () => {
    const page = new PageModel();
    expect(page.apply(update({ fresh: true, nodes: { put: [mapNode('a'), mapNode('b')], drop: [] } })).news).toEqual([]);
    const dead = mapNode('a', { state: 'dead', word: 'dead' });
    const next = page.apply(update({ nodes: { put: [dead, mapNode('b', { roles: ['coder'] })], drop: ['c'] } }));
    expect(next.news).toEqual([dead]);
    expect([...next.nodes].sort()).toEqual(['a', 'b', 'c']);
    expect(next.edges.size).toBe(0);
  });

  it('forgets everything when it is told to start anew, and touches it', () => {
    const page = new PageModel();
    page.apply(update({ fresh: true, nodes: { put: [mapNode('a')], drop: [] } }));
    const touched = page.apply(update({ fresh: true }));
    expect(page.nodes.size).toBe(0);
    expect([...touched.nodes]).toEqual(['a']);
  });
});
