/** The roles of a fleet as rows, kept from view to view: made anew are those of roles that changed. */
import type { LiveRole } from '#schemas/fleet/peer.ts';
import type { DeclaredRole } from '#schemas/fleet/view.ts';
import { orderings } from './arrangement.ts';
import { HolderRows, type Names, type RenderedHolders } from './holderRows.ts';
import { KeptOrder } from './keptOrder.ts';
import type { Language } from './language.ts';
import { changedPlaces } from './places.ts';
import { roleRow, unservedRow } from './roleRow.ts';
import type { Row } from './row.ts';

interface Rendered {
  readonly role: LiveRole;
  readonly holders: RenderedHolders;
  readonly row: Row;
}

export class RoleRows {
  readonly #l10n: Language;
  readonly #holders: HolderRows;
  readonly #order = new KeptOrder(orderings.name);
  #version = -1;
  #roles: readonly LiveRole[] = [];
  /** For each of the roles, at its place. */
  #rendered: readonly Rendered[] = [];

  constructor(l10n: Language) {
    this.#l10n = l10n;
    this.#holders = new HolderRows(l10n);
  }

  /** @param declared roles of the files, served or not */
  rows(roles: readonly LiveRole[], declared: readonly DeclaredRole[], names: Names): Row[] {
    this.#take(roles, names);
    const rows = this.#rendered.map(({ row }) => row);
    if (declared.length > 0) {
      const served = new Set(roles.map(({ role }) => role));
      for (const each of declared) if (!served.has(each.role)) rows.push(unservedRow(each, this.#l10n));
    }
    return this.#order.sort(rows);
  }

  #take(roles: readonly LiveRole[], names: Names): void {
    const before = this.#rendered;
    const places = names.version === this.#version ? changedPlaces(this.#roles, roles) : [...roles.keys()];
    this.#roles = roles;
    this.#version = names.version;
    const known = new Map<string, Rendered>();
    for (const place of places) {
      const rendered = before[place];
      if (rendered !== undefined) known.set(rendered.role.role, rendered);
    }
    const rendered = before.slice(0, roles.length);
    for (const place of places) {
      const role = roles[place];
      if (role !== undefined) rendered[place] = this.#render(role, known.get(role.role) ?? null, names);
    }
    this.#rendered = rendered;
  }

  #render(role: LiveRole, last: Rendered | null, names: Names): Rendered {
    const holders = this.#holders.of(role, last?.holders ?? null, names);
    const same = last?.role === role && changedPlaces(last.holders.rows, holders.rows).length === 0;
    return { role, holders, row: same ? last.row : roleRow(role, holders, this.#l10n) };
  }
}
