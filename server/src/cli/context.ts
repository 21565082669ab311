/** What every command gets from its surroundings. */
import { packageVersion } from '../version.ts';

export interface CliContext {
  readonly cwd: string;
  /** Folder of the bundles: the mesh host lies there, documentation beside it. */
  readonly bundleFolder: string;
  readonly version: string;
  readonly color: boolean;
  /** Results. */
  out(text: string): void;
  /** Progress and errors. */
  err(text: string): void;
}

/** Thrown for anything that ends in exit status 2: unusable arguments, or input that cannot be read. */
export class UsageError extends Error {}

export function processContext(bundleFolder: string): CliContext {
  return {
    cwd: process.cwd(),
    bundleFolder,
    version: packageVersion(bundleFolder),
    // https://no-color.org: any value but the empty one.
    color: process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '',
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
  };
}
