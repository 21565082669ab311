/** python-dotenv 1.2.4, `dotenv_values()`: what pydantic-settings reads `./.env` with. */
import { type DotenvErrorReason, lexDotenv } from '../dotenvLexer.ts';
import { ExpansionError, expandBindings } from '../interpolation.ts';
import { LineIndex } from '../lines.ts';
import { type DialectReading, refused, type Surrounding } from './reading.ts';

const messages: Readonly<Record<DotenvErrorReason, string>> = {
  'no-name': 'no name before "="',
  'unclosed-key': 'the quote that begins the name is not closed',
  'unclosed-quote': 'the quote that begins the value is not closed',
  'junk-after-quote': 'text after the closing quote',
  'junk-after-name': 'something other than "=" after the name',
};

export function readPythonDotenv(text: string, surrounding: Surrounding): DialectReading {
  const lines = new LineIndex(text);
  const statements = lexDotenv(text);
  const bindings = statements.filter((statement) => statement.kind === 'binding');
  let values: readonly (string | null)[];
  try {
    values = expandBindings(bindings, surrounding, true);
  } catch (error) {
    if (error instanceof ExpansionError) return refused(1, error.message);
    throw error;
  }
  return {
    entries: bindings.map(({ key, content }, i) => ({ key, value: values[i] ?? null, line: lines.lineAt(content) + 1 })),
    errors: statements.flatMap((statement) =>
      statement.kind === 'error' ? [{ line: lines.lineAt(statement.content) + 1, message: messages[statement.reason] }] : [],
    ),
  };
}
