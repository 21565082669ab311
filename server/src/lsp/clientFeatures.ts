/** What the client can do, read once from `initialize`. */
import type { ClientCapabilities } from 'vscode-languageserver/node';

export interface ClientFeatures {
  readonly pullDiagnostics: boolean;
  readonly diagnosticsRefresh: boolean;
  readonly relatedInformation: boolean;
  readonly configuration: boolean;
  readonly configurationRegistration: boolean;
  readonly watchRegistration: boolean;
  readonly workspaceFolders: boolean;
  /** Edits that name the version they belong to. */
  readonly documentChanges: boolean;
  readonly snippets: boolean;
  readonly markdownHover: boolean;
}

export function clientFeatures({ textDocument, workspace }: ClientCapabilities): ClientFeatures {
  return {
    pullDiagnostics: textDocument?.diagnostic !== undefined,
    diagnosticsRefresh: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true || textDocument?.diagnostic !== undefined,
    configuration: workspace?.configuration === true,
    configurationRegistration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchRegistration: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes('markdown') === true,
  };
}
