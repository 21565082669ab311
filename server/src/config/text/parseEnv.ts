/** `env parse`: one text, read as each of the programs that read env files. The one place where values are the purpose. */
import { readCompose } from './dialects/compose.ts';
import { readDocker } from './dialects/docker.ts';
import { readNodeDotenv } from './dialects/nodeDotenv.ts';
import { readPythonDotenv } from './dialects/pythonDotenv.ts';
import { type DialectReading, refused, type Surrounding } from './dialects/reading.ts';
import { readSystemd } from './dialects/systemd.ts';
import { decodeEscaped, firstInvalidUtf8, lineOfByte } from './utf8.ts';

export const dialects = ['python-dotenv', 'node-dotenv', 'compose', 'systemd', 'docker'] as const;
export type Dialect = (typeof dialects)[number];

/**
 * These refuse a file with a byte that is not UTF-8 wherever it stands. systemd looks at names and values only; the others
 * replace what they cannot decode.
 */
const strictUtf8: ReadonlySet<Dialect> = new Set(['python-dotenv', 'docker']);

/**
 * Reads an env file as `dialect` does. Never throws.
 *
 * @param text Bytes of the file, or its text where it is decoded already.
 * @param surrounding Environment for interpolation; systemd and docker do not interpolate.
 */
export function parseEnv(text: Uint8Array | string, dialect: Dialect, surrounding: Surrounding = {}): DialectReading {
  let source: string;
  if (typeof text === 'string') {
    source = text;
  } else {
    const invalid = strictUtf8.has(dialect) ? firstInvalidUtf8(text) : -1;
    if (invalid >= 0)
      return refused(
        lineOfByte(text, invalid),
        `byte 0x${(text[invalid] ?? 0).toString(16)} is not UTF-8; the whole file is refused`,
      );
    source = dialect === 'systemd' ? decodeEscaped(text) : new TextDecoder('utf-8', { ignoreBOM: true }).decode(text);
  }
  switch (dialect) {
    case 'python-dotenv':
      return readPythonDotenv(source, surrounding);
    case 'node-dotenv':
      return readNodeDotenv(source);
    case 'compose':
      return readCompose(source, surrounding);
    case 'systemd':
      return readSystemd(source);
    case 'docker':
      return readDocker(source);
  }
}
