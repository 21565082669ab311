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
  /** Definitions that say what they are the definition of. */
  readonly definitionLinks: boolean;
  readonly prepareRename: boolean;
  /** Edits that say what they do and ask before it. */
  readonly changeAnnotations: boolean;
  readonly documentLinks: boolean;
  readonly codeLenses: boolean;
  readonly inlayHints: boolean;
  readonly symbolTree: boolean;
  /** Features of env files alone: `selective` where the client lets them be registered for these files. */
  readonly symbols: Offer;
  readonly highlights: Offer;
  readonly folding: Offer;
  readonly semanticTokens: Offer;
  readonly refresh: { readonly inlayHints: boolean; readonly codeLenses: boolean; readonly semanticTokens: boolean };
}

export type Offer = 'no' | 'static' | 'selective';

function offer(capability: { readonly dynamicRegistration?: boolean } | undefined): Offer {
  if (capability === undefined) return 'no';
  return capability.dynamicRegistration === true ? 'selective' : 'static';
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
    definitionLinks: textDocument?.definition?.linkSupport === true,
    prepareRename: textDocument?.rename?.prepareSupport === true,
    changeAnnotations:
      workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.changeAnnotationSupport !== undefined,
    documentLinks: textDocument?.documentLink !== undefined,
    codeLenses: textDocument?.codeLens !== undefined,
    inlayHints: textDocument?.inlayHint !== undefined,
    symbolTree: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    symbols: offer(textDocument?.documentSymbol),
    highlights: offer(textDocument?.documentHighlight),
    folding: offer(textDocument?.foldingRange),
    semanticTokens: offer(textDocument?.semanticTokens),
    refresh: {
      inlayHints: workspace?.inlayHint?.refreshSupport === true,
      codeLenses: workspace?.codeLens?.refreshSupport === true,
      semanticTokens: workspace?.semanticTokens?.refreshSupport === true,
    },
  };
}
