/**
 * Which documents form one model, and what counts for each of them. Made anew when a project file, a folder or a setting
 * changes; until then every answer is kept.
 */
import { dirname } from 'node:path';
import type { RuleSeverities } from '../config/model/project.ts';
import type { SourceDocument } from '../config/model/types.ts';
import { type Governance, govern } from '../config/project/governance.ts';
import { type CheckSettings, type Flags, type ScopeSettings, scopeKey, scopeSettings } from './settings.ts';
import { isWithin, pathOf, uriOf } from './uris.ts';

/** A workspace folder, or what lies outside of all of them (with an empty URI). */
export interface Folder {
  readonly uri: string;
  settings: CheckSettings;
  /** Framework release in the folder's virtual environment. */
  installed: string | null;
}

export interface Group {
  readonly roots: readonly string[];
  readonly settings: ScopeSettings;
  readonly installed: string | null;
  readonly documents: ReadonlyMap<string, SourceDocument>;
}

export interface Layout {
  readonly folders: readonly Folder[];
  /** What lies in none of them. */
  readonly outside: Folder;
  readonly flags: Flags;
  /** A folder up to which a `jarviscore-fleet.json` counts for what lies below it; null: each workspace folder is its own boundary. */
  readonly boundary: string | null;
}

export class Groups {
  readonly governance: Governance;
  readonly #layout: Layout;
  readonly #folders = new Map<string, Folder | null>();
  readonly #severities = new Map<string, RuleSeverities>();
  readonly #ignored = new Map<string, boolean>();

  constructor(documents: Iterable<SourceDocument>, layout: Layout) {
    this.#layout = layout;
    this.governance = govern(documents, (uri) => this.#boundaryOf(uri));
  }

  /** The deepest folder a document lies in. */
  folderOf(uri: string): Folder | null {
    let folder = this.#folders.get(uri);
    if (folder === undefined) {
      folder = this.#deepest(uri);
      this.#folders.set(uri, folder);
    }
    return folder;
  }

  #deepest(uri: string): Folder | null {
    let best: Folder | null = null;
    for (const folder of this.#layout.folders) {
      if (isWithin(uri, folder.uri) && (best === null || folder.uri.length > best.uri.length)) best = folder;
    }
    return best;
  }

  #boundaryOf(uri: string): string {
    const { boundary } = this.#layout;
    if (boundary !== null && isWithin(uri, boundary)) return boundary;
    return this.folderOf(uri)?.uri ?? parentOf(uri);
  }

  /** Whether all that belongs to a file was read: the folder of its project file, else the whole boundary. */
  readonly isWhole = (uri: string): boolean => {
    const { boundary } = this.#layout;
    const folder = this.folderOf(uri);
    const project = this.governance.folderOf(uri);
    if (folder !== null && project !== null) return isWithin(project, folder.uri);
    return folder !== null && (boundary === null || folder.uri === boundary || !isWithin(folder.uri, boundary));
  };

  /** A bound function like `isWhole`: as long as it is the same object, its answers are. */
  readonly severitiesOf = (uri: string): RuleSeverities => {
    let severities = this.#severities.get(uri);
    if (severities === undefined) {
      severities = this.#severitiesFor(uri);
      this.#severities.set(uri, severities);
    }
    return severities;
  };

  /** Whether a file is left out. */
  isIgnored(uri: string): boolean {
    let ignored = this.#ignored.get(uri);
    if (ignored === undefined) {
      ignored = this.governance.isIgnored(uri);
      this.#ignored.set(uri, ignored);
    }
    return ignored;
  }

  #severitiesFor(uri: string): RuleSeverities {
    const { severities } = (this.folderOf(uri) ?? this.#layout.outside).settings;
    const own = this.governance.severitiesOf(uri, severities);
    // Of what was not read nobody can say that it declares nothing.
    const partial: RuleSeverities | null = this.isWhole(uri) ? null : { 'fleet-file-no-match': 'off' };
    return partial === null ? own : { ...own, ...partial };
  }

  /** The same groups with documents in place of older ones with their URIs, none of which is a project file. */
  withReplaced(groups: readonly Group[], replaced: readonly SourceDocument[]): readonly Group[] {
    return groups.map((group) => {
      const own = replaced.filter(({ uri }) => group.documents.has(uri));
      if (own.length === 0) return group;
      const documents = new Map(group.documents);
      for (const document of own) documents.set(document.uri, document);
      return { ...group, documents };
    });
  }

  /** Documents with equal release and profile share a model, so that a collision between two folders is seen. */
  split(documents: Iterable<SourceDocument>): readonly Group[] {
    const { outside, flags } = this.#layout;
    const groups = new Map<string, { settings: ScopeSettings; folders: Set<Folder>; documents: Map<string, SourceDocument> }>();
    const add = (key: string, settings: ScopeSettings, folder: Folder | null, document: SourceDocument): void => {
      const group = groups.get(key) ?? { settings, folders: new Set<Folder>(), documents: new Map<string, SourceDocument>() };
      groups.set(key, group);
      if (folder !== null) group.folders.add(folder);
      group.documents.set(document.uri, document);
    };
    const above: SourceDocument[] = [];
    for (const document of documents) {
      const { uri } = document;
      if (this.isIgnored(uri)) continue;
      const folder = this.folderOf(uri);
      if (folder === null && document.project !== undefined) {
        above.push(document);
        continue;
      }
      const settings = scopeSettings(flags, this.governance.settingsOf(uri), (folder ?? outside).settings);
      add(scopeKey(settings, (folder ?? outside).installed), settings, folder ?? outside, document);
    }
    // A project file above the paths that were named belongs to what it governs, and makes nothing a root.
    for (const document of above) {
      const settings = scopeSettings(flags, this.governance.settingsOf(document.uri), outside.settings);
      const home = [...groups].find(
        ([, group]) => group.settings.target === settings.target && group.settings.profile === settings.profile,
      );
      add(home?.[0] ?? scopeKey(settings, null), settings, null, document);
    }
    return [...groups.values()].map(({ settings, folders, documents: members }) => {
      const [first] = folders;
      const loose = folders.has(outside)
        ? [...members.values()].filter(({ uri, project }) => project === undefined && this.folderOf(uri) === null)
        : [];
      return {
        roots: [
          ...[...folders].filter((folder) => folder !== outside).map((folder) => folder.uri),
          ...new Set(loose.map(({ uri }) => parentOf(uri))),
        ],
        settings,
        installed: first?.installed ?? null,
        documents: members,
      };
    });
  }
}

function parentOf(uri: string): string {
  const path = pathOf(uri);
  return path === null ? uri.slice(0, Math.max(0, uri.lastIndexOf('/'))) : uriOf(dirname(path));
}
