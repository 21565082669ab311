/**
 * What a document refers to: the variables it reads and the files it names. Only questions of a person need it (where
 * does this come from, who else has it), so it is found when it is first asked for, not at every keystroke.
 */
import type { SourceDocument } from '../../model/types.ts';
import { LineIndex } from '../../text/lines.ts';
import { unitSettings } from '../systemd.ts';
import { pythonMentions, readsEnvironment } from './pythonText.ts';
import { expansionsIn, type FoundName, scriptAssignments, scriptExpansions } from './shellText.ts';
import type { FileMention, Mentions, NameUse } from './types.ts';
import { composeMentions, kubernetesMentions } from './yamlText.ts';

const nothing: Mentions = { uses: [], files: [] };
const texts = new WeakMap<SourceDocument, string>();
const known = new WeakMap<SourceDocument, Mentions>();

/** Keeps a text until its mentions are asked for. Texts may hold secrets: they go into no model, message or log. */
export function rememberText(document: SourceDocument, text: string): void {
  if (document.marks.some((mark) => mark.name === 'not-read')) return;
  if (mayMention(document, text)) texts.set(document, text);
}

function mayMention({ kind }: SourceDocument, text: string): boolean {
  switch (kind) {
    case 'requirements':
    case 'prometheus':
      return false;
    case 'python':
      return readsEnvironment(text);
    case 'shell':
      return true;
    case 'dotenv':
      return text.includes('${');
    default:
      return /[$]|KeyRef|extends|include/.test(text);
  }
}

const plain =
  (lines: LineIndex, from: NameUse['from']) =>
  ({ name, at }: FoundName): NameUse => ({
    name,
    range: lines.range(at, at + name.length),
    exact: true,
    writes: false,
    from,
    source: null,
  });

/** `${NAME}` in values, quoted or not: python-dotenv expands it everywhere, and it alone. */
function dotenvMentions(document: SourceDocument, text: string, lines: LineIndex): Mentions {
  const uses: NameUse[] = [];
  for (const { valueRange } of document.assignments) {
    if (valueRange === null) continue;
    const from = lines.offset(valueRange.start);
    const value = text.slice(from, lines.offset(valueRange.end));
    if (!value.includes('${')) continue;
    for (const match of value.matchAll(/\$\{([A-Za-z_]\w*)(?=\}|:-)/g))
      uses.push(plain(lines, 'own-file')({ name: match[1] ?? '', at: from + match.index + 2 }));
  }
  return { uses, files: [] };
}

function* systemdExpansions(text: string, lines: LineIndex): Generator<FoundName> {
  for (const { section, key, start, end } of unitSettings(text, lines)) {
    if (section !== 'Service') continue;
    if (key.startsWith('Exec')) yield* expansionsIn(text, start, end);
    else if (key === 'UnsetEnvironment')
      for (const match of text.slice(start, end).matchAll(/[A-Za-z_]\w*/g)) yield { name: match[0], at: start + match.index };
  }
}

function* launchVariables(text: string): Generator<FoundName> {
  for (const match of text.matchAll(/\$\{env:([A-Za-z_]\w*)\}/g)) yield { name: match[1] ?? '', at: match.index + 6 };
}

/**
 * A variable that the script sets for itself is none of the environment. What it sets for its programs the reader has,
 * but only the last line of each name before a program starts.
 */
function shellUses(document: SourceDocument, text: string, lines: LineIndex): NameUse[] {
  const given = new Set(document.deployment?.units.flatMap((unit) => unit.assignments.map(({ name }) => name)));
  const written = [...scriptAssignments(text)];
  const own = new Set(written.map(({ name }) => name).filter((name) => !given.has(name)));
  const use = plain(lines, 'process');
  return [
    ...[...scriptExpansions(text)].filter(({ name }) => !own.has(name)).map(use),
    ...written.filter(({ name }) => given.has(name)).map((found) => ({ ...use(found), writes: true })),
  ];
}

/** Paths that a reader left as marks. */
function markedFiles(document: SourceDocument): FileMention[] {
  const kinds: Readonly<Record<string, FileMention['kind']>> = { source: 'sourced', 'copy-env': 'copied' };
  return document.marks.flatMap(({ name, value, range }) => {
    const kind = kinds[name];
    return kind === undefined || value === null ? [] : [{ kind, path: value, range }];
  });
}

function read(document: SourceDocument, text: string): Mentions {
  const lines = new LineIndex(text);
  switch (document.kind) {
    case 'dotenv':
      return dotenvMentions(document, text, lines);
    case 'python':
      return pythonMentions(text, lines);
    case 'compose':
      return composeMentions(text, lines);
    case 'kubernetes':
      return kubernetesMentions(text, lines);
    case 'systemd':
      return { uses: [...systemdExpansions(text, lines)].map(plain(lines, 'process')), files: [] };
    case 'shell':
      return { uses: shellUses(document, text, lines), files: [] };
    case 'dockerfile':
      return { uses: [...scriptExpansions(text)].map(plain(lines, 'process')), files: [] };
    case 'launch':
      return { uses: [...launchVariables(text)].map(plain(lines, 'process')), files: [] };
    default:
      return nothing;
  }
}

/** The names and files a document refers to, in document order of each. */
export function mentionsOf(document: SourceDocument): Mentions {
  let mentions = known.get(document);
  if (mentions === undefined) {
    const text = texts.get(document);
    const { uses, files } = text === undefined ? nothing : read(document, text);
    mentions = { uses, files: [...files, ...markedFiles(document)] };
    known.set(document, mentions);
    texts.delete(document);
  }
  return mentions;
}
