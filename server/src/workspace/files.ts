/** Reads one file from disk, bounded, as UTF-8. */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** A configuration file of this size is a mistake; reading it would stall every other answer. Bytes. */
export const maxFileBytes = 20 * 1024 * 1024;

export interface FileProblem {
  readonly path: string;
  readonly code: 'unreadable' | 'pipe' | 'too-large' | 'not-utf8';
  /** Sentences without the path and without content: what is wrong, and what to do. */
  readonly message: string;
}

export interface FileText {
  /** A leading byte order mark is kept: readers differ in what they make of it. */
  readonly text: string;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Opening a named pipe waits for somebody who writes into it, unless asked not to. Windows has no such flag. */
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The file's text, or why there is none. Never throws and never waits: not for pipes, not for devices. */
export function readFile(path: string): FileText | FileProblem {
  let bytes: Buffer | FileProblem;
  try {
    bytes = readBytes(path);
  } catch (error) {
    return { path, code: 'unreadable', message: `The file cannot be read (${causeOf(error)}).${remedyOf(error)}` };
  }
  if ('code' in bytes) return bytes;
  try {
    return { text: decoder.decode(bytes) };
  } catch {
    return { path, code: 'not-utf8', message: 'The file is not UTF-8 text, which is the only encoding its readers accept.' };
  }
}

/** @throws the errors of the operating system. */
function readBytes(path: string): Buffer | FileProblem {
  const descriptor = openSync(path, openFlags);
  try {
    const stats = fstatSync(descriptor);
    if (stats.isFIFO()) {
      const message =
        'This is a named pipe. Its content can be read once and belongs to the program it is meant for, so it is not checked.';
      return { path, code: 'pipe', message };
    }
    if (!stats.isFile()) return { path, code: 'unreadable', message: `This is ${nameOf(stats)} and no file. Put a file here.` };
    return stats.size > maxFileBytes ? tooLarge(path, stats.size) : (readAll(descriptor, stats.size) ?? tooLarge(path, null));
  } finally {
    closeSync(descriptor);
  }
}

/** To the end, which is not where the size said: a file can grow while it is read. Null: beyond the limit. */
function readAll(descriptor: number, size: number): Buffer | null {
  let buffer = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    const read = readSync(descriptor, buffer, length, buffer.length - length, null);
    length += read;
    if (length > maxFileBytes) return null;
    // One byte more than the size said was asked for, so that nothing has to be read a second time to see the end.
    if (read === 0 || (length === size && length < buffer.length)) return buffer.subarray(0, length);
    if (length < buffer.length) continue;
    const grown = Buffer.allocUnsafe(Math.max(buffer.length * 2, 65_536));
    buffer.copy(grown);
    buffer = grown;
  }
}

function tooLarge(path: string, size: number | null): FileProblem {
  const limit = `files above ${maxFileBytes / 1_048_576} MB are not checked.`;
  const message =
    size === null ? `The file grew while it was read; ${limit}` : `The file has ${Math.round(size / 1_048_576)} MB; ${limit}`;
  return { path, code: 'too-large', message };
}

function nameOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  return stats.isSocket() ? 'a socket' : 'a device';
}

const remedies: Readonly<Record<string, string>> = {
  EACCES: ' Let the user who runs the check read it.',
  EPERM: ' Let the user who runs the check read it.',
  ENOENT: ' It is gone, or a link that leads nowhere: mend the link, or remove it.',
  ELOOP: ' Its links lead in a circle: mend one of them.',
  ENXIO: ' This is a socket or a device and no file: put a file here.',
};

function remedyOf(error: unknown): string {
  return remedies[(error as NodeJS.ErrnoException | null)?.code ?? ''] ?? '';
}

export function isFileProblem(result: FileText | FileProblem): result is FileProblem {
  return 'code' in result;
}

/** What the operating system said, without the path it repeats: `EACCES: permission denied`. */
export function causeOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/, \w+ '.*'$/s, '') : String(error);
}
