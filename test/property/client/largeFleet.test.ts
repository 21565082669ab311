/** What is done only for what changed gives the same as doing all of it anew. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FleetModel } from '#client/fleet/fleetModel.ts';
import { FleetRows } from '#client/fleet/fleetRows.ts';
import { Forest } from '#client/fleet/forest.ts';
import { KeptOrder } from '#client/fleet/keptOrder.ts';
import type { Row } from '#client/fleet/row.ts';
import type { PeerState } from '#schemas/fleet/peer.ts';
import { withStates } from '#schemas/fleet/roleStates.ts';
import type { FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import { fleetDelta } from '#server/fleet/delta.ts';
import { rolesOf } from '#server/mesh/roster.ts';
import { english, peer, self, view } from '../../unit/client/facts.ts';

const states: readonly PeerState[] = ['alive', 'suspect', 'dead', 'left', 'offline', 'unknown'];
const agent = fc.record({ id: fc.constantFrom('a', 'b', 'c'), role: fc.constantFrom('coder', 'writer', 'judge') });

/** A few nodes out of a small world, so that two fleets share many of them. */
const fleet = fc.uniqueArray(
  fc.record({
    port: fc.integer({ min: 1, max: 8 }),
    state: fc.constantFrom(...states),
    name: fc.constantFrom(null, 'x', 'node-2', 'node-10'),
    agents: fc.array(agent, { maxLength: 3 }),
    observer: fc.constantFrom(null, '127.0.0.1:1', '127.0.0.1:2'),
  }),
  { selector: ({ port }) => port, maxLength: 8 },
);
type Facts = (typeof fleet extends fc.Arbitrary<infer T> ? T : never)[number];

/** Nodes as of now; one whose facts are the same is the same object as before. */
function nodes(facts: readonly Facts[], before: ReadonlyMap<string, FleetPeer>): FleetPeer[] {
  return facts.map(({ port, state, name, agents, observer }) => {
    const next = peer({
      id: `127.0.0.1:${port}`,
      state,
      name,
      observedBy: observer,
      agents: agents.map((each) => ({ ...each, capabilities: [] })),
    });
    const known = before.get(next.id);
    return known !== undefined && JSON.stringify(known) === JSON.stringify(next) ? known : next;
  });
}

function views(histories: readonly (readonly Facts[])[]): FleetView[] {
  let known = new Map<string, FleetPeer>();
  return histories.map((facts, index) => {
    const peers = nodes(facts, known);
    known = new Map(peers.map((each) => [each.id, each]));
    return view({ revision: index + 1, peers, roles: rolesOf(self, peers) });
  });
}

const history = fc.array(fleet, { minLength: 2, maxLength: 5 }).map(views);

describe('a change of a fleet', () => {
  it('leads the client to exactly the view of the server', () => {
    fc.assert(
      fc.property(history, (all) => {
        const model = new FleetModel();
        let sent = all[0] ?? view();
        model.apply(sent);
        for (const next of all.slice(1)) {
          const delta = fleetDelta(sent, next);
          if (delta === null) continue;
          sent = { ...next, revision: delta.revision };
          // Over the wire nothing keeps its identity.
          expect(model.applyDelta(JSON.parse(JSON.stringify(delta)))).toBe('applied');
          expect(model.view?.roles).toEqual(sent.roles);
          const byId = (peers: readonly FleetPeer[]) => peers.toSorted((a, b) => (a.id < b.id ? -1 : 1));
          expect(byId(model.view?.peers ?? [])).toEqual(byId(sent.peers));
        }
      }),
    );
  });

  it('of states alone carries no roles', () => {
    fc.assert(
      fc.property(fleet, fc.array(fc.constantFrom(...states), { minLength: 8, maxLength: 8 }), (facts, next) => {
        const before = view({ peers: nodes(facts, new Map()) });
        const peers = before.peers.map((each, index) => ({ ...each, state: next[index] ?? each.state }));
        const roles = rolesOf(self, before.peers);
        const delta = fleetDelta({ ...before, roles }, { ...before, peers, roles: rolesOf(self, peers) });
        expect(delta?.roles ?? null).toBeNull();
        expect(withStates(roles, peers)).toEqual(rolesOf(self, peers));
      }),
    );
  });
});

/** All that is on screen. */
function renderKey({ label, description, icon, contextValue, ariaLabel, collapsible, place }: Row): string {
  return JSON.stringify([label, description, icon, contextValue, ariaLabel, collapsible, place?.uri, place?.range.start.line]);
}

function all(rows: readonly Row[], parent?: string): (readonly [string, string, string | undefined])[] {
  return rows.flatMap((row) => [[row.id, renderKey(row), parent] as const, ...all(row.children, row.id)]);
}

describe('the rows of a fleet', () => {
  it('are those of a window that has just been opened', () => {
    fc.assert(
      fc.property(history, (each) => {
        const kept = new FleetRows(english);
        for (const next of each) {
          const fresh = new FleetRows(english);
          expect(kept.peers(next)).toEqual(fresh.peers(next));
          expect(kept.roles(next)).toEqual(fresh.roles(next));
        }
      }),
    );
  });

  it('have ids of their own, which do not change with states', () => {
    fc.assert(
      fc.property(fleet, fc.constantFrom(...states), (facts, state) => {
        const before = nodes(facts, new Map());
        const after = before.map((each) => ({ ...each, state }));
        const [ids, later] = [before, after].map((peers) =>
          all(new FleetRows(english).roles(view({ peers, roles: rolesOf(self, peers) })))
            .map(([id]) => id)
            .toSorted(),
        );
        expect(new Set(ids).size).toBe(ids?.length);
        expect(later).toEqual(ids);
      }),
    );
  });
});

/** Rows of any shape: a few ids that come, go, look different and move between parents. */
const forest = fc
  .uniqueArray(
    fc.record({ id: fc.integer({ min: 0, max: 9 }), label: fc.constantFrom('a', 'b'), below: fc.integer({ min: -1, max: 3 }) }),
    { selector: ({ id }) => id },
  )
  .map((list) => {
    const row = (id: string, label: string, children: readonly Row[]): Row => ({
      ...{ id, label, description: '', icon: { id: 'x', color: null }, contextValue: '', ariaLabel: label },
      ...{ collapsible: 'none', children, subject: { kind: 'keepalive' }, place: null },
    });
    const top = list.filter(({ below }) => below < 0 || below > list.length - 1);
    const nested = list.filter((each) => !top.includes(each));
    return top.map(({ id, label }, index) =>
      row(
        `row${id}`,
        label,
        nested.filter(({ below }) => below % top.length === index).map((child) => row(`row${child.id}`, child.label, [])),
      ),
    );
  });

describe('a forest', () => {
  it('knows after any changes what one that has just been planted knows, and names what looks different', () => {
    fc.assert(
      fc.property(fc.array(forest, { minLength: 2, maxLength: 5 }), (forests) => {
        const kept = new Forest();
        let before: readonly Row[] = [];
        const ever = new Set<string>();
        for (const rows of forests) {
          const what = kept.replace(rows);
          const now = all(rows);
          for (const [id] of now) ever.add(id);
          const there = new Map(now.map(([id, key, parent]) => [id, { key, parent }]));
          for (const id of ever) {
            const row = kept.row(id);
            expect(row && renderKey(row)).toBe(there.get(id)?.key);
            expect(kept.parent(id)).toBe(there.get(id)?.parent);
          }
          expect(kept.roots).toEqual(rows.map(({ id }) => id));
          const old = new Map(all(before).map(([id, key, parent]) => [id, { key, parent }]));
          const ids = (list: readonly Row[]) => list.map(({ id }) => id).join();
          if (ids(before) !== ids(rows)) expect(what).toBe('all');
          else
            expect(new Set(what)).toEqual(
              new Set(
                now
                  .filter(([id, key, parent]) => {
                    const known = old.get(id);
                    const children = (list: readonly Row[]) => ids(list.find((row) => row.id === id)?.children ?? []);
                    // A row that came from elsewhere is drawn with its new parent.
                    if (known === undefined || known.parent !== parent) return false;
                    return known.key !== key || children(before) !== children(rows);
                  })
                  .map(([id]) => id),
              ),
            );
          before = rows;
        }
      }),
    );
  });
});

describe('an order that is kept', () => {
  it('is the order of a sort', () => {
    const item = fc.record({ id: fc.integer({ min: 0, max: 20 }), key: fc.constantFrom('a', 'b', 'c') });
    const items = fc.uniqueArray(item, { selector: ({ id }) => id });
    fc.assert(
      fc.property(fc.array(items, { minLength: 2, maxLength: 6 }), (lists) => {
        const compare = (a: { id: number; key: string }, b: { id: number; key: string }) =>
          a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id;
        const order = new KeptOrder<{ id: number; key: string }>({
          idOf: ({ id }) => String(id),
          keyOf: ({ key }) => key,
          compare,
        });
        for (const list of lists) expect(order.sort(list)).toEqual(list.toSorted(compare));
      }),
    );
  });
});
