/** How the compose files of a workspace belong together: override files, `include`, `-f a -f b`, `extends` across files. */
import { interpolationValues } from '../readers/dotenv.ts';
import type { DeploymentUnit, Inclusion } from './deployment.ts';
import { folderOf, join } from './environments.ts';
import { findDocument, type Workspace } from './references.ts';
import type { SourceDocument } from './types.ts';

/** What a file is to the base file of its project. */
export interface ComposeRole {
  readonly base: SourceDocument;
  /** Laid over the base; false: another way to start its services. */
  readonly overlay: boolean;
  /** Place in the order in which files are laid over each other. */
  readonly order: number;
}

const baseNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
const variantName = /^(docker-compose|compose)[.-](.+)\.ya?ml$/i;

/** `compose.override.yml` and other files beside a base file of the same project. */
function roleByName(document: SourceDocument, workspace: Workspace): ComposeRole | null {
  const match = variantName.exec(document.name);
  if (match === null) return null;
  const folder = folderOf(document.uri);
  for (const name of baseNames) {
    const base = workspace.documents.get(`${folder}/${name}`);
    if (base !== undefined) return { base, overlay: match[2]?.toLowerCase() === 'override', order: 0 };
  }
  return null;
}

/** Lists of files that are given to compose together: `docker compose -f a -f b` of scripts, `COMPOSE_FILE` of `.env`. */
function fileLists(workspace: Workspace): SourceDocument[][] {
  const lists: SourceDocument[][] = [];
  const add = (folder: string, paths: readonly string[], upwards: boolean): void => {
    const found = paths.map((path) => findDocument(workspace, folder, path, upwards));
    if (found.every((one) => one?.kind === 'compose')) lists.push(found.flatMap((one) => one ?? []));
  };
  for (const document of workspace.documents.values()) {
    const folder = folderOf(document.uri);
    for (const mark of document.marks)
      if (mark.name === 'compose-files' && mark.value !== null) add(folder, mark.value.split('\n'), true);
    if (document.name !== '.env' || !document.assignments.some((one) => one.name === 'COMPOSE_FILE')) continue;
    const listed = interpolationValues(document, 'compose').COMPOSE_FILE ?? '';
    add(folder, listed.split(/[:;]/), false);
  }
  return lists.filter((list) => list.length > 1);
}

/** The roles of all files that are not projects of their own. */
export function composeRoles(
  documents: readonly SourceDocument[],
  workspace: Workspace,
): ReadonlyMap<SourceDocument, ComposeRole> {
  const roles = new Map<SourceDocument, ComposeRole>();
  const compose = documents.filter((document) => document.kind === 'compose');
  if (compose.length < 2) return roles;
  for (const document of compose) {
    const role = roleByName(document, workspace);
    if (role !== null) roles.set(document, role);
  }
  const lists = fileLists(workspace);
  for (const list of lists) {
    const [base, ...others] = list;
    // Two lists with one base (development, production) are alternatives to each other.
    const alone = lists.every((other) => other[0] !== base || sameFiles(other, list));
    others.forEach((document, order) => {
      if (base !== undefined && document !== base) roles.set(document, { base, overlay: alone, order: order + 1 });
    });
  }
  for (const document of compose) {
    for (const { paths } of document.deployment?.includes ?? []) {
      const files = paths.map((path) => workspace.documents.get(join(folderOf(document.uri), path) ?? ''));
      const [base, ...others] = files;
      if (base === undefined) continue;
      // What is included is started along with the file, whatever its name is.
      roles.delete(base);
      others.forEach((file, order) => {
        if (file !== undefined && file !== base) roles.set(file, { base, overlay: true, order: order + 1 });
      });
    }
  }
  return roles;
}

function sameFiles(a: readonly SourceDocument[], b: readonly SourceDocument[]): boolean {
  return a.length === b.length && a.every((document, i) => document === b[i]);
}

interface Includer {
  readonly document: SourceDocument;
  readonly inclusion: Inclusion;
}

/** Included file -> who includes it. Asked for every service, so looked up once. */
const keptIncluders = new WeakMap<ReadonlyMap<string, SourceDocument>, ReadonlyMap<string, Includer>>();

function includersOf({ documents }: Workspace): ReadonlyMap<string, Includer> {
  const known = keptIncluders.get(documents);
  if (known !== undefined) return known;
  const includers = new Map<string, Includer>();
  for (const document of documents.values()) {
    for (const inclusion of document.deployment?.includes ?? []) {
      for (const path of inclusion.paths) {
        const uri = join(folderOf(document.uri), path);
        if (uri !== null && !includers.has(uri)) includers.set(uri, { document, inclusion });
      }
    }
  }
  keptIncluders.set(documents, includers);
  return includers;
}

/** The env files that give a file's variables, without those of the file that includes it. */
function ownFillFiles(document: SourceDocument, includer: Includer | undefined): readonly string[] {
  if (includer === undefined) return [`${folderOf(document.uri)}/.env`];
  const { envFiles, paths } = includer.inclusion;
  const folder = folderOf(includer.document.uri);
  if (envFiles.length > 0) return envFiles.flatMap((path) => join(folder, path) ?? []);
  return [`${folderOf(join(folder, paths[0] ?? '') ?? document.uri)}/.env`];
}

/** Env files of one project or include, in reading order, a later one winning. */
export type FillLevel = readonly SourceDocument[];

/**
 * The env files compose fills the variables of a file in from, weakest first: its project's `.env`; for an included file
 * those its `include` names or the `.env` beside it, over which the including project's has the last word (compose
 * specification, "include").
 */
export function interpolationLevels(document: SourceDocument, workspace: Workspace): readonly FillLevel[] {
  const levels: FillLevel[] = [];
  const seen = new Set<SourceDocument>();
  let at: SourceDocument | undefined = document;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const includer: Includer | undefined = includersOf(workspace).get(at.uri);
    const found = ownFillFiles(at, includer).map((uri) => workspace.documents.get(uri));
    levels.push(found.flatMap((file) => (file?.kind === 'dotenv' ? file : [])));
    at = includer?.document;
  }
  return levels;
}

/** The files of all levels, weakest first. */
export function interpolationFiles(document: SourceDocument, workspace: Workspace): readonly SourceDocument[] {
  return [...new Set(interpolationLevels(document, workspace).flat())];
}

/**
 * The env files of the project that is started, also where an included file has its own. They decide its profiles, and
 * what an `env_file` may refer to (compose-go reads those last, over the whole project:
 * types.Project.WithServicesEnvironmentResolved).
 */
export function projectFiles(document: SourceDocument, workspace: Workspace): readonly SourceDocument[] {
  const top = [...withIncluders(document, workspace)].at(-1) ?? document;
  const found = workspace.documents.get(`${folderOf(top.uri)}/.env`);
  return found?.kind === 'dotenv' ? [found] : [];
}

/** A unit and its file. */
export interface ComposePart {
  readonly document: SourceDocument;
  readonly unit: DeploymentUnit;
}

/**
 * Values of the env files of a project and of what it includes. A file may refer to the levels above its own and to the
 * files before it, in this order (compose-go, dotenv.GetEnvFromFile).
 *
 * @param levels Weakest first.
 * @param set The shell's values, which win.
 */
export function valuesOf(levels: readonly FillLevel[], set: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  let above: Readonly<Record<string, string>> = set;
  for (const level of levels.toReversed()) {
    let own: Readonly<Record<string, string>> = {};
    for (const file of level) own = { ...own, ...interpolationValues(file, 'compose', { ...own, ...above }) };
    above = { ...own, ...above };
  }
  return above;
}

/** Profiles that a script starts together, and the files of the project it starts. */
interface ProfileStart {
  readonly profiles: readonly string[];
  readonly files: ReadonlySet<SourceDocument>;
}

const keptStarts = new WeakMap<ReadonlyMap<string, SourceDocument>, readonly ProfileStart[]>();

/** `docker compose --profile a --profile b up` of scripts. */
function profileStarts(workspace: Workspace): readonly ProfileStart[] {
  const known = keptStarts.get(workspace.documents);
  if (known !== undefined) return known;
  const starts: ProfileStart[] = [];
  for (const document of workspace.documents.values()) {
    for (const { name, value } of document.marks) {
      if (name !== 'compose-profiles' || value === null) continue;
      const [list = '', ...given] = value.split('\n');
      const paths = given.length > 0 ? given : baseNames;
      const found = paths
        .map((path) => findDocument(workspace, folderOf(document.uri), path, true))
        .filter((one) => one?.kind === 'compose');
      const files = given.length > 0 ? found : found.slice(0, 1);
      starts.push({ profiles: list.split(','), files: new Set(files.flatMap((one) => one ?? [])) });
    }
  }
  keptStarts.set(workspace.documents, starts);
  return starts;
}

/** The file itself and all that include it. */
function withIncluders(document: SourceDocument, workspace: Workspace): ReadonlySet<SourceDocument> {
  const found = new Set<SourceDocument>();
  for (let at: SourceDocument | undefined = document; at !== undefined && !found.has(at); ) {
    found.add(at);
    at = includersOf(workspace).get(at.uri)?.document;
  }
  return found;
}

/**
 * The profiles of a service; none where `COMPOSE_PROFILES` of the project's env file asks for one of them. A script that
 * starts several together counts as one more (`a+b`), which their services share.
 */
export function profilesOf(parts: readonly ComposePart[], project: FillLevel, workspace: Workspace): readonly string[] {
  const own = parts.flatMap((part) => part.unit.options.profiles?.map(({ text }) => text) ?? []);
  if (own.length === 0) return own;
  const asked = (valuesOf([project], {}).COMPOSE_PROFILES ?? '').split(',').map((name) => name.trim());
  if (asked.includes('*') || own.some((name) => asked.includes(name))) return [];
  const within = new Set(parts.flatMap(({ document }) => [...withIncluders(document, workspace)]));
  const together = profileStarts(workspace).flatMap(({ profiles, files }) => {
    const mine = profiles.includes('*') || own.some((name) => profiles.includes(name));
    return mine && [...files].some((file) => within.has(file)) ? [profiles.join('+')] : [];
  });
  return [...new Set([...own, ...together])].sort();
}

/** A chain of `extends` is short; a longer one is generated, or a cycle. */
const maxExtends = 30;

/** The service of another file that a service extends. */
export function baseOf({ document, unit }: ComposePart, workspace: Workspace): ComposePart | null {
  if (unit.base === null) return null;
  const { file, service } = unit.base;
  const other = findDocument(workspace, folderOf(document.uri), file, false);
  const found = other?.deployment?.units.find((one) => one.kind === 'compose-service' && one.name === service);
  return other === null || found === undefined ? null : { document: other, unit: found };
}

/** The services of other files that a service is laid over, lowest first; `complete` false: one of them is not here. */
export function extendedParts(
  part: ComposePart,
  workspace: Workspace,
): { readonly parts: readonly ComposePart[]; readonly complete: boolean } {
  const parts: ComposePart[] = [];
  let at = part;
  while (at.unit.base !== null) {
    const base = baseOf(at, workspace);
    if (base === null || parts.length >= maxExtends || base.unit === part.unit || parts.some((one) => one.unit === base.unit))
      return { parts, complete: false };
    parts.unshift(base);
    at = base;
  }
  return { parts, complete: true };
}

/** Services of a file of parts (`common.yml`), which others extend: nobody starts them as they are. */
export function onlyExtended(documents: readonly SourceDocument[], workspace: Workspace): Set<DeploymentUnit> {
  const found = new Set<DeploymentUnit>();
  for (const document of documents) {
    for (const unit of document.deployment?.units ?? []) {
      if (unit.base === null) continue;
      const base = baseOf({ document, unit }, workspace);
      if (base === null || base.document === document || baseNames.includes(base.document.name)) continue;
      for (const part of base.document.deployment?.units ?? []) found.add(part);
    }
  }
  return found;
}
