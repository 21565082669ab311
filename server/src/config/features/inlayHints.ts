/** What a line does not say by itself: the port derived from it, the line that beats it, the default in its place. */

import { effectIn } from '#schemas/settings/catalogue.ts';
import type { Candidate, DeclaredProcess, EffectiveSetting, WorkspaceModel } from '../model/types.ts';
import { settingOf } from '../rules/settingIndex.ts';
import { overlaps, type Position, type Range } from '../text/position.ts';
import { isLineOf, processesReached } from './concerned.ts';
import { modelNames } from './names.ts';
import { cadenceOf } from './processCadence.ts';
import type { Place, Steps } from './references.ts';
import { counts, type Site, sitesOf } from './sites.ts';
import { literalText, valueText } from './wording.ts';

export const hintKinds = ['derivedPorts', 'overridden', 'defaults', 'keepalive'] as const;
export type HintKind = (typeof hintKinds)[number];

export interface InlayHint {
  readonly kind: HintKind;
  readonly position: Position;
  /** Holds no secret's value. */
  readonly label: string;
  /** One or two sentences. */
  readonly tooltip: string;
  /** The line the hint speaks of. */
  readonly place: Place | null;
}

const shownProcesses = 2;

interface Found {
  readonly process: DeclaredProcess;
  readonly setting: EffectiveSetting;
}

/** Processes that say the same thing say it once. */
function perText<T>(
  items: readonly T[],
  text: (item: T) => string | null,
): { readonly text: string; readonly items: readonly T[] }[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const said = text(item);
    if (said === null) continue;
    const group = groups.get(said);
    if (group === undefined) groups.set(said, [item]);
    else group.push(item);
  }
  return [...groups].map(([said, group]) => ({ text: said, items: group }));
}

const listed = (names: readonly string[]): string =>
  names.length <= shownProcesses
    ? names.join(', ')
    : `${names.slice(0, shownProcesses).join(', ')} and ${names.length - shownProcesses} more`;

interface Group {
  readonly text: string;
  readonly items: readonly Found[];
}

const namesIn = ({ items }: Group): string => listed(items.map(({ process }) => process.name));

/** One label for all processes where they agree, else one part for each as long as that is short. */
function label(groups: readonly Group[]): string {
  const [only, second] = groups;
  if (only === undefined) return '';
  if (second === undefined) return only.text;
  const parts = groups.slice(0, shownProcesses).map((group) => `${namesIn(group)}: ${group.text}`);
  const more = groups.length - shownProcesses;
  return more > 0 ? `${parts.join(' · ')} · ${more} more` : parts.join(' · ');
}

function fileAndLine(model: WorkspaceModel, { origin }: Candidate): string {
  if (origin.uri === null) return origin.kind === 'default' ? 'the default' : 'the process environment';
  const name = model.documents.get(origin.uri)?.name ?? origin.uri;
  return origin.range === null ? name : `${name}:${origin.range.start.line + 1}`;
}

/** The value of a candidate as a person may see it; null where it is a secret or not known. */
function shown({ value, typed, error }: Candidate, secret: boolean): string | null {
  if (secret || value.kind === 'secret' || value.kind === 'unknown' || value.kind === 'absent') return null;
  if (error !== null) return valueText(value);
  return typed === undefined ? valueText(value) : literalText(typed);
}

const placeOfCandidate = ({ origin, assignment }: Candidate): Place | null =>
  origin.uri === null || (assignment === null && origin.range === null)
    ? null
    : {
        uri: origin.uri,
        range: assignment?.nameRange ?? origin.range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      };

class HintReader {
  readonly hints: InlayHint[] = [];
  readonly #model: WorkspaceModel;
  readonly #wanted: ReadonlySet<HintKind>;

  constructor(model: WorkspaceModel, wanted: ReadonlySet<HintKind>) {
    this.#model = model;
    this.#wanted = wanted;
  }

  read(site: Site): void {
    const { assignment } = site;
    const setting = assignment === null ? undefined : settingOf(assignment);
    if (assignment === null || setting === undefined || effectIn(setting, this.#model.target) === undefined) return;
    const [name] = modelNames(site.name, site.layer);
    if (name === undefined) return;
    const found = processesReached(this.#model, site).flatMap((process) => {
      const effective = process.settings.get(name);
      return effective === undefined ? [] : [{ process, setting: effective }];
    });
    if (found.length === 0) return;
    const at = (assignment.valueRange ?? assignment.nameRange).end;
    const winning = found.filter((one) => isLineOf(one.setting.winner, site));
    if (this.#wanted.has('derivedPorts') && name === 'JARVISCORE_BIND_PORT') this.#ports(winning, at);
    if (this.#wanted.has('keepalive') && name === 'KEEPALIVE_INTERVAL') this.#cadence(winning, at);
    const losing = found.filter((one) => !isLineOf(one.setting.winner, site));
    if (losing.length > 0) this.#losing(losing, winning.length, site, setting.secret, at);
  }

  #ports(winning: readonly Found[], at: Position): void {
    const groups = perText(winning, ({ process: { ports } }) =>
      ports.zmq === null || ports.p2pEnabled === false || ports.swim === 0 ? null : `ZeroMQ ${ports.zmq}`,
    );
    if (groups.length === 0) return;
    const lines = groups.map(({ items: [first] }) => {
      const { swim, offset } = first?.process.ports ?? { swim: 0, offset: 0 };
      return `SWIM listens on ${swim} (UDP and TCP), ZeroMQ on ${swim} + ${offset} (TCP).`;
    });
    this.hints.push({ kind: 'derivedPorts', position: at, label: label(groups), tooltip: lines.join('\n'), place: null });
  }

  #cadence(winning: readonly Found[], at: Position): void {
    const said = new Map<string, string>();
    const groups = perText(winning, ({ process }) => {
      const cadence = cadenceOf(this.#model, process);
      if (cadence === null || cadence.effectiveSeconds === cadence.intervalSeconds) return null;
      const text = `sent every ${cadence.effectiveSeconds} s`;
      said.set(text, cadence.why);
      return text;
    });
    if (groups.length === 0) return;
    const tooltip = groups.map(({ text }) => said.get(text) ?? '').join('\n');
    this.hints.push({ kind: 'keepalive', position: at, label: label(groups), tooltip, place: null });
  }

  #losing(losing: readonly Found[], winning: number, site: Site, secret: boolean, at: Position): void {
    const { assignment } = site;
    const empty = assignment?.value.kind === 'absent' || (assignment?.value.kind === 'text' && assignment.value.text === '');
    const toDefault = losing.filter((one) => one.setting.winner.origin.kind === 'default');
    if (this.#wanted.has('defaults') && empty && toDefault.length > 0) {
      const groups = perText(toDefault, ({ setting }) => {
        const value = shown(setting.winner, secret);
        return value === null || value === '' || value === 'None' ? 'default: none' : `default: ${value}`;
      });
      const tooltip = 'The line gives no value, so the default of the release applies.';
      this.hints.push({ kind: 'defaults', position: at, label: label(groups), tooltip, place: null });
    }
    const beaten = losing.filter((one) => one.setting.winner.origin.kind !== 'default');
    if (!this.#wanted.has('overridden') || beaten.length === 0) return;
    const some = winning > 0 || beaten.length < losing.length;
    const groups = perText(beaten, ({ setting: { winner } }) => {
      const value = shown(winner, secret);
      return `overridden by ${fileAndLine(this.#model, winner)}${value === null ? '' : ` (${value})`}`;
    });
    const names = listed(beaten.map((one) => one.process.name));
    const [first, second] = groups;
    let text = first?.text ?? '';
    // Lines that differ from process to process are for the tooltip.
    if (second !== undefined) text = some ? `overridden in ${names}` : 'overridden in every process';
    else if (some) text = `in ${names}: ${text}`;
    const winner = first?.items[0]?.setting.winner;
    this.hints.push({
      kind: 'overridden',
      position: at,
      label: text,
      tooltip: groups.map((group) => `${namesIn(group)}: ${group.text}`).join('\n'),
      place: winner === undefined ? null : placeOfCandidate(winner),
    });
  }
}

const sitesAtOnce = 50;

/** The hints of a range of a document, in document order. */
export function* inlayHints(
  model: WorkspaceModel,
  uri: string,
  range: Range,
  wanted: ReadonlySet<HintKind>,
): Steps<readonly InlayHint[]> {
  const document = model.documents.get(uri);
  if (document === undefined || document.template || wanted.size === 0) return [];
  const reader = new HintReader(model, wanted);
  let read = 0;
  for (const site of sitesOf(document)) {
    if (site.role !== 'assignment' || !overlaps(site.range, range) || !counts(model, site)) continue;
    // Each site asks every process of the workspace.
    if (++read % sitesAtOnce === 0) yield;
    reader.read(site);
  }
  return reader.hints;
}
