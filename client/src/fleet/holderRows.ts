/** The rows of agents below their roles: made for those that changed, the others stay what and where they are. */
import type { LiveRole } from '#schemas/fleet/peer.ts';
import { type Language, oneLine } from './language.ts';
import { holderRow, isAskable } from './roleRow.ts';
import type { Row } from './row.ts';

type Holder = LiveRole['holders'][number];

/** How nodes are called, and the number that changes with that. */
export interface Names {
  readonly version: number;
  /** Null for our own node. */
  of(peer: string): string | null;
}

interface Rendered {
  /** Of the names of nodes. */
  readonly version: number;
  /** How many of the same id stand above it. */
  readonly before: number;
  readonly node: string;
  readonly row: Row;
}

/** What the agents of a role became. */
export interface RenderedHolders {
  readonly version: number;
  readonly holders: readonly Holder[];
  readonly rows: readonly Row[];
  readonly alive: number;
  readonly askable: number;
}

const nothing: Omit<RenderedHolders, 'version'> = { holders: [], rows: [], alive: 0, askable: 0 };

export class HolderRows {
  readonly #l10n: Language;
  readonly #rendered = new WeakMap<Holder, Rendered>();

  constructor(l10n: Language) {
    this.#l10n = l10n;
  }

  /** @param last what this gave for the role before; null: nothing */
  of({ role, holders }: LiveRole, last: RenderedHolders | null, names: Names): RenderedHolders {
    const known = last?.version === names.version ? last : nothing;
    const rows: Row[] = [];
    let { alive, askable } = known;
    const count = (holder: Holder, by: 1 | -1): void => {
      if (holder.state === 'alive') alive += by;
      if (isAskable(holder)) askable += by;
    };
    /** The next of the known ones; those before it are in the new list, too, or have left. */
    let next = 0;
    const leave = (to: number): void => {
      for (; next < to; next++) {
        const holder = known.holders[next];
        if (holder !== undefined) count(holder, -1);
      }
    };
    /** The row above is the one that was above before: then so is all that follows from it. */
    let aboveStays = true;
    for (let index = 0; ; index++) {
      for (
        let row = known.rows[next];
        aboveStays && row !== undefined && known.holders[next] === holders[index];
        row = known.rows[next]
      ) {
        rows.push(row);
        next++;
        index++;
      }
      const holder = holders[index];
      if (holder === undefined) break;
      if (holder !== known.holders[next] && this.#rendered.has(holder)) {
        // One that stays stands further down where others above it have left, and nowhere if it comes from another list.
        const place = known.holders.indexOf(holder, next);
        leave(place < 0 ? known.holders.length : place);
        aboveStays = false;
      }
      const stays = holder === known.holders[next];
      const row = this.#row(role, holder, holders[index - 1], names);
      rows.push(row);
      aboveStays = stays && row === known.rows[next];
      if (stays) next++;
      else count(holder, 1);
    }
    leave(known.holders.length);
    return { version: names.version, holders, rows, alive, askable };
  }

  #row(role: string, holder: Holder, above: Holder | undefined, { version, of: nameOf }: Names): Row {
    const l10n = this.#l10n;
    // One node may announce an id twice by mistake: those stand side by side. VS Code refuses two rows with one id.
    const twin = above?.peer === holder.peer && above.agentId === holder.agentId ? this.#rendered.get(above) : undefined;
    const before = twin === undefined ? 0 : twin.before + 1;
    const known = this.#rendered.get(holder);
    if (known?.version === version && known.before === before) return known.row;
    const node = holder.peer === null ? l10n.t('this window') : (nameOf(holder.peer) ?? oneLine(holder.peer));
    if (known?.node === node && known.before === before) {
      this.#rendered.set(holder, { ...known, version });
      return known.row;
    }
    // Not its place among the others: that changes with states, and a selected row must stay the selected one.
    const id = `role:${role}/${holder.peer ?? 'self'}/${holder.agentId}${before === 0 ? '' : `#${before}`}`;
    const row = holderRow(role, holder, id, node, l10n);
    this.#rendered.set(holder, { version, before, node, row });
    return row;
  }
}
