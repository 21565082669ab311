/** What can be wrong with the value of a `.env` statement. */
import type { BindingStatement, Span } from '../text/dotenvLexer.ts';
import { splitInterpolation } from '../text/interpolation.ts';
import { isPythonSpace } from '../text/pythonText.ts';
import { soundsLikeSecret } from './context.ts';
import { type DotenvText, fix, lineEnd, type Problems } from './dotenvProblemList.ts';

/** Zero-width characters that no reader strips, and typographic quotes people paste. */
const invisible = /[\u00ad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff\u00a0]/;
const typographicQuote = /[\u2018-\u201f\u00ab\u00bb]/;
const edges = new RegExp(`${invisible.source}|${typographicQuote.source}`);
/** Set by every login shell, so a reference to them is not a slip. */
const everywhere = new Set(['HOME', 'USER', 'PATH', 'PWD', 'HOSTNAME', 'SHELL', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'LOGNAME']);

export function checkUnquoted(problems: Problems, source: DotenvText, statement: BindingStatement, value: Span): void {
  const { text, context } = source;
  const raw = text.slice(value.start, value.end);
  const quotable = !/["\\]/.test(raw);
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
      ...(quotable
        ? [
            fix(
              'Put the value in quotes',
              problems.quotesSafe,
              problems.edit(value.start, value.start, '"'),
              problems.edit(value.end, value.end, '"'),
            ),
          ]
        : []),
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
  if (comment !== null && raw !== '' && (raw.includes('://') || context.environment(statement.key) !== 'plain')) {
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

/** A value with more such characters than this is no slip that a fix mends. */
const fixedAtMost = 1000;

/** Not `Math.min(...)`: a value can have more such characters than a call may have arguments. */
function extreme(spans: readonly Span[], side: 'start' | 'end', better: (a: number, b: number) => number): number {
  return spans.reduce((best, span) => better(best, span[side]), spans[0]?.[side] ?? 0);
}

/** Whether a character is ASCII that leaves a mark. */
const isPlain = (code: number): boolean => code > 0x20 && code < 0x7f;

export function checkInvisible(problems: Problems, source: DotenvText, statement: BindingStatement): void {
  const { text } = source;
  if (statement.equals === null || statement.value === null) return;
  const end = statement.comment?.start ?? lineEnd(text, statement.value.end);
  // Nearly all values begin and end in what is plain to see.
  if (isPlain(text.charCodeAt(statement.equals + 1)) && isPlain(text.charCodeAt(end - 1))) return;
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
    { start: extreme(spans, 'start', Math.min), end: extreme(spans, 'end', Math.max) },
    quotes
      ? `Typographic quotes around the value of ${statement.key} are part of it; only " and ' quote.`
      : `Invisible character (U+${(text.charCodeAt(first.start) || 0).toString(16).toUpperCase().padStart(4, '0')}) beside the value of ${statement.key}.`,
    ...(unsafeQuotes || spans.length > fixedAtMost
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

/** A message names this many of the references in one value. */
const namedAtMost = 10;

export function checkInterpolation(
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
  const named = names.slice(0, namedAtMost).map((name) => `\${${name.slice(0, 100)}}`);
  const more = names.length > namedAtMost ? ` and ${names.length - namedAtMost} more` : '';
  const shown = secret ? 'A reference in braces' : named.join(', ') + more;
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
