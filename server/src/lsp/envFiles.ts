/** Symbols, highlights, folding and semantic tokens, in env files only: editors have their own for everything else. */
import {
  type Connection,
  DocumentHighlightKind,
  type DocumentSymbol,
  FoldingRangeKind,
  type SemanticTokens,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver/node';
import {
  foldsOf,
  type Highlight,
  highlightsOf,
  type NameSymbol,
  type Outline,
  outlineOf,
} from '../config/features/dotenvOutline.ts';
import { encodeTokens, semanticTokens } from '../config/features/semanticTokens.ts';
import type { Answers, Asked } from './answer.ts';
import type { ClientFeatures } from './clientFeatures.ts';

/** Characters. These answers are made anew after every keystroke, all at once. */
const longestOutlined = 1_000_000;

const highlightKinds: Readonly<Record<Highlight['kind'], DocumentHighlightKind>> = {
  text: DocumentHighlightKind.Text,
  read: DocumentHighlightKind.Read,
  write: DocumentHighlightKind.Write,
};

export function serveEnvFiles(connection: Connection, client: ClientFeatures, answers: Answers): void {
  /** The open env file; null for every other document, and for one that no person reads. */
  const envFile = ({ model, uri, text }: Asked) => {
    const document = model.documents.get(uri);
    if (document?.kind !== 'dotenv' || text === undefined) return null;
    const content = text.getText();
    return content.length > longestOutlined ? null : { document, text: content, model };
  };

  if (client.symbols !== 'no')
    connection.onDocumentSymbol(({ textDocument }, token) =>
      answers.document('Symbols', textDocument.uri, token, (asked): DocumentSymbol[] | SymbolInformation[] | null => {
        const file = envFile(asked);
        if (file === null) return null;
        const outline = outlineOf(file.document, file.text);
        return client.symbolTree ? toTree(outline) : toList(outline, textDocument.uri);
      }),
    );

  if (client.highlights !== 'no')
    connection.onDocumentHighlight(({ textDocument, position }, token) =>
      answers.document('Highlights', textDocument.uri, token, (asked) => {
        const file = envFile(asked);
        if (file === null) return null;
        return highlightsOf(file.document, position).map(({ range, kind }) => ({ range, kind: highlightKinds[kind] }));
      }),
    );

  if (client.folding !== 'no')
    connection.onFoldingRanges(({ textDocument }, token) =>
      answers.document('Folding', textDocument.uri, token, (asked) => {
        const file = envFile(asked);
        if (file === null) return null;
        return foldsOf(file.text).map(({ start, end, kind }) => ({
          startLine: start,
          endLine: end,
          kind: kind === 'comment' ? FoldingRangeKind.Comment : FoldingRangeKind.Region,
        }));
      }),
    );

  if (client.semanticTokens === 'no') return;
  const tokens = (asked: Asked, first: number, last: number): SemanticTokens => {
    const file = envFile(asked);
    if (file === null) return { data: [] };
    const wanted = semanticTokens(file.text, file.model.target).filter(({ line }) => line >= first && line <= last);
    return { data: encodeTokens(wanted) };
  };
  connection.languages.semanticTokens.on(async ({ textDocument }, token) => {
    const found = await answers.document('Semantic tokens', textDocument.uri, token, (asked) => tokens(asked, 0, Infinity));
    return found ?? { data: [] };
  });
  connection.languages.semanticTokens.onRange(async ({ textDocument, range: { start, end } }, token) => {
    const found = await answers.document('Semantic tokens', textDocument.uri, token, (asked) =>
      tokens(asked, start.line, end.line),
    );
    return found ?? { data: [] };
  });
}

function toSymbol({ name, range, nameRange }: NameSymbol): DocumentSymbol {
  return { name, kind: SymbolKind.Property, range, selectionRange: nameRange };
}

function toTree({ names, sections }: Outline): DocumentSymbol[] {
  const tree = sections.map(
    ({ title, range, titleRange, names: inside }): DocumentSymbol => ({
      name: title,
      kind: SymbolKind.Namespace,
      range,
      selectionRange: titleRange,
      children: inside.map(toSymbol),
    }),
  );
  return [...names.map(toSymbol), ...tree];
}

function toList({ names, sections }: Outline, uri: string): SymbolInformation[] {
  const all = [
    ...names.map((symbol) => ({ symbol, section: null })),
    ...sections.flatMap(({ title, names: inside }) => inside.map((symbol) => ({ symbol, section: title }))),
  ];
  return all.map(({ symbol: { name, range }, section }) => ({
    name,
    kind: SymbolKind.Property,
    location: { uri, range },
    ...(section === null ? {} : { containerName: section }),
  }));
}
