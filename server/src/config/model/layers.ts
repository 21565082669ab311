/** Environments as layers: names to values, with the lookups their readers use. */
import { settings } from '#schemas/settings/catalogue.ts';
import type { ReaderContext } from '../readers/context.ts';
import { assignmentsAs, assignmentsInTurn, type ListedFile, otherAssignmentsWithin } from '../readers/dotenv.ts';
import { assignmentsOf } from '../readers/dotenvAssignments.ts';
import { secretNamesOf, withSecretNames } from '../readers/dotenvReferences.ts';
import { FoldedSet } from '../text/letterCase.ts';
import type { Dialect } from '../text/parseEnv.ts';
import type { Range } from '../text/position.ts';
import type { Assignment, OriginKind, SourceDocument, Value } from './types.ts';

export interface LayerEntry {
  readonly value: Value;
  readonly assignment: Assignment | null;
  readonly range: Range | null;
}

export interface Layer {
  readonly kind: Extract<OriginKind, 'process-env' | 'env-file'>;
  readonly uri: string | null;
  /** Direct readers: the name as written. Names of files outside the catalogue are left out of both lookups: nobody asks for them. */
  readonly exact: ReadonlyMap<string, LayerEntry>;
  /** pydantic-settings: names in lower case. */
  readonly folded: ReadonlyMap<string, LayerEntry>;
}

const catalogued = new FoldedSet(settings.flatMap(({ envName }) => envName ?? []));

/**
 * Both lookups of a list of assignments. A dict keeps the place of a key's first occurrence and the value of its last,
 * and pydantic-settings folds the letter case of that dict in order: with `A=1`, `a=2`, `A=3` the field gets 2.
 */
function layerOf(kind: Layer['kind'], uri: string | null, entries: Iterable<readonly [string, LayerEntry]>): Layer {
  const exact = new Map<string, LayerEntry>();
  for (const [name, entry] of entries) exact.set(name, entry);
  const folded = new Map<string, LayerEntry>();
  for (const [name, entry] of exact) folded.set(name.toLowerCase(), entry);
  return { kind, uri, exact, folded };
}

function* entriesOf(assignments: Iterable<Assignment>): Generator<readonly [string, LayerEntry]> {
  for (const assignment of assignments) {
    if (catalogued.has(assignment.name)) yield entryOf(assignment);
  }
}

function entryOf(assignment: Assignment): readonly [string, LayerEntry] {
  return [assignment.name, { value: assignment.value, assignment, range: assignment.valueRange ?? assignment.nameRange }];
}

function* ownEntries(document: SourceDocument): Generator<readonly [string, LayerEntry]> {
  const list = assignmentsOf(document);
  for (let i = 0; i < list.length; i++) if (catalogued.has(list.name(i))) yield entryOf(list.at(i));
}

const fileLayers = new WeakMap<SourceDocument, Layer>();

/**
 * The layer of an env file.
 *
 * @param fileWins In `${NAME}`: earlier names of the file beat the process environment (pydantic-settings) or not (`load_dotenv()`).
 */
export function fileLayer(document: SourceDocument, surrounding: Readonly<Record<string, string>>, fileWins: boolean): Layer {
  const assignments = otherAssignmentsWithin(document, surrounding, fileWins);
  if (assignments !== null) return layerOf('env-file', document.uri, entriesOf(assignments));
  let layer = fileLayers.get(document);
  if (layer === undefined) {
    layer = layerOf('env-file', document.uri, ownEntries(document));
    fileLayers.set(document, layer);
  }
  return layer;
}

/** What a service, unit or image puts into the process environment by its own lines. */
export function unitLayer(uri: string, assignments: readonly Assignment[]): Layer {
  return layerOf('process-env', uri, entriesOf(assignments));
}

/** The layer without some of its names (`UnsetEnvironment=`). */
export function layerWithout(layer: Layer, names: readonly string[]): Layer {
  if (!names.some((name) => layer.exact.has(name))) return layer;
  const left = [...layer.exact].filter(([name]) => !names.includes(name));
  return layerOf(layer.kind, layer.uri, left);
}

const foreignLayers = new WeakMap<SourceDocument, Map<Dialect, Layer>>();

/** An env file that a supervisor reads into the environment of what it starts. */
export function supervisedLayer(
  document: SourceDocument,
  dialect: Dialect,
  surrounding: Readonly<Record<string, string>>,
): Layer {
  const alone = Object.keys(surrounding).length === 0;
  const known = alone ? foreignLayers.get(document)?.get(dialect) : undefined;
  if (known !== undefined) return known;
  const layer = layerOf('process-env', document.uri, entriesOf(assignmentsAs(document, dialect, surrounding).assignments));
  if (alone) {
    const layers = foreignLayers.get(document) ?? new Map<Dialect, Layer>();
    layers.set(dialect, layer);
    foreignLayers.set(document, layers);
  }
  return layer;
}

/** `--set NAME=VALUE`: stands for the process environment. */
export function setLayer(set: Readonly<Record<string, string>>, context: ReaderContext): Layer {
  return layerOf(
    'process-env',
    null,
    Object.entries(set).map(([name, text]) => [
      name,
      { value: context.protect(text, context.environment(name)), assignment: null, range: null },
    ]),
  );
}

interface WrittenLayers {
  readonly firm: Layer;
  readonly defaults: Layer;
}
const writtenLayers = new WeakMap<SourceDocument, WrittenLayers>();

/** What a Python file writes into `os.environ`: `firm` as it stands, `defaults` where nothing else does (`setdefault`). */
export function writtenLayer(document: SourceDocument, defaults: boolean): Layer {
  let layers = writtenLayers.get(document);
  if (layers === undefined) {
    const soft = new Set(document.marks.filter((mark) => mark.name === 'environ-setdefault').map((mark) => mark.value));
    const written = document.assignments.filter((assignment) => assignment.layer === 'environment');
    const layer = (wanted: boolean): Layer =>
      layerOf('process-env', document.uri, entriesOf(written.filter((assignment) => soft.has(assignment.name) === wanted)));
    layers = { firm: layer(false), defaults: layer(true) };
    writtenLayers.set(document, layers);
  }
  return defaults ? layers.defaults : layers.firm;
}

/** What env files see of the service's own environment (compose-go, types.Project.WithServicesEnvironmentResolved). */
function ownTexts(assignments: readonly Assignment[]) {
  const texts: Record<string, string> = Object.create(null) as Record<string, string>;
  const unknown = new Set<string>();
  for (const { name, value } of assignments) {
    delete texts[name];
    unknown.delete(name);
    if (value.kind === 'text' && value.masked === undefined) texts[name] = value.text;
    else if (value.kind !== 'absent') unknown.add(name);
  }
  return { texts, unknown };
}

/**
 * The `env_file` list of a compose service, strongest first; see `assignmentsInTurn`.
 *
 * @param environment What the service sets itself, filled in.
 */
export function listedLayers(
  files: readonly ListedFile[],
  environment: readonly Assignment[],
  surrounding: Readonly<Record<string, string>>,
): Layer[] {
  const { texts, unknown } = ownTexts(environment);
  return assignmentsInTurn(files, withSecretNames({ ...texts, ...surrounding }, secretNamesOf(surrounding)), unknown)
    .map(({ assignments }, i) => layerOf('process-env', files[i]?.document.uri ?? null, entriesOf(assignments)))
    .toReversed();
}
