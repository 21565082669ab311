/** What a node tells, event by event, each delta as no more than what it changes. */
import type { HostEvent, RosterDelta, RosterSnapshot } from '#schemas/fleet/mesh.ts';
import { applyDelta } from '#server/mesh/host/applyDelta.ts';
import type { NetNode } from './nodeNet.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of `after` that differ, those of objects one by one; times are left out, seconds in a text are N. */
function changes(before: unknown, after: Fields): Fields {
  const found: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(after)) {
    if (name === 'since') continue;
    const old = isFields(before) ? before[name] : undefined;
    if (JSON.stringify(old) === JSON.stringify(value)) continue;
    found[name] = isFields(value) ? changes(old, value) : typeof value === 'string' ? value.replace(/\d+\.\d s/, 'N s') : value;
  }
  if (isFields(before)) for (const name of Object.keys(before)) if (!(name in after)) found[name] = undefined;
  return found;
}

const byPort = (address: string): string => address.replace('127.0.0.1:', '');

export type Told = string | Fields;

export class Story {
  readonly #node: NetNode;
  #mirror: RosterSnapshot;
  #read = 0;

  /** To be made right after the node. */
  constructor(node: NetNode) {
    this.#node = node;
    this.#mirror = { ...node.node.snapshot(), revision: 0, seeds: [], peers: [], roles: [] };
  }

  /** What was told since the last time. */
  next(): Told[] {
    const events = this.#node.events.slice(this.#read);
    this.#read += events.length;
    return events.map((event) => this.#tell(event));
  }

  /** The same without what the log says. */
  deltas(): Told[] {
    return this.next().filter((told) => typeof told !== 'string');
  }

  logs(): Told[] {
    return this.next().filter((told) => typeof told === 'string');
  }

  #tell(event: HostEvent): Told {
    if (event.event === 'log') return `${event.level}: ${event.text.replace(/\d+\.\d s/, 'N s')}`;
    return event.event === 'delta' ? this.#changes(event.delta) : { ...event };
  }

  #changes(delta: RosterDelta): Fields {
    const before = this.#mirror;
    const next = applyDelta(before, delta);
    if (next === null) throw new Error(`The delta from ${delta.base} does not fit revision ${before.revision}.`);
    this.#mirror = next;
    const told: Record<string, unknown> = {};
    if (delta.self !== null) told.self = changes(before.self, delta.self);
    if (delta.seeds !== null) told.seeds = delta.seeds.map(({ address, state }) => `${byPort(address)} ${state}`);
    for (const peer of delta.peers) {
      const old = before.peers.find(({ id }) => id === peer.id);
      told[byPort(peer.id)] = changes(old, { ...peer });
    }
    if (delta.removed.length > 0) told.removed = delta.removed.map(byPort);
    if (delta.roles !== null)
      told.roles = delta.roles.map(({ role, holders, gone }) => {
        const who = holders.map(({ peer, state }) => `${peer === null ? 'own' : byPort(peer)} ${state}`);
        return `${role}${gone ? ' (gone)' : ''}: ${who.join(', ')}`;
      });
    return told;
  }
}
