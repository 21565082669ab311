/**
 * Where the nodes of the fleet map stand. A node that has a place keeps it, whoever joins or goes: only a new layout
 * (another kind, a reload) spreads all of them evenly again.
 */

export interface Placed {
  readonly x: number;
  readonly y: number;
  /** Direction away from the middle of its ring, radians, 0 to the right, clockwise as on screen. */
  readonly angle: number;
}

export interface LayoutNode {
  readonly id: string;
  readonly label: string;
  readonly host: string;
  /** The local node stands in the middle. */
  readonly self: boolean;
}

export interface Layout {
  readonly places: ReadonlyMap<string, Placed>;
  /** Of the layout by host: the middle of each host's ring. */
  readonly hosts: ReadonlyMap<string, { readonly x: number; readonly y: number; readonly radius: number }>;
  /** Room for one node along its ring, in the map's units: how large symbols and labels may be. */
  readonly room: number;
}

/** Radius of the ring in the map's units. */
export const RING_RADIUS = 300;

const collator = new Intl.Collator('en', { numeric: true });
const MOST_ROOM = 120;

/** Seats on a circle; when all are taken, a free one is put between every two, so that nobody moves. */
export class Ring {
  readonly #seats = new Map<string, number>();
  #capacity = 0;

  get capacity(): number {
    return this.#capacity;
  }

  /** Gives everybody a seat, and takes it from those who are no longer named. Those first named are spread evenly. */
  seat(ids: readonly string[]): void {
    const wanted = new Set(ids);
    for (const id of this.#seats.keys()) if (!wanted.has(id)) this.#seats.delete(id);
    if (this.#seats.size === 0) this.#capacity = Math.max(1, ids.length);
    for (const id of ids) if (!this.#seats.has(id)) this.#seats.set(id, this.#freeSeat());
  }

  #freeSeat(): number {
    if (this.#seats.size >= this.#capacity) {
      for (const [id, seat] of this.#seats) this.#seats.set(id, seat * 2);
      this.#capacity *= 2;
    }
    const taken = new Set(this.#seats.values());
    for (let seat = 0; seat < this.#capacity; seat++) if (!taken.has(seat)) return seat;
    throw new Error(`no free seat among ${this.#capacity}`);
  }

  /** Radians, the first seat at the top. */
  angle(id: string): number {
    return ((this.#seats.get(id) ?? 0) / this.#capacity) * 2 * Math.PI - Math.PI / 2;
  }
}

function sorted(nodes: readonly LayoutNode[]): LayoutNode[] {
  return nodes.toSorted((a, b) => collator.compare(a.label, b.label) || (a.id < b.id ? -1 : 1));
}

function at(angle: number, radius: number, middle = { x: 0, y: 0 }): Placed {
  const round = (value: number): number => Math.round(value * 100) / 100;
  return { x: round(middle.x + Math.cos(angle) * radius), y: round(middle.y + Math.sin(angle) * radius), angle };
}

/** Length of the ring that one of `count` gets. */
function room(radius: number, count: number): number {
  return Math.min(MOST_ROOM, (2 * Math.PI * radius) / Math.max(1, count));
}

export class RingLayout {
  readonly #ring = new Ring();

  place(nodes: readonly LayoutNode[]): Layout {
    const others = sorted(nodes.filter((node) => !node.self)).map(({ id }) => id);
    this.#ring.seat(others);
    const places = new Map<string, Placed>();
    for (const { id, self } of nodes) places.set(id, self ? at(0, 0) : at(this.#ring.angle(id), RING_RADIUS));
    return { places, hosts: new Map(), room: room(RING_RADIUS, this.#ring.capacity) };
  }
}

/** A ring of rings: one for each host. The inner ones shrink when there is no seat left for another host. */
export class HostLayout {
  readonly #hosts = new Ring();
  readonly #rings = new Map<string, Ring>();

  place(nodes: readonly LayoutNode[]): Layout {
    const byHost = Map.groupBy(sorted(nodes), ({ host }) => host);
    const names = [...byHost.keys()].sort(collator.compare);
    this.#hosts.seat(names);
    for (const name of this.#rings.keys()) if (!byHost.has(name)) this.#rings.delete(name);
    const alone = this.#hosts.capacity === 1;
    // A little more than a third of the straight way to the next host's middle, and all of it within the ring.
    const share = 0.72 * Math.sin(Math.PI / this.#hosts.capacity);
    const radius = alone ? RING_RADIUS : (RING_RADIUS * share) / (1 + share);
    const places = new Map<string, Placed>();
    const hosts = new Map<string, { x: number; y: number; radius: number }>();
    let least = MOST_ROOM;
    for (const name of names) {
      const members = byHost.get(name) ?? [];
      const ring = this.#rings.get(name) ?? new Ring();
      this.#rings.set(name, ring);
      ring.seat(members.map(({ id }) => id));
      const middle = alone ? { x: 0, y: 0 } : at(this.#hosts.angle(name), RING_RADIUS - radius);
      hosts.set(name, { x: middle.x, y: middle.y, radius });
      for (const { id } of members) places.set(id, at(ring.angle(id), radius, middle));
      least = Math.min(least, room(radius, ring.capacity));
    }
    return { places, hosts, room: least };
  }
}
