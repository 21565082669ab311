/** One line above everything that declares a process: what it is called, whom it joins, how much of it counts. */
import type { DeclaredProcess, WorkspaceModel } from '../model/types.ts';
import { type FleetNode, parseSeed, seedReaches, targetOf } from '../rules/fleets.ts';
import type { Range } from '../text/position.ts';
import { membersOf } from './fleets.ts';

export interface LensPlace {
  readonly range: Range;
  /** Id of the declared process. */
  readonly process: string;
}

/** Where lenses stand. An env file that nothing declares a process for has none: it is not what starts something. */
export function lensPlaces(model: WorkspaceModel, uri: string): readonly LensPlace[] {
  const kind = model.documents.get(uri)?.kind;
  if (kind === undefined || kind === 'dotenv') return [];
  return model.processes.flatMap(({ id, uri: own, declaration: { range } }) => (own === uri ? [{ range, process: id }] : []));
}

const named = 3;

function list(names: readonly string[]): string {
  const rest = names.length - named;
  return names.slice(0, named).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Whom the process joins: the nodes behind its seeds, else the addresses as they are written. */
function joins(process: DeclaredProcess, model: WorkspaceModel): string {
  const starters = process.startedBy.flatMap((id) => model.processes.find((one) => one.id === id)?.name ?? []);
  if (starters.length > 0) return `started as ${list(starters)}`;
  if (process.ports.p2pEnabled === false) return 'P2P off';
  const self = membersOf(model).get(process);
  const nameOf = (seed: string): string => {
    const address = parseSeed(seed);
    const target = address === null || self === undefined ? undefined : targetOf(address, self.node, self.fleet);
    return target?.view.name ?? seed;
  };
  const { seeds } = process.ports;
  if (seeds.length > 0) return `joins ${list([...new Set(seeds.map(nameOf))])}`;
  if (self === undefined) return 'in no fleet';
  const followers = self.fleet.filter((node) => node !== self.node && reaches(node, self.node));
  return followers.length > 0 ? `joined by ${list(followers.map(({ view }) => view.name))}` : 'joins nobody';
}

const reaches = (from: FleetNode, to: FleetNode): boolean => from.seeds.some((seed) => seedReaches(seed, to, from));

/** The text of a lens; null when the process is gone. */
export function lensTitle(model: WorkspaceModel, id: string): string | null {
  const process = model.processes.find((one) => one.id === id);
  if (process === undefined) return null;
  const written = [...process.settings.values()].filter(({ winner }) => winner.origin.kind !== 'default');
  const unread = written.filter(({ winner }) => winner.applied === false).length;
  const settings = count(written.length, 'setting');
  return [`process ${process.name}`, joins(process, model), unread === 0 ? settings : `${settings} (${unread} not read)`].join(
    ' · ',
  );
}
