/** How a declared process is started here, as far as the files say it. Pure: nothing is read or opened. */
import type { Place } from '#schemas/fleet/view.ts';
import type { DeploymentUnit } from '../config/model/deployment.ts';
import { dotenvFilesOf } from '../config/model/process.ts';
import type { DeclaredProcess, SourceDocument, WorkspaceModel } from '../config/model/types.ts';
import { splitWords } from '../config/readers/deployment/words.ts';
import type { Dialect } from '../config/text/parseEnv.ts';

export interface PlannedFile {
  readonly uri: string;
  readonly dialect: Dialect;
  /** True: its values beat the surrounding environment, as a supervisor sets them; false: they fill in what is not set. */
  readonly wins: boolean;
}

/** Set by the unit itself. The model keeps no text of what may be a secret: then it is taken from the file once more. */
export interface PlannedAssignment {
  readonly name: string;
  readonly value: string | null;
  readonly place: Place;
}

export interface LaunchPlan {
  readonly ok: true;
  readonly process: DeclaredProcess;
  /** URI of the Python file; null: a person gives the command. */
  readonly program: string | null;
  readonly arguments: readonly string[];
  /** Folder it starts in, a URI. */
  readonly folder: string;
  /** In the order in which they are applied. */
  readonly files: readonly PlannedFile[];
  /** Weaker than `files`. */
  readonly assignments: readonly PlannedAssignment[];
}

/** It cannot be started here as it is declared; what to do instead. */
export interface LaunchRefusal {
  readonly ok: false;
  readonly process: DeclaredProcess;
  readonly why: string;
  readonly instead: string;
  readonly place: Place;
}

/** @param given A person gives the command, so that no program has to be known. */
export function planLaunch(process: DeclaredProcess, model: WorkspaceModel, given: boolean): LaunchPlan | LaunchRefusal {
  const document = model.documents.get(process.uri);
  switch (process.deployment) {
    case 'python':
      return planProgram(process, document, given);
    case 'systemd':
      return planUnit(process, document, given);
    case 'compose':
      return refuse(
        process,
        'it is a service of a compose file: its image, network and volumes do not exist outside of a container.',
        `docker compose -f ${fileName(process.uri)} up ${process.name}`,
      );
    case 'kubernetes':
      return refuse(process, 'it is a workload of Kubernetes.', `kubectl apply -f ${fileName(process.uri)}`);
    case 'editor':
      return refuse(
        process,
        'it is a configuration of the editor, which fills in its variables and arguments.',
        `start "${process.name}" in Run and Debug, or name its program: run PATH --process ${programName(process)}`,
      );
    case 'shell':
      return refuse(
        process,
        'it is a line of a shell script, and no line of a script is run apart.',
        `run ${fileName(process.uri)} itself`,
      );
  }
}

function refuse(process: DeclaredProcess, why: string, instead: string): LaunchRefusal {
  return { ok: false, process, why, instead, place: { uri: process.uri, range: process.declaration.range } };
}

function fileName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const programName = ({ program, uri }: DeclaredProcess): string => fileName(program?.uri ?? uri);

function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}

function planProgram(process: DeclaredProcess, document: SourceDocument | undefined, given: boolean): LaunchPlan | LaunchRefusal {
  const { declaration, uri } = process;
  const python = document?.kind === 'python';
  if (!given && !python) {
    return refuse(
      process,
      'only an env file declares it, and an env file does not name a program.',
      `give the command: run PATH --process ${process.name} -- python worker.py`,
    );
  }
  if (!given && declaration.kind === 'lifespan') {
    return refuse(
      process,
      'it is an ASGI application, which its server starts.',
      `give the command: run PATH --process ${process.name} -- uvicorn ${fileName(uri).replace(/\.py$/, '')}:app`,
    );
  }
  const files = dotenvFilesOf(process);
  // The program reads `./.env` where it starts, so it starts where that file is.
  const beside = files.find((file) => fileName(file) === '.env');
  const folder = folderOf(beside ?? uri);
  return { ok: true, process, program: python ? uri : null, arguments: [], folder, files: ownFiles(process), assignments: [] };
}

/**
 * What the program itself reads, strongest first: it fills in what is not set. `load_dotenv()` comes before `./.env`,
 * which pydantic-settings asks last.
 */
function ownFiles(process: DeclaredProcess): readonly PlannedFile[] {
  const files = dotenvFilesOf(process);
  const ordered = [...files.filter((file) => fileName(file) !== '.env'), ...files.filter((file) => fileName(file) === '.env')];
  return ordered.map((uri) => ({ uri, dialect: 'python-dotenv', wins: false }));
}

function planUnit(process: DeclaredProcess, document: SourceDocument | undefined, given: boolean): LaunchPlan | LaunchRefusal {
  const unit = unitOf(process, document);
  const service = `systemctl start ${process.name}`;
  if (unit === null) return refuse(process, 'its unit is put together from several files.', service);
  const words = commandWords(unit);
  const { program } = process;
  if (!given && (program === null || words === null))
    return refuse(process, 'its command is not a Python file of this folder with plain arguments.', service);
  const unknown = unit.assignments.find(({ value }) => value.kind === 'unknown');
  if (unknown !== undefined) return refuse(process, `the value of ${unknown.name} is only known to systemd.`, service);
  const assignments = unit.assignments.flatMap(({ name, value, valueRange }): PlannedAssignment[] => {
    if (value.kind === 'absent' || valueRange === null) return [];
    const known = value.kind === 'text' && value.masked === undefined ? value.text : null;
    return [{ name, value: known, place: { uri: process.uri, range: valueRange } }];
  });
  const own = new Set(dotenvFilesOf(process));
  const supervised = process.environments.filter((uri) => uri !== process.uri && !own.has(uri));
  return {
    ok: true,
    process,
    program: program?.uri ?? null,
    arguments: words ?? [],
    folder: folderOf([...own].find((file) => fileName(file) === '.env') ?? program?.uri ?? process.uri),
    // systemd.exec(5): env files beat `Environment=` wherever they stand.
    files: [...supervised.map((uri): PlannedFile => ({ uri, dialect: 'systemd', wins: true })), ...ownFiles(process)],
    assignments,
  };
}

function unitOf({ declaration }: DeclaredProcess, document: SourceDocument | undefined): DeploymentUnit | null {
  const units = document?.deployment?.units ?? [];
  return units.find(({ id }) => id === declaration.id) ?? null;
}

/** What stands behind the program; null where something would have to be filled in first. */
function commandWords({ command, program }: DeploymentUnit): readonly string[] | null {
  if (command === null || program === null || program.kind !== 'file' || command.text.includes('***')) return null;
  const words = splitWords(command.text, 0, command.text.length, { shell: false });
  const at = words.findIndex(({ text }) => text === program.path);
  if (at < 0 || words.some(({ text, expands }) => expands || text.includes('%') || text.includes('$'))) return null;
  return words.slice(at + 1).map(({ text }) => text);
}
