/** Definition, references, rename and workspace symbols: wire handlers around `config/features`. */
import {
  type Connection,
  type Location,
  type LocationLink,
  LSPErrorCodes,
  type Position,
  ResponseError,
  SymbolKind,
  type WorkspaceEdit,
  type WorkspaceSymbol,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Definition, definition, type Word } from '../config/features/definition.ts';
import { references } from '../config/features/references.ts';
import { isRefusal, prepareRename, type Refusal, rename } from '../config/features/rename.ts';
import { settingSymbols } from '../config/features/workspaceSymbols.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type Answers, run } from './answer.ts';
import type { ClientFeatures } from './clientFeatures.ts';
import { toRenameEdit } from './convert.ts';

export interface NavigationOptions {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly client: ClientFeatures;
  readonly answers: Answers;
}

export function serveNavigation({ connection, workspace, client, answers }: NavigationOptions): void {
  connection.onDefinition(({ textDocument, position }, token) =>
    answers.document('Definition', textDocument.uri, token, function* ({ model, uri, text }) {
      const found = yield* definition(model, uri, position, text === undefined ? null : addressAt(text, position));
      return found === null ? null : toDefinition(found, client.definitionLinks);
    }),
  );

  connection.onReferences(({ textDocument, position, context }, token) =>
    answers.document('References', textDocument.uri, token, function* ({ model, uri }) {
      const found = yield* references(model, uri, position, context.includeDeclaration);
      return found?.map(({ uri: target, range }): Location => ({ uri: target, range })) ?? null;
    }),
  );

  connection.onPrepareRename(({ textDocument, position }, token) =>
    answers.document('Rename', textDocument.uri, token, ({ model, uri }) => orThrow(prepareRename(model, uri, position))),
  );

  connection.onRenameRequest(({ textDocument, position, newName }, token) =>
    answers.document('Rename', textDocument.uri, token, function* ({ model, uri }): Generator<undefined, WorkspaceEdit | null> {
      const groups = orThrow(yield* rename(model, uri, position, newName));
      if (groups === null) return null;
      return toRenameEdit(groups, {
        versionOf: client.documentChanges ? (one) => workspace.versionOf(one) : null,
        annotations: client.changeAnnotations,
      });
    }),
  );

  connection.onWorkspaceSymbol(({ query }, token) =>
    answers.workspace('Workspace symbols', token, async (): Promise<WorkspaceSymbol[]> => {
      const all: WorkspaceSymbol[] = [];
      for (const model of workspace.models()) {
        for (const { name, uri, range, file } of await run(settingSymbols(model, query), token))
          all.push({ name, kind: SymbolKind.Property, location: { uri, range }, containerName: file });
      }
      return all;
    }),
  );
}

/** A refusal is an error, so that the client shows its reason. */
function orThrow<T extends object>(answer: T | Refusal | null): T | null {
  if (answer !== null && isRefusal(answer)) throw new ResponseError(LSPErrorCodes.RequestFailed, answer.refused);
  return answer;
}

function toDefinition({ origin, places }: Definition, linked: boolean): Location[] | LocationLink[] {
  if (!linked) return places.map(({ uri, range }) => ({ uri, range }));
  return places.map(({ uri, range, whole }) => ({
    originSelectionRange: origin,
    targetUri: uri,
    targetRange: whole,
    targetSelectionRange: range,
  }));
}

/** What stands between the separators of a list around a position. */
function addressAt(text: TextDocument, position: Position): Word | null {
  const { line } = position;
  const content = text.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  const separator = /[\s,;"'=()[\]{}]/;
  let start = position.character;
  let end = position.character;
  while (start > 0 && !separator.test(content[start - 1] ?? ' ')) start--;
  while (end < content.length && !separator.test(content[end] ?? ' ')) end++;
  if (start === end) return null;
  return { text: content.slice(start, end), range: { start: { line, character: start }, end: { line, character: end } } };
}
