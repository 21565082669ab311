/** Words of a command line as a POSIX shell splits them, with their places. Nothing is expanded. */
export interface Word {
  /** Without quotes; escapes resolved. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly quote: 'none' | 'single' | 'double' | 'other';
  /** Contains `$NAME`, `$(...)` or a backtick outside of single quotes. */
  readonly expands: boolean;
}

export interface WordRules {
  /** systemd knows C escapes and no `$(...)`; a shell ends words at `;`, `&`, `|`, parentheses and redirections. */
  readonly shell: boolean;
  /** Lines that begin with one of these are comments, also between continuation lines. */
  readonly comments?: string;
}

const separators = ';&|()<>';

/** Splits one logical line; `\` before a line end continues it. Stops at a comment where the shell would. */
export function splitWords(text: string, from: number, to: number, rules: WordRules): Word[] {
  const words: Word[] = [];
  let at = from;
  while (at < to) {
    const code = text[at] ?? '';
    if (code === ' ' || code === '\t' || code === '\n' || code === '\r') {
      at++;
      continue;
    }
    if (code === '\\' && /[\r\n]/.test(text[at + 1] ?? '')) {
      at += text[at + 1] === '\r' && text[at + 2] === '\n' ? 3 : 2;
      continue;
    }
    if (rules.comments?.includes(code) === true && beginsLine(text, at, from)) {
      while (at < to && !/[\r\n]/.test(text[at] ?? '')) at++;
      continue;
    }
    if (rules.shell && code === '#') break;
    if (rules.shell && separators.includes(code)) {
      words.push({ text: code, start: at, end: at + 1, quote: 'other', expands: false });
      at++;
      continue;
    }
    const word = readWord(text, at, to, rules);
    words.push(word);
    at = word.end;
  }
  return words;
}

/** Whether only blanks stand before an offset in its line, and the line is not the one the text begins in. */
function beginsLine(text: string, offset: number, from: number): boolean {
  let at = offset - 1;
  while (at >= from && (text[at] === ' ' || text[at] === '\t')) at--;
  return at >= from && /[\r\n]/.test(text[at] ?? '');
}

function readWord(text: string, start: number, to: number, rules: WordRules): Word {
  const out: string[] = [];
  let at = start;
  let expands = false;
  const styles = new Set<'none' | 'single' | 'double'>();
  while (at < to) {
    const character = text[at] ?? '';
    if (/\s/.test(character) || (rules.shell && separators.includes(character))) break;
    if (character === "'" || (character === '"' && !rules.shell)) {
      const close = closing(text, at, to, character, !rules.shell);
      out.push(rules.shell ? text.slice(at + 1, close) : resolveEscapes(text.slice(at + 1, close)));
      styles.add(character === "'" ? 'single' : 'double');
      at = Math.min(to, close + 1);
    } else if (character === '"') {
      const close = closing(text, at, to, '"', true);
      const inner = text.slice(at + 1, close);
      if (/[$`]/.test(inner.replace(/\\[\s\S]/g, ''))) expands = true;
      out.push(inner.replace(/\\(["\\$`])/g, '$1').replace(/\\\r?\n/g, ''));
      styles.add('double');
      at = Math.min(to, close + 1);
    } else if (character === '\\') {
      const next = text[at + 1] ?? '';
      if (next === '\n' || next === '\r') at += next === '\r' && text[at + 2] === '\n' ? 3 : 2;
      else {
        out.push(rules.shell ? next : resolveEscapes(text.slice(at, at + 2)));
        styles.add('none');
        at += 2;
      }
    } else {
      if (rules.shell && (character === '`' || (character === '$' && /[A-Za-z0-9_{(@*#?$!'"-]/.test(text[at + 1] ?? '')))) {
        expands = true;
        const skipped = expansionEnd(text, at, to);
        out.push(text.slice(at, skipped));
        at = skipped;
      } else {
        out.push(character);
        at++;
      }
      styles.add('none');
    }
  }
  const [only] = styles;
  const quote = styles.size === 1 && only !== undefined ? only : styles.size === 0 ? 'none' : 'other';
  return { text: out.join(''), start, end: Math.max(start + 1, Math.min(at, to)), quote, expands };
}

/** Offset of the closing quote, or the end. */
function closing(text: string, open: number, to: number, quote: string, escapes: boolean): number {
  for (let at = open + 1; at < to; at++) {
    if (text[at] === quote) return at;
    if (escapes && text[at] === '\\') at++;
  }
  return to;
}

/** Offset behind `${...}`, `$(...)`, a backtick pair or `$NAME`. */
function expansionEnd(text: string, start: number, to: number): number {
  const next = text[start + 1];
  if (text[start] === '`') {
    const close = text.indexOf('`', start + 1);
    return close < 0 || close >= to ? to : close + 1;
  }
  if (next === '{' || next === '(') {
    const close = next === '{' ? '}' : ')';
    let depth = 0;
    for (let at = start + 1; at < to; at++) {
      if (text[at] === next) depth++;
      else if (text[at] === close && --depth === 0) return at + 1;
    }
    return to;
  }
  return Math.min(to, start + 2);
}

const cEscapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', s: ' ' };

/** The escapes of systemd.syntax(7); unknown ones stay as they are. */
function resolveEscapes(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|([\s\S]))/g, (whole: string, hex: string | undefined, one: string | undefined) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (one === '\n' || one === '\r') return ' ';
    if (one === '\\' || one === '"' || one === "'") return one;
    return cEscapes[one ?? ''] ?? whole;
  });
}

export interface Program {
  readonly kind: 'file' | 'module';
  readonly path: string;
  readonly word: Word;
}

const interpreter = /(^|[/\\])(python[0-9.]*w?(\.exe)?)$/;
const moduleRunner = /(^|[/\\])(uvicorn|gunicorn|hypercorn)$/;
const takesValue = new Set([
  '-W',
  '-X',
  '--host',
  '--port',
  '-b',
  '--bind',
  '-w',
  '--workers',
  '-k',
  '--worker-class',
  '--app-dir',
]);

/** The Python file or module a command runs; null where it runs something else, or a part of it is not known. */
export function programOf(words: readonly Word[]): Program | null {
  let at = words.findIndex((word) => interpreter.test(word.text) || moduleRunner.test(word.text) || /\.pyw?$/.test(word.text));
  const first = words[at];
  if (first === undefined) return null;
  if (/\.pyw?$/.test(first.text)) return { kind: 'file', path: first.text, word: first };
  const application = moduleRunner.test(first.text);
  for (at++; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || (word.quote === 'other' && separators.includes(word.text))) return null;
    if (word.text === '-m') {
      const name = words[at + 1];
      if (name === undefined) return null;
      if (moduleRunner.test(name.text)) return programOf(words.slice(at + 1));
      return { kind: 'module', path: name.text, word: name };
    }
    if (word.text === '-c') return null;
    if (takesValue.has(word.text)) at++;
    else if (word.text.startsWith('-')) continue;
    else if (application) return { kind: 'module', path: word.text.split(':', 1)[0] ?? '', word };
    else return /\.pyw?$/.test(word.text) ? { kind: 'file', path: word.text, word } : null;
  }
  return null;
}

/** The same, also where a shell is given the line as one word (`sh -c "python node.py"`): that word is the place then. */
export function startedProgram(words: readonly Word[]): Program | null {
  const option = words.findIndex((word) => word.text === '-c');
  const line = option > 0 && /sh$/.test(words[0]?.text ?? '') ? words[option + 1] : undefined;
  if (line === undefined) return programOf(words);
  const found = programOf(splitWords(line.text, 0, line.text.length, { shell: true }));
  return found === null ? null : { ...found, word: line };
}
