/** The regular expressions of TypeScript sources. */
interface Literal {
  readonly line: number;
  readonly source: string;
  readonly flags: string;
}

/** What a division can stand behind; anywhere else a slash begins an expression. */
const endsOperand = /[\w$)\]}'"`]$/;
const keyword = /(?:^|[^\w$.])(?:return|typeof|case|in|of|yield|await|else|do|void|delete)$/;

/** Goes over a text once; strings, templates (with what they embed) and comments are skipped. */
export function literalsOf(text: string): Literal[] {
  const found: Literal[] = [];
  /** One entry per template that is open, with the braces open inside its `${`. */
  const templates: number[] = [];
  let before = '';
  let at = 0;
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
  const skip = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const [match = ''] = pattern.exec(text) ?? [];
    at += match.length;
    return match;
  };
  const template = (): void => {
    skip(/(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y);
    if (text.startsWith('${', at)) {
      templates.push(0);
      at += 2;
      before = '{';
    } else {
      at++;
      before = '`';
    }
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    if (/\s/.test(char)) at++;
    else if (text.startsWith('//', at) && !startsExpression(before, text, at)) skip(/[^\n]*/y);
    else if (text.startsWith('/*', at)) skip(/\/\*[\s\S]*?\*\//y);
    else if (char === "'" || char === '"') {
      skip(char === "'" ? /'(?:[^'\\]|\\[\s\S])*'/y : /"(?:[^"\\]|\\[\s\S])*"/y);
      before = '"';
    } else if (char === '`') {
      at++;
      template();
    } else if (char === '/' && startsExpression(before, text, at)) {
      const start = at;
      const [, source = '', flags = ''] = /^\/((?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([a-z]*)/.exec(text.slice(at)) ?? [];
      if (source === '') throw new Error(`Line ${lineAt(start)}: no regular expression begins here.`);
      at += source.length + flags.length + 2;
      found.push({ line: lineAt(start), source, flags });
      before = ')';
    } else if (/[\w$]/.test(char)) before = skip(/[\w$]+/y);
    else {
      at++;
      const open = templates.at(-1);
      if (open !== undefined && char === '{') templates[templates.length - 1] = open + 1;
      if (open !== undefined && char === '}') {
        if (open === 0) {
          templates.pop();
          template();
          continue;
        }
        templates[templates.length - 1] = open - 1;
      }
      before = char;
    }
  }
  return found;
}

function startsExpression(before: string, text: string, at: number): boolean {
  if (text.startsWith('//', at) || text.startsWith('/*', at)) return false;
  return before === '' || keyword.test(before) || !endsOperand.test(before);
}
