/**
 * Services, units, workloads and launch lines as processes: which files reach them, in which order, and whose network
 * they use.
 *
 * Assumptions about what files do not say:
 * - a compose service or pod has no `./.env`: whether one is in the image is not known;
 * - a systemd unit or launch line starts where its program stands, so that folder's `.env` (or the next one above) is its `./.env`;
 * - `docker-compose.override.yml` is laid over its base; another variant (`docker-compose.dev.yml`) that names a service
 *   of the base is an alternative to it, not a second process (`composeFiles.ts`);
 * - a systemd template unit runs as often as files show instances of it (`instances.ts`);
 * - systemd units and launch lines of one root run on one machine.
 */
import { expandWithin, isInterpolated } from '../readers/compose/interpolate.ts';
import { declarationOf } from '../readers/deployment/document.ts';
import { isFrameworkName, isServiceImage } from '../readers/deployment/evidence.ts';
import { assignmentsOfImage, givesArguments } from '../readers/deployment/imageBuild.ts';
import { assignmentsAs } from '../readers/dotenv.ts';
import { valueUnder } from '../readers/kubernetes/configMaps.ts';
import { instanceAssignments, type UnitNames } from '../readers/systemd/specifiers.ts';
import { extendedParts, type FillLevel, interpolationLevels, profilesOf, projectFiles, valuesOf } from './composeFiles.ts';
import { type ContainerFile, configFilesOf, envFileInside, startFile } from './containerFiles.ts';
import type { DeploymentUnit, EnvFileReference, EnvironmentSource, KeySource } from './deployment.ts';
import { folderOf } from './environments.ts';
import { instanceDropIns, instancePath, instancesOf, isTemplateUnit, namesOf } from './instances.ts';
import { type Layer, layerWithout, listedLayers, supervisedLayer, unitLayer } from './layers.ts';
import { envFileAtStart, findEnvFile, findImage, findProgram, type Workspace } from './references.ts';
import type { Assignment, ProcessDeclaration, SourceDocument } from './types.ts';
import { indexUnits, type UnitIndex, type UnitPart } from './unitIndex.ts';

/** A unit with all that belongs to it. */
export interface ResolvedUnit extends UnitPart {
  readonly declaration: ProcessDeclaration;
  /** What it extends, the unit, then what is laid over it (drop-ins, override files), in order. */
  readonly parts: readonly UnitPart[];
  readonly image: UnitPart | null;
  /** In reading order, later ones winning. */
  readonly envFiles: readonly {
    readonly document: SourceDocument;
    readonly reference: EnvFileReference;
    readonly from: SourceDocument;
  }[];
  /** ConfigMaps and Secrets, later ones winning, with the prefix their names get and the env files they are generated from. */
  readonly sources: readonly (UnitPart & { readonly prefix: string; readonly files: readonly SourceDocument[] })[];
  /** Variables that take one entry of a ConfigMap or Secret. */
  readonly keys: readonly { readonly variable: string; readonly document: SourceDocument; readonly assignment: Assignment }[];
  /** What `%i` and its like stand for; null outside of systemd. */
  readonly names: UnitNames | null;
  /** Env files that its container has from ConfigMaps. */
  readonly configFiles: readonly ContainerFile[];
  /** `./.env` of what it starts, where the files say it: beside the working directory, copied into the image, mounted. */
  readonly ownEnvFile: SourceDocument | null;
  /** The env files compose fills `${NAME}` in from, weakest first; none where nothing is filled in. */
  readonly interpolation: readonly FillLevel[];
  /** Those of the project that is started, for names alone and its `env_file` list. */
  readonly project: FillLevel;
  readonly program: { readonly document: SourceDocument; readonly declaration: ProcessDeclaration } | null;
  readonly networkId: string | null;
  readonly hosts: readonly string[];
  /** Compose profiles it needs one of; empty: it always runs. */
  readonly profiles: readonly string[];
  /** Something the files do not say can add to its environment. */
  readonly open: boolean;
}

function programDeclaration(document: SourceDocument | null): ResolvedUnit['program'] {
  const [only, second] = document?.processes ?? [];
  return document === null || only === undefined || second !== undefined ? null : { document, declaration: only };
}

/** The containers of a pod share its interfaces. */
function podOf(id: string): string {
  return id.split('/').slice(0, 2).join('/');
}

/** The names under which Services of the workspace lead to a workload. */
function serviceNames(unit: DeploymentUnit, deployments: readonly SourceDocument[]): string[] {
  if (unit.kind !== 'workload') return [];
  const labels = new Set(unit.options.labels?.map((label) => label.text) ?? []);
  const own = unit.options.namespace?.[0]?.text ?? null;
  const names = deployments.flatMap((document) =>
    (document.deployment?.services ?? []).flatMap((service) =>
      service.selector.length > 0 && service.namespace === own && service.selector.every((label) => labels.has(label))
        ? [service.name]
        : [],
    ),
  );
  const namespace = own ?? 'default';
  const suffixes = ['', `.${namespace}`, `.${namespace}.svc`, `.${namespace}.svc.cluster.local`];
  return [...new Set([...names, ...unit.hosts])].flatMap((name) => suffixes.map((suffix) => name + suffix));
}

/** Services that share a network by `network_mode: service:x` are one group, also over several steps. */
function networkId(parts: readonly UnitPart[], { document, unit: own }: UnitPart): string | null {
  const network = parts.findLast((part) => part.unit.network.kind !== 'own')?.unit.network ?? own.network;
  const unit = { ...own, network };
  if (unit.kind === 'workload') return unit.network.kind === 'host' ? null : `${document.uri}#${podOf(unit.id)}`;
  if (unit.kind !== 'compose-service') return null;
  const units = document.deployment?.units ?? [];
  let current = unit;
  for (let steps = 0; steps < units.length && current.network.kind === 'of'; steps++) {
    const { name } = current.network;
    const next = units.find((one) => one.name === name || one.hosts.includes(name));
    if (next === undefined) return `${document.uri}#network:${name}`;
    current = next;
  }
  return current.network.kind === 'host' ? null : `${document.uri}#${current.id}`;
}

function isFramework(
  parts: readonly UnitPart[],
  resolved: Pick<ResolvedUnit, 'program' | 'envFiles' | 'sources' | 'image' | 'configFiles'>,
): boolean {
  const units = parts.map((part) => part.unit);
  if (units.some((unit) => unit.build === null && unit.image !== null && isServiceImage(unit.image.text))) return false;
  if (units.some((unit) => unit.framework === 'yes') || resolved.program !== null) return true;
  const names = [
    // What the editor reads on its own tells nothing about the program.
    ...resolved.envFiles
      .filter(({ reference }) => !units.some((unit) => unit.range === reference.range))
      .flatMap(({ document, reference }) => assignmentsAs(document, reference.dialect).assignments),
    ...resolved.sources.flatMap(({ unit, files }) => [...unit.assignments, ...files.flatMap((file) => file.assignments)]),
    ...(resolved.image?.unit.assignments ?? []),
    ...resolved.configFiles.flatMap(({ document }) => document.assignments),
  ];
  return resolved.image?.unit.framework === 'yes' || names.some(({ name }) => isFrameworkName(name));
}

/** The image a unit runs: built here, or under a name that another service of the file gives what it builds. */
function imageOf(parts: readonly UnitPart[], { document, unit }: UnitPart, workspace: Workspace): UnitPart | null {
  const built = parts.findLast((part) => part.unit.build !== null);
  if (built !== undefined) return findImage(workspace, built.document, built.unit);
  const name = parts.findLast((part) => part.unit.image !== null)?.unit.image?.text;
  if (unit.kind !== 'compose-service' || name === undefined) return null;
  const builder = document.deployment?.units.find((one) => one.build !== null && one.image?.text === name);
  return builder === undefined ? null : findImage(workspace, document, builder);
}

/** Every instance of a template unit; the unit itself for anything else, and where no instance is known. */
function resolveInstances(part: UnitPart, index: UnitIndex, workspace: Workspace): readonly ResolvedUnit[] {
  const known: readonly (string | null)[] = isTemplateUnit(part) ? instancesOf(part, workspace, index.deployments) : [];
  const instances = known.length === 0 ? [null] : known;
  return instances.flatMap((instance) => resolveUnit(part, instance, index, workspace) ?? []);
}

/** What is laid over a unit, in order. */
function overlaysOf(part: UnitPart, instance: string | null, index: UnitIndex): readonly UnitPart[] {
  const general = index.overlays.get(part.unit) ?? [];
  if (instance === null) return general;
  const own = instanceDropIns(part, instance, index.deployments);
  const names = new Set(own.map(({ document }) => document.name));
  // A drop-in of the instance hides the one of the same name that counts for all (systemd.unit(5)).
  return [...general.filter(({ document }) => !names.has(document.name)), ...own].sort((a, b) =>
    a.document.name < b.document.name ? -1 : 1,
  );
}

function resolveUnit(own: UnitPart, instance: string | null, index: UnitIndex, workspace: Workspace): ResolvedUnit | null {
  const { document, unit } = own;
  const declared = document.processes.find((one) => one.id === unit.id) ?? declarationOf(unit);
  if (declared === null) return null;
  const declaration =
    instance === null ? declared : { ...declared, id: `${declared.id}@${instance}`, name: `${unit.name}${instance}` };
  const extended = extendedParts(own, workspace);
  const parts: UnitPart[] = [...extended.parts, own, ...overlaysOf(own, instance, index)];
  const names = unit.kind !== 'unit' ? null : instance === null ? namesOf(unit) : { instance, name: `${unit.name}${instance}` };
  const image = imageOf(parts, own, workspace);
  const runs = parts.findLast((part) => part.unit.program !== null);
  const command = parts.some((part) => part.unit.command !== null);
  const at = placedUnit(parts, own);
  const program = programDeclaration(
    findProgram(workspace, at.document, at.unit, runs?.unit.program ?? null) ??
      (command || image === null ? null : findProgram(workspace, at.document, at.unit, image.unit.program)),
  );
  const missing: EnvFileReference[] = [];
  const envFiles = envFileParts(parts).flatMap(({ reference: written, from }) => {
    const reference = { ...written, path: instancePath(written.path, names) };
    const found = findEnvFile(workspace, from, reference);
    // A reference without a place of its own is a default: without that file nothing is read.
    if (found === null && reference.range !== unit.range) missing.push(reference);
    return found === null ? [] : [{ document: found, reference, from }];
  });
  const wanted = parts.flatMap((part) => part.unit.sources);
  const sources = wanted.flatMap((source) => sourceFor(source, index, workspace));
  const keys = parts.flatMap((part) => part.unit.keySources).flatMap((source) => keyFor(source, index));
  const configFiles = configFilesOf(parts, index.configMaps, workspace);
  if (!isFramework(parts, { program, envFiles, sources, image, configFiles })) return null;
  const compose = document.kind === 'compose';
  const project = compose ? projectFiles(document, workspace) : [];
  const filled = parts.some((part) => isInterpolated(part.document) || givesArguments(part.unit.build));
  const inImage = unit.kind === 'compose-service' || unit.kind === 'workload';
  return {
    document,
    unit,
    declaration,
    parts,
    image,
    envFiles,
    sources,
    keys,
    names,
    configFiles,
    ownEnvFile: inImage
      ? (startFile(configFiles, startFolder(at.unit, image)) ?? envFileInside(parts, image, workspace))
      : (envFileAtStart(workspace, document, at.unit) ?? null),
    interpolation: compose && filled ? interpolationLevels(document, workspace) : [],
    // Env files refer to the project's `.env` as well.
    project: filled || envFiles.length > 0 ? project : [],
    program,
    networkId: networkId(parts, own),
    hosts: [...new Set([...parts.flatMap((part) => part.unit.hosts), ...serviceNames(unit, index.deployments)])],
    profiles: profilesOf(parts, project, workspace),
    open:
      program === null ||
      program.declaration.open ||
      !extended.complete ||
      missing.length > 0 ||
      sources.length < wanted.length ||
      (inImage && image === null),
  };
}

const startFolder = (unit: DeploymentUnit, image: UnitPart | null): string | null =>
  (unit.workingDirectory ?? image?.unit.workingDirectory ?? null)?.text ?? null;

/** The unit with what decides where its paths start, which another part may say. */
function placedUnit(parts: readonly UnitPart[], own: UnitPart): UnitPart {
  if (parts.length === 1) return own;
  const builder = own.unit.build !== null ? own : (parts.findLast((part) => part.unit.build !== null) ?? own);
  const workingDirectory = parts.findLast((part) => part.unit.workingDirectory !== null)?.unit.workingDirectory ?? null;
  const { build, mounts } = builder.unit;
  return { document: builder.document, unit: { ...own.unit, build, mounts, workingDirectory } };
}

function sourceFor(source: EnvironmentSource, { configMaps }: UnitIndex, workspace: Workspace): ResolvedUnit['sources'] {
  const part = configMaps.get(`${source.kind}:${source.name}`);
  if (part === undefined) return [];
  const files = part.unit.envFiles.flatMap((reference) => findEnvFile(workspace, part.document, reference) ?? []);
  return [{ ...part, prefix: source.prefix, files }];
}

function keyFor({ variable, kind, name, key }: KeySource, { configMaps }: UnitIndex): ResolvedUnit['keys'] {
  const part = configMaps.get(`${kind}:${name}`);
  const assignment = part?.unit.assignments.findLast((one) => one.name === key);
  return part === undefined || assignment === undefined ? [] : [{ variable, document: part.document, assignment }];
}

/** An empty `Environment=` or `EnvironmentFile=` and compose's `!override` drop what lies below. */
function afterReset<T>(
  parts: readonly UnitPart[],
  group: DeploymentUnit['resets']['groups'][number],
  list: (part: UnitPart) => readonly T[],
): T[] {
  const from = parts.findLastIndex((part) => part.unit.resets.groups.includes(group));
  return parts.slice(Math.max(0, from)).flatMap(list);
}

function envFileParts(parts: readonly UnitPart[]) {
  const all = afterReset(parts, 'envFiles', (part) =>
    part.unit.envFiles.map((reference) => ({ reference, from: part.document })),
  );
  if (parts[0]?.unit.kind !== 'compose-service') return all;
  // A file that is named again keeps its first place (compose-go, override/uncity.go).
  const places = new Map<string, (typeof all)[number]>();
  for (const one of all) places.set(`${folderOf(one.from.uri)} ${one.reference.path}`, one);
  return [...places.values()];
}

/** All processes the deployment files of a workspace declare. */
export function resolveUnits(workspace: Workspace): ResolvedUnit[] {
  const deployments = [...workspace.documents.values()].filter((document) => document.deployment !== undefined);
  if (deployments.length === 0) return [];
  const index = indexUnits(deployments, workspace);
  return deployments.flatMap((document) =>
    (document.deployment?.units ?? []).flatMap((unit) =>
      (unit.framework === 'no' && !index.overlays.has(unit)) || index.absorbed.has(unit)
        ? []
        : resolveInstances({ document, unit }, index, workspace),
    ),
  );
}

/** The documents a unit's settings are made of: while these stay the same objects, so do its settings. */
export function inputsOf(unit: ResolvedUnit): readonly unknown[] {
  return [
    ...unit.parts.map((part) => part.document),
    unit.image?.document,
    ...unit.envFiles.map((file) => file.document),
    ...unit.sources.flatMap((source) => [source.document, ...source.files]),
    ...unit.keys.map((key) => key.document),
    ...unit.interpolation.flat(),
    ...unit.project,
    unit.ownEnvFile,
    ...unit.configFiles.map((file) => file.document),
    unit.program?.document,
  ];
}

/** A pod's `envFrom` may put a prefix in front of every name. */
function prefixed(part: UnitPart, prefix: string): readonly Assignment[] {
  if (prefix === '') return part.unit.assignments;
  return part.unit.assignments.map((assignment) => {
    const name = prefix + assignment.name;
    return { ...assignment, name, value: valueUnder(assignment, name) };
  });
}

/** Variables that take their value from a ConfigMap, with that value. */
function withKeys(assignments: readonly Assignment[], keys: ResolvedUnit['keys']): readonly Assignment[] {
  if (keys.length === 0) return assignments;
  const known = new Map(keys.map((key) => [key.variable, key]));
  return assignments.map((one) => {
    const key = one.value.kind === 'unknown' ? known.get(one.name) : undefined;
    return key === undefined ? one : { ...one, value: valueUnder(key.assignment, one.name) };
  });
}

/**
 * What reaches the process environment, strongest first.
 *
 * Compose: `environment` beats `env_file`, both beat the image. systemd: env files beat `Environment=` wherever they
 * stand (systemd.exec(5)), and `UnsetEnvironment=` comes last. Kubernetes: `env` beats `envFrom`. VS Code: `env` beats
 * `envFile`.
 */
export function layersOf(resolved: ResolvedUnit, set: Readonly<Record<string, string>>): Layer[] {
  const { unit, parts, image, interpolation, project, names, keys } = resolved;
  const compose = unit.kind === 'compose-service';
  const surrounding = compose ? valuesOf(interpolation, set) : {};
  const around = compose ? valuesOf([project], set) : {};
  const given = afterReset(parts, 'environment', (part) => [part]);
  const several = given.filter((part) => part.unit.assignments.length > 0).length > 1;
  const filled = given.map((part) => {
    const expanded = expandWithin(part.unit.assignments, { surrounding, project: around }, several);
    return { part, assignments: instanceAssignments(withKeys(expanded, keys), names) };
  });
  const own = filled
    .map(({ part, assignments }, i) => {
      const gone = compose ? filled.slice(i + 1).flatMap((above) => above.part.unit.resets.names) : [];
      return unitLayer(
        part.document.uri,
        gone.length === 0 ? assignments : assignments.filter(({ name }) => !gone.includes(name)),
      );
    })
    .toReversed();
  const listed = resolved.envFiles.map(({ document, reference }) => ({ document, dialect: reference.dialect }));
  const files = compose
    ? listedLayers(
        listed,
        filled.flatMap((one) => one.assignments),
        around,
      )
    : listed.toReversed().map(({ document, dialect }) => supervisedLayer(document, dialect, {}));
  const sources = resolved.sources
    .toReversed()
    .flatMap((source) => [
      unitLayer(source.document.uri, prefixed(source, source.prefix)),
      ...source.files.map((file) => supervisedLayer(file, 'docker', {})),
    ]);
  const build = parts.findLast((part) => part.unit.build !== null)?.unit.build ?? null;
  const base = image === null ? [] : [unitLayer(image.document.uri, assignmentsOfImage(image.unit, build, surrounding))];
  if (unit.kind !== 'unit') return [...own, ...files, ...sources, ...base];
  const unset = parts.flatMap((part) => part.unit.resets.names);
  return [...files, ...own].map((layer) => layerWithout(layer, unset));
}
