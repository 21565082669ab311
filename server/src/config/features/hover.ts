/** What a setting means, what it is set to in each process and whether the framework obeys that. */
import { type Effect, effectIn, effectMeaning, type Release, type Setting } from '#schemas/settings/catalogue.ts';
import type { Candidate, DeclaredProcess, WorkspaceModel } from '../model/types.ts';
import { intendedName } from '../rules/names/spelling.ts';
import { describeRange, existsIn, modelName, settingOf, settingOfVariable } from '../rules/settingIndex.ts';
import type { Position, Range } from '../text/position.ts';
import { processesAt, processesReached } from './concerned.ts';
import { type Located, locate } from './locate.ts';
import { cadenceOf } from './processCadence.ts';
import { siteAt } from './sites.ts';
import { code, defaultText, escapeMarkdown, literalText, originText, settingAnchor, typeText, valueText } from './wording.ts';

export interface Hover {
  readonly range: Range;
  /** CommonMark. Holds no secret's value. */
  readonly markdown: string;
}

const shownProcesses = 6;
const shownReaders = 2;

function heading(located: Located, setting: Setting): string {
  const other =
    located.assignment?.layer === 'mesh' || setting.envName === null
      ? setting.envName === null
        ? ' · key of `Mesh(config={...})` only'
        : ` · environment name ${code(setting.envName)}`
      : setting.meshKey === null
        ? ''
        : ` · ${code(setting.meshKey)} in \`Mesh(config={...})\``;
  return `**${escapeMarkdown(located.assignment?.layer === 'mesh' ? located.name : (setting.envName ?? located.name))}**${other}`;
}

function effectLine(effect: Effect, current: boolean): string {
  const readers = effect.readBy.slice(0, shownReaders).map(code).join(', ');
  const more = effect.readBy.length > shownReaders ? ` and ${effect.readBy.length - shownReaders} more` : '';
  const by = readers === '' ? '' : ` (${readers}${more})`;
  const note = effect.note === undefined ? '' : ` — ${escapeMarkdown(effect.note)}`;
  const range = describeRange(effect.from, effect.to);
  return `- ${current ? `**${range}**` : range}: ${effectMeaning[effect.effect]}${by}${note}`;
}

function whoReads(setting: Setting, target: Release): string {
  const current = effectIn(setting, target);
  const lines = setting.effects.map((effect) => effectLine(effect, effect === current));
  const missing = existsIn(setting, target) ? [] : [`- JarvisCore ${target} does not know this name.`];
  return ['Who reads it:', ...missing, ...lines].join('\n');
}

function candidateText(candidate: Candidate, model: WorkspaceModel): string {
  const shown =
    candidate.value.kind === 'secret' || candidate.typed === undefined
      ? valueText(candidate.value)
      : literalText(candidate.typed);
  return `${code(shown)} (${originText(candidate, model)})`;
}

function applied(candidate: Candidate, target: Release): string {
  const note = candidate.note === null ? '' : `: ${escapeMarkdown(candidate.note)}`;
  if (candidate.error !== null) return ` — **refused**: ${escapeMarkdown(candidate.error)}`;
  if (candidate.applied === false) return ` — **not applied** by JarvisCore ${target}${note}`;
  if (candidate.applied === null) return ` — whether it is applied cannot be known here${note}`;
  return note === '' ? '' : ` — applied${note}`;
}

/** What a hidden value would come to, were it not hidden. */
function loserEffect({ error, applied: obeyed, origin }: Candidate): string {
  if (origin.kind === 'default') return '';
  if (error !== null) return ' (would be refused)';
  return obeyed === false ? ' (would not be applied)' : '';
}

function processLine(process: DeclaredProcess, setting: Setting, model: WorkspaceModel): string | null {
  const resolved = process.settings.get(modelName(setting));
  if (resolved === undefined) return null;
  const losers = resolved.chain.filter((candidate) => candidate !== resolved.winner);
  const hidden =
    losers.length === 0 ? '' : `; hides ${losers.map((loser) => candidateText(loser, model) + loserEffect(loser)).join(', ')}`;
  return `- ${escapeMarkdown(process.name)}: ${candidateText(resolved.winner, model)}${applied(resolved.winner, model.target)}${hidden}`;
}

function effectiveValues(processes: readonly DeclaredProcess[], setting: Setting, model: WorkspaceModel): string {
  const lines = processes.flatMap((process) => processLine(process, setting, model) ?? []);
  if (lines.length === 0) return 'No declared process of this workspace reads this file.';
  const more = lines.length > shownProcesses ? [`- … and ${lines.length - shownProcesses} more processes`] : [];
  return [
    `Effective value in JarvisCore ${model.target} (${escapeMarkdown(model.targetOrigin)}):`,
    ...lines.slice(0, shownProcesses),
    ...more,
  ].join('\n');
}

const portNames = new Set(['JARVISCORE_BIND_PORT', 'ZMQ_PORT_OFFSET']);

function derivedPorts(processes: readonly DeclaredProcess[], setting: Setting): string | null {
  if (!portNames.has(setting.envName ?? '')) return null;
  const lines = processes.slice(0, shownProcesses).flatMap(({ name, ports }) => {
    if (ports.swim === null || ports.zmq === null) return [];
    return `- ${escapeMarkdown(name)}: SWIM ${ports.swim} (UDP and TCP), ZeroMQ ${ports.zmq} (TCP, ${ports.swim} + ${ports.offset ?? 1000})`;
  });
  return lines.length === 0 ? null : ['Ports to open:', ...lines].join('\n');
}

const cadenceNames = new Set(['KEEPALIVE_INTERVAL', 'ACTIVITY_SUPPRESS_WINDOW']);

/** The interval is only a lower bound: nodes that talk silence each other. */
function cadences(processes: readonly DeclaredProcess[], setting: Setting, model: WorkspaceModel): string | null {
  if (!cadenceNames.has(setting.envName ?? '')) return null;
  const lines = processes.slice(0, shownProcesses).flatMap((process) => {
    const cadence = cadenceOf(model, process);
    return cadence === null ? [] : [`- ${escapeMarkdown(process.name)}: every ${cadence.effectiveSeconds} s. ${cadence.why}`];
  });
  return lines.length === 0 ? null : ['Keepalives of an otherwise idle node:', ...lines].join('\n');
}

function facts(setting: Setting, target: Release): string {
  const lines = [`- Type: ${typeText(setting)}`, `- Default in ${target}: ${defaultText(setting, target)}`];
  if (setting.rangeReason !== null) lines.push(`- Limits: ${escapeMarkdown(setting.rangeReason)}`);
  if (setting.aliases.length > 0) lines.push(`- Also as: ${setting.aliases.map(code).join(', ')}`);
  if (setting.scope === 'per-process') lines.push('- Set it per process, not in a shared file');
  if (setting.secret) lines.push('- Secret: its value is never shown');
  if (setting.renamedTo !== undefined) lines.push(`- Renamed to ${code(setting.renamedTo)}`);
  if (setting.useInstead !== undefined) lines.push(`- Use instead: ${code(setting.useInstead)}`);
  if (setting.note !== undefined) lines.push(`- ${escapeMarkdown(setting.note)}`);
  return lines.join('\n');
}

function unknownName(located: Located, model: WorkspaceModel): string | null {
  const { assignment } = located;
  if (assignment === null || assignment.layer !== 'environment') return null;
  const intended = intendedName(located.name.toUpperCase(), model.target);
  return intended === null
    ? null
    : `**${escapeMarkdown(located.name)}** is no setting of JarvisCore. Did you mean ${code(intended)}?`;
}

/** A place that reads a setting: `os.getenv("REDIS_URL")`, `${REDIS_URL}`. */
function readingSite(model: WorkspaceModel, uri: string, position: Position) {
  const site = siteAt(model, uri, position);
  const setting = site?.role === 'use' ? settingOfVariable(site.name) : undefined;
  return site === null || setting === undefined ? null : { site, name: site.name, range: site.range, setting };
}

/** A line of a unit of which only the model knows that it runs the framework: a drop-in, an override. */
function overlaid(model: WorkspaceModel, uri: string, position: Position): Located | null {
  const site = siteAt(model, uri, position);
  if (site === null || site.assignment === null) return null;
  return { name: site.name, range: site.range, setting: settingOf(site.assignment), assignment: site.assignment };
}

/**
 * Hover text for a position.
 *
 * @returns null where no setting stands.
 */
export function hover(model: WorkspaceModel, uri: string, position: Position): Hover | null {
  const document = model.documents.get(uri);
  const use = document === undefined ? null : readingSite(model, uri, position);
  const located =
    document === undefined
      ? null
      : use === null
        ? (locate(document, position) ?? overlaid(model, uri, position))
        : { ...use, assignment: null };
  if (document === undefined || located === null) return null;
  const { setting } = located;
  if (setting === undefined) {
    const markdown = unknownName(located, model);
    return markdown === null ? null : { range: located.range, markdown };
  }
  const { name, assignment } = located;
  let processes: readonly DeclaredProcess[] = [];
  if (use !== null) processes = processesAt(model, use.site);
  else if (assignment !== null) processes = processesReached(model, { uri, name, layer: assignment.layer, assignment });
  const parts = [
    heading(located, setting),
    setting.description,
    facts(setting, model.target),
    assignment === null && use === null ? null : effectiveValues(processes, setting, model),
    derivedPorts(processes, setting),
    cadences(processes, setting, model),
    whoReads(setting, model.target),
    `[Reference of all settings](docs/settings.md#${settingAnchor(setting)})`,
  ];
  return { range: located.range, markdown: parts.filter((part) => part !== null && part !== '').join('\n\n') };
}
