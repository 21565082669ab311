/** From a name to the line whose value counts, from a path to the file, from a seed to the node that has the address. */
import { interpolationFiles } from '../model/composeFilling.ts';
import type { Assignment, DeclaredProcess, WorkspaceModel } from '../model/types.ts';
import { type FleetNode, parseSeed, seedReaches } from '../rules/fleets.ts';
import { type Position, type Range, touches } from '../text/position.ts';
import { processesAt } from './concerned.ts';
import { membersOf } from './fleets.ts';
import { modelNames } from './names.ts';
import { pathsOf } from './paths.ts';
import { type Place, type Steps, sitesOfKey } from './references.ts';
import { type Site, siteAt, sitesOf } from './sites.ts';

export interface Definition {
  /** What the definition is of: the name, path or address under the cursor. */
  readonly origin: Range;
  readonly places: readonly Target[];
}

/** A name, and the whole of what defines it: the line with its value. */
export interface Target extends Place {
  readonly whole: Range;
}

const fileStart: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function unique(places: readonly Target[]): Target[] {
  const seen = new Set<string>();
  return places.filter(({ uri, range: { start } }) => {
    const place = `${uri} ${start.line}:${start.character}`;
    return !seen.has(place) && seen.add(place);
  });
}

const targetOf = (uri: string, { nameRange, valueRange }: Assignment): Target => ({
  uri,
  range: nameRange,
  whole: { start: nameRange.start, end: (valueRange ?? nameRange).end },
});

const targetAt = ({ uri, range }: Place): Target => ({ uri, range, whole: range });

function winningLines(processes: readonly DeclaredProcess[], key: string, obeyed: boolean): Target[] {
  return processes.flatMap(({ settings }) => {
    const winner = settings.get(key)?.winner;
    if (winner === undefined || winner.origin.uri === null || (obeyed && winner.applied === false)) return [];
    if (winner.assignment !== null) return [targetOf(winner.origin.uri, winner.assignment)];
    return winner.origin.range === null ? [] : [targetAt({ uri: winner.origin.uri, range: winner.origin.range })];
  });
}

/** The lines that count for a name; where the release obeys none of them, those of the setting's other names go first. */
function winners(processes: readonly DeclaredProcess[], name: string, layer: Site['layer']): Target[] {
  const [own, ...others] = modelNames(name, layer);
  if (own === undefined) return [];
  const lines = winningLines(processes, own, false);
  if (winningLines(processes, own, true).length > 0) return lines;
  for (const other of others) {
    const obeyed = winningLines(processes, other, true);
    if (obeyed.length > 0) return [...obeyed, ...lines];
  }
  if (lines.length > 0) return lines;
  return others.map((other) => winningLines(processes, other, false)).find((found) => found.length > 0) ?? [];
}

function lastIn(model: WorkspaceModel, uri: string, site: Site, before: Position | null): Target[] {
  const document = model.documents.get(uri);
  if (document === undefined) return [];
  const found = sitesOf(document).findLast(
    (one) =>
      one.assignment !== null &&
      one.name === site.name &&
      one.layer === 'environment' &&
      (before === null || one.range.start.line < before.line),
  );
  return found === undefined ? [] : [targetAt({ uri, range: found.range })];
}

/** Compose fills in from the env files of its project; a manifest names the ConfigMap; an env file has its own lines above. */
function fromItsSource(model: WorkspaceModel, site: Site): Target[] {
  const { use } = site;
  if (use === null) return [];
  if (use.from === 'own-file') return lastIn(model, site.uri, site, site.range.start);
  if (use.from === 'beside') {
    const document = model.documents.get(site.uri);
    const files = document === undefined ? [] : interpolationFiles(document, model).toReversed();
    return files.map(({ uri }) => lastIn(model, uri, site, null)).find((found) => found.length > 0) ?? [];
  }
  if (use.source === null) return [];
  for (const { uri, deployment } of model.documents.values()) {
    const unit = deployment?.units.find(({ id }) => id === use.source);
    const line = unit?.assignments.findLast(({ name }) => name === use.name);
    if (line !== undefined) return [targetOf(uri, line)];
  }
  return [];
}

/** A name the framework does not know: the strongest document of each process that gives it a value. */
function writtenFor(model: WorkspaceModel, processes: readonly DeclaredProcess[], site: Site): Target[] {
  return processes.flatMap((process) => {
    for (const uri of [site.uri, process.uri, ...process.environments.toReversed()]) {
      const found = lastIn(model, uri, site, null);
      if (found.length > 0) return found;
    }
    return [];
  });
}

/** The node that a seed of this line's process leads to. */
function seedTargets(model: WorkspaceModel, site: Site, seed: string): Target[] {
  const address = parseSeed(seed);
  if (address === null) return [];
  const members = membersOf(model);
  const all = [...members.values()].map(({ node }) => node);
  const reached = (nodes: readonly FleetNode[], from: FleetNode): FleetNode[] =>
    nodes.filter((node) => node !== from && seedReaches(address, node, from));
  const targets = processesAt(model, site).flatMap((process) => {
    const from = members.get(process);
    if (from === undefined) return [];
    const inside = reached(from.fleet, from.node);
    // A node of another deployment is no member of the fleet, but it is what the address means.
    return inside.length > 0 ? inside : reached(all, from.node);
  });
  return targets.map(({ view }) => targetAt(view.implied ? view.placeOf('JARVISCORE_BIND_PORT') : view.place));
}

const seedNames = new Set(['JARVISCORE_SEED_NODES', 'JARVISCORE_MESH_ENDPOINT']);

/** A word of the editor's text with its place: an address in a seed list. */
export interface Word {
  readonly text: string;
  readonly range: Range;
}

/**
 * @param word What stands between commas, quotes and blanks around the position in the editor's text; values are not in
 * the model with the places of their parts.
 * @returns null where nothing stands that leads anywhere.
 */
export function* definition(model: WorkspaceModel, uri: string, position: Position, word: Word | null): Steps<Definition | null> {
  const document = model.documents.get(uri);
  if (document === undefined) return null;
  const path = pathsOf(model, document).find(({ range, target }) => target !== null && touches(range, position));
  if (path?.target != null) return { origin: path.range, places: [targetAt({ uri: path.target, range: fileStart })] };
  const site = siteAt(model, uri, position);
  if (site === null) return null;
  const onValue = !touches(site.range, position);
  if (onValue && word !== null && modelNames(site.name, site.layer).some((name) => seedNames.has(name))) {
    const nodes = unique(seedTargets(model, site, word.text));
    if (nodes.length > 0) return { origin: word.range, places: nodes };
  }
  yield;
  const direct = fromItsSource(model, site);
  if (direct.length > 0) return { origin: site.range, places: direct };
  const processes = processesAt(model, site);
  const won = winners(processes, site.name, site.layer);
  const places = won.length > 0 ? won : writtenFor(model, processes, site);
  if (places.length > 0) return { origin: site.range, places: unique(places) };
  // Nobody reads it here: every line that gives it a value is as good as another.
  const lines = (yield* sitesOfKey(model, site.key)).filter(({ role }) => role === 'assignment');
  return lines.length === 0 ? null : { origin: site.range, places: unique(lines.map(targetAt)) };
}
