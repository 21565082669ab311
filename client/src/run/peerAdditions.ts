/** What this window adds to a node's row: that it was started here, what the doctor said, which commands work on it. */
import type { FleetPeer } from '#schemas/fleet/view.ts';
import type { Language } from '../fleet/language.ts';
import type { Row } from '../fleet/row.ts';
import { type Diagnoses, diagnosisRow } from './diagnoses.ts';

/** Declared processes that run in terminals of this window, by their id. */
export interface StartedHere {
  readonly version: number;
  /** Its process id once it is known. */
  get(process: string): { readonly pid: number | null } | null;
}

export class PeerAdditions {
  readonly #started: StartedHere;
  readonly #diagnoses: Diagnoses;

  constructor(started: StartedHere, diagnoses: Diagnoses) {
    this.#started = started;
    this.#diagnoses = diagnoses;
  }

  /** Another one: rows that were rendered before may look different now. */
  get version(): string {
    return `${this.#started.version} ${this.#diagnoses.version}`;
  }

  add(row: Row, peer: FleetPeer, l10n: Language): Row {
    if (peer.other !== undefined) return row;
    const words: string[] = [];
    if (peer.declared !== null || peer.address !== null) words.push('examinable');
    const process = peer.declared?.process;
    const started = process === undefined ? null : this.#started.get(process);
    if (started !== null) words.push('started');
    else if (process !== undefined && !(peer.seen && peer.state === 'alive')) words.push('runnable');
    const diagnosis = this.#diagnoses.of(peer.id);
    if (words.length === 0 && diagnosis === null) return row;
    const note = started === null ? null : startedText(started.pid, l10n);
    const children = diagnosis === null ? row.children : [...row.children, diagnosisRow(diagnosis, row.id, row.label, l10n)];
    return {
      ...row,
      description: note === null ? row.description : `${row.description} · ${note}`,
      ariaLabel: note === null ? row.ariaLabel : `${row.ariaLabel} ${l10n.t('It was started here.')}`,
      contextValue: [row.contextValue, ...words].join(' '),
      children,
      collapsible: row.collapsible === 'none' && children.length > 0 ? 'collapsed' : row.collapsible,
    };
  }
}

function startedText(pid: number | null, l10n: Language): string {
  return pid === null ? l10n.t('started here') : l10n.t('started here, process {0}', String(pid));
}
