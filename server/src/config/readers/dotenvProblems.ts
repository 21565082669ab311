/**
 * What can be wrong with the text of a `.env` file, one check per rule of the `dotenv-*` family that needs nothing but
 * the statement. Fixes insert and delete characters and never copy a value: findings travel, secrets must not.
 */
import type { TextProblem } from '../model/types.ts';
import type { BindingStatement, DotenvStatement, ErrorStatement, Span } from '../text/dotenvLexer.ts';
import type { Range } from '../text/position.ts';
import { isPythonSpace } from '../text/pythonText.ts';
import { type DotenvText, fix, lineEnd, Problems } from './dotenvProblemList.ts';
import { checkInterpolation, checkInvisible, checkUnquoted } from './dotenvValueProblems.ts';

const validName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Name and message of a statement whose name part is not a name; true when it was reported. */
function checkName(problems: Problems, text: string, statement: BindingStatement | ErrorStatement, name: Span): boolean {
  const written = text.slice(name.start, name.end);
  const comment = problems.edit(statement.content, statement.content, '# ');
  // A statement over several lines is not silenced by a comment sign before its first.
  const oneLine = !/[\r\n]./s.test(text.slice(statement.content, statement.end).replace(/\r\n$/, '\n'));
  if (/^(?:;|\/\/)/.test(written)) {
    const end = lineEnd(text, statement.content);
    problems.add(
      'dotenv-wrong-comment',
      { start: statement.content, end },
      'Comments begin with "#" in a .env file; this line is read as a statement.',
      fix('Begin the comment with "#"', oneLine, comment),
    );
    return true;
  }
  const rest = text.slice(name.start, lineEnd(text, name.start));
  if (/^\[[^\]\r\n]*\]\s*(?:#.*)?$/.test(rest)) {
    problems.add(
      'dotenv-section',
      name,
      'A .env file has no sections; this line has no meaning here.',
      fix('Turn the line into a comment', oneLine, comment),
    );
    return true;
  }
  const colon = /^([A-Za-z_][A-Za-z0-9_]*)[ \t]*:/.exec(rest);
  if (colon !== null && (statement.kind === 'error' || statement.equals === null)) {
    const key = colon[1] ?? '';
    const from = name.start + key.length;
    const after = /^[ \t]*/.exec(text.slice(name.start + colon[0].length, lineEnd(text, name.start)))?.[0].length ?? 0;
    problems.add(
      'dotenv-colon',
      { start: name.start, end: name.start + colon[0].length },
      statement.kind === 'error'
        ? `"${key}:" is not an assignment; python-dotenv drops the line. Write ${key}=...`
        : `"${key}:" is not an assignment; nothing is set. Write ${key}=...`,
      fix(`Write ${key}=`, false, problems.edit(from, name.start + colon[0].length + after, '=')),
    );
    return true;
  }
  return false;
}

function checkError(problems: Problems, source: DotenvText, statement: ErrorStatement): void {
  const { text } = source;
  const end = lineEnd(text, statement.at);
  const whole = { start: statement.content, end };
  if (statement.name !== null && checkName(problems, text, statement, statement.name)) return;
  const key = statement.name === null ? '' : text.slice(statement.name.start, statement.name.end);
  switch (statement.reason) {
    case 'unclosed-quote': {
      const quote = text[statement.at] ?? '"';
      const first = lineEnd(text, statement.at);
      let close = first;
      const cut = /[ \t]#/.exec(text.slice(statement.at, first));
      if (cut !== null) close = statement.at + cut.index;
      while (close > statement.at + 1 && isPythonSpace(text.charCodeAt(close - 1))) close--;
      problems.add(
        'dotenv-unclosed-quote',
        { start: statement.at, end: close },
        `The quote that begins the value of ${key} is not closed; python-dotenv drops this line and ${key} is not set.`,
        fix('Close the quote at the end of the line', false, problems.edit(close, close, quote)),
      );
      return;
    }
    case 'junk-after-quote': {
      const value = statement.value ?? { start: statement.at, end: statement.at };
      const quote = text[value.end - 1] ?? '"';
      const junk = text.slice(value.end, end);
      const fixes = [fix('Remove the text after the quote', false, problems.edit(value.end, end, ''))];
      if (!/["'\\]/.test(junk)) {
        const trimmed = value.end + junk.trimEnd().length;
        fixes.push(
          fix(
            'Include the text in the quotes',
            false,
            problems.edit(value.end - 1, value.end, ''),
            problems.edit(trimmed, trimmed, quote),
          ),
        );
      }
      problems.add(
        'dotenv-junk-after-quote',
        { start: value.end, end },
        `Text after the closing quote: python-dotenv drops this line and ${key} is not set.`,
        ...fixes,
      );
      return;
    }
    default: {
      const prefixed = /^(?:set|setx|declare|let|const|var|env)[ \t]+(?=[A-Za-z_][A-Za-z0-9_]*[ \t]*=)/i.exec(
        text.slice(whole.start, end),
      );
      problems.add(
        'dotenv-invalid-key',
        whole.end > whole.start ? { start: whole.start, end: Math.min(end, statement.at + 1) } : whole,
        'This is not NAME=value; python-dotenv drops the line. A name has letters, digits and "_" and does not begin with a digit.',
        ...(prefixed === null
          ? []
          : [fix(`Remove "${prefixed[0].trim()}"`, false, problems.edit(whole.start, whole.start + prefixed[0].length, ''))]),
      );
    }
  }
}

function checkBinding(problems: Problems, source: DotenvText, statement: BindingStatement, known: ReadonlySet<string>): void {
  const { text } = source;
  const ordinary = !statement.keyQuoted && statement.equals !== null && validName.test(statement.key);
  if (!ordinary && checkName(problems, text, statement, statement.name)) return;
  if (!ordinary && !validName.test(statement.key)) {
    const inner = /^["'\u2018-\u201f]([A-Za-z_][A-Za-z0-9_]*)["'\u2018-\u201f]$/.exec(statement.key);
    problems.add(
      'dotenv-invalid-key',
      statement.name,
      'This name can be read by nothing: a name has letters, digits and "_" and does not begin with a digit.',
      ...(inner === null
        ? []
        : [
            fix(
              'Remove the quotes around the name',
              false,
              problems.edit(statement.name.end - 1, statement.name.end, ''),
              problems.edit(statement.name.start, statement.name.start + 1, ''),
            ),
          ]),
    );
  } else if (statement.equals === null) {
    problems.add(
      'dotenv-missing-equals',
      statement.name,
      `${statement.key} has no "=": nothing is set, the default stays.`,
      fix(`Write ${statement.key}=`, false, problems.edit(statement.name.end, statement.name.end, '=')),
    );
  }
  const value = statement.value;
  if (value === null) return;
  if (value.start === value.end) {
    if (statement.comment !== null) {
      problems.add(
        'dotenv-empty-with-comment',
        statement.comment,
        `${statement.key} is empty here; python-dotenv 1.2.2 and older take the comment as its value.`,
        fix('Write the empty value as ""', problems.quotesSafe, problems.edit(value.start, value.start, '""')),
      );
    }
  } else if (statement.quote === 'none') {
    checkUnquoted(problems, source, statement, value);
  } else if (endsInSpace(statement.text ?? '')) {
    let from = value.end - 1;
    while (from > value.start + 1 && isPythonSpace(text.charCodeAt(from - 1))) from--;
    problems.add(
      'dotenv-trailing-space-in-quotes',
      { start: from, end: value.end - 1 },
      `The space before the closing quote is part of the value of ${statement.key}.`,
      fix('Remove the space', false, problems.edit(from, value.end - 1, '')),
    );
  }
  checkInvisible(problems, source, statement);
  checkInterpolation(problems, source, statement, known);
}

/** Whether a text that is not blank ends in whitespace that is no final line end. */
function endsInSpace(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  const possible = last <= 0x20 || last > 0x7e;
  return possible && /\S\s+$/.test(text.slice(-100)) && !text.endsWith('\n');
}

/** Finds the lexical problems of one text; it takes the statements one by one, in text order. */
export class DotenvCheck {
  readonly #source: DotenvText;
  readonly #problems: Problems;
  readonly #known = new Set<string>();
  readonly #interpolates: boolean;

  constructor(source: DotenvText) {
    this.#source = source;
    this.#problems = new Problems(source);
    this.#interpolates = source.text.includes('${');
    if (source.text.charCodeAt(0) !== 0xfeff) return;
    this.#problems.add(
      'dotenv-bom',
      { start: 0, end: 1 },
      'The file begins with a byte order mark; python-dotenv 1.2.2 and older make it part of the first name.',
      fix('Remove the byte order mark', source.text.charCodeAt(1) !== 0xfeff, this.#problems.edit(0, 1, '')),
    );
  }

  /** What was found so far, in text order. */
  get found(): readonly TextProblem[] {
    return this.#problems.found;
  }

  /** Values that refer to each other and grow beyond all bounds. `at`: the first of them. */
  addEndless(at: Range): void {
    const message =
      'From here on the values refer to each other and expand to more than 20 million characters; a process that reads this file runs out of memory. Write them out, or refer to fewer.';
    this.#problems.found.push({ code: 'dotenv-interpolation', range: at, message, fixes: [] });
  }

  take(statement: DotenvStatement): void {
    if (statement.kind === 'error') {
      checkError(this.#problems, this.#source, statement);
      if (statement.reason === 'unclosed-quote') this.#problems.quotesSafe = false;
    } else if (statement.kind === 'binding') {
      checkBinding(this.#problems, this.#source, statement, this.#known);
      if (this.#interpolates) this.#known.add(statement.key);
    }
  }
}
