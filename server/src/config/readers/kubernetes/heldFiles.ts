/** Env files that stand as a whole in an entry of a ConfigMap, with places in the manifest. */
import type { HeldFile } from '../../model/deployment.ts';
import type { Assignment, SourceDocument } from '../../model/types.ts';
import type { LineIndex } from '../../text/lines.ts';
import type { Position, Range } from '../../text/position.ts';
import type { ReaderContext } from '../context.ts';
import { placedWithin, readDotenv } from '../dotenv.ts';
import { isTemplate, kindOf } from '../kind.ts';
import type { YamlEntry, YamlNodes } from '../yaml/yamlText.ts';

export interface ManifestText {
  readonly uri: string;
  readonly text: string;
  readonly lines: LineIndex;
}

/** From a place in the text of a literal block (`|`) to the place in the manifest; null for any other way to write it. */
function blockPlaces({ text, lines }: ManifestText, block: Range): ((range: Range) => Range) | null {
  const head = lines.startOf(block.start.line) + block.start.character;
  if (text[head] !== '|') return null;
  const first = block.start.line + 1;
  let indent = -1;
  for (let line = first; line <= block.end.line && indent < 0; line++) {
    const column = text.slice(lines.startOf(line), lines.startOf(line + 1)).search(/[^ \r\n]/);
    if (column >= 0) indent = column;
  }
  // An indentation indicator (`|2`) makes spaces part of the text.
  if (indent < 0 || /^\|[-+]?[1-9]/.test(text.slice(head, head + 3))) return null;
  const place = ({ line, character }: Position): Position => {
    const at = first + line;
    const length = Math.max(0, lines.startOf(at + 1) - lines.startOf(at));
    return { line: at, character: Math.min(character + indent, length) };
  };
  return ({ start, end }) => ({ start: place(start), end: place(end) });
}

/** Only what is written in a literal block has places of its own, and lines that can be changed. */
function assignmentAt(
  assignment: Assignment,
  process: string,
  block: Range,
  place: ((range: Range) => Range) | null,
): Assignment {
  const at = (range: Range): Range => (place === null ? block : place(range));
  return {
    ...assignment,
    process,
    embedded: true,
    range: at(assignment.range),
    nameRange: at(assignment.nameRange),
    valueRange: assignment.valueRange === null ? null : at(assignment.valueRange),
    ...(place === null ? { quote: 'other' as const } : {}),
  };
}

const isOneLine = ({ start, end }: Range): boolean => start.line === end.line;

/** The env file of an entry; null where its name is none of an env file. */
export function heldFile(
  yaml: YamlNodes,
  { key, value }: YamlEntry,
  unit: string,
  source: ManifestText,
  context: ReaderContext,
): (HeldFile & { readonly document: SourceDocument }) | null {
  const scalar = yaml.scalar(value);
  if (kindOf(key) !== 'dotenv' || isTemplate(key) || scalar?.text == null) return null;
  const read = readDotenv(source.uri, key, scalar.text, context);
  const place = blockPlaces(source, scalar.range);
  const document = placedWithin(read, {
    assignments: read.assignments.map((one) => assignmentAt(one, `${unit}/${key}`, scalar.range, place)),
    problems: read.problems.map(({ code, range, message, fixes }) => ({
      code,
      message,
      range: place === null ? scalar.range : place(range),
      fixes:
        place === null
          ? []
          : fixes.flatMap((fix) =>
              fix.edits.every((edit) => isOneLine(edit.range) && !/[\r\n]/.test(edit.newText))
                ? [{ ...fix, edits: fix.edits.map((edit) => ({ ...edit, range: place(edit.range) })) }]
                : [],
            ),
    })),
  });
  return { name: key, path: null, document, ownLines: place !== null };
}
