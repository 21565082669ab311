/** Env files whose readers do not agree: what python-dotenv accepts and another program of the same file takes otherwise. */
import type { EnvFileReader } from '../../model/deployment.ts';
import type { Assignment, Edit, SourceDocument } from '../../model/types.ts';
import { assignmentsAs } from '../../readers/dotenv.ts';
import { fix } from '../fixes.ts';
import { type Rule, workspaceRule } from '../rule.ts';

type Strict = EnvFileReader & { readonly dialect: 'systemd' | 'docker' };

const isStrict = (reader: EnvFileReader): reader is Strict => reader.dialect === 'systemd' || reader.dialect === 'docker';

const programs = { systemd: 'systemd', docker: 'Docker' } as const;

const toldBy = (reader: EnvFileReader) =>
  reader.range === null ? [] : [{ uri: reader.uri, range: reader.range, message: `${reader.name} reads this file` }];

const textOf = ({ value }: Assignment): string | null =>
  value.kind === 'text' && value.masked === undefined ? value.text : null;

/** Whether the other program gets another text than python-dotenv. Secrets are compared by class. */
function differs(own: Assignment, other: Assignment): boolean {
  if (own.value.kind === 'secret' && other.value.kind === 'secret')
    return own.value.facts.equalityClass !== other.value.facts.equalityClass;
  const [a, b] = [textOf(own), textOf(other)];
  return a !== null && b !== null && a !== b;
}

/** Both readings where they are no secrets. What a comment says is nobody's setting and may be anything. */
function readings(own: Assignment, other: Assignment, reader: Strict): string {
  const [a, b] = [textOf(own), textOf(other)];
  if (a === null || b === null) return '';
  const shown = own.comment === null ? b : b.replace(/(\s#).*$/s, '$1 …');
  return ` python-dotenv reads ${JSON.stringify(a)}, ${programs[reader.dialect]} ${JSON.stringify(shown)}.`;
}

/** Takes out what only python-dotenv takes for no part of the value. */
function plainEdits(document: SourceDocument, own: Assignment, quotes: boolean): readonly (Edit | null)[] {
  const edits: (Edit | null)[] = [];
  const { valueRange, comment } = own;
  if (comment !== null && valueRange !== null)
    edits.push({ uri: document.uri, range: { start: valueRange.end, end: comment.end }, newText: '' });
  if (quotes && valueRange !== null) {
    const text = textOf(own);
    edits.push(text === null || !/^[^\s'"#\\$`]+$/.test(text) ? null : { uri: document.uri, range: valueRange, newText: text });
  }
  return edits;
}

export const dialectRules: readonly Rule[] = [
  workspaceRule('dotenv-export-prefix', ({ model }, report) => {
    for (const [uri, readers] of model.envFileReaders) {
      const document = model.documents.get(uri);
      const reader = readers.find(isStrict);
      if (document === undefined || reader === undefined) continue;
      for (const mark of document.marks) {
        if (mark.name !== 'export') continue;
        const own = document.assignments.find(({ nameRange }) => nameRange.start.line === mark.range.start.line);
        report({
          at: { uri, range: mark.range },
          setting: own?.name ?? null,
          message: `${programs[reader.dialect]}, which ${reader.name} has read this file, does not know "export": ${reader.dialect === 'docker' ? 'it refuses the file' : 'it ignores the line'}.`,
          related: toldBy(reader),
          fixes: fix(
            'Remove "export"',
            true,
            own === undefined ? null : { uri, range: { start: mark.range.start, end: own.nameRange.start }, newText: '' },
          ),
        });
      }
    }
  }),

  workspaceRule('dotenv-inline-comment-other-loader', ({ model }, report) => {
    for (const [uri, readers] of model.envFileReaders) {
      const document = model.documents.get(uri);
      const reader = readers.find(isStrict);
      if (document === undefined || reader === undefined) continue;
      const other = new Map(assignmentsAs(document, reader.dialect).assignments.map((one) => [placeKey(one), one]));
      for (const own of document.assignments) {
        const quoted = own.quote !== 'none' && reader.dialect === 'docker';
        const read = other.get(placeKey(own));
        if ((own.comment === null && !quoted) || own.valueRange === null || read === undefined || !differs(own, read)) continue;
        const what = own.comment === null ? 'the quotes' : quoted ? 'the quotes and the comment' : 'the comment';
        report({
          at: { uri, range: own.comment ?? own.valueRange },
          setting: own.name,
          message: `${programs[reader.dialect]}, which ${reader.name} has read this file, takes ${what} as part of ${own.name}.${readings(own, read, reader)}`,
          related: toldBy(reader),
          fixes: fix(
            own.comment === null ? 'Remove the quotes' : 'Remove the comment',
            true,
            ...plainEdits(document, own, quoted),
          ),
        });
      }
    }
  }),
];

const placeKey = ({ name, nameRange }: Assignment): string => `${nameRange.start.line} ${name}`;
