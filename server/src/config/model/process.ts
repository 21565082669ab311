/** One declared process with its resolved settings. */
import { type Release, releaseFacts } from '#schemas/settings/catalogue.ts';
import { isEmbedded } from '../readers/dotenv.ts';
import { loadedFiles } from './containerFiles.ts';
import type { DeploymentUnit } from './deployment.ts';
import { environmentOf, type FolderIndex, folderOf, type ProcessEnvironment, rootAbove } from './environments.ts';
import { fieldsOf } from './fields.ts';
import { fileLayer, type Layer, writtenLayer } from './layers.ts';
import { meshDict } from './meshDicts.ts';
import { OverlayMap } from './overlay.ts';
import { portsOf } from './ports.ts';
import type { HostOf } from './project.ts';
import { type ResolutionContext, resolveField } from './resolve.ts';
import type { Assignment, DeclaredProcess, EffectiveSetting, ProcessDeclaration, SourceDocument } from './types.ts';
import { inputsOf, layersOf } from './unitLayers.ts';
import { mergedUnit } from './unitParts.ts';
import type { ResolvedUnit } from './units.ts';

export interface Building {
  readonly release: Release;
  readonly set: Readonly<Record<string, string>>;
  readonly setLayer: Layer;
  readonly index: FolderIndex;
  readonly roots: readonly string[];
  readonly hostOf: HostOf;
}

function rootOf(uri: string, roots: readonly string[]): string {
  const folder = folderOf(uri);
  return rootAbove(folder, roots) ?? folder;
}

/** The host group of a machine that a person named. */
function groupOf(host: string): string {
  return `host:${host}`;
}

export function processId(document: SourceDocument, declaration: ProcessDeclaration): string {
  return `${document.uri}#${declaration.id}`;
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
  for (const assignment of meshDict(document, process)) entries.set(assignment.name, assignment);
  return entries;
}

const dotenvFiles = new WeakMap<DeclaredProcess, readonly string[]>();

/** URIs of the env files the process itself reads with python-dotenv (`./.env`, `load_dotenv()`). */
export function dotenvFilesOf(process: DeclaredProcess): readonly string[] {
  return dotenvFiles.get(process) ?? [];
}

function remember(process: DeclaredProcess, { own, loaded }: ProcessEnvironment): DeclaredProcess {
  dotenvFiles.set(process, [
    ...new Set([own, ...loaded].flatMap((file) => (file === null || isEmbedded(file) ? [] : [file.uri]))),
  ]);
  return process;
}

const wholeUnits = new WeakMap<DeclaredProcess, DeploymentUnit>();

/** The unit that declares a process with all that other files add to it; undefined for processes without one. */
export function wholeUnitOf(process: DeclaredProcess): DeploymentUnit | undefined {
  return wholeUnits.get(process);
}

interface BuiltProcess {
  readonly inputs: readonly unknown[];
  readonly process: DeclaredProcess;
}
const built = new WeakMap<SourceDocument, Map<string, BuiltProcess>>();

/** The process of an earlier model where nothing it is made of changed: of 500 files, a keystroke touches one. */
function kept(document: SourceDocument, id: string, inputs: readonly unknown[], build: () => DeclaredProcess): DeclaredProcess {
  let known = built.get(document);
  if (known === undefined) {
    known = new Map();
    built.set(document, known);
  }
  const before = known.get(id);
  if (before?.inputs.length === inputs.length && inputs.every((input, i) => input === before.inputs[i])) return before.process;
  const process = build();
  known.set(id, { inputs, process });
  return process;
}

const givenSet = ({ set }: Building) => (Object.keys(set).length === 0 ? null : set);

/** A construction in Python, or a folder with an env file. `startedBy`: ids of the units that start it. */
export function buildProcess(
  document: SourceDocument,
  declaration: ProcessDeclaration,
  building: Building,
  startedBy: readonly string[] = [],
): DeclaredProcess {
  const environment = environmentOf(document, building.index, building.roots);
  const host = building.hostOf(document.uri, declaration.name);
  const hostGroup = host === null ? rootOf(document.uri, building.roots) : groupOf(host.name);
  const { own, loaded, override } = environment;
  const inputs = [
    building.release,
    givenSet(building),
    hostGroup,
    declaration.name,
    own,
    override,
    startedBy.join('\n'),
    host?.addresses.join('\n'),
    ...loaded,
  ];
  return kept(document, declaration.id, inputs, () => {
    const python = document.kind === 'python' ? { document, declaration } : null;
    const resolved = resolveSettings({ environment, python, declaration, supervised: [], uri: document.uri }, building);
    const process: DeclaredProcess = {
      id: processId(document, declaration),
      name: declaration.name,
      uri: document.uri,
      declaration,
      hostGroup,
      ...resolved,
      hosts: host?.addresses ?? [],
      program: null,
      deployment: 'python',
      startedBy,
    };
    return remember(process, environment);
  });
}

function deploymentOf({ kind }: SourceDocument): DeclaredProcess['deployment'] {
  if (kind === 'compose' || kind === 'kubernetes' || kind === 'systemd') return kind;
  return kind === 'launch' ? 'editor' : 'shell';
}

const nowhere: ProcessEnvironment = { own: null, loaded: [], override: false };

/** What the files say about the folder it starts in beats what its place in the workspace makes likely. */
function startedWith(environment: ProcessEnvironment, { ownEnvFile, program, configFiles }: ResolvedUnit): ProcessEnvironment {
  const named = loadedFiles(configFiles, program?.document ?? null);
  if (named.length > 0)
    return {
      own: ownEnvFile ?? environment.own,
      loaded: named,
      override: program?.document.marks.some((mark) => mark.name === 'load_dotenv-override') === true,
    };
  if (ownEnvFile === null || ownEnvFile === environment.own) return environment;
  const loads = environment.loaded.length === 0 && program?.document.marks.some((mark) => mark.name === 'load_dotenv') === true;
  return { ...environment, own: ownEnvFile, loaded: loads ? [ownEnvFile] : environment.loaded };
}

/** A service, unit, workload or launch line, with the dict of the construction it starts. */
export function buildUnit(unit: ResolvedUnit, building: Building): DeclaredProcess {
  const { document, program } = unit;
  const root = rootOf(document.uri, building.roots);
  const onHost = unit.unit.kind === 'unit' || unit.unit.kind === 'launch';
  // An image is not the checkout: nothing says that an env file of the workspace lies beside the program there.
  const environment = startedWith(
    onHost ? environmentOf(program?.document ?? document, building.index, building.roots) : nowhere,
    unit,
  );
  const host = building.hostOf(document.uri, unit.declaration.name);
  // A container or pod with interfaces of its own keeps them wherever it runs.
  const hostGroup = unit.networkId ?? (host === null ? root : groupOf(host.name));
  const inputs = [
    building.release,
    givenSet(building),
    hostGroup,
    unit.open,
    unit.profiles.join('\n'),
    host?.addresses.join('\n'),
    environment.own,
    environment.override,
    ...environment.loaded,
    ...inputsOf(unit),
  ];
  return kept(document, unit.declaration.id, inputs, () => {
    const declaration: ProcessDeclaration = { ...unit.declaration, open: unit.open };
    const supervised = layersOf(unit, building.set);
    // What decides about P2P (`mode=`, join_mesh) is the construction the unit starts.
    const construct = program === null ? declaration : { ...program.declaration, open: unit.open };
    const uri = program?.document.uri ?? document.uri;
    const resolved = resolveSettings({ environment, python: program, declaration: construct, supervised, uri }, building);
    const process: DeclaredProcess = {
      id: processId(document, declaration),
      name: declaration.name,
      uri: document.uri,
      declaration,
      hostGroup,
      ...resolved,
      hosts: host === null ? unit.hosts : [...unit.hosts, ...host.addresses],
      program: program === null ? null : { uri: program.document.uri, declaration: program.declaration },
      deployment: deploymentOf(document),
      startedBy: [],
      ...(unit.profiles.length === 0 ? {} : { profiles: unit.profiles }),
    };
    wholeUnits.set(process, mergedUnit(unit.parts, unit.unit));
    return remember(process, environment);
  });
}

interface Resolving {
  readonly environment: ProcessEnvironment;
  readonly python: { readonly document: SourceDocument; readonly declaration: ProcessDeclaration } | null;
  readonly declaration: ProcessDeclaration;
  /** What the supervisor puts into the process environment, strongest first. */
  readonly supervised: readonly Layer[];
  /** The document of the Mesh dict. */
  readonly uri: string;
}

function resolveSettings(resolving: Resolving, building: Building): Pick<DeclaredProcess, 'environments' | 'settings' | 'ports'> {
  const { environment, python, declaration, supervised } = resolving;
  const { release, set } = building;
  const own = environment.own === null ? [] : [fileLayer(environment.own, set, true)];
  const loaded = environment.loaded.map((file) => fileLayer(file, set, environment.override));
  const layers: Layer[] = [
    ...(python === null ? [] : [writtenLayer(python.document, false)]),
    ...(environment.override ? loaded.toReversed() : []),
    building.setLayer,
    ...supervised,
    ...(python === null ? [] : [writtenLayer(python.document, true)]),
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
    uri: resolving.uri,
  };

  const fields = fieldsOf(release);
  const mesh = python === null ? new Map<string, Assignment>() : meshEntries(python.document, python.declaration.id);
  const resolved = new Map<string, EffectiveSetting>();
  const resolve = (field: (typeof fields.all)[number] | undefined): void => {
    if (field === undefined) return;
    const key = field.setting.meshKey;
    resolved.set(field.name, resolveField(field, key === null ? null : (mesh.get(key) ?? null), context));
  };
  const touched = new Set<string>();
  for (const layer of layers) for (const name of layer.folded.keys()) touched.add(name);
  for (const name of touched) resolve(fields.byEnvironment.get(name));
  for (const key of mesh.keys()) resolve(fields.byMeshKey.get(key));
  const settings = new OverlayMap(fields.defaults, resolved);
  const files = [...own, ...loaded, ...supervised.toReversed()].flatMap((layer) => (layer.uri === null ? [] : [layer.uri]));
  return {
    environments: [...new Set(files)],
    settings,
    ports: portsOf(settings, declaration, release),
  };
}
