/**
 * `pip install` and its like in documents (README and other Markdown) and in steps of CI files: which package a project
 * tells people and machines to install, and which release. Nothing else of these files is read.
 */
import type { Requirement } from '../model/types.ts';
import type { LineIndex } from '../text/lines.ts';
import { installedBy, simpleCommands } from './deployment/installs.ts';
import { splitWords, type Word } from './deployment/words.ts';
import { isProse } from './prose.ts';

/** A line a person would not copy: it says what not to install. */
const refuses = /\b(?:not|never|don't|doesn't|wrong|instead of|rather than|unrelated|nicht|niemals|falsch)\b/i;
const fenceLine = /^[ \t>]*(`{3,}|~{3,})/;
const comment = /^[ \t>]*(?:#|\/\/|<!--)/;
/** `code` within a line. */
const span = /`([^`]+)`/g;
/** A line is never longer that a person writes; a generated one must not cost time. UTF-16 units. */
const maxLine = 2_000;

/** Words of a command without the prompt, the list item or the key of a CI step in front of it. */
function commandWords(text: string, from: number, to: number): readonly Word[] {
  const lead =
    /^[ \t>]*(?:[-*+][ \t]+)?(?:(?:-[ \t]+)?(?:run|script|command):[ \t]*(?:[|>][-+]?)?)?[ \t]*["']?(?:[$%!][ \t]*)?/.exec(
      text.slice(from, to),
    );
  const start = from + (lead?.[0].length ?? 0);
  // A step in quotes of YAML.
  const quote = /["']$/.exec(lead?.[0] ?? '')?.[0];
  const close = quote === undefined ? -1 : text.slice(start, to).trimEnd().length - 1;
  return splitWords(text, start, close >= 0 && text[start + close] === quote ? start + close : to, { shell: true });
}

class InstallReader {
  readonly requirements: Requirement[] = [];
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #prose: boolean;
  #fence: string | null = null;
  #warned = false;

  constructor(text: string, lines: LineIndex, prose: boolean) {
    this.#text = text;
    this.#lines = lines;
    this.#prose = prose;
  }

  line(number: number): void {
    const from = this.#lines.startOf(number);
    const to = this.#lines.startOf(number + 1);
    if (to - from > maxLine) return;
    const line = this.#text.slice(from, to);
    const fence = this.#prose ? fenceLine.exec(line)?.[1] : undefined;
    if (fence !== undefined && (this.#fence === null || fence.startsWith(this.#fence))) {
      this.#fence = this.#fence === null ? fence : null;
      this.#warned = false;
      return;
    }
    if (comment.test(line)) {
      this.#warned = refuses.test(line);
      return;
    }
    const warned = this.#warned || refuses.test(line);
    this.#warned = false;
    if (warned || !/jarviscore/i.test(line)) return;
    if (!this.#prose || this.#fence !== null || /^(?: {4}|\t)/.test(line)) this.#command(from, to);
    else for (const { 0: code, index } of line.matchAll(span)) this.#command(from + index + 1, from + index + code.length - 1);
  }

  #command(from: number, to: number): void {
    for (const command of simpleCommands(commandWords(this.#text, from, to)))
      for (const one of installedBy(command, this.#lines))
        this.requirements.push(this.#prose ? { ...one, source: 'documentation' } : one);
  }
}

/** What one document or CI file says is installed. */
export function readInstallLines(name: string, text: string, lines: LineIndex): Requirement[] {
  const reader = new InstallReader(text, lines, isProse(name));
  if (/jarviscore/i.test(text)) for (let line = 0; line < lines.lineCount; line++) reader.line(line);
  return reader.requirements;
}
