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
import { isInterpolated } from '../readers/compose/interpolate.ts';
import { declarationOf } from '../readers/deployment/document.ts';
import { isFrameworkName, isServiceImage } from '../readers/deployment/evidence.ts';
import { givesArguments } from '../readers/deployment/imageBuild.ts';
import { assignmentsAs } from '../readers/dotenv.ts';
import type { UnitNames } from '../readers/systemd/specifiers.ts';
import { type FillLevel, interpolationLevels, type PartLevels, partLevels, projectLevels } from './composeFilling.ts';
import { profilesOf } from './composeProfiles.ts';
import { extendedParts, placedPart, projectServices, projectUnits } from './composeServices.ts';
import { type ContainerFile, configFilesOf, envFileInside, startFile } from './containerFiles.ts';
import type { DeploymentUnit, EnvFileReference, EnvironmentSource, KeySource } from './deployment.ts';
import { folderOf, join } from './environments.ts';
import { instanceDropIns, instancePath, instancesOf, isTemplateUnit, namesOf } from './instances.ts';
import { envFileAtStart, findEnvFile, findImage, findProgram, type Workspace } from './references.ts';
import type { Assignment, ProcessDeclaration, SourceDocument } from './types.ts';
import { indexUnits, type UnitIndex, type UnitPart } from './unitIndex.ts';
import { afterReset, type PlacedPart, type Stack } from './unitParts.ts';

/** `levels` null: nothing is filled in. */
export interface FilledPart {
  readonly part: PlacedPart;
  readonly levels: PartLevels | null;
}

/** A unit with all that belongs to it. */
export interface ResolvedUnit extends UnitPart {
  readonly declaration: ProcessDeclaration;
  /** What it extends, the unit, then what is laid over it (drop-ins, override files), in order. */
  readonly parts: readonly PlacedPart[];
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
  /** The parts whose own environment counts, in order, with the env files compose fills `${NAME}` in from. */
  readonly environment: readonly FilledPart[];
  /** Those for the arguments of its build, weakest first. */
  readonly interpolation: readonly FillLevel[];
  /** Those of the project that is started, for names alone and its `env_file` list. */
  readonly project: readonly FillLevel[];
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

/** A chain of shared networks is short; a longer one is a circle. */
const maxShared = 30;

/** What counts of the parts: a later one that says something of its own. */
const networkOf = (parts: readonly UnitPart[]): DeploymentUnit['network'] =>
  parts.findLast((part) => part.unit.network.kind !== 'own')?.unit.network ?? { kind: 'own' };

/** Services that share a network by `network_mode: service:x` are one group, also over several steps. */
function networkId(parts: readonly PlacedPart[], { document, unit }: UnitPart, workspace: Workspace): string | null {
  let network = networkOf(parts);
  if (unit.kind === 'workload') return network.kind === 'host' ? null : `${document.uri}#${podOf(unit.id)}`;
  if (unit.kind !== 'compose-service') return null;
  let at: UnitPart = { document, unit };
  for (let steps = 0; steps < maxShared && network.kind === 'of'; steps++) {
    const { name } = network;
    const services = projectServices(document, workspace);
    const next =
      services.get(name) ?? [...services.values()].find((one) => one.parts.some((part) => part.unit.hosts.includes(name)));
    const holder = next?.parts.find((part) => !part.extended);
    if (next === undefined || holder === undefined) return `${document.uri}#network:${name}`;
    at = holder;
    network = networkOf(next.parts);
  }
  return network.kind === 'host' ? null : `${at.document.uri}#${at.unit.id}`;
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

/** The image a unit runs: built here, or under a name that another service of the project gives what it builds. */
function imageOf(parts: readonly PlacedPart[], { document, unit }: UnitPart, workspace: Workspace): UnitPart | null {
  const built = parts.findLast((part) => part.unit.build !== null);
  if (built !== undefined) return findImage(workspace, built.folder, built.unit);
  const name = parts.findLast((part) => part.unit.image !== null)?.unit.image?.text;
  if (unit.kind !== 'compose-service' || name === undefined) return null;
  const builder = projectUnits(document, workspace).find((one) => one.unit.build !== null && one.unit.image?.text === name);
  return builder === undefined ? null : findImage(workspace, builder.folder, builder.unit);
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
  const { parts, complete } = index.stacks.get(unit) ?? stackOf(own, overlaysOf(own, instance, index), workspace);
  const placed = parts.find((part) => part.unit === unit) ?? placedPart(document, unit, workspace);
  const names = unit.kind !== 'unit' ? null : instance === null ? namesOf(unit) : { instance, name: `${unit.name}${instance}` };
  const image = imageOf(parts, placed, workspace);
  const runs = parts.findLast((part) => part.unit.program !== null);
  const command = parts.some((part) => part.unit.command !== null);
  const at = startOf(parts, placed);
  const program = programDeclaration(
    findProgram(workspace, at.folder, at.unit, runs?.unit.program ?? null) ??
      (command || image === null ? null : findProgram(workspace, at.folder, at.unit, image.unit.program)),
  );
  const missing: EnvFileReference[] = [];
  const envFiles = envFileParts(parts, placed.folder).flatMap(({ reference: written, part }) => {
    const reference = { ...written, path: instancePath(written.path, names) };
    const found = findEnvFile(workspace, part.folder, reference);
    // A reference without a place of its own is a default: without that file nothing is read.
    if (found === null && reference.range !== unit.range) missing.push(reference);
    return found === null ? [] : [{ document: found, reference, from: part.document }];
  });
  const wanted = parts.flatMap((part) => part.unit.sources);
  const sources = wanted.flatMap((source) => sourceFor(source, index, workspace));
  const keys = parts.flatMap((part) => part.unit.keySources).flatMap((source) => keyFor(source, index));
  const configFiles = configFilesOf(parts, index.configMaps, workspace);
  if (!isFramework(parts, { program, envFiles, sources, image, configFiles })) return null;
  const compose = document.kind === 'compose';
  const project = compose ? projectLevels(document, workspace) : [];
  const filled = parts.some((part) => isInterpolated(part.document) || givesArguments(part.unit.build));
  const given = afterReset(parts, 'environment', (part) => [part]);
  const levels = compose && filled ? partLevels(given, workspace) : [];
  const builder = parts.findLast((part) => part.unit.build !== null) ?? placed;
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
      : (envFileAtStart(workspace, at.folder, at.unit) ?? null),
    environment: given.map((part, i) => ({ part, levels: levels[i] ?? null })),
    interpolation: compose && filled ? interpolationLevels(builder.home, workspace) : [],
    // Env files refer to the project's `.env` as well.
    project: filled || envFiles.length > 0 ? project : [],
    program,
    networkId: networkId(parts, own, workspace),
    hosts: [...new Set([...parts.flatMap((part) => part.unit.hosts), ...serviceNames(unit, index.deployments)])],
    profiles: profilesOf(parts, project, workspace),
    open:
      program === null ||
      program.declaration.open ||
      !complete ||
      missing.length > 0 ||
      sources.length < wanted.length ||
      (inImage && image === null),
  };
}

const startFolder = (unit: DeploymentUnit, image: UnitPart | null): string | null =>
  (unit.workingDirectory ?? image?.unit.workingDirectory ?? null)?.text ?? null;

/** What a unit extends, itself, and what is laid over it. */
function stackOf(own: UnitPart, overlays: readonly UnitPart[], workspace: Workspace): Stack {
  const placed = placedPart(own.document, own.unit, workspace);
  const { parts, complete } = extendedParts(placed, workspace);
  return { parts: [...parts, placed, ...overlays.map(({ document, unit }) => placedPart(document, unit, workspace))], complete };
}

/** The unit with what decides where its paths start, which another part may say. */
function startOf(parts: readonly PlacedPart[], own: PlacedPart): Pick<PlacedPart, 'folder' | 'unit'> {
  if (parts.length === 1) return own;
  const builder = own.unit.build !== null ? own : (parts.findLast((part) => part.unit.build !== null) ?? own);
  const workingDirectory = parts.findLast((part) => part.unit.workingDirectory !== null)?.unit.workingDirectory ?? null;
  const { folder, unit } = builder;
  const mounts = parts.filter((part) => part.folder === folder).flatMap((part) => part.unit.mounts);
  return { folder, unit: { ...own.unit, build: unit.build, mounts, workingDirectory } };
}

function sourceFor(source: EnvironmentSource, { configMaps }: UnitIndex, workspace: Workspace): ResolvedUnit['sources'] {
  const part = configMaps.get(`${source.kind}:${source.name}`);
  if (part === undefined) return [];
  const files = part.unit.envFiles.flatMap((reference) => findEnvFile(workspace, folderOf(part.document.uri), reference) ?? []);
  return [{ ...part, prefix: source.prefix, files }];
}

function keyFor({ variable, kind, name, key }: KeySource, { configMaps }: UnitIndex): ResolvedUnit['keys'] {
  const part = configMaps.get(`${kind}:${name}`);
  const assignment = part?.unit.assignments.findLast((one) => one.name === key);
  return part === undefined || assignment === undefined ? [] : [{ variable, document: part.document, assignment }];
}

/** @param folder What the paths of the unit itself stand against. */
function envFileParts(parts: readonly PlacedPart[], folder: string) {
  const all = afterReset(parts, 'envFiles', (part) => part.unit.envFiles.map((reference) => ({ reference, part })));
  if (parts[0]?.unit.kind !== 'compose-service') return all;
  // A file that is named again keeps its first place (compose-go, override/uncity.go). The paths of one project are
  // compared as they are written, those from elsewhere as they read from there.
  const keyOf = ({ reference: { path }, part }: (typeof all)[number]): string => {
    if (part.folder === folder && !part.extended) return path;
    const uri = join(part.folder, path);
    return uri?.startsWith(`${folder}/`) === true ? uri.slice(folder.length + 1) : (uri ?? path);
  };
  const places = new Map<string, (typeof all)[number]>();
  for (const one of all) places.set(keyOf(one), one);
  return [...places.values()];
}

/** All processes the deployment files of a workspace declare. */
export function resolveUnits(workspace: Workspace): ResolvedUnit[] {
  const deployments = [...workspace.documents.values()].filter((document) => document.deployment !== undefined);
  if (deployments.length === 0) return [];
  const index = indexUnits(deployments, workspace);
  return deployments.flatMap((document) =>
    (document.deployment?.units ?? []).flatMap((unit) =>
      (unit.framework === 'no' && !index.overlays.has(unit) && !index.stacks.has(unit)) || index.absorbed.has(unit)
        ? []
        : resolveInstances({ document, unit }, index, workspace),
    ),
  );
}
