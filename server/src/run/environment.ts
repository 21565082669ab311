/** The environment of a process that is started here. Values are in it, secrets too: it goes to the child and nowhere else. */
import { readFileSync } from 'node:fs';
import { causeOf } from '../workspace/files.ts';
import { pathOf } from '../workspace/uris.ts';
import { readEnvFile } from './envFile.ts';
import type { LaunchPlan, PlannedAssignment } from './plan.ts';

type Environment = Record<string, string>;

export interface LaunchEnvironment {
  readonly values: Readonly<Environment>;
  /** File -> how many variables it gave; and what a person should know. Names only. */
  readonly files: readonly { readonly uri: string; readonly given: number; readonly droppedLines: readonly number[] }[];
  /** Names that a file sets and the surrounding environment decides. */
  readonly overridden: readonly { readonly name: string; readonly uri: string }[];
}

/** Ours, not the child's: with it an editor's own executable would run as Node in every program the child starts. */
const own = ['ELECTRON_RUN_AS_NODE', 'JARVISCORE_FLEET_LOG'];

/**
 * @param surrounding The environment of the command that starts it.
 * @throws EnvironmentError for a file that cannot be read.
 */
export function environmentFor(
  plan: LaunchPlan,
  surrounding: Readonly<NodeJS.ProcessEnv>,
  platform: NodeJS.Platform = process.platform,
): LaunchEnvironment {
  const values = new Variables(platform);
  for (const [name, value] of Object.entries(surrounding))
    if (value !== undefined && !own.includes(name)) values.set(name, value);
  const outside = new Variables(platform);
  for (const [name, value] of values.entries()) outside.set(name, value);
  for (const assignment of plan.assignments) values.set(assignment.name, assignment.value ?? writtenValue(assignment));
  const overridden: { name: string; uri: string }[] = [];
  const files = plan.files.map((file) => {
    const { values: read, droppedLines } = readEnvFile(contentOf(file), file.dialect, outside.toObject());
    let given = 0;
    for (const [name, value] of read) {
      if (!file.wins && values.get(name) !== undefined) {
        const decides = outside.get(name);
        if (decides !== undefined && decides !== value) overridden.push({ name, uri: file.uri });
        continue;
      }
      values.set(name, value);
      given += 1;
    }
    return { uri: file.uri, given, droppedLines };
  });
  return { values: values.toObject(), files, overridden };
}

/** On Windows `Path` and `PATH` are one variable; given both, a child would get the one that sorts first. */
class Variables {
  readonly #fold: (name: string) => string;
  readonly #known = new Map<string, readonly [name: string, value: string]>();

  constructor(platform: NodeJS.Platform) {
    this.#fold = platform === 'win32' ? (name) => name.toUpperCase() : (name) => name;
  }

  get(name: string): string | undefined {
    return this.#known.get(this.#fold(name))?.[1];
  }

  set(name: string, value: string): void {
    this.#known.set(this.#fold(name), [name, value]);
  }

  entries(): Iterable<readonly [name: string, value: string]> {
    return this.#known.values();
  }

  toObject(): Environment {
    return Object.fromEntries(this.#known.values());
  }
}

export class EnvironmentError extends Error {}

/** The value as it stands in the file. Only what every reader takes as it is: no quotes, escapes or variables. */
function writtenValue({ name, place }: PlannedAssignment): string {
  const { start, end } = place.range;
  const line =
    Buffer.from(contentOf(place))
      .toString('utf8')
      .split(/\r\n|\n|\r/)[start.line] ?? '';
  const written = line.slice(start.character, end.character);
  if (start.line !== end.line || /["'\\$%]/.test(written)) {
    const at = `${pathOf(place.uri)}:${start.line + 1}`;
    throw new EnvironmentError(`${at} sets ${name} to a text with quotes, escapes or variables; move it into an env file.`);
  }
  return written;
}

function contentOf({ uri }: { readonly uri: string }): Uint8Array {
  const path = pathOf(uri);
  if (path === null) throw new EnvironmentError(`${uri} is no file on disk.`);
  try {
    return readFileSync(path);
  } catch (error) {
    throw new EnvironmentError(`${path} cannot be read: ${causeOf(error)}`);
  }
}
