/** A value in the syntax of the file it is written into. */
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import type { Assignment } from '../model/types.ts';

/** Needs no quotes in any of the formats, and is no YAML number, boolean or null. */
const plainWord = /^[A-Za-z][A-Za-z0-9._/+-]*$/;
const plainText = /^[A-Za-z0-9._/:,@+-]*$/;
const yamlWords = /^(?:true|false|yes|no|on|off|y|n|null|~|\.nan|[+-]?\.inf)$/i;

/** `NAME=value` as one item of a YAML list: the quotes, if any, are around both. */
const isPair = ({ nameRange, valueRange }: Assignment): boolean =>
  valueRange !== null &&
  nameRange.end.line === valueRange.start.line &&
  nameRange.end.character + 1 === valueRange.start.character;

/** python-dotenv reads single quotes as they stand, but for a backslash before a quote or a backslash. */
function dotenvText(text: string): string {
  return /^[^\s'"`#\\$]*$/.test(text) ? text : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function yamlText(assignment: Assignment, text: string): string | null {
  if (isPair(assignment)) return plainText.test(text) && assignment.quote !== 'other' ? text : null;
  return plainWord.test(text) && !yamlWords.test(text) ? text : JSON.stringify(text);
}

/** Quotes around a whole `NAME=value` word stay where they are, so only what needs none can go between them. */
function wordText({ quote }: Assignment, text: string, quoted: string): string | null {
  if (plainText.test(text)) return text;
  return quote === 'none' ? quoted : null;
}

/**
 * @returns null where the quotes that are there cannot be kept.
 */
export function writtenText(kind: FileKind, assignment: Assignment, text: string): string | null {
  switch (kind) {
    case 'dotenv':
      return dotenvText(text);
    case 'python':
    case 'launch':
      return assignment.quote === 'other' && kind === 'launch' ? null : JSON.stringify(text);
    case 'compose':
      return yamlText(assignment, text.replaceAll('$', '$$$$'));
    case 'kubernetes':
      return yamlText(assignment, text.replaceAll('$(', '$$$$('));
    case 'systemd':
      return wordText(assignment, text, `"${text.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%')}"`);
    case 'dockerfile':
      return wordText(assignment, text, `"${text.replace(/[\\"$]/g, '\\$&')}"`);
    case 'shell':
      return wordText(assignment, text, `'${text.replaceAll("'", "'\\''")}'`);
    default:
      return null;
  }
}
