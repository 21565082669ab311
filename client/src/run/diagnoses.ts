/** What the doctor last said of each row. */
import type { Diagnosis } from '#schemas/fleet/doctor.ts';
import { firstFailure } from '#schemas/fleet/firstFailure.ts';
import type { Language } from '../fleet/language.ts';
import type { Row } from '../fleet/row.ts';

/** By the id of the row (`FleetPeer.id`). A node that changes its row loses its diagnosis: it was about another state. */
export class Diagnoses {
  readonly #byRow = new Map<string, Diagnosis>();
  #version = 0;

  get version(): number {
    return this.#version;
  }

  of(row: string): Diagnosis | null {
    return this.#byRow.get(row) ?? null;
  }

  /** @param rows those there are: what is gone keeps nothing here */
  take(diagnoses: readonly Diagnosis[], rows: ReadonlySet<string>): void {
    for (const row of this.#byRow.keys()) if (!rows.has(row)) this.#byRow.delete(row);
    for (const diagnosis of diagnoses) if (diagnosis.row !== null) this.#byRow.set(diagnosis.row, diagnosis);
    this.#version += 1;
  }
}

/** Some steps can only be judged from within the mesh. */
function soundText({ steps }: Diagnosis, l10n: Language): string {
  return steps.every(({ status }) => status === 'pass') ? l10n.t('every step passed') : l10n.t('no step failed');
}

/** "udp: not started · as of 10:42:07" below the node it is about. A click leads to the line to change. */
export function diagnosisRow(diagnosis: Diagnosis, parent: string, owner: string, l10n: Language): Row {
  const failure = firstFailure(diagnosis);
  const when = l10n.t('as of {0}', l10n.second(diagnosis.asOf));
  const verdict =
    failure === null ? soundText(diagnosis, l10n) : `${failure.step}: ${failure.causes[0]?.text ?? failure.message}`;
  return {
    id: `${parent}/doctor`,
    label: l10n.t('doctor'),
    description: `${verdict} · ${when}`,
    icon: failure === null ? { id: 'pass', color: 'charts.green' } : { id: 'error', color: 'list.errorForeground' },
    contextValue: 'diagnosis',
    ariaLabel: l10n.t('Doctor about {0}: {1}, {2}.', owner, verdict, when),
    collapsible: 'none',
    children: [],
    subject: { kind: 'diagnosis' },
    place: failure?.evidence[0] ?? null,
  };
}
