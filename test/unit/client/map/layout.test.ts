import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostLayout, type Layout, type LayoutNode, RING_RADIUS, Ring, RingLayout } from '#client/map/layout.ts';

const nodes = (count: number, hosts = 1, from = 0): LayoutNode[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `id-${index + from}`,
    label: `node-${index + from}`,
    host: `10.0.0.${(index + from) % hosts}`,
    self: false,
  }));
const self: LayoutNode = { id: 'self', label: 'this window', host: '10.0.0.0', self: true };

/** The least distance between two nodes. */
function closest({ places }: Layout): number {
  const all = [...places.values()];
  let least = Number.POSITIVE_INFINITY;
  for (const [index, a] of all.entries())
    for (const b of all.slice(index + 1)) least = Math.min(least, Math.hypot(a.x - b.x, a.y - b.y));
  return least;
}

describe('a ring of seats', () => {
  it('spreads the first evenly, from the top and clockwise', () => {
    const ring = new Ring();
    ring.seat(['a', 'b', 'c', 'd']);
    expect(['a', 'b', 'c', 'd'].map((id) => Math.round((ring.angle(id) * 180) / Math.PI))).toEqual([-90, 0, 90, 180]);
  });

  it('lets nobody move, whoever joins or leaves, and gives no seat twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 30 }), {
          minLength: 2,
          maxLength: 8,
        }),
        (rounds) => {
          const ring = new Ring();
          let before = new Map<string, number>();
          for (const round of rounds) {
            const ids = round.map(String);
            // Somebody stays: an empty ring is spread anew.
            const kept = [...before.keys()].slice(0, 1);
            const all = [...new Set([...kept, ...ids])];
            ring.seat(all);
            const after = new Map(all.map((id) => [id, ring.angle(id)] as const));
            for (const [id, angle] of after) if (before.has(id)) expect(angle).toBeCloseTo(before.get(id) ?? Number.NaN, 9);
            expect(new Set([...after.values()].map((angle) => angle.toFixed(9))).size).toBe(all.length);
            before = after;
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('the ring layout', () => {
  it('has nothing to place without nodes, and the local node in the middle', () => {
    expect(new RingLayout().place([]).places.size).toBe(0);
    const { places } = new RingLayout().place([self]);
    expect(places.get('self')).toMatchObject({ x: 0, y: 0 });
  });

  it.each([1, 2, 7, 200])('keeps %i nodes on the ring and apart', (count) => {
    const layout = new RingLayout().place([self, ...nodes(count)]);
    expect(layout.places.size).toBe(count + 1);
    for (const [id, { x, y }] of layout.places) {
      if (id !== 'self') expect(Math.hypot(x, y)).toBeCloseTo(RING_RADIUS, 1);
    }
    expect(closest(layout)).toBeGreaterThan(9);
    expect(layout.room).toBeGreaterThan(9);
  });

  it('goes by name at first, in numbers', () => {
    const { places } = new RingLayout().place(nodes(12));
    const turn = (id: string): number => ((places.get(id)?.angle ?? 0) + Math.PI / 2 + 1e-9) % (2 * Math.PI);
    expect([...places.keys()].sort((a, b) => turn(a) - turn(b)).slice(0, 12)).toEqual(nodes(12).map(({ id }) => id));
  });

  it('keeps everybody in place while states and names change and others join', () => {
    const layout = new RingLayout();
    const first = layout.place(nodes(5));
    const second = layout.place([...nodes(5).map((node) => ({ ...node, label: `renamed ${node.id}` })), ...nodes(3, 1, 5)]);
    for (const { id } of nodes(5)) expect(second.places.get(id)).toEqual(first.places.get(id));
    expect(closest(second)).toBeGreaterThan(100);
  });
});

describe('the layout by host', () => {
  it('puts nodes of one host around its middle, and everything inside the ring', () => {
    const layout = new HostLayout().place([...nodes(24, 4), self]);
    expect([...layout.hosts.keys()]).toEqual(['10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.3']);
    for (const node of nodes(24, 4)) {
      const place = layout.places.get(node.id);
      const host = layout.hosts.get(node.host);
      expect(Math.hypot((place?.x ?? 0) - (host?.x ?? 0), (place?.y ?? 0) - (host?.y ?? 0))).toBeCloseTo(host?.radius ?? 0, 1);
      expect(Math.hypot(place?.x ?? 0, place?.y ?? 0)).toBeLessThanOrEqual(RING_RADIUS + 0.1);
    }
    expect(closest(layout)).toBeGreaterThan(20);
  });

  it('is one large ring where there is one host', () => {
    const layout = new HostLayout().place(nodes(6));
    expect(layout.hosts.get('10.0.0.0')).toEqual({ x: 0, y: 0, radius: RING_RADIUS });
  });

  it('keeps circles of hosts apart, two hosts or twenty', () => {
    for (const count of [2, 3, 20]) {
      const hosts = [...new HostLayout().place(nodes(count * 2, count)).hosts.values()];
      for (const [index, a] of hosts.entries())
        for (const b of hosts.slice(index + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(a.radius + b.radius);
    }
  });
});
