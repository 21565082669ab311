/** Readings of env files and JSON in lines a person can compare. */
import { type DotenvStatement, lexDotenv, type Span } from '#server/config/text/dotenvLexer.ts';
import { type JsonNode, jsonValue, parseJsonc } from '#server/config/text/jsonc.ts';
import { type Dialect, parseEnv } from '#server/config/text/parseEnv.ts';

/** `line NAME=value` for what a program takes from an env file, `line: message` for what it drops. */
export function shownEnv(dialect: Dialect, text: string, surrounding: Readonly<Record<string, string>> = {}): string[] {
  const { entries, errors } = parseEnv(text, dialect, surrounding);
  return [
    ...entries.map(({ key, value, line }) => `${line} ${key}${value === null ? '' : `=${JSON.stringify(value)}`}`),
    ...errors.map(({ line, message }) => `${line}: ${message}`),
  ];
}

const span = (place: Span | null): string => (place === null ? '-' : `${place.start}-${place.end}`);

function shownStatement(one: DotenvStatement): string {
  const head = `${one.kind} ${one.start}-${one.end} from ${one.content}`;
  switch (one.kind) {
    case 'blank':
      return `${head}, comment ${span(one.comment)}`;
    case 'error':
      return `${head}, ${one.reason} at ${one.at}, name ${span(one.name)}, export ${span(one.export)}, value ${span(one.value)}`;
    case 'binding':
      return `${head}, ${JSON.stringify(one.key)} ${span(one.name)}${one.keyQuoted ? ' quoted' : ''}, export ${span(one.export)}, = ${one.equals ?? '-'}, ${one.quote} ${JSON.stringify(one.text)} ${span(one.value)}, comment ${span(one.comment)}`;
  }
}

export const shownStatements = (text: string): string[] => lexDotenv(text).map(shownStatement);

function places(node: JsonNode | null): string {
  if (node === null) return 'nothing';
  const at = `${node.start}-${node.end}`;
  if (node.kind === 'scalar') return at;
  if (node.kind === 'array') return `${at}[${node.items.map(places).join(' ')}]`;
  return `${at}{${node.members.map((one) => `${one.key}@${one.name.start}-${one.name.end} ${places(one.value)}`).join(', ')}}`;
}

/** Value, places and problems of a JSON text with comments. */
export function shownJson(text: string): string[] {
  const { root, problems } = parseJsonc(text);
  return [
    JSON.stringify(jsonValue(root)) ?? 'nothing',
    places(root),
    ...problems.map(({ start, end, message }) => `${start}-${end}: ${message}`),
  ];
}
