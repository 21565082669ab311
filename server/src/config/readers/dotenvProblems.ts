/**
 * What can be wrong with the text of a `.env` file, one check per rule of the `dotenv-*` family that needs nothing but
 * the statement. Fixes insert and delete characters and never copy a value: findings travel, secrets must not.
 */
import type { Edit, Fix, TextProblem } from '../model/types.ts';
import type { BindingStatement, DotenvStatement, ErrorStatement, Span } from '../text/dotenvLexer.ts';
import { splitInterpolation } from '../text/interpolation.ts';
import type { LineIndex } from '../text/lines.ts';
import { isPythonSpace } from '../text/pythonText.ts';
import { type ReaderContext, soundsLikeSecret } from './context.ts';

export interface DotenvText {
  readonly uri: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly statements: readonly DotenvStatement[];
  readonly context: ReaderContext;
}

const validName = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Zero-width characters that no reader strips, and typographic quotes people paste. */
const invisible = /[\u00ad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff\u00a0]/;
const typographicQuote = /[\u2018-\u201f\u00ab\u00bb]/;
const edges = new RegExp(`${invisible.source}|${typographicQuote.source}`);
/** Set by every login shell, so a reference to them is not a slip. */
const everywhere = new Set(['HOME', 'USER', 'PATH', 'PWD', 'HOSTNAME', 'SHELL', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'LOGNAME']);

class Problems {
  readonly found: TextProblem[] = [];
  readonly #source: DotenvText;

  constructor(source: DotenvText) {
    this.#source = source;
  }

  edit(start: number, end: number, newText: string): Edit {
    return { uri: this.#source.uri, range: this.#source.lines.range(start, end), newText };
  }

  add(code: string, span: Span, message: string, ...fixes: Fix[]): void {
    this.found.push({ code, range: this.#source.lines.range(span.start, span.end), message, fixes });
  }
}

function fix(title: string, safe: boolean, ...edits: Edit[]): Fix {
  return { title, safe, edits };
}

/** End of the line an offset stands in, line end excluded. */
function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return end;
}

/** Name and message of a statement whose name part is not a name; true when it was reported. */
function checkName(problems: Problems, text: string, statement: BindingStatement | ErrorStatement, name: Span): boolean {
  const written = text.slice(name.start, name.end);
  const comment = problems.edit(statement.content, statement.content, '# ');
  if (/^(?:;|\/\/)/.test(written)) {
    const end = lineEnd(text, statement.content);
    problems.add(
      'dotenv-wrong-comment',
      { start: statement.content, end },
      'Comments begin with "#" in a .env file; this line is read as a statement.',
      fix('Begin the comment with "#"', true, comment),
    );
    return true;
  }
  const rest = text.slice(name.start, lineEnd(text, name.start));
  if (/^\[[^\]\r\n]*\]\s*(?:#.*)?$/.test(rest)) {
    problems.add(
      'dotenv-section',
      name,
      'A .env file has no sections; this line has no meaning here.',
      fix('Turn the line into a comment', true, comment),
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

function checkUnquoted(problems: Problems, source: DotenvText, statement: BindingStatement, value: Span): void {
  const { text, context } = source;
  const raw = text.slice(value.start, value.end);
  const secret = context.environment(statement.key) !== 'plain';
  const quotable = !/["\\]/.test(raw);
  const quoted = fix(
    'Put the value in quotes',
    true,
    problems.edit(value.start, value.start, '"'),
    problems.edit(value.end, value.end, '"'),
  );

  if (/^`[^`]*`$/.test(raw) && raw.length > 1) {
    problems.add(
      'dotenv-backtick',
      value,
      'Backticks do not quote for python-dotenv: they are part of the value.',
      ...(quotable
        ? [
            fix(
              'Use double quotes',
              false,
              problems.edit(value.start, value.start + 1, '"'),
              problems.edit(value.end - 1, value.end, '"'),
            ),
          ]
        : []),
    );
    return;
  }
  const hash = raw.indexOf('#');
  if (hash >= 0) {
    const at = value.start + hash;
    problems.add(
      'dotenv-hash-without-space',
      { start: at, end: at + 1 },
      `"#" without whitespace before it belongs to the value of ${statement.key} here; other dotenv readers end the value there. Quote the value, or put a space before the comment.`,
      ...(quotable ? [quoted] : []),
      ...(hash > 0 && !raw.includes('://') ? [fix('Begin a comment here', false, problems.edit(at, at, ' '))] : []),
    );
  }
  const second = /(?<=\s)[A-Z_][A-Z0-9_]*=/.exec(raw);
  if (second !== null) {
    const start = value.start + second.index;
    let from = start;
    while (isPythonSpace(text.charCodeAt(from - 1))) from--;
    const name = second[0].slice(0, -1);
    problems.add(
      'dotenv-two-assignments',
      { start, end: start + name.length },
      `One assignment per line: "${name}=" is part of the value of ${statement.key}.`,
      fix('Begin a new line here', false, problems.edit(from, start, '\n')),
    );
  }
  if (raw.endsWith('\\') && statement.comment === null && statement.end < text.length) {
    const next = /^[ \t]*/.exec(text.slice(statement.end, statement.end + 1000))?.[0].length ?? 0;
    problems.add(
      'dotenv-continuation',
      { start: value.end - 1, end: value.end },
      'A backslash does not continue the line: it is the last character of the value, and the next line stands for itself.',
      fix('Join the lines', false, problems.edit(value.end - 1, statement.end + next, '')),
    );
  }
  const comment = statement.comment;
  if (comment !== null && raw !== '' && (secret || raw.includes('://'))) {
    const after = text[comment.start + 1] ?? '';
    if (
      after !== '' &&
      after !== '#' &&
      after !== '!' &&
      comment.end > comment.start + 1 &&
      !isPythonSpace(after.charCodeAt(0))
    ) {
      const end = lineEnd(text, comment.start);
      problems.add(
        'dotenv-value-cut-by-comment',
        comment,
        `The value of ${statement.key} ends before " #"; the rest is a comment. Quote the value if "#" belongs to it.`,
        ...(/["\\]/.test(text.slice(value.start, end))
          ? []
          : [
              fix(
                'Quote to the end of the line',
                false,
                problems.edit(value.start, value.start, '"'),
                problems.edit(end, end, '"'),
              ),
            ]),
      );
    }
  }
}

function checkInvisible(problems: Problems, source: DotenvText, statement: BindingStatement): void {
  const { text } = source;
  if (statement.equals === null || statement.value === null) return;
  const end = statement.comment?.start ?? lineEnd(text, statement.value.end);
  const spans: Span[] = [];
  const scan = (from: number, to: number, step: 1 | -1, pattern: RegExp): void => {
    for (let i = step === 1 ? from : to - 1; step === 1 ? i < to : i >= from; i += step) {
      const character = text[i] ?? '';
      if (pattern.test(character)) spans.push({ start: i, end: i + 1 });
      else if (character !== ' ' && character !== '\t') return;
    }
  };
  scan(statement.equals + 1, end, 1, edges);
  scan(spans.at(-1)?.end ?? statement.equals + 1, end, -1, edges);
  const first = spans[0];
  if (first === undefined) return;
  const quotes = spans.some((span) => typographicQuote.test(text[span.start] ?? ''));
  const unsafeQuotes = quotes && /["\\]/.test(text.slice(statement.value.start, statement.value.end));
  problems.add(
    'dotenv-invisible-char',
    { start: Math.min(...spans.map((span) => span.start)), end: Math.max(...spans.map((span) => span.end)) },
    quotes
      ? `Typographic quotes around the value of ${statement.key} are part of it; only " and ' quote.`
      : `Invisible character (U+${(text.charCodeAt(first.start) || 0).toString(16).toUpperCase().padStart(4, '0')}) beside the value of ${statement.key}.`,
    ...(unsafeQuotes
      ? []
      : [
          fix(
            quotes ? 'Use plain quotes' : 'Remove the invisible characters',
            false,
            ...spans
              .toSorted((a, b) => a.start - b.start)
              .map((span) => problems.edit(span.start, span.end, typographicQuote.test(text[span.start] ?? '') ? '"' : '')),
          ),
        ]),
  );
}

function checkInterpolation(
  problems: Problems,
  source: DotenvText,
  statement: BindingStatement,
  known: ReadonlySet<string>,
): void {
  if (statement.value === null || !statement.text?.includes('${')) return;
  const variables = splitInterpolation(statement.text).filter((part) => part.kind === 'variable');
  if (variables.length === 0) return;
  const secret = source.context.environment(statement.key) !== 'plain' && soundsLikeSecret(statement.key);
  const unknown = variables.filter((part) => part.fallback === null && !known.has(part.name) && !everywhere.has(part.name));
  const names = [...new Set((unknown.length > 0 ? unknown : variables).map((part) => part.name))];
  // The name between the braces of a secret is a piece of the secret when the braces were meant literally.
  const shown = secret ? 'A reference in braces' : names.map((name) => `\${${name}}`).join(', ');
  if (unknown.length > 0) {
    problems.add(
      'dotenv-interpolation',
      statement.value,
      `${shown} is expanded and not set above in this file: it becomes empty unless the environment has it. There is no escape for \${ in a .env file.`,
    );
  } else if (secret || statement.quote === 'single') {
    problems.add(
      'dotenv-interpolation',
      statement.value,
      `${shown} is expanded, also inside single quotes. There is no escape for \${ in a .env file.`,
    );
  }
}

function checkBinding(problems: Problems, source: DotenvText, statement: BindingStatement, known: ReadonlySet<string>): void {
  const { text } = source;
  if (checkName(problems, text, statement, statement.name)) return;
  if (!validName.test(statement.key)) {
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
        fix('Write the empty value as ""', true, problems.edit(value.start, value.start, '""')),
      );
    }
  } else if (statement.quote === 'none') {
    checkUnquoted(problems, source, statement, value);
  } else if (/\S\s+$/.test((statement.text ?? '').slice(-100)) && !statement.text?.endsWith('\n')) {
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

/** All lexical problems of one text, in text order. */
export function dotenvProblems(source: DotenvText): TextProblem[] {
  const problems = new Problems(source);
  if (source.text.charCodeAt(0) === 0xfeff) {
    problems.add(
      'dotenv-bom',
      { start: 0, end: 1 },
      'The file begins with a byte order mark; python-dotenv 1.2.2 and older make it part of the first name.',
      fix('Remove the byte order mark', true, problems.edit(0, 1, '')),
    );
  }
  const known = new Set<string>();
  for (const statement of source.statements) {
    if (statement.kind === 'error') checkError(problems, source, statement);
    else if (statement.kind === 'binding') {
      checkBinding(problems, source, statement, known);
      known.add(statement.key);
    }
  }
  return problems.found;
}
