/** Text in, model out: the small workspaces of examples and tests. */
import type { RuleExample } from '#schemas/settings/ruleDocs.ts';
import { buildModel } from '#server/config/model/build.ts';
import type { Surroundings } from '#server/config/model/surroundings.ts';
import type { Edit, Finding, SourceDocument, WorkspaceModel } from '#server/config/model/types.ts';
import { type Governance, govern } from '#server/config/project/governance.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { kindOf } from '#server/config/readers/kind.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { check } from '#server/config/rules/engine.ts';
import type { CheckOptions } from '#server/config/rules/selection.ts';
import type { Position } from '#server/config/text/position.ts';
import { ignoreMatcher, isIgnoredPath } from '#server/workspace/git/ignoreFiles.ts';

/** Path below the workspace -> text. */
export type Files = Readonly<Record<string, string>>;

export interface WorkspaceOptions {
  readonly target?: string;
  readonly profile?: 'development' | 'production';
  /** Paths that git tracks; the workspace is a repository when it is given. */
  readonly tracked?: readonly string[];
}

/** What the checker is told about the workspace of an example. */
export const optionsOf = ({ target, profile, tracked }: RuleExample): WorkspaceOptions => ({
  ...(tracked === undefined ? {} : { tracked }),
  ...(target === undefined ? {} : { target }),
  ...(profile === undefined ? {} : { profile }),
});

const root = 'file:///w';

export const uriOf = (path: string): string => `${root}/${path}`;
export const pathOf = (uri: string): string => uri.slice(root.length + 1);

function surroundingsOf(files: Files, tracked: readonly string[] | undefined): Surroundings {
  const below = (path: string) => Object.keys(files).some((name) => name.startsWith(`${path}/`));
  const matcherOf = (folder: string) => {
    const text = files[folder === '' ? '.gitignore' : `${folder}/.gitignore`];
    return text === undefined ? null : ignoreMatcher(text, false);
  };
  return {
    fileAt(uri) {
      const text = files[pathOf(uri)];
      if (text !== undefined) return { kind: 'text', text };
      return { kind: below(pathOf(uri)) ? 'folder' : 'absent' };
    },
    versionControl(uri) {
      if (tracked === undefined || !uri.startsWith(`${root}/`)) return null;
      const path = pathOf(uri);
      const isTracked = path.endsWith('/') ? tracked.some((name) => name.startsWith(path)) : tracked.includes(path);
      const state = isTracked ? 'tracked' : isIgnoredPath(path, matcherOf, null) ? 'ignored' : 'open';
      return { state, repository: root };
    },
  };
}

const context = createReaderContext(1);
const read = new Map<string, SourceDocument>();

/** Files without a reader are on the disk, and no documents. Every text is read once, as in an editor: tests change one file of many. */
function documentsOf(files: Files): readonly SourceDocument[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const kind = kindOf(path);
    if (kind === null) return [];
    const key = `${path}\n${text}`;
    const document = read.get(key) ?? readDocument({ uri: uriOf(path), text, kind }, context);
    // Under mutation every test has to read for itself: a mutant is judged by the tests that ran its code.
    if (process.env.STRYKER_MUTATOR_WORKER === undefined) read.set(key, document);
    return [document];
  });
}

interface Governed {
  readonly model: WorkspaceModel;
  readonly governance: Governance;
}

function governed(files: Files, { tracked, ...options }: WorkspaceOptions): Governed {
  const documents = documentsOf(files);
  const governance = govern(documents, () => root);
  const settings = governance.settingsOf(uriOf('x'));
  const model = buildModel(
    documents.filter(({ uri }) => !governance.isIgnored(uri)),
    {
      roots: [root],
      target: settings?.target ?? null,
      profile: settings?.profile ?? 'development',
      hostOf: governance.hostOf,
      surroundings: surroundingsOf(files, tracked),
      ...options,
    },
  );
  return { model, governance };
}

export function modelOf(files: Files, options: WorkspaceOptions = {}): WorkspaceModel {
  return governed(files, options).model;
}

export function findingsOf(files: Files, options: WorkspaceOptions & CheckOptions = {}): Finding[] {
  const { model, governance } = governed(files, options);
  return check(model, {
    ...options,
    severitiesOf: (uri) => governance.severitiesOf(uri, options.severities ?? {}),
  });
}

/** `path:line rule`, the line counted from 1. */
export function summaries(findings: readonly Finding[]): string[] {
  return findings.map((finding) => `${pathOf(finding.uri)}:${finding.range.start.line + 1} ${finding.rule}`);
}

function offsetOf(text: string, position: Position): number {
  let offset = 0;
  for (let line = 0; line < position.line; line++) {
    const end = text.indexOf('\n', offset);
    if (end < 0) return text.length;
    offset = end + 1;
  }
  return Math.min(text.length, offset + position.character);
}

/** Applies edits as an editor does: all ranges refer to the text before. */
export function applyEdits(files: Files, edits: readonly Edit[]): Files {
  const result: Record<string, string> = { ...files };
  const spans = edits
    .map((edit) => {
      const text = files[pathOf(edit.uri)] ?? '';
      return {
        path: pathOf(edit.uri),
        start: offsetOf(text, edit.range.start),
        end: offsetOf(text, edit.range.end),
        newText: edit.newText,
      };
    })
    .sort((a, b) => b.start - a.start || b.end - a.end);
  for (const { path, start, end, newText } of spans) {
    const text = result[path] ?? '';
    result[path] = text.slice(0, start) + newText + text.slice(end);
  }
  return result;
}
