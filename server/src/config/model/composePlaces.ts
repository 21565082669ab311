/**
 * Which compose files make up a project together, and where each of them stands in it: override files, `-f a -f b` of
 * scripts, `COMPOSE_FILE`, `include`.
 *
 * All files of a project share one folder for their relative paths, that of its first file, and one `.env`; what an
 * `include` adds has its own (compose-go, loader.loadYamlModel and ApplyInclude).
 */
import { interpolationValues } from '../readers/dotenv.ts';
import { firstNamed } from '../readers/dotenvAssignments.ts';
import { withoutEnd } from '../text/ends.ts';
import { encodePath } from '../text/uri.ts';
import type { Inclusion } from './deployment.ts';
import { folderOf, join } from './environments.ts';
import { findDocument, type Workspace } from './references.ts';
import type { SourceDocument } from './types.ts';

/** The entry that adds a file to a project. */
export interface Includer {
  readonly document: SourceDocument;
  readonly inclusion: Inclusion;
}

export interface ComposePlace {
  /** The first file of its list or `include` entry; the file itself where it is that. */
  readonly base: SourceDocument;
  /** Laid over the base; false: the base itself, or another way to start its services. */
  readonly overlay: boolean;
  /** Place in the order in which files are laid over each other. */
  readonly order: number;
  /** What relative paths of its lines stand against; a URI without a final slash. */
  readonly folder: string;
  /** Null: the file of a project that is started as such. */
  readonly includer: Includer | null;
  /** The `.env` whose `COMPOSE_FILE` names the project's files; compose reads it as well, and it has the last word. */
  readonly lister: SourceDocument | null;
}

/** What a file is by its name and the lists it stands in. */
interface Role {
  readonly base: SourceDocument;
  readonly overlay: boolean;
  readonly order: number;
  /** It is in a list with its base: their paths stand against one folder. */
  readonly listed: boolean;
}

/** In the order in which compose looks for them (compose-go, cli.DefaultFileNames). */
export const baseNames: readonly string[] = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const overrideNames = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];
const variantName = /^(docker-compose|compose)[.-](.+)\.ya?ml$/i;
/** An `include` within an `include` goes a few steps; a longer way is generated. */
const maxIncludes = 100;

/** `compose.override.yml` and other files beside a base file of the same project. Of several overrides one is read. */
function roleByName(document: SourceDocument, { documents }: Workspace): Role | null {
  if (!variantName.test(document.name)) return null;
  const folder = folderOf(document.uri);
  const base = baseNames.flatMap((name) => documents.get(`${folder}/${name}`) ?? [])[0];
  if (base === undefined) return null;
  const override = overrideNames.find((name) => documents.has(`${folder}/${name}`));
  return { base, overlay: override === document.name, order: 0, listed: false };
}

interface FileList {
  readonly files: readonly SourceDocument[];
  /** The `.env` it stands in; null for that of a script. */
  readonly lister: SourceDocument | null;
}

const listName: ReadonlySet<string> = new Set(['COMPOSE_FILE']);

/** Lists of files that are given to compose together: `docker compose -f a -f b` of scripts, `COMPOSE_FILE` of `.env`. */
function fileLists(workspace: Workspace): FileList[] {
  const lists: FileList[] = [];
  const add = (folder: string, paths: readonly string[], lister: SourceDocument | null): void => {
    const found = paths.map((path) => findDocument(workspace, folder, path, lister === null));
    if (found.every((one) => one?.kind === 'compose')) lists.push({ files: found.flatMap((one) => one ?? []), lister });
  };
  for (const document of workspace.documents.values()) {
    const folder = folderOf(document.uri);
    for (const mark of document.marks)
      if (mark.name === 'compose-files' && mark.value !== null) add(folder, mark.value.split('\n'), null);
    if (document.name !== '.env' || firstNamed(document, listName) === undefined) continue;
    const listed = interpolationValues(document).COMPOSE_FILE ?? '';
    add(folder, listed.split(/[:;]/), document);
  }
  return lists.filter(({ files, lister }) => files.length > 1 || (files.length === 1 && lister !== null));
}

function sameFiles(a: readonly SourceDocument[], b: readonly SourceDocument[]): boolean {
  return a.length === b.length && a.every((document, i) => document === b[i]);
}

/** What the variable of a `.env` names is started in place of the files compose finds by their names. */
function chosenFiles(roles: Map<SourceDocument, Role>, { files, lister }: FileList, workspace: Workspace): void {
  const [base] = files;
  if (base === undefined || lister === null) return;
  const folder = folderOf(lister.uri);
  roles.delete(base);
  const usual = baseNames.flatMap((name) => workspace.documents.get(`${folder}/${name}`) ?? [])[0];
  if (usual !== undefined && !files.includes(usual)) roles.set(usual, { base, overlay: false, order: 0, listed: false });
  for (const name of overrideNames) {
    const override = workspace.documents.get(`${folder}/${name}`);
    if (override !== undefined && !files.includes(override))
      roles.set(override, { base, overlay: false, order: 0, listed: false });
  }
}

function rolesOf(
  compose: readonly SourceDocument[],
  lists: readonly FileList[],
  workspace: Workspace,
): Map<SourceDocument, Role> {
  const roles = new Map<SourceDocument, Role>();
  if (compose.length < 2) return roles;
  for (const document of compose) {
    const role = roleByName(document, workspace);
    if (role !== null) roles.set(document, role);
  }
  for (const list of lists) chosenFiles(roles, list, workspace);
  for (const { files } of lists) {
    const [base, ...others] = files;
    // Two lists with one base (development, production) are alternatives to each other.
    const alone = lists.every((other) => other.files.length < 2 || other.files[0] !== base || sameFiles(other.files, files));
    others.forEach((document, order) => {
      if (base !== undefined && document !== base) roles.set(document, { base, overlay: alone, order: order + 1, listed: true });
    });
  }
  return roles;
}

/** The files of an `include` entry as far as they are here, the first one's place kept. */
export function includedFiles({ paths }: Inclusion, folder: string, workspace: Workspace): readonly SourceDocument[] {
  const found = paths.map((path) => findDocument(workspace, folder, path, false));
  if (found[0]?.kind !== 'compose') return [];
  return [...new Set(found.flatMap((one) => (one?.kind === 'compose' ? one : [])))];
}

/** Where the paths of included files stand: `project_directory`, else the folder of the first one. */
function includedFolder({ projectDirectory }: Inclusion, folder: string, first: SourceDocument): string {
  if (projectDirectory === null) return folderOf(first.uri);
  return join(folder, projectDirectory) ?? `file://${encodePath(withoutEnd(projectDirectory, /[\\/]/))}`;
}

const overlaid = (base: SourceDocument, roles: ReadonlyMap<SourceDocument, Role>): SourceDocument[] =>
  [...roles]
    .filter(([, role]) => role.overlay && role.base === base)
    .sort(([a, x], [b, y]) => x.order - y.order || (a.name < b.name ? -1 : 1))
    .map(([document]) => document);

class Placing {
  readonly #workspace: Workspace;
  readonly places = new Map<SourceDocument, ComposePlace>();
  readonly included = new Set<SourceDocument>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** A project or what an `include` adds, with all that it includes in turn. */
  add(files: readonly SourceDocument[], shared: Pick<ComposePlace, 'folder' | 'includer' | 'lister'>, steps = 0): void {
    const [base] = files;
    if (base === undefined || steps > maxIncludes) return;
    files.forEach((document, order) => {
      if (this.places.has(document)) return;
      this.places.set(document, { base, overlay: order > 0, order, ...shared });
      for (const inclusion of document.deployment?.includes ?? []) {
        const inner = includedFiles(inclusion, shared.folder, this.#workspace);
        const [first] = inner;
        if (first === undefined) continue;
        for (const one of inner) if (one !== document) this.included.add(one);
        const folder = includedFolder(inclusion, shared.folder, first);
        this.add(inner, { folder, includer: { document, inclusion }, lister: null }, steps + 1);
      }
    });
  }
}

/** What a person starts lies above what it includes. */
const byPlace = (a: SourceDocument, b: SourceDocument): number =>
  a.uri.split('/').length - b.uri.split('/').length || (a.uri < b.uri ? -1 : a.uri > b.uri ? 1 : 0);

function placesIn(workspace: Workspace): ReadonlyMap<SourceDocument, ComposePlace> {
  const compose = [...workspace.documents.values()].filter((document) => document.kind === 'compose');
  if (compose.length === 0) return new Map();
  const lists = fileLists(workspace);
  const roles = rolesOf(compose, lists, workspace);
  // Who is first matters only where files include others, and hundreds of them are placed at every keystroke.
  const including = compose.some(({ deployment }) => (deployment?.includes?.length ?? 0) > 0);
  const starts = including ? compose.toSorted(byPlace) : compose;
  const place = (included: ReadonlySet<SourceDocument>): Placing => {
    // What is included is started along with the file, whatever its name is; what is laid over it alone is another way.
    const own = new Map<SourceDocument, Role>();
    for (const [document, role] of roles)
      if (!included.has(document)) own.set(document, included.has(role.base) ? { ...role, overlay: false } : role);
    const placing = new Placing(workspace);
    const start = (document: SourceDocument): void => {
      const lister = lists.find((list) => list.lister !== null && list.files[0] === document)?.lister ?? null;
      const files = [document, ...overlaid(document, own).filter((one) => !placing.places.has(one))];
      const role = own.get(document);
      const first = role?.listed === true ? role.base : document;
      placing.add(files, { folder: folderOf(first.uri), includer: null, lister });
    };
    for (const document of starts) if (!own.has(document) && !included.has(document)) start(document);
    for (const document of starts) {
      if (placing.places.has(document)) continue;
      start(document);
      const [role, found] = [own.get(document), placing.places.get(document)];
      if (role === undefined || found === undefined) continue;
      const { base, overlay, order } = role;
      placing.places.set(document, { ...found, base, overlay, order });
    }
    return placing;
  };
  const guess = place(new Set());
  return guess.included.size === 0 ? guess.places : place(guess.included).places;
}

const kept = new WeakMap<ReadonlyMap<string, SourceDocument>, ReadonlyMap<SourceDocument, ComposePlace>>();

/** The place of every compose file. Asked for every service, so looked up once for a model. */
export function composePlaces(workspace: Workspace): ReadonlyMap<SourceDocument, ComposePlace> {
  let places = kept.get(workspace.documents);
  if (places === undefined) {
    places = placesIn(workspace);
    kept.set(workspace.documents, places);
  }
  return places;
}

/** What relative paths of a document stand against: of a compose file the folder of its project, else its own. */
export function pathFolder(document: SourceDocument, workspace: Workspace): string {
  const place = document.kind === 'compose' ? composePlaces(workspace).get(document) : undefined;
  return place?.folder ?? folderOf(document.uri);
}

/** The first file of the project that is started with a file. */
export function startedWith(document: SourceDocument, workspace: Workspace): SourceDocument {
  const places = composePlaces(workspace);
  let at = document;
  for (let steps = 0; steps <= maxIncludes; steps++) {
    const place = places.get(at);
    if (place?.includer == null) return place?.overlay === true ? place.base : at;
    at = place.includer.document;
  }
  return at;
}

/** The file itself and all that include it. */
export function withIncluders(document: SourceDocument, workspace: Workspace): ReadonlySet<SourceDocument> {
  const places = composePlaces(workspace);
  const found = new Set<SourceDocument>();
  for (let at: SourceDocument | undefined = document; at !== undefined && !found.has(at); ) {
    found.add(at);
    at = places.get(at)?.includer?.document;
  }
  return found;
}
