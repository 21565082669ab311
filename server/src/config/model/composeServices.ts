/** What a compose service is made of: `extends`, override files and the services of included files, laid over each other. */
import { baseNames, composePlaces, includedFiles, pathFolder, startedWith } from './composePlaces.ts';
import type { DeploymentUnit } from './deployment.ts';
import { folderOf } from './environments.ts';
import { findDocument, type Workspace } from './references.ts';
import type { SourceDocument } from './types.ts';
import type { PlacedPart, Stack } from './unitParts.ts';

/** Services by name. */
export type Services = ReadonlyMap<string, Stack>;

/** A chain of `extends` is short; a longer one is generated, or a cycle. */
const maxExtends = 30;
/** As for `include` (composePlaces.ts). */
const maxIncludes = 100;
const none: Services = new Map();

/** A unit as its own file has it. */
export function placedPart(document: SourceDocument, unit: DeploymentUnit, workspace: Workspace): PlacedPart {
  return { document, unit, folder: pathFolder(document, workspace), home: document, extended: false };
}

const isService = (unit: DeploymentUnit): boolean => unit.kind === 'compose-service';

/** The service of another file that a service extends. An extended file's paths stand against its own folder. */
export function baseOf(part: PlacedPart, workspace: Workspace): PlacedPart | null {
  const { base } = part.unit;
  if (base === null) return null;
  if (base.file === null) return importedBase(part, base.service, workspace)?.parts.at(-1) ?? null;
  const document = findDocument(workspace, part.folder, base.file, false);
  const unit = document?.deployment?.units.find((one) => isService(one) && one.name === base.service);
  if (document === null || unit === undefined) return null;
  return { document, unit, folder: folderOf(document.uri), home: part.home, extended: true };
}

/** A service of an included file that is extended as one of the file itself. */
function importedBase(part: PlacedPart, service: string, workspace: Workspace): Stack | undefined {
  // Of a file that is only extended no `include` is read (compose-go, loader.loadExtendsBase).
  return part.extended ? undefined : servicesOf(workspace).imported(part.document).get(service);
}

/** The services that a service extends, lowest first, without itself. */
export function extendedParts(part: PlacedPart, workspace: Workspace): Stack {
  // A service that the file extends and an included file has as well is both (compose reads `include` before `extends`).
  const shared = part.unit.extended.flatMap((name) => importedBase(part, name, workspace) ?? []);
  const parts: PlacedPart[] = shared.flatMap((stack) => stack.parts.map((one) => ({ ...one, extended: true })));
  let at = part;
  while (at.unit.base !== null) {
    const { file, service } = at.unit.base;
    if (file === null) {
      const stack = importedBase(at, service, workspace);
      if (stack === undefined) return { parts, complete: false };
      parts.unshift(...stack.parts.map((one) => ({ ...one, extended: true })));
      return { parts, complete: stack.complete };
    }
    const base = baseOf(at, workspace);
    if (base === null || parts.length >= maxExtends || base.unit === part.unit || parts.some((one) => one.unit === base.unit))
      return { parts, complete: false };
    parts.unshift(base);
    at = base;
  }
  return { parts, complete: true };
}

/** Lays services over others of the same names. */
function layOver(below: Map<string, Stack>, above: Services): void {
  for (const [name, stack] of above) {
    const base = below.get(name);
    below.set(
      name,
      base === undefined ? stack : { parts: [...base.parts, ...stack.parts], complete: base.complete && stack.complete },
    );
  }
}

/** The services of projects as compose merges them (compose-go, loader.loadYamlFile and importResources). */
class Loading {
  readonly #workspace: Workspace;
  readonly #overlaid: ReadonlyMap<SourceDocument, readonly SourceDocument[]>;
  readonly #projects = new Map<SourceDocument, Services>();
  readonly #imported = new Map<SourceDocument, Services>();
  /** Files whose includes are being read: a circle ends there. */
  readonly #way = new Set<SourceDocument>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
    const overlays = [...composePlaces(workspace)].filter(([, place]) => place.overlay);
    const grouped = Map.groupBy(
      overlays.sort(([, a], [, b]) => a.order - b.order),
      ([, { base }]) => base,
    );
    this.#overlaid = new Map([...grouped].map(([base, found]) => [base, found.map(([document]) => document)]));
  }

  /** The first file of a project and what is laid over it. */
  filesOf(base: SourceDocument): readonly SourceDocument[] {
    return [base, ...(this.#overlaid.get(base) ?? [])];
  }

  /** @param base The first file of a project that is started. */
  project(base: SourceDocument): Services {
    const services = this.#projects.get(base) ?? this.load(this.filesOf(base));
    this.#projects.set(base, services);
    return services;
  }

  /** What the `include` of a file adds. Of two entries with one service the first counts for more. */
  imported(document: SourceDocument): Services {
    const includes = document.deployment?.includes ?? [];
    if (includes.length === 0) return none;
    const known = this.#imported.get(document);
    if (known !== undefined) return known;
    if (this.#way.has(document) || this.#way.size > maxIncludes) return none;
    this.#way.add(document);
    const found = new Map<string, Stack>();
    for (const inclusion of includes) {
      const files = includedFiles(inclusion, pathFolder(document, this.#workspace), this.#workspace);
      for (const [name, stack] of this.load(files)) {
        const first = found.get(name);
        // A file that is reached on two ways counts once.
        if (first !== undefined && stack.parts.every((part) => first.parts.some(({ unit }) => unit === part.unit))) continue;
        found.set(
          name,
          first === undefined ? stack : { parts: [...stack.parts, ...first.parts], complete: stack.complete && first.complete },
        );
      }
    }
    this.#way.delete(document);
    this.#imported.set(document, found);
    return found;
  }

  /** @param files In the order in which they are laid over each other. */
  load(files: readonly SourceDocument[]): Services {
    const services = new Map<string, Stack>();
    for (const document of files) {
      const imported = this.imported(document);
      const own = new Map<string, Stack>(imported);
      for (const unit of document.deployment?.units ?? []) {
        if (!isService(unit)) continue;
        const part = placedPart(document, unit, this.#workspace);
        const extended = extendedParts(part, this.#workspace);
        const below = imported.get(unit.name);
        own.set(unit.name, {
          parts: [...extended.parts, ...(below?.parts ?? []), part],
          complete: extended.complete && (below?.complete ?? true),
        });
      }
      layOver(services, own);
    }
    return services;
  }
}

const loadings = new WeakMap<ReadonlyMap<string, SourceDocument>, Loading>();

function servicesOf(workspace: Workspace): Loading {
  let loading = loadings.get(workspace.documents);
  if (loading === undefined) {
    loading = new Loading(workspace);
    loadings.set(workspace.documents, loading);
  }
  return loading;
}

const includesOthers = (document: SourceDocument): boolean => (document.deployment?.includes?.length ?? 0) > 0;

/** The services of the project that a file is part of. */
export function projectServices(document: SourceDocument, workspace: Workspace): Services {
  return servicesOf(workspace).project(startedWith(document, workspace));
}

/** All units of the project that a file is part of, each as its own file has it. */
export function projectUnits(document: SourceDocument, workspace: Workspace): readonly Pick<PlacedPart, 'unit' | 'folder'>[] {
  const first = startedWith(document, workspace);
  const alone = first === document && servicesOf(workspace).filesOf(first).length === 1 && !includesOthers(document);
  if (!alone) return [...projectServices(document, workspace).values()].flatMap(({ parts }) => parts);
  const folder = pathFolder(document, workspace);
  return (document.deployment?.units ?? []).map((unit) => ({ unit, folder }));
}

/** The services of several files, by the one that holds the process. */
export interface ServiceIndex {
  readonly stacks: ReadonlyMap<DeploymentUnit, Stack>;
  /** Services that are no processes of their own. */
  readonly absorbed: ReadonlySet<DeploymentUnit>;
}

/** The services that are made of several parts of a project, or are another way to start one. */
export function indexServices(workspace: Workspace): ServiceIndex {
  const stacks = new Map<DeploymentUnit, Stack>();
  const absorbed = new Set<DeploymentUnit>();
  const places = composePlaces(workspace);
  const loading = servicesOf(workspace);
  for (const [document, { base, overlay, includer }] of places) {
    if (overlay || includer !== null) continue;
    const files = loading.filesOf(document);
    if (files.length > 1 || files.some(includesOthers)) {
      for (const stack of loading.project(document).values()) {
        // What another project includes as well is told there; here it only lies below.
        const own = stack.parts.filter((part) => !part.extended && startedWith(part.document, workspace) === document);
        const [holder, ...others] = own;
        if (holder === undefined || stack.parts.length === 1) continue;
        if (!stacks.has(holder.unit)) stacks.set(holder.unit, stack);
        for (const { unit } of others) if (unit !== holder.unit) absorbed.add(unit);
      }
    }
    if (base === document) continue;
    const other = loading.project(base);
    for (const unit of document.deployment?.units ?? []) if (isService(unit) && other.has(unit.name)) absorbed.add(unit);
  }
  return { stacks, absorbed };
}

/** Files of parts (`common.yml`) with the file that extends them: nobody starts them as they are. */
const keptParts = new WeakMap<ReadonlyMap<string, SourceDocument>, ReadonlyMap<SourceDocument, SourceDocument>>();

/** Extended file -> the first file that extends it, where it is no project or part of one otherwise. */
export function filesOfParts(workspace: Workspace): ReadonlyMap<SourceDocument, SourceDocument> {
  const known = keptParts.get(workspace.documents);
  if (known !== undefined) return known;
  const places = composePlaces(workspace);
  const found = new Map<SourceDocument, SourceDocument>();
  for (const document of places.keys()) {
    for (const unit of document.deployment?.units ?? []) {
      if (unit.base === null || unit.base.file === null) continue;
      const base = baseOf(placedPart(document, unit, workspace), workspace)?.document;
      if (base === undefined || base === document || baseNames.includes(base.name) || found.has(base)) continue;
      const place = places.get(base);
      if (place?.includer === null && !place.overlay) found.set(base, document);
    }
  }
  keptParts.set(workspace.documents, found);
  return found;
}
