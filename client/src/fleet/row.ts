/** A tree row as plain data: rendered by pure functions, compared before anything is refreshed. */
import type { Agent, LiveRole } from '#schemas/fleet/peer.ts';
import type { FleetPeer, Place } from '#schemas/fleet/view.ts';

/** What a row stands for, for the commands of its context menu. */
export type RowSubject =
  | { readonly kind: 'self'; readonly address: string }
  | { readonly kind: 'peer'; readonly peer: FleetPeer }
  | { readonly kind: 'agent'; readonly agent: Agent; readonly alive: boolean }
  | { readonly kind: 'keepalive' }
  | { readonly kind: 'gpu' }
  | { readonly kind: 'group' }
  | { readonly kind: 'diagnosis' }
  | { readonly kind: 'readiness' }
  | { readonly kind: 'message'; readonly seq: number }
  | { readonly kind: 'fleet'; readonly fleet: 'relay' | 'circuitforge' }
  | { readonly kind: 'role'; readonly role: LiveRole }
  | { readonly kind: 'holder'; readonly agentId: string; readonly alive: boolean };

export interface RowIcon {
  /** A codicon of VS Code. */
  readonly id: string;
  /** A theme colour id; null: the tree's own foreground. */
  readonly color: string | null;
}

export interface Row {
  /** Stable over the life of the thing it stands for: VS Code keeps selection and expansion by it. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly icon: RowIcon;
  /** Words separated by spaces, for `viewItem =~` in menus. */
  readonly contextValue: string;
  /** A full sentence: VS Code makes it the row's aria-label. */
  readonly ariaLabel: string;
  readonly collapsible: 'none' | 'collapsed' | 'expanded';
  readonly children: readonly Row[];
  readonly subject: RowSubject;
  /** Where a click leads; null: a click only selects, or runs `command`. */
  readonly place: Place | null;
  /** What a click runs with the id of the row, where it leads to no place. The same for all rows of a kind. */
  readonly command?: string;
}

/** On screen, to a screen reader and to a click. */
export function looksTheSame(a: Row, b: Row): boolean {
  return (
    a.label === b.label &&
    a.description === b.description &&
    a.icon.id === b.icon.id &&
    a.icon.color === b.icon.color &&
    a.contextValue === b.contextValue &&
    a.ariaLabel === b.ariaLabel &&
    a.collapsible === b.collapsible &&
    a.place?.uri === b.place?.uri &&
    a.place?.range.start.line === b.place?.range.start.line
  );
}
