/**
 * Disk and open editors as one view: documents, one model per group of folders with equal settings, and findings.
 * Synchronous; everything is computed when asked for and kept until something it depends on changes.
 */
import type { Finding, SourceDocument, WorkspaceModel } from '../config/model/types.ts';
import { kindOf } from '../config/readers/kind.ts';
import { notAccepted } from './accepted.ts';
import { Documents } from './documents.ts';
import { causeOf } from './files.ts';
import { type DocumentFindings, FindingsStore } from './findings.ts';
import { type Folder, type Group, Groups } from './groups.ts';
import { installedFramework } from './installed.ts';
import { fileFindings, unreadFindings } from './problems.ts';
import { isProject } from './project.ts';
import { analyse, modelOf, type Scope } from './scope.ts';
import { type CheckSettings, defaultCheckSettings, type Flags, settingsKey } from './settings.ts';
import { DiskSurroundings } from './surroundings.ts';
import { canonicalUri, isWithin, pathOf, uriOf } from './uris.ts';
import { isSkipped, walk } from './walk.ts';

export interface WorkspaceOptions {
  /** Part of every result id; unique per process. */
  readonly epoch: string;
  /** Options of the command line, which win over everything else. */
  readonly flags?: Flags;
  /** A folder up to which a `jarviscore-fleet.json` counts for what lies below it; absent: each workspace folder is its own boundary. */
  readonly boundary?: string;
  log(level: 'debug' | 'info' | 'warn' | 'error', text: string): void;
}

export class Workspace {
  readonly #documents: Documents;
  readonly #store: FindingsStore;
  readonly #options: WorkspaceOptions;
  readonly #outside: Folder = { uri: '', settings: defaultCheckSettings, installed: null };
  #folders: Folder[] = [];
  #settingsRevision = 0;
  #scopes: readonly Scope[] = [];
  #groupList: readonly Group[] = [];
  #scopesKey = '';
  readonly #folderModels = new Map<string, { readonly key: string; readonly models: readonly WorkspaceModel[] }>();
  readonly #surroundings = new DiskSurroundings();
  #groups: { readonly groups: Groups; readonly projects: readonly SourceDocument[]; readonly revision: number } | null = null;

  constructor(options: WorkspaceOptions) {
    this.#options = options;
    this.#documents = new Documents(options.log);
    this.#store = new FindingsStore(options.epoch);
  }

  /** Replaces the folders. Files of folders that are gone are forgotten; new ones are read by `scan`. */
  setFolders(uris: readonly string[]): void {
    const wanted = uris.map(canonicalUri);
    for (const folder of this.#folders) {
      if (!wanted.some((uri) => isWithin(folder.uri, uri))) this.#documents.removeFiles(folder.uri);
    }
    this.#folders = wanted.map(
      (uri) => this.#folders.find((folder) => folder.uri === uri) ?? { uri, settings: defaultCheckSettings, installed: null },
    );
    this.#folderModels.clear();
    this.#settingsRevision++;
  }

  get folders(): readonly string[] {
    return this.#folders.map((folder) => folder.uri);
  }

  /** Settings of one folder; of documents outside every folder when `uri` is null. */
  setSettings(uri: string | null, settings: CheckSettings): void {
    const folder = uri === null ? this.#outside : this.#folders.find((candidate) => candidate.uri === canonicalUri(uri));
    if (folder === undefined || settingsKey(folder.settings) === settingsKey(settings)) return;
    folder.settings = settings;
    this.#settingsRevision++;
  }

  /** Reads every supported file of every folder. Run it to its end, or in slices. */
  *scan(): Generator<void> {
    for (const folder of this.#folders) {
      const path = pathOf(folder.uri);
      if (path === null) continue;
      this.#detectInstalled(folder, path);
      yield* this.#scanFolder(path);
    }
  }

  *#scanFolder(path: string): Generator<void> {
    for (const step of walk(path, (file) => kindOf(file) !== null)) {
      if (step.kind === 'file') this.#documents.loadFile(step.path);
      else if (step.kind === 'problem') this.#documents.addProblem(step.problem);
      yield;
    }
  }

  /** Reads a single file that was named, wherever it is. */
  loadFile(path: string): void {
    if (this.#surroundings.changed(uriOf(path))) this.#settingsRevision++;
    this.#documents.loadFile(path);
  }

  /** Takes what a file watcher saw. A created or changed folder is walked, a deleted one forgotten. */
  *filesChanged(changes: readonly { readonly uri: string; readonly deleted: boolean }[]): Generator<void> {
    const looked = new Set<Folder>();
    for (const change of changes) {
      const uri = canonicalUri(change.uri);
      if (this.#surroundings.changed(uri)) this.#settingsRevision++;
      const path = pathOf(uri);
      const folder = this.#folderOf(uri);
      if (path === null || folder === null) continue;
      const root = pathOf(folder.uri);
      if (root !== null && /dist-info|pyvenv\.cfg/.test(path) && !looked.has(folder)) {
        looked.add(folder);
        this.#detectInstalled(folder, root);
      }
      if (isSkipped(path)) continue;
      if (change.deleted) this.#documents.removeFiles(uri);
      else if (kindOf(path) !== null) this.#documents.loadFile(path);
      else if (!/\.[^/\\]+$/.test(path)) yield* this.#scanIfFolder(path);
      yield;
    }
  }

  *#scanIfFolder(path: string): Generator<void> {
    try {
      yield* this.#scanFolder(path);
    } catch (error) {
      this.#options.log('debug', `${path} was not read: ${causeOf(error)}`);
    }
  }

  setEditor(uri: string, version: number, text: string): void {
    this.#documents.setEditor(canonicalUri(uri), version, text);
  }

  closeEditor(uri: string): void {
    this.#documents.closeEditor(canonicalUri(uri));
  }

  versionOf(uri: string): number | null {
    return this.#documents.versionOf(canonicalUri(uri));
  }

  /** What a document says now; null for one that is not here or could not be read. */
  textOf(uri: string): string | null {
    return this.#documents.textOf(canonicalUri(uri));
  }

  /** The model a document belongs to; undefined for a document nobody reads. */
  model(uri: string): WorkspaceModel | undefined {
    const key = canonicalUri(uri);
    this.refresh();
    return this.#scopes.find((scope) => scope.model.documents.has(key))?.model;
  }

  models(): readonly WorkspaceModel[] {
    this.refresh();
    return this.#scopes.map((scope) => scope.model);
  }

  /**
   * The models of one folder on its own, for what is judged folder by folder; the workspace's where they reach no further.
   * @param folder as `folders` gives it
   */
  modelsOf(folder: string): readonly WorkspaceModel[] {
    const models = this.models().filter(({ roots }) => roots.includes(folder));
    if (models.every(({ roots }) => roots.length === 1)) return models;
    const known = this.#folderModels.get(folder);
    if (known?.key === this.#scopesKey) return known.models;
    const groups = this.groups();
    const own = [...this.#documents.all()].filter(({ uri }) => groups.folderOf(uri)?.uri === folder);
    const split = groups.split(own).map((group) => modelOf(group, groups.governance, { surroundings: this.#surroundings }));
    this.#folderModels.set(folder, { key: this.#scopesKey, models: split });
    return split;
  }

  findings(uri: string): DocumentFindings | undefined {
    this.refresh();
    return this.#store.get(canonicalUri(uri));
  }

  allFindings(): ReadonlyMap<string, DocumentFindings> {
    this.refresh();
    return this.#store.all();
  }

  /** Whether findings are missing because a rule failed; the log says which. */
  get failed(): boolean {
    this.refresh();
    return this.#scopes.some((scope) => scope.failed);
  }

  /** Whether anything of JarvisCore is here. */
  get project(): boolean {
    this.refresh();
    return this.#scopes.some((scope) => scope.jarvisCore);
  }

  /**
   * Brings models and findings up to date; free when nothing changed.
   * @returns the documents whose findings changed since the last call.
   */
  refresh(): ReadonlySet<string> {
    const key = `${this.#documents.revision}:${this.#settingsRevision}`;
    if (key === this.#scopesKey) return new Set();
    this.#scopesKey = key;
    const before = this.#groups;
    const groups = this.groups();
    const { documents, replaced } = this.#documents.takeCurrent();
    // A document that came, went or says what counts for others can move any of them to another group.
    const alike = replaced !== null && before?.groups === groups ? replaced : null;
    const found = alike === null ? groups.split(documents.values()) : groups.withReplaced(this.#groupList, alike);
    this.#groupList = found;
    const previous = this.#scopes;
    this.#scopes = found.map((group, i) => this.#scopeOf(group, groups, previous[i]));
    const changed = alike === null ? null : this.#changedIn(previous, alike);
    return changed === null ? this.#replaceAll(groups) : this.#update(groups, changed);
  }

  #scopeOf(group: Group, groups: Groups, before: Scope | undefined): Scope {
    if (before !== undefined && before.group === group) return before;
    const jarvisCore = isProject(group.documents.values());
    return analyse({ group, jarvisCore, surroundings: this.#surroundings }, groups, this.#options.log, before?.checker);
  }

  /** Documents whose findings may be others; null: any. */
  #changedIn(previous: readonly Scope[], replaced: readonly SourceDocument[]): ReadonlySet<string> | null {
    const changed = new Set(replaced.map(({ uri }) => uri));
    for (const [i, scope] of this.#scopes.entries()) {
      if (scope === previous[i]) continue;
      if (scope.checked.changed === null) return null;
      for (const uri of scope.checked.changed) changed.add(uri);
    }
    return changed;
  }

  #update(groups: Groups, uris: ReadonlySet<string>): ReadonlySet<string> {
    const findings: Finding[] = [];
    for (const uri of uris) {
      for (const { checked, model } of this.#scopes) {
        for (const finding of checked.findings.get(uri) ?? []) findings.push(finding);
        const document = model.documents.get(uri);
        if (document !== undefined) addSevere(unreadFindings(document), groups, findings);
      }
    }
    return this.#store.update(uris, this.#notAccepted(findings, groups));
  }

  #replaceAll(groups: Groups): ReadonlySet<string> {
    const uris: string[] = [];
    const findings: Finding[] = [];
    for (const { checked, model } of this.#scopes) {
      for (const uri of model.documents.keys()) uris.push(uri);
      for (const found of checked.findings.values()) for (const finding of found) findings.push(finding);
      for (const document of model.documents.values()) addSevere(unreadFindings(document), groups, findings);
    }
    for (const { uri, problem } of this.#documents.problems()) {
      if (groups.isIgnored(uri)) continue;
      uris.push(uri);
      addSevere(fileFindings(uri, problem), groups, findings);
    }
    return this.#store.replace(uris, this.#notAccepted(findings, groups));
  }

  #notAccepted(findings: readonly Finding[], groups: Groups): readonly Finding[] {
    return notAccepted(findings, groups.governance, this.#options.flags ?? {}, this.#surroundings);
  }

  /** What counts for which file, as of now. */
  groups(): Groups {
    const projects: SourceDocument[] = [];
    for (const document of this.#documents.all()) if (document.project !== undefined) projects.push(document);
    const before = this.#groups;
    const same =
      before?.revision === this.#settingsRevision &&
      before.projects.length === projects.length &&
      projects.every((project, index) => project === before.projects[index]);
    if (before !== null && same) return before.groups;
    const groups = new Groups(projects, {
      folders: this.#folders,
      outside: this.#outside,
      flags: this.#options.flags ?? {},
      boundary: this.#options.boundary ?? null,
    });
    this.#groups = { groups, projects, revision: this.#settingsRevision };
    return groups;
  }

  /** The deepest folder a document lies in. */
  #folderOf(uri: string): Folder | null {
    let best: Folder | null = null;
    for (const folder of this.#folders) {
      if (isWithin(uri, folder.uri) && (best === null || folder.uri.length > best.uri.length)) best = folder;
    }
    return best;
  }

  #detectInstalled(folder: Folder, path: string): void {
    const installed = installedFramework(path);
    if (installed === folder.installed) return;
    folder.installed = installed;
    this.#settingsRevision++;
  }
}

/** Adds findings that no rule reports, each with the severity a person gave it. */
function addSevere(found: readonly Finding[], groups: Groups, to: Finding[]): void {
  for (const finding of found) {
    const severity = groups.severitiesOf(finding.uri)[finding.rule] ?? finding.severity;
    if (severity !== 'off') to.push({ ...finding, severity });
  }
}
