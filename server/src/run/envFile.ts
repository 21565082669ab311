/** Env files read for a process that is started here, each by the reader that applies to it. Values go to the child and nowhere else. */
import { parse as parseNodeDotenv } from 'dotenv';
import { type Dialect, parseEnv } from '../config/text/parseEnv.ts';

export interface EnvFileContent {
  /** Name -> value; names without a value are left out. */
  readonly values: ReadonlyMap<string, string>;
  /** One-based lines that this reader drops. */
  readonly droppedLines: readonly number[];
}

/**
 * Nothing is executed: `$(...)` stays as it is written (dotenv-expand runs it, so it is not used). `${NAME}` is filled in
 * where the reader does it.
 *
 * @param surrounding What `${NAME}` may refer to outside of the file.
 */
export function readEnvFile(bytes: Uint8Array, dialect: Dialect, surrounding: Readonly<Record<string, string>>): EnvFileContent {
  const { entries, errors } = parseEnv(bytes, dialect, surrounding);
  const droppedLines = errors.map(({ line }) => line);
  // Where the reader is the package itself, it reads.
  if (dialect === 'node-dotenv') return { values: new Map(Object.entries(parseNodeDotenv(Buffer.from(bytes)))), droppedLines };
  return { values: new Map(entries.flatMap(({ key, value }) => (value === null ? [] : [[key, value] as const]))), droppedLines };
}
