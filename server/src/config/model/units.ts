/**
 * Services, units, workloads and launch lines as processes: which files reach them, in which order, and whose network
 * they use.
 *
 * Assumptions about what files do not say:
 * - a compose service or pod has no `./.env`: whether one is in the image is not known;
 * - a systemd unit or launch line starts where its program stands, so that folder's `.env` (or the next one above) is its `./.env`;
 * - `docker-compose.override.yml` is laid over its base; another variant (`docker-compose.dev.yml`) that names a service
 *   of the base is an alternative to it, not a second process;
 * - systemd units and launch lines of one root run on one machine.
 */
import { expandWithin, isInterpolated } from '../readers/compose/interpolate.ts';
import { declarationOf } from '../readers/deployment/document.ts';
import { isFrameworkName } from '../readers/deployment/evidence.ts';
import { assignmentsAs, interpolationValues } from '../readers/dotenv.ts';
import type { DeploymentUnit, EnvFileReader, EnvFileReference } from './deployment.ts';
import { folderOf } from './environments.ts';
import { type Layer, supervisedLayer, unitLayer } from './layers.ts';
import { findEnvFile, findImage, findProgram, type Workspace } from './references.ts';
import type { Assignment, ProcessDeclaration, SourceDocument } from './types.ts';

export interface UnitPart {
  readonly document: SourceDocument;
  readonly unit: DeploymentUnit;
}

/** A unit with all that belongs to it. */
export interface ResolvedUnit extends UnitPart {
  readonly declaration: ProcessDeclaration;
  /** The unit first, then what is laid over it (drop-ins, override files), in order. */
  readonly parts: readonly UnitPart[];
  readonly image: UnitPart | null;
  /** In reading order, later ones winning. */
  readonly envFiles: readonly {
    readonly document: SourceDocument;
    readonly reference: EnvFileReference;
    readonly from: SourceDocument;
  }[];
  /** ConfigMaps and Secrets, later ones winning. */
  readonly sources: readonly UnitPart[];
  /** The env file compose fills `${NAME}` in from; null where nothing is filled in. */
  readonly interpolation: SourceDocument | null;
  readonly program: { readonly document: SourceDocument; readonly declaration: ProcessDeclaration } | null;
  readonly networkId: string | null;
  readonly hosts: readonly string[];
  /** Something the files do not say can add to its environment. */
  readonly open: boolean;
}

const variantName = /^(docker-compose|compose)[.-](.+)\.ya?ml$/i;

/** `docker-compose.override.yml` and other files beside a base file of the same project. */
function baseOf(
  document: SourceDocument,
  workspace: Workspace,
): { readonly base: SourceDocument; readonly override: boolean } | null {
  const match = variantName.exec(document.name);
  if (match === null) return null;
  const folder = folderOf(document.uri);
  for (const name of ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']) {
    const base = workspace.documents.get(`${folder}/${name}`);
    if (base !== undefined) return { base, override: match[2]?.toLowerCase() === 'override' };
  }
  return null;
}

/** The document of the unit a drop-in is for, and that unit. */
function dropInTarget(document: SourceDocument, workspace: Workspace): SourceDocument | null {
  const of = document.deployment?.dropInOf;
  if (of == null) return null;
  return workspace.documents.get(`${folderOf(folderOf(document.uri))}/${of}`) ?? null;
}

interface Index {
  readonly overlays: ReadonlyMap<DeploymentUnit, readonly UnitPart[]>;
  /** Units that are no processes of their own. */
  readonly absorbed: ReadonlySet<DeploymentUnit>;
  /** ConfigMaps and Secrets by `kind:name`. */
  readonly configMaps: ReadonlyMap<string, UnitPart>;
  readonly deployments: readonly SourceDocument[];
}

function indexUnits(deployments: readonly SourceDocument[], workspace: Workspace): Index {
  const overlays = new Map<DeploymentUnit, UnitPart[]>();
  const absorbed = new Set<DeploymentUnit>();
  const configMaps = new Map<string, UnitPart>();
  const sorted = deployments.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const document of sorted) {
    const variant = document.kind === 'compose' ? baseOf(document, workspace) : null;
    const target = variant?.base ?? dropInTarget(document, workspace);
    for (const unit of document.deployment?.units ?? []) {
      if (unit.kind === 'config-map') configMaps.set(unit.id, { document, unit });
      const base = target?.deployment?.units.find(
        (one) => one.kind === unit.kind && (one.name === unit.name || variant === null),
      );
      if (base === undefined) continue;
      absorbed.add(unit);
      if (variant !== null && !variant.override) continue;
      const list = overlays.get(base) ?? [];
      list.push({ document, unit });
      overlays.set(base, list);
    }
  }
  return { overlays, absorbed, configMaps, deployments };
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
function networkId(document: SourceDocument, unit: DeploymentUnit): string | null {
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
  resolved: Pick<ResolvedUnit, 'program' | 'envFiles' | 'sources' | 'image'>,
): boolean {
  const units = parts.map((part) => part.unit);
  if (units.some((unit) => unit.framework === 'no')) return false;
  if (units.some((unit) => unit.framework === 'yes') || resolved.program !== null) return true;
  const names = [
    ...resolved.envFiles.flatMap(({ document, reference }) => assignmentsAs(document, reference.dialect).assignments),
    ...resolved.sources.flatMap(({ unit }) => unit.assignments),
    ...(resolved.image?.unit.assignments ?? []),
  ];
  return resolved.image?.unit.framework === 'yes' || names.some(({ name }) => isFrameworkName(name));
}

function resolveUnit(document: SourceDocument, unit: DeploymentUnit, index: Index, workspace: Workspace): ResolvedUnit | null {
  const declaration = document.processes.find((one) => one.id === unit.id) ?? declarationOf(unit);
  if (declaration === null) return null;
  const parts: UnitPart[] = [{ document, unit }, ...(index.overlays.get(unit) ?? [])];
  const image = findImage(workspace, document, unit);
  const started = parts.findLast((part) => part.unit.program !== null)?.unit.program ?? null;
  const command = parts.some((part) => part.unit.command !== null);
  const program = programDeclaration(
    findProgram(workspace, document, unit, started) ??
      (command || image === null ? null : findProgram(workspace, document, unit, image.unit.program)),
  );
  const missing: EnvFileReference[] = [];
  const envFiles = envFileParts(parts).flatMap(({ reference, from }) => {
    const found = findEnvFile(workspace, from, reference);
    if (found === null) missing.push(reference);
    return found === null ? [] : [{ document: found, reference, from }];
  });
  const wanted = parts.flatMap((part) => part.unit.sources);
  const sources = wanted.flatMap((source) => index.configMaps.get(`${source.kind}:${source.name}`) ?? []);
  if (!isFramework(parts, { program, envFiles, sources, image })) return null;
  const beside = document.kind === 'compose' ? workspace.documents.get(`${folderOf(document.uri)}/.env`) : undefined;
  const filled = parts.some((part) => isInterpolated(part.document));
  const inImage = unit.kind === 'compose-service' || unit.kind === 'workload';
  return {
    document,
    unit,
    declaration,
    parts,
    image,
    envFiles,
    sources,
    interpolation: filled ? (beside ?? null) : null,
    program,
    networkId: networkId(document, unit),
    hosts: [...new Set([...parts.flatMap((part) => part.unit.hosts), ...serviceNames(unit, index.deployments)])],
    open:
      program === null ||
      program.declaration.open ||
      missing.length > 0 ||
      sources.length < wanted.length ||
      (inImage && image === null),
  };
}

/** `Environment=` and `EnvironmentFile=` without a value drop what stands before them, also in the unit file. */
function afterReset<T>(parts: readonly UnitPart[], key: string, list: (part: UnitPart) => readonly T[]): T[] {
  const from = parts.findLastIndex((part) => part.unit.options.reset?.some((one) => one.text === key) ?? false);
  return parts.slice(Math.max(0, from)).flatMap(list);
}

function envFileParts(parts: readonly UnitPart[]) {
  return afterReset(parts, 'EnvironmentFile', (part) =>
    part.unit.envFiles.map((reference) => ({ reference, from: part.document })),
  );
}

/** All processes the deployment files of a workspace declare. */
export function resolveUnits(workspace: Workspace): ResolvedUnit[] {
  const deployments = [...workspace.documents.values()].filter((document) => document.deployment !== undefined);
  if (deployments.length === 0) return [];
  const index = indexUnits(deployments, workspace);
  return deployments.flatMap((document) =>
    (document.deployment?.units ?? []).flatMap((unit) =>
      unit.framework === 'no' || index.absorbed.has(unit) ? [] : (resolveUnit(document, unit, index, workspace) ?? []),
    ),
  );
}

/** The documents a unit's settings are made of: while these stay the same objects, so do its settings. */
export function inputsOf(unit: ResolvedUnit): readonly unknown[] {
  return [
    ...unit.parts.map((part) => part.document),
    unit.image?.document,
    ...unit.envFiles.map((file) => file.document),
    ...unit.sources.map((source) => source.document),
    unit.interpolation,
    unit.program?.document,
  ];
}

/** A pod's `envFrom` may put a prefix in front of every name. */
function prefixed(part: UnitPart, prefix: string): readonly Assignment[] {
  if (prefix === '') return part.unit.assignments;
  return part.unit.assignments.map((assignment) => ({ ...assignment, name: prefix + assignment.name }));
}

/**
 * What reaches the process environment, strongest first.
 *
 * Compose: `environment` beats `env_file`, both beat the image. systemd: env files beat `Environment=` wherever they
 * stand (systemd.exec(5)). Kubernetes: `env` beats `envFrom`. VS Code: `env` beats `envFile`.
 */
export function layersOf(resolved: ResolvedUnit, set: Readonly<Record<string, string>>): Layer[] {
  const { unit, parts, image, interpolation } = resolved;
  const surrounding = unit.kind === 'compose-service' ? { ...valuesOf(interpolation), ...set } : {};
  const own = afterReset(parts, 'Environment', (part) => [
    { ...part, assignments: expandWithin(part.unit.assignments, surrounding) },
  ])
    .toReversed()
    .map((part) => unitLayer(part.document.uri, part.assignments));
  const files = resolved.envFiles.toReversed().map((file) => supervisedLayer(file.document, file.reference.dialect, surrounding));
  const wanted = parts.flatMap((part) => part.unit.sources);
  const sources = resolved.sources
    .map((part) =>
      unitLayer(
        part.document.uri,
        prefixed(part, wanted.find((one) => `${one.kind}:${one.name}` === part.unit.id)?.prefix ?? ''),
      ),
    )
    .toReversed();
  const base = image === null ? [] : [unitLayer(image.document.uri, image.unit.assignments)];
  return [...(unit.kind === 'unit' ? [...files, ...own] : [...own, ...files]), ...sources, ...base];
}

function valuesOf(document: SourceDocument | null): Readonly<Record<string, string>> {
  return document === null ? {} : interpolationValues(document, 'compose');
}

/** The programs that read env files because a deployment file tells them to. */
export function deploymentReaders(
  workspace: Workspace,
  resolved: readonly ResolvedUnit[],
): ReadonlyMap<string, readonly EnvFileReader[]> {
  const readers = new Map<string, EnvFileReader[]>();
  const add = (uri: string, reader: EnvFileReader): void => {
    const list = readers.get(uri) ?? [];
    list.push(reader);
    readers.set(uri, list);
  };
  const owner = new Map(resolved.flatMap((one) => one.parts.map((part) => [part.unit, `${one.document.uri}#${one.unit.id}`])));
  for (const document of workspace.documents.values()) {
    if (document.deployment === undefined) continue;
    for (const unit of document.deployment.units) {
      for (const reference of unit.envFiles) {
        const found = findEnvFile(workspace, document, reference);
        if (found === null) continue;
        const { dialect, range } = reference;
        add(found.uri, { dialect, uri: document.uri, range, name: unit.name, process: owner.get(unit) ?? null });
      }
    }
    const [first] = document.kind === 'compose' ? document.deployment.interpolations : [];
    const beside = first === undefined ? undefined : workspace.documents.get(`${folderOf(document.uri)}/.env`);
    if (first !== undefined && beside !== undefined)
      add(beside.uri, { dialect: 'compose', uri: document.uri, range: first.range, name: 'docker compose', process: null });
  }
  return readers;
}
