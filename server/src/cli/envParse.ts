/** `env parse`: how one program reads an env file. Prints values as read, secrets included: that is its purpose. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Dialect, parseEnv } from '../config/text/parseEnv.ts';
import { causeOf } from '../workspace/files.ts';
import { type CliContext, UsageError } from './context.ts';
import { environmentOf } from './variables.ts';

interface EnvParseOptions {
  readonly dialect: Dialect;
  readonly set: readonly string[];
  readonly batch?: string;
}

export function envParseCommand(file: string | undefined, options: EnvParseOptions, context: CliContext): number {
  const surrounding = environmentOf(options.set);
  if (options.batch !== undefined) {
    if (file !== undefined) throw new UsageError('Name a file or --batch, not both.');
    return parseBatch(options.batch, options.dialect, surrounding, context);
  }
  if (file === undefined) throw new UsageError('Name a file, or - for standard input, or --batch DIR.');
  // Descriptor 0 is standard input on every platform.
  const bytes = read(file === '-' ? 0 : resolve(context.cwd, file), file);
  const { entries, errors } = parseEnv(bytes, options.dialect, surrounding);
  context.out(JSON.stringify({ entries, errors }));
  return 0;
}

/** One line per file, in the order of names. A file that cannot be read is said and makes the exit status 2; the others are read. */
function parseBatch(
  folder: string,
  dialect: Dialect,
  surrounding: Readonly<Record<string, string>>,
  context: CliContext,
): number {
  const path = resolve(context.cwd, folder);
  let names: string[];
  try {
    names = readdirSync(path, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    throw new UsageError(`--batch ${folder} cannot be read: ${causeOf(error)}`);
  }
  let status = 0;
  for (const name of names) {
    try {
      const { entries, errors } = parseEnv(read(join(path, name), name), dialect, surrounding);
      context.out(JSON.stringify({ file: name, entries, errors }));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      context.err(`jarviscore-fleet: ${error.message}`);
      status = 2;
    }
  }
  return status;
}

function read(source: string | number, name: string): Buffer {
  try {
    return readFileSync(source);
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${causeOf(error)}`);
  }
}
