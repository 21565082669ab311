/**
 * Documents to processes with their effective settings.
 *
 * Assumptions about what files do not say, all in one place:
 * - a Python process is started in the nearest folder at or above its file (inside the root) that has a `.env`, so that
 *   file is its `./.env`; without one it has none;
 * - other env files count for a process only where its file loads them (`load_dotenv("...")`);
 * - all processes of one root run on one machine.
 */
import { type Release, releaseFacts } from '#schemas/settings/catalogue.ts';
import { createReaderContext, type ReaderContext } from '../readers/context.ts';
import { environmentOf, type FolderIndex, indexFolders, type ProcessEnvironment, unclaimedFolders } from './environments.ts';
import { fieldsOf } from './fields.ts';
import { fileLayer, type Layer, setLayer, writtenLayer } from './layers.ts';
import { portsOf } from './ports.ts';
import { type ResolutionContext, resolveField } from './resolve.ts';
import { resolveTarget } from './target.ts';
import type {
  Assignment,
  DeclaredProcess,
  EffectiveSetting,
  ProcessDeclaration,
  SourceDocument,
  WorkspaceModel,
} from './types.ts';

export interface ModelOptions {
  /** The release to check against; null or absent: found in the documents. */
  readonly target?: Release | null;
  /** Version in the project's virtual environment. */
  readonly installed?: Release | null;
  readonly profile?: 'development' | 'production';
  /** The process environment of every process; absent: unknown and taken as empty. */
  readonly set?: Readonly<Record<string, string>>;
  /** Folder URIs (or paths) without a final slash. */
  readonly roots: readonly string[];
  /** Classifies the names of `set`; share it with the readers where equal secrets are compared. */
  readonly context?: ReaderContext;
}

interface Building {
  readonly release: Release;
  readonly set: Readonly<Record<string, string>>;
  readonly setLayer: Layer;
  readonly index: FolderIndex;
  readonly roots: readonly string[];
}

function rootOf(uri: string, roots: readonly string[]): string {
  const inside = roots.filter((root) => uri.startsWith(`${root}/`)).sort((a, b) => b.length - a.length)[0];
  return inside ?? uri.slice(0, Math.max(0, uri.lastIndexOf('/')));
}

const truthyWords = new Set(['1', 'true', 't', 'yes', 'y']);

/** Whether `Mesh.start()` of this release exports `./.env` (core/mesh.py:359 of 2.2.0 and later). */
function exportsDotenv(release: Release, declaration: ProcessDeclaration, set: Readonly<Record<string, string>>): boolean {
  if (declaration.kind === 'join-mesh') return false;
  if (releaseFacts.get(release)?.facts.dotenvExportedByMeshStart !== true) return false;
  return !truthyWords.has((set.PYTHON_DOTENV_DISABLED ?? '').toLowerCase());
}

/** Last entry per key: the one the dict has in the end. */
function meshEntries(document: SourceDocument, process: string): Map<string, Assignment> {
  const entries = new Map<string, Assignment>();
  for (const assignment of document.assignments) {
    if (assignment.layer === 'mesh' && assignment.process === process) entries.set(assignment.name, assignment);
  }
  return entries;
}

interface BuiltProcess {
  readonly inputs: readonly unknown[];
  readonly process: DeclaredProcess;
}
const built = new WeakMap<SourceDocument, Map<string, BuiltProcess>>();

/** The process of an earlier model where nothing it is made of changed: of 500 files, a keystroke touches one. */
function buildProcess(document: SourceDocument, declaration: ProcessDeclaration, building: Building): DeclaredProcess {
  const environment = environmentOf(document, building.index, building.roots);
  const hostGroup = rootOf(document.uri, building.roots);
  const set = Object.keys(building.set).length === 0 ? null : building.set;
  const { own, loaded, override } = environment;
  const inputs = [building.release, set, hostGroup, declaration.name, own, override, ...loaded];
  let known = built.get(document);
  if (known === undefined) {
    known = new Map();
    built.set(document, known);
  }
  const before = known.get(declaration.id);
  if (before?.inputs.length === inputs.length && inputs.every((input, i) => input === before.inputs[i])) return before.process;
  const process = resolveProcess(document, declaration, environment, hostGroup, building);
  known.set(declaration.id, { inputs, process });
  return process;
}

function resolveProcess(
  document: SourceDocument,
  declaration: ProcessDeclaration,
  environment: ProcessEnvironment,
  hostGroup: string,
  building: Building,
): DeclaredProcess {
  const { release, set } = building;
  const own = environment.own === null ? [] : [fileLayer(environment.own, set, true)];
  const loaded = environment.loaded.map((file) => fileLayer(file, set, environment.override));
  const python = document.kind === 'python' ? document : null;
  const layers: Layer[] = [
    ...(python === null ? [] : [writtenLayer(python, false)]),
    ...(environment.override ? loaded.toReversed() : []),
    building.setLayer,
    ...(python === null ? [] : [writtenLayer(python, true)]),
    ...(environment.override ? [] : loaded),
    ...own,
  ];
  const exported = new Set(environment.loaded.map((file) => file.uri));
  if (environment.own !== null && exportsDotenv(release, declaration, set)) exported.add(environment.own.uri);
  const context: ResolutionContext = {
    release,
    layers,
    exported,
    meshStart: declaration.kind !== 'join-mesh',
    uri: document.uri,
  };

  const fields = fieldsOf(release);
  const mesh = meshEntries(document, declaration.id);
  const settings = new Map<string, EffectiveSetting>(fields.defaults);
  const resolve = (field: (typeof fields.all)[number] | undefined): void => {
    if (field === undefined) return;
    const key = field.setting.meshKey;
    settings.set(field.name, resolveField(field, key === null ? null : (mesh.get(key) ?? null), context));
  };
  const touched = new Set<string>();
  for (const layer of layers) for (const name of layer.folded.keys()) touched.add(name);
  for (const name of touched) resolve(fields.byEnvironment.get(name));
  for (const key of mesh.keys()) resolve(fields.byMeshKey.get(key));

  return {
    id: `${document.uri}#${declaration.id}`,
    name: declaration.name,
    uri: document.uri,
    declaration,
    hostGroup,
    environments: [...new Set([...own, ...loaded].flatMap((layer) => (layer.uri === null ? [] : [layer.uri])))],
    settings,
    ports: portsOf(settings, declaration, release),
  };
}

/** A folder with an env file and nothing that declares a process: whatever is started there reads that file. */
function folderProcess(name: string): ProcessDeclaration {
  const start = { line: 0, character: 0 };
  return { id: 'default', kind: 'launch', name, range: { start, end: start }, insertion: null, open: true, facts: {} };
}

/**
 * Builds the model. Pure; documents that did not change keep what was computed from them.
 *
 * Besides the declared processes there is one (`kind: 'launch'`, id `default`) for every folder whose `.env` no declared
 * process reads.
 */
export function buildModel(
  documents: ReadonlyMap<string, SourceDocument> | Iterable<SourceDocument>,
  options: ModelOptions,
): WorkspaceModel {
  const byUri: ReadonlyMap<string, SourceDocument> =
    documents instanceof Map
      ? (documents as ReadonlyMap<string, SourceDocument>)
      : new Map([...(documents as Iterable<SourceDocument>)].map((document) => [document.uri, document]));
  const target = resolveTarget(byUri.values(), { explicit: options.target ?? null, installed: options.installed ?? null });
  const set = options.set ?? {};
  const index = indexFolders(byUri.values());
  const building: Building = {
    release: target.release,
    set,
    setLayer: setLayer(set, options.context ?? createReaderContext()),
    index,
    roots: options.roots,
  };
  const processes: DeclaredProcess[] = [];
  for (const document of byUri.values()) {
    for (const declaration of document.processes) processes.push(buildProcess(document, declaration, building));
  }
  const declaring = processes.map((process) => process.uri);
  const claimed = new Set(processes.flatMap((process) => process.environments));
  for (const { document, folderName } of unclaimedFolders(index, claimed, declaring)) {
    processes.push(buildProcess(document, folderProcess(folderName), building));
  }
  return {
    target: target.release,
    targetOrigin: target.origin,
    profile: options.profile ?? 'development',
    documents: byUri,
    processes,
  };
}
