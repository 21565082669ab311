/** Which `jarviscore-fleet.json` counts for which file, and what it says about it. */
import { folderOf } from '../model/environments.ts';
import type { DeclaredHost, ProjectSettings, RuleSeverities } from '../model/project.ts';
import type { SourceDocument } from '../model/types.ts';
import { baselineUri } from './baseline.ts';
import { type PathMatcher, pathMatcher } from './patterns.ts';

export interface Governance {
  /** What counts for a file; null where no file says anything. */
  settingsOf(uri: string): ProjectSettings | null;
  /** URI of the baseline that counts for a file; null: none does. */
  baselineOf(uri: string): string | null;
  /** Whether a file is left out. */
  isIgnored(uri: string): boolean;
  hostOf(uri: string, name: string): DeclaredHost | null;
  /**
   * Severities for a file, rules that stay silent in it being `off`.
   *
   * @param fallback Where no project file says anything about severities.
   */
  severitiesOf(uri: string, fallback: RuleSeverities): RuleSeverities;
  /** The folder of the project file that counts; null: there is none. */
  folderOf(uri: string): string | null;
}

/** A project file made ready for questions. */
class Project {
  readonly folder: string;
  readonly settings: ProjectSettings;
  readonly baseline: string | null;
  readonly #ignores: PathMatcher;
  readonly #silenced: readonly { readonly matches: PathMatcher; readonly rules: readonly string[] }[];
  readonly #hosts: readonly { readonly host: DeclaredHost; readonly names: ReadonlySet<string>; readonly matches: PathMatcher }[];

  constructor({ uri }: SourceDocument, settings: ProjectSettings) {
    this.folder = folderOf(uri);
    this.baseline = settings.baseline === null ? null : baselineUri(uri, settings.baseline.text);
    this.settings = settings;
    this.#ignores = pathMatcher(settings.ignores);
    this.#silenced = settings.silenced.map(({ paths, rules }) => ({ matches: pathMatcher(paths), rules }));
    this.#hosts = settings.hosts.map((host) => ({
      host,
      names: new Set(host.processes.map(({ text }) => text)),
      matches: pathMatcher(host.files.map(({ text }) => text)),
    }));
  }

  isIgnored(uri: string): boolean {
    return this.#ignores(this.#path(uri));
  }

  /** A name is more exact than a file. */
  hostOf(uri: string, name: string): DeclaredHost | null {
    const named = this.#hosts.find(({ names }) => names.has(name));
    if (named !== undefined) return named.host;
    const path = this.#path(uri);
    return this.#hosts.find(({ matches }) => matches(path))?.host ?? null;
  }

  severitiesOf(uri: string, fallback: RuleSeverities): RuleSeverities {
    const severities = this.settings.severities ?? fallback;
    const path = this.#path(uri);
    const silent = this.#silenced.filter(({ matches }) => matches(path)).flatMap(({ rules }) => rules);
    if (silent.length === 0) return severities;
    return { ...severities, ...Object.fromEntries(silent.map((rule) => [rule, 'off' as const])) };
  }

  /** Below the folder, as patterns see it. */
  #path(uri: string): string {
    const path = uri.slice(this.folder.length + 1);
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  }
}

const projects = new WeakMap<SourceDocument, Project>();

function projectOf(document: SourceDocument): Project | null {
  if (document.project === undefined) return null;
  let project = projects.get(document);
  if (project === undefined) {
    project = new Project(document, document.project);
    projects.set(document, project);
  }
  return project;
}

/**
 * @param documents Those of kind `project`; others are passed over.
 * @param boundaryOf The folder above which no file counts for a path; null: none counts.
 */
export function govern(documents: Iterable<SourceDocument>, boundaryOf: (uri: string) => string | null): Governance {
  const byFolder = new Map<string, Project>();
  for (const document of documents) {
    const project = projectOf(document);
    if (project !== null) byFolder.set(project.folder, project);
  }
  const known = new Map<string, Project | null>();

  /** The nearest project at or above a folder, up to the boundary. One that lies in a part its own parent leaves out is none. */
  const nearest = (folder: string, boundary: string): Project | null => {
    const key = `${boundary} ${folder}`;
    let found = known.get(key);
    if (found !== undefined) return found;
    const above = folder === boundary || folder.length <= boundary.length ? null : nearest(folderOf(folder), boundary);
    found = byFolder.get(folder) ?? above;
    if (above !== null && found !== above && found !== null && above.isIgnored(`${folder}/x`)) found = above;
    known.set(key, found);
    return found;
  };

  // Asked several times for every finding, at every keystroke.
  const answers = new Map<string, Project | null>();
  const governing = (uri: string): Project | null => {
    if (byFolder.size === 0) return null;
    let answer = answers.get(uri);
    if (answer === undefined) {
      const boundary = boundaryOf(uri);
      answer = boundary === null ? null : nearest(folderOf(uri), boundary);
      answers.set(uri, answer);
    }
    return answer;
  };

  return {
    settingsOf: (uri) => governing(uri)?.settings ?? null,
    baselineOf: (uri) => governing(uri)?.baseline ?? null,
    isIgnored: (uri) => governing(uri)?.isIgnored(uri) ?? false,
    hostOf: (uri, name) => governing(uri)?.hostOf(uri, name) ?? null,
    severitiesOf: (uri, fallback) => governing(uri)?.severitiesOf(uri, fallback) ?? fallback,
    folderOf: (uri) => governing(uri)?.folder ?? null,
  };
}
