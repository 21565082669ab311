/** A role and the agents that have it. */
import type { LiveRole } from '#schemas/fleet/peer.ts';
import type { Place } from '#schemas/fleet/view.ts';
import { type Language, oneLine } from './language.ts';
import { placeText } from './peerRow.ts';
import { stateIcon, stateWord } from './peerState.ts';
import type { Row } from './row.ts';

type Holder = LiveRole['holders'][number];

function holderRow(role: string, holder: Holder, id: string, node: string, l10n: Language): Row {
  const label = oneLine(holder.agentId);
  const word = stateWord(holder.state, l10n);
  const askable = holder.peer !== null && holder.state === 'alive';
  return {
    id,
    label,
    description: `${word} · ${node}`,
    icon: stateIcon(holder.state),
    contextValue: askable ? 'holder askable' : 'holder',
    ariaLabel: l10n.t('Agent {0} on {1}, {2}, has the role {3}.', label, node, word, role),
    collapsible: 'none',
    children: [],
    subject: { kind: 'holder', agentId: holder.agentId, alive: askable },
    place: null,
  };
}

interface Rendered {
  /** Of the names of nodes. */
  readonly version: number;
  /** How many of the same id stand above it. */
  readonly before: number;
  readonly node: string;
  readonly row: Row;
}

/** The rows of agents below their roles, reused while agent, state and the name of its node are the same. */
export class HolderRows {
  readonly #l10n: Language;
  readonly #rendered = new WeakMap<Holder, Rendered>();

  constructor(l10n: Language) {
    this.#l10n = l10n;
  }

  /** @param names and the number that changes with them */
  rows({ role, holders }: LiveRole, names: { readonly version: number; of(peer: string): string | null }): Row[] {
    const { version } = names;
    const here = this.#l10n.t('this window');
    let before = 0;
    return holders.map((holder, index) => {
      // One node may announce an id twice by mistake: those stand side by side. VS Code refuses two rows with one id.
      const above = holders[index - 1];
      before = above?.peer === holder.peer && above.agentId === holder.agentId ? before + 1 : 0;
      const known = this.#rendered.get(holder);
      if (known?.version === version && known.before === before) return known.row;
      const node = holder.peer === null ? here : (names.of(holder.peer) ?? oneLine(holder.peer));
      if (known?.node === node && known.before === before) {
        this.#rendered.set(holder, { ...known, version });
        return known.row;
      }
      // Not its place among the others: that changes with states, and a selected row must stay the selected one.
      const id = `role:${role}/${holder.peer ?? 'self'}/${holder.agentId}${before === 0 ? '' : `#${before}`}`;
      const row = holderRow(role, holder, id, node, this.#l10n);
      this.#rendered.set(holder, { version, before, node, row });
      return row;
    });
  }
}

/** A role that an agent class of the files has and nobody in the fleet. */
export function unservedRow({ role, place }: { readonly role: string; readonly place: Place }, l10n: Language): Row {
  const label = oneLine(role);
  const description = `${l10n.t('declared, nobody serves it')} · ${placeText(place)}`;
  return {
    // Not the id of the role that is served: VS Code would keep that one closed, as what had nothing below it.
    id: `declaredRole:${role}`,
    label,
    description,
    icon: { id: 'circle-outline', color: 'disabledForeground' },
    contextValue: 'role declared',
    ariaLabel: l10n.t('Role {0}: {1}.', label, description),
    collapsible: 'none',
    children: [],
    subject: { kind: 'role', role: { role, holders: [], gone: false } },
    place,
  };
}

/** @param holders the rows of its agents */
export function roleRow(role: LiveRole, holders: readonly Row[], l10n: Language): Row {
  const label = oneLine(role.role);
  const alive = role.holders.filter((holder) => holder.state === 'alive').length;
  const description = role.gone
    ? l10n.t('gone: every agent is dead or has left')
    : l10n.t('{0} of {1} alive', alive, role.holders.length);
  const askable = role.holders.some((holder) => holder.peer !== null && holder.state === 'alive');
  return {
    id: `role:${role.role}`,
    label,
    description,
    icon: role.gone
      ? { id: 'error', color: 'list.errorForeground' }
      : alive === 0
        ? { id: 'question', color: 'list.warningForeground' }
        : { id: 'organization', color: null },
    contextValue: askable ? 'role askable' : 'role',
    ariaLabel: l10n.t('Role {0}: {1}.', label, description),
    collapsible: role.holders.length === 0 ? 'none' : 'expanded',
    children: holders,
    subject: { kind: 'role', role },
    place: null,
  };
}
