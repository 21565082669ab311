/**
 * What the server offers to this client: at the start, and for env files once it runs. Loaded before everything else, so
 * it imports nothing that is large.
 */
import {
  CodeActionKind,
  DocumentHighlightRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  type SemanticTokensOptions,
  SemanticTokensRegistrationType,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { tokenModifiers, tokenTypes } from '../config/features/tokenLegend.ts';
import type { ClientFeatures, Offer } from './clientFeatures.ts';

/** Only ours, so that a client can run ours and not everybody's on save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.jarviscoreFleet`;

/** The files that the features of env files are registered for, where a client can be told. */
const envFileSelector = [
  '**/.env',
  '**/.env.*',
  '**/*.env',
  '**/*.env.{example,sample,template,dist,minimal,local}',
  '**/env.{example,sample,template,dist,minimal,local}',
].map((pattern) => ({ scheme: 'file', pattern }));

const tokenOptions: SemanticTokensOptions = {
  legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
  full: true,
  range: true,
};

/** Nothing that the client did not say it knows, so that an old one works as it always did. */
export function capabilitiesFor(client: ClientFeatures): ServerCapabilities {
  const always = (offer: Offer): boolean => offer === 'static';
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    completionProvider: { triggerCharacters: ['=', '_', '"', "'", '{'] },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
    definitionProvider: true,
    referencesProvider: true,
    renameProvider: client.prepareRename ? { prepareProvider: true } : true,
    workspaceSymbolProvider: true,
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(client.documentLinks ? { documentLinkProvider: { resolveProvider: true } } : {}),
    ...(client.inlayHints ? { inlayHintProvider: true } : {}),
    ...(client.codeLenses ? { codeLensProvider: { resolveProvider: true } } : {}),
    ...(always(client.symbols) ? { documentSymbolProvider: true } : {}),
    ...(always(client.highlights) ? { documentHighlightProvider: true } : {}),
    ...(always(client.folding) ? { foldingRangeProvider: true } : {}),
    ...(always(client.semanticTokens) ? { semanticTokensProvider: tokenOptions } : {}),
    ...(client.pullDiagnostics
      ? { diagnosticProvider: { identifier: 'jarviscore', interFileDependencies: true, workspaceDiagnostics: true } }
      : {}),
  };
}

export interface Registration {
  readonly method: string;
  readonly registerOptions: object;
}

/**
 * Features of env files, to be registered for these files alone: offered for every file they would take the place of
 * what the editor has for Python and YAML (VS Code asks the best provider, not all of them).
 */
export function registrationsFor(client: ClientFeatures): readonly Registration[] {
  const selective = (offer: Offer, method: string, options: object = {}): Registration[] =>
    offer === 'selective' ? [{ method, registerOptions: { documentSelector: envFileSelector, ...options } }] : [];
  return [
    ...selective(client.symbols, DocumentSymbolRequest.method),
    ...selective(client.highlights, DocumentHighlightRequest.method),
    ...selective(client.folding, FoldingRangeRequest.method),
    ...selective(client.semanticTokens, SemanticTokensRegistrationType.method, tokenOptions),
  ];
}
