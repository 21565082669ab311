/** What the words of an env file are: names the release reads, names it does not, values, variables. */
import type { Release } from '#schemas/settings/catalogue.ts';
import { effectKind, settingOfVariable } from '../rules/settingIndex.ts';
import { type BindingStatement, forEachStatement } from '../text/dotenvLexer.ts';
import { LineIndex } from '../text/lines.ts';
import { type TokenModifier, type TokenType, tokenModifiers, tokenTypes } from './tokenLegend.ts';

/** Within one line. */
export interface SemanticToken {
  readonly line: number;
  readonly character: number;
  readonly length: number;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

const boolean = /^(?:true|false|yes|no|on|off)$/i;
const number = /^[+-]?\d+(?:\.\d+)?$/;

function nameKind(key: string, release: Release): Pick<SemanticToken, 'type' | 'modifiers'> {
  const setting = settingOfVariable(key);
  if (setting === undefined) return { type: 'variable', modifiers: ['declaration'] };
  const kind = effectKind(setting, release);
  const read = kind !== undefined && kind !== 'none' && setting.status !== 'deprecated';
  return { type: 'property', modifiers: ['declaration', read ? 'defaultLibrary' : 'deprecated'] };
}

class TokenReader {
  readonly tokens: SemanticToken[] = [];
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #release: Release;

  constructor(text: string, release: Release) {
    this.#text = text;
    this.#lines = new LineIndex(text);
    this.#release = release;
  }

  /** Text over several lines is one token per line: not every client takes longer ones. */
  add(start: number, end: number, type: TokenType, modifiers: readonly TokenModifier[] = []): void {
    for (let at = start; at < end; ) {
      const line = this.#lines.lineAt(at);
      const next = Math.min(end, this.#lines.startOf(line + 1));
      let stop = next;
      while (stop > at && /[\r\n]/.test(this.#text[stop - 1] ?? '')) stop--;
      if (stop > at) this.tokens.push({ line, character: at - this.#lines.startOf(line), length: stop - at, type, modifiers });
      at = next;
    }
  }

  binding({ export: exported, name, key, equals, value, text, comment }: BindingStatement): void {
    if (exported !== null) this.add(exported.start, exported.end, 'keyword');
    const { type, modifiers } = nameKind(key, this.#release);
    this.add(name.start, name.end, type, modifiers);
    if (equals !== null) this.add(equals, equals + 1, 'operator');
    if (value !== null && value.end > value.start) this.#value(value.start, value.end, text ?? '');
    if (comment !== null) this.add(comment.start, comment.end, 'comment');
  }

  #value(start: number, end: number, text: string): void {
    const plain: TokenType = boolean.test(text) ? 'enumMember' : number.test(text) ? 'number' : 'string';
    const written = this.#text.slice(start, end);
    let at = start;
    for (const match of written.includes('${') ? written.matchAll(/\$\{([A-Za-z_]\w*)(?=\}|:-)/g) : []) {
      const name = start + match.index + 2;
      this.add(at, name, plain);
      at = name + (match[1] ?? '').length;
      this.add(name, at, 'variable');
    }
    this.add(at, end, plain);
  }
}

/** The tokens of an env file in order, none of them over a line's end. */
export function semanticTokens(text: string, release: Release): readonly SemanticToken[] {
  const reader = new TokenReader(text, release);
  forEachStatement(text, (statement) => {
    if (statement.kind === 'binding') reader.binding(statement);
    else if (statement.kind === 'blank' && statement.comment !== null)
      reader.add(statement.comment.start, statement.comment.end, 'comment');
  });
  return reader.tokens;
}

/** Five numbers a token, relative to the one before (LSP 3.17, textDocument/semanticTokens). */
export function encodeTokens(tokens: readonly SemanticToken[]): number[] {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const token of tokens) {
    const down = token.line - line;
    const bits = token.modifiers.reduce((sum, modifier) => sum | (1 << tokenModifiers.indexOf(modifier)), 0);
    data.push(
      down,
      down === 0 ? token.character - character : token.character,
      token.length,
      tokenTypes.indexOf(token.type),
      bits,
    );
    line = token.line;
    character = token.character;
  }
  return data;
}
