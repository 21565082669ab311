/** Reads one file from disk, bounded, as UTF-8. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** A configuration file of this size is a mistake; reading it would stall every other answer. Bytes. */
export const maxFileBytes = 20 * 1024 * 1024;

export interface FileProblem {
  readonly path: string;
  readonly code: 'unreadable' | 'too-large' | 'not-utf8';
  /** One sentence without the path and without content. */
  readonly message: string;
}

export interface FileText {
  /** A leading byte order mark is kept: readers differ in what they make of it. */
  readonly text: string;
  readonly hash: string;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The file's text, or why there is none. Never throws. */
export function readFile(path: string): FileText | FileProblem {
  let bytes: Buffer;
  try {
    const { size } = statSync(path);
    if (size > maxFileBytes) {
      const message = `The file has ${Math.round(size / 1_048_576)} MB; files above ${maxFileBytes / 1_048_576} MB are not checked.`;
      return { path, code: 'too-large', message };
    }
    bytes = readFileSync(path);
  } catch (error) {
    return { path, code: 'unreadable', message: `The file cannot be read (${causeOf(error)}).` };
  }
  try {
    return { text: decoder.decode(bytes), hash: createHash('sha1').update(bytes).digest('base64') };
  } catch {
    return { path, code: 'not-utf8', message: 'The file is not UTF-8 text, which is the only encoding its readers accept.' };
  }
}

export function isFileProblem(result: FileText | FileProblem): result is FileProblem {
  return 'code' in result;
}

/** What the operating system said, without the path it repeats: `EACCES: permission denied`. */
export function causeOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/, \w+ '.*'$/s, '') : String(error);
}
