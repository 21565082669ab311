/** A window that has followed a fleet through many changes shows what one that has just been opened shows. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Arrangement, groupings, orders, plain } from '#client/fleet/arrangement.ts';
import { FleetModel } from '#client/fleet/fleetModel.ts';
import { FleetRows } from '#client/fleet/fleetRows.ts';
import { Forest } from '#client/fleet/forest.ts';
import { FormerSelves } from '#client/fleet/formerSelves.ts';
import { KnownRoles } from '#client/fleet/knownRoles.ts';
import { PeerHistory } from '#client/fleet/peerHistory.ts';
import { PeerLenses } from '#client/fleet/peerLenses.ts';
import { changedPlaces, Matches } from '#client/fleet/places.ts';
import type { Row } from '#client/fleet/row.ts';
import { sidebar } from '#client/views/sidebarState.ts';
import { type PeerState, peerStateSchema } from '#schemas/fleet/peer.ts';
import { withStates } from '#schemas/fleet/roleStates.ts';
import type { FleetPeer, FleetView } from '#schemas/fleet/view.ts';
import { fleetDelta } from '#server/fleet/delta.ts';
import { rolesOf } from '#server/mesh/roster.ts';
import { english, node, peer, place, self, t1042, view } from '../../unit/client/facts.ts';

const state = fc.constantFrom(...peerStateSchema.options);
const other = { fleet: 'default', firstSeen: t1042, lastSeen: t1042, restored: false, conflict: null };

/** What a node of a small world may be like; what it is called by is its number. */
const nodeFacts = fc.record({
  number: fc.integer({ min: 1, max: 9 }),
  kind: fc.constantFrom('jarviscore', 'jarviscore', 'jarviscore', 'relay', 'circuitforge'),
  state,
  seen: fc.constantFrom(true, true, true, false),
  declared: fc.boolean(),
  name: fc.constantFrom(null, 'x', 'node-2', 'node-10'),
  since: fc.constantFrom(null, t1042, '2026-11-21T10:43:00.000Z', '2026-11-20T09:00:00.000Z'),
  observedBy: fc.constantFrom(null, '10.0.0.1:7901', '10.0.0.2:7902', self.address),
  warnings: fc.constantFrom<string[]>([], ['wildcard identity']),
  agents: fc.array(
    fc.record({
      id: fc.constantFrom('a', 'b'),
      role: fc.constantFrom('coder', 'writer', 'judge'),
      capabilities: fc.constantFrom<string[]>([], ['go']),
    }),
    { maxLength: 3 },
  ),
});
type NodeFacts = typeof nodeFacts extends fc.Arbitrary<infer T> ? T : never;

function peerOf({ number, kind, declared, ...facts }: NodeFacts): FleetPeer {
  const address = `10.0.0.${number % 3}:${7900 + number}`;
  const common = { ...facts, declared: declared ? { name: `declared-${number}`, address, place } : null };
  return kind === 'jarviscore'
    ? peer({ id: address, ...common })
    : peer({ id: `${kind}/${number}`, kind, ...common, declared: null, other: { ...other, relay: null, circuitForge: null } });
}

/** Fleets one after the other: in most of them most nodes stay as they are. */
const history: fc.Arbitrary<readonly FleetView[]> = fc
  .array(
    fc.record({
      gone: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 2 }),
      changed: fc.array(nodeFacts, { maxLength: 4 }),
      states: fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), state), { maxLength: 3 }),
      own: fc.constantFrom(self.address, self.address, '127.0.0.1:17947'),
      mixed: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 2, maxLength: 6 },
  )
  .map((steps) => {
    const world = new Map<number, NodeFacts>();
    const peers = new Map<number, FleetPeer>();
    return steps.map(({ gone, changed, states, own, mixed }, index) => {
      const put = (facts: NodeFacts): void => {
        world.set(facts.number, facts);
        peers.set(facts.number, peerOf(facts));
      };
      for (const number of gone) {
        world.delete(number);
        peers.delete(number);
      }
      changed.forEach(put);
      for (const [number, next] of states) {
        const known = world.get(number);
        if (known !== undefined) put({ ...known, state: next });
      }
      const all = [...peers.values()];
      if (mixed) all.reverse();
      const announced = all.filter(({ seen }) => seen);
      const local = { ...self, address: own };
      return view({ revision: index + 1, peers: all, roles: rolesOf(local, announced), node: node({ self: local }) });
    });
  });

const arrangement: fc.Arbitrary<Arrangement> = fc.record({
  groupBy: fc.constantFrom(...groupings),
  sortBy: fc.constantFrom(...orders),
  filter: fc.constantFrom('', '', ' ', 'alive', 'coder node', '10.0.0.1', 'nobody at all'),
});
/** People change how the nodes stand now and then, mostly not. */
const arrangements = fc.array(fc.option(arrangement, { nil: null, freq: 2 }), { minLength: 6, maxLength: 6 }).map((list) => {
  let last = plain;
  return list.map((next) => {
    last = next ?? last;
    return last;
  });
});

/** The views of the client, as deltas over a wire lead to them. */
function received(views: readonly FleetView[]): FleetView[] {
  const model = new FleetModel();
  const wire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
  let [sent = view()] = views;
  model.apply(wire(sent));
  const all = model.view === null ? [] : [model.view];
  for (const next of views.slice(1)) {
    const delta = fleetDelta(sent, next);
    if (delta === null) continue;
    sent = { ...next, revision: delta.revision };
    expect(model.applyDelta(wire(delta))).toBe('applied');
    if (model.view !== null) all.push(model.view);
  }
  return all;
}

/** All that is on screen, in its order. */
function screen(rows: readonly Row[], parent: string | null = null): readonly (readonly [string, string])[] {
  return rows.flatMap((row) => {
    const { id, label, description, icon, contextValue, ariaLabel, collapsible, children, place: at } = row;
    const looks = [parent, label, description, icon, contextValue, ariaLabel, collapsible, at, children.map((each) => each.id)];
    return [[id, JSON.stringify(looks)] as const, ...screen(children, id)];
  });
}

/** Ids, each with those of all rows above it. */
function paths(rows: readonly Row[], above = ''): ReadonlyMap<string, string> {
  return new Map(rows.flatMap(({ id, children }) => [[id, above] as const, ...paths(children, `${above}|${id}`)]));
}

describe('a window that has followed a fleet', () => {
  it('has the rows, in the order, groups and filter a person wants, that a new window has', () => {
    fc.assert(
      fc.property(history, arrangements, fc.boolean(), (views, wanted, overWire) => {
        const kept = new FleetRows(english);
        const trees = { peers: new Forest(), roles: new Forest() };
        for (const [index, next] of (overWire ? received(views) : views).entries()) {
          const fresh = new FleetRows(english);
          const how = wanted[index] ?? plain;
          for (const [tree, now, anew] of [
            [trees.peers, kept.peers(next, how), fresh.peers(next, how)],
            [trees.roles, kept.roles(next), fresh.roles(next)],
          ] as const) {
            expect(now).toEqual(anew);
            tree.replace(now);
            const planted = new Forest();
            planted.replace(anew);
            expect(tree.roots).toEqual(planted.roots);
            for (const [id] of screen(anew)) {
              expect(tree.row(id)).toEqual(planted.row(id));
              expect(tree.parent(id)).toBe(planted.parent(id));
            }
          }
        }
      }),
    );
  });

  it('refreshes the rows that look different and no others', () => {
    fc.assert(
      fc.property(history, arrangement, (views, how) => {
        const kept = new FleetRows(english);
        const tree = new Forest();
        let before: readonly Row[] | null = null;
        for (const next of received(views)) {
          const rows = kept.peers(next, how);
          const what = tree.replace(rows);
          if (before !== null && what !== 'all') {
            const [old, there] = [new Map(screen(before)), paths(before)];
            const different = screen(rows).filter(([id, looks]) => old.has(id) && old.get(id) !== looks);
            const now = paths(rows);
            // What went below another row is drawn with that.
            const stayed = different.map(([id]) => id).filter((id) => there.get(id) === now.get(id));
            expect(new Set(what)).toEqual(new Set(stayed));
          }
          before = rows;
        }
      }),
    );
  });

  it('counts, hides, remembers and annotates what a new window does', () => {
    fc.assert(
      fc.property(history, (views) => {
        const former = ['10.0.0.1:7901', '10.0.0.1:7904', '10.0.0.2:7902'];
        const facts = { folderOpen: true, project: true, trusted: true, server: 'running' } as const;
        const kept = { selves: new FormerSelves(former, () => {}), lenses: new PeerLenses(english), past: new PeerHistory() };
        for (const next of received(views)) {
          const seen = kept.selves.hide(next);
          const hidden = ({ id, state: now, declared }: FleetPeer) =>
            now !== 'alive' && declared === null && (former.includes(id) || id === '127.0.0.1:17946');
          expect(seen.peers).toEqual(next.peers.filter((each) => !hidden(each)));
          expect([...kept.lenses.of(seen)]).toEqual([...new PeerLenses(english).of(seen)]);
          const unwell = seen.peers.filter((each) => each.seen && each.state === 'alive' && each.warnings.length > 0).length;
          const missing = Math.max(seen.peers.length, seen.expected) - seen.alive;
          const badge = sidebar(facts, seen, english).badge;
          if (seen.peers.length > 0) expect(badge?.value ?? 0).toBe(missing + unwell);
          kept.past.take(seen.peers);
          for (let number = 1; number <= 9; number++) {
            const id = `10.0.0.${number % 3}:${7900 + number}`;
            const known = seen.peers.find((each) => each.id === id);
            const last = kept.past.of(id).states.at(-1) ?? null;
            if (known === undefined || (!known.seen && last === null)) expect(last).toBeNull();
            else if (known.seen && known.since !== null)
              expect(last).toEqual({ at: known.since, state: known.state, reason: known.reason });
          }
        }
      }),
    );
  });
});

describe('roles that follow the states of nodes', () => {
  it('are those that a look at every agent gives, and what did not change keeps its identity', () => {
    const ids = ['n1', 'n2', 'n3', 'n4'];
    const agents = fc.array(
      fc.tuple(fc.constantFrom(...ids), fc.constantFrom('a', 'b'), fc.constantFrom('coder', 'judge'), state),
      {
        maxLength: 12,
      },
    );
    const changes = fc.array(fc.array(fc.record({ id: fc.constantFrom(...ids, 'unknown'), state }), { maxLength: 4 }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(agents, changes, (all, steps) => {
        // Twins, and agents of one node with two states, are mistakes that must not do harm.
        const nodes = all.map(([id, agent, role, now]) => ({
          ...peer({ id, state: now, agents: [{ id: agent, role, capabilities: [] }] }),
        }));
        let expected = rolesOf(self, nodes);
        const known = new KnownRoles();
        known.tell(expected);
        for (const step of steps) {
          const before = known.all;
          known.follow(step);
          const states = new Map<string, PeerState>(step.map((each) => [each.id, each.state]));
          expected = withStates(expected, step);
          expect(known.all).toEqual(expected);
          for (const [index, { holders }] of known.all.entries()) {
            const old = before[index]?.holders ?? [];
            for (const holder of old)
              if (holder.peer === null || (states.get(holder.peer) ?? holder.state) === holder.state)
                expect(holders).toContain(holder);
          }
        }
      }),
    );
  });
});

describe('roles that are told anew', () => {
  it('are exactly those, and keep every agent that is as it was', () => {
    fc.assert(
      fc.property(history, (views) => {
        const known = new KnownRoles();
        for (const { roles } of views) {
          const before = known.all.flatMap(({ role, holders }) =>
            holders.map((holder) => [`${role} ${JSON.stringify(holder)}`, holder] as const),
          );
          known.tell(JSON.parse(JSON.stringify(roles)) as FleetView['roles']);
          expect(known.all).toEqual(roles);
          const objects = new Set(before.map(([, holder]) => holder));
          for (const { role, holders } of known.all) {
            const texts = holders.map((holder) => `${role} ${JSON.stringify(holder)}`);
            for (const text of new Set(texts)) {
              // Of twins, as many as there were.
              const [was, is] = [before.filter(([old]) => old === text).length, texts.filter((one) => one === text).length];
              expect(holders.filter((holder, index) => texts[index] === text && objects.has(holder))).toHaveLength(
                Math.min(was, is),
              );
            }
          }
        }
      }),
    );
  });
});

describe('places', () => {
  const lists = fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 8 }), { minLength: 2, maxLength: 6 });
  const items = Array.from({ length: 6 }, (_, number) => ({ number }));
  const objects = (list: readonly number[]) => list.flatMap((number) => items[number] ?? []);

  it('are changed where two lists hold different things', () => {
    fc.assert(
      fc.property(lists, ([a = [], b = []]) => {
        const longer = a.length > b.length ? a : b;
        expect(changedPlaces(objects(a), objects(b))).toEqual([...longer.keys()].filter((at) => a[at] !== b[at]));
      }),
    );
  });

  it('of what has a property are found in every next list', () => {
    fc.assert(
      fc.property(lists, (all) => {
        const odd = ({ number }: { readonly number: number }) => number % 2 === 1;
        const kept = new Matches(odd);
        for (const list of all.map(objects)) {
          expect(kept.count(list)).toBe(list.filter(odd).length);
          expect(kept.of(list)).toEqual(list.filter(odd));
          expect(kept.others(list)).toEqual(list.filter((item) => !odd(item)));
        }
      }),
    );
  });
});
