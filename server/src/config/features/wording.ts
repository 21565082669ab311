/** Values and places as text for people. Secrets appear as `<set>`, `<empty>` or `<placeholder>`. */
import { defaultIn, type Release, type Setting } from '#schemas/settings/catalogue.ts';
import type { Candidate, Literal, OriginKind, Value, WorkspaceModel } from '../model/types.ts';

/** Inline code that no value can break out of. */
export function code(text: string): string {
  const flat = text.replaceAll(/[\r\n]+/g, '⏎');
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 || flat === '' ? `${fence} ${flat} ${fence}` : fence + flat + fence;
}

/**
 * Text in Markdown outside code spans. Only what CommonMark would take for markup is escaped, an underscore only
 * at the edge of a word: editors that show the source (Neovim) stay readable.
 */
export function escapeMarkdown(text: string): string {
  return text.replaceAll(/[\\`*[\]<>|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&');
}

const longestShown = 120;

function shorten(text: string): string {
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

export function literalText(literal: Literal): string {
  if (literal === null) return 'None';
  if (typeof literal === 'boolean') return literal ? 'True' : 'False';
  if (typeof literal === 'bigint') return String(literal);
  if (typeof literal === 'string') return shorten(literal);
  return shorten(JSON.stringify(literal, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ?? '');
}

/** A value as a person may see it. */
export function valueText(value: Value): string {
  switch (value.kind) {
    case 'absent':
      return '<absent>';
    case 'secret':
      return `<${value.facts.state}>`;
    case 'text':
      return shorten(value.text);
    case 'literal':
      return literalText(value.literal);
    default:
      return '<unknown>';
  }
}

const originNames: Readonly<Record<OriginKind, string>> = {
  'mesh-config': 'Mesh dict',
  'process-env': 'process environment',
  'env-file': 'env file',
  default: 'default',
};

/** `Mesh dict, node.py:12`. */
export function originText(candidate: Candidate, model: WorkspaceModel): string {
  const { kind, uri, range } = candidate.origin;
  if (uri === null) return originNames[kind];
  const name = model.documents.get(uri)?.name ?? uri.slice(uri.lastIndexOf('/') + 1);
  return `${originNames[kind]}, ${name}${range === null ? '' : `:${range.start.line + 1}`}`;
}

/** The default of a release as text; secrets have none worth showing. */
export function defaultText(setting: Setting, release: Release): string {
  const value = defaultIn(setting, release);
  if (value === null || value === undefined) return 'none';
  if (value === '') return 'empty';
  return setting.secret ? 'set by the bundled stack' : code(typeof value === 'string' ? value : JSON.stringify(value));
}

/** `port, 1 to 65535`, `one of udp, tcp, hybrid`, `whole number of s, 10 or more`. */
export function typeText(setting: Setting): string {
  const { min, max, unit, type, values } = setting;
  if (type === 'enum' && values !== null) return `one of ${values.map(code).join(', ')}`;
  const range =
    min !== null && max !== null
      ? `, ${min} to ${max}`
      : min !== null
        ? `, ${min} or more`
        : max !== null
          ? `, ${max} or less`
          : '';
  return `${type}${unit === null || type === 'port' ? '' : ` (${unit})`}${range}`;
}

/** Anchor of a setting in docs/settings.md. */
export function settingAnchor(setting: Setting): string {
  return (setting.envName ?? setting.meshKey ?? '').toLowerCase().replaceAll(/[^a-z0-9_-]/g, '');
}
