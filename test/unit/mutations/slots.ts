/** Where a setting stands in the clean workspace, for every kind of file that can carry one, and how a person writes it there. */
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import type { Files } from '../rules/workspace.ts';

/** A kind of file that can carry environment names or Mesh keys. */
export type SlotKind = Exclude<FileKind, 'requirements' | 'prometheus' | 'project'>;

export interface Slot {
  readonly file: string;
  /** The file and a text of the line that declares the process. */
  readonly declaration: readonly [file: string, text: string];
  /** Text of the line behind which new statements go. */
  readonly anchor: string;
  /** Texts of the lines its statements stand between; null: the file from its beginning, or to its end. */
  readonly block: readonly [from: string | null, to: string | null];
  /** The lines of a statement. */
  lines(name: string, text: string): readonly string[];
  /** Index of the first line of the last statement of this name, and how many lines it has. */
  find(lines: readonly string[], name: string): { readonly at: number; readonly count: number } | null;
}

const literally = (name: string): string => name.replace(/[$.*+?()[\]{}|\\^]/g, '\\$&');

/** An entry of a list of containers' variables, `valueFrom` with all its lines included. */
const manifestFinder: Slot['find'] = (lines, name) => {
  const at = lines.lastIndexOf(`            - name: ${name}`);
  if (at < 0) return null;
  const end = lines.findIndex((line, i) => i > at && !line.startsWith('              '));
  return { at, count: (end < 0 ? lines.length : end) - at };
};

function finder(pattern: (name: string) => string): Slot['find'] {
  return (lines, name) => {
    const at = lines.findLastIndex((line) => new RegExp(pattern(literally(name))).test(line));
    return at < 0 ? null : { at, count: 1 };
  };
}

const shellQuoted = (text: string): string => (/^[\w./:,@%+=-]*$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
const doubleQuoted = (text: string): string => (/^[\w./:,@%+=-]*$/.test(text) ? text : `"${text.replace(/[\\"$]/g, '\\$&')}"`);

/** One slot per kind of file and release of the workspace. */
export const slots: Readonly<Record<'3.0.0' | '1.0.2', Readonly<Record<SlotKind, Slot>>>> = {
  '3.0.0': {
    dotenv: {
      file: 'deploy/systemd/archivist.env',
      declaration: ['deploy/systemd/atlas-archivist.service', 'ExecStart='],
      anchor: 'P2P_ENABLED=',
      block: [null, null],
      // As it stands: what python-dotenv makes of it is the matter of many rules.
      lines: (name, text) => [`${name}=${text}`],
      find: finder((name) => `^${name}=`),
    },
    python: {
      file: 'fleet/planner.py',
      declaration: ['fleet/planner.py', 'mesh = Mesh('],
      anchor: 'os.environ["JOURNAL_CAPTURE"]',
      block: [null, null],
      lines: (name, text) => [`os.environ["${name}"] = ${JSON.stringify(text)}`],
      find: finder((name) => `^os\\.environ\\["${name}"\\] = `),
    },
    compose: {
      file: 'compose.yaml',
      declaration: ['compose.yaml', '  librarian:'],
      anchor: '      JARVISCORE_NODE_NAME: librarian',
      block: ['  librarian:', '  scout:'],
      lines: (name, text) => [`      ${name}: ${JSON.stringify(text.replaceAll('$', '$$$$'))}`],
      find: finder((name) => `^\\s+${name}:`),
    },
    systemd: {
      file: 'deploy/systemd/atlas-editor.service',
      declaration: ['deploy/systemd/atlas-editor.service', 'ExecStart='],
      anchor: 'Environment=P2P_ENABLED=',
      block: [null, null],
      lines: (name, text) => [`Environment=${doubleQuotedWord(`${name}=${text.replaceAll('%', '%%')}`)}`],
      find: finder((name) => `^(Environment=["']?${name}=|PassEnvironment=${name}$)`),
    },
    kubernetes: {
      file: 'deploy/kubernetes/reviewer.yaml',
      declaration: ['deploy/kubernetes/reviewer.yaml', '        - name: reviewer'],
      anchor: '              value: reviewer',
      block: [null, null],
      lines: (name, text) => [`            - name: ${name}`, `              value: ${JSON.stringify(text)}`],
      find: manifestFinder,
    },
    dockerfile: {
      file: 'images/scout/Dockerfile',
      declaration: ['compose.yaml', '  scout:'],
      anchor: 'ENV P2P_ENABLED=',
      block: [null, null],
      lines: (name, text) => [`ENV ${name}=${doubleQuoted(text)}`],
      find: finder((name) => `^(ENV|   ) ${name}=`),
    },
    shell: {
      file: 'scripts/start-analyst.sh',
      declaration: ['scripts/start-analyst.sh', 'exec python'],
      anchor: 'export P2P_ENABLED=',
      block: [null, null],
      lines: (name, text) => [`export ${name}=${shellQuoted(text)}`],
      find: finder((name) => `^export ${name}=`),
    },
    launch: {
      file: '.vscode/launch.json',
      declaration: ['.vscode/launch.json', '"name": "Debug the drafter"'],
      anchor: '        "P2P_ENABLED"',
      block: [null, null],
      lines: (name, text) => [`        "${name}": ${JSON.stringify(text)},`],
      find: finder((name) => `^        "${name}": `),
    },
  },
  '1.0.2': {
    dotenv: {
      file: 'deploy/worker.env',
      declaration: ['deploy/worker.service', 'ExecStart='],
      anchor: 'LOG_LEVEL=',
      block: [null, null],
      lines: (name, text) => [`${name}=${text}`],
      find: finder((name) => `^${name}=`),
    },
    python: {
      file: 'nodes/coordinator.py',
      declaration: ['nodes/coordinator.py', 'mesh = Mesh('],
      anchor: 'os.environ["CLAUDE_API_KEY"]',
      block: [null, null],
      lines: (name, text) => [`os.environ["${name}"] = ${JSON.stringify(text)}`],
      find: finder((name) => `^os\\.environ\\["${name}"\\] = `),
    },
    compose: {
      file: 'compose.yaml',
      declaration: ['compose.yaml', '  first:'],
      anchor: '      JARVISCORE_NODE_NAME: first',
      block: ['  first:', '  second:'],
      lines: (name, text) => [`      ${name}: ${JSON.stringify(text.replaceAll('$', '$$$$'))}`],
      find: finder((name) => `^\\s+${name}:`),
    },
    systemd: {
      file: 'deploy/worker.service',
      declaration: ['deploy/worker.service', 'ExecStart='],
      anchor: 'Environment=JARVISCORE_NODE_NAME',
      block: [null, null],
      lines: (name, text) => [`Environment=${doubleQuotedWord(`${name}=${text.replaceAll('%', '%%')}`)}`],
      find: finder((name) => `^(Environment=["']?${name}=|PassEnvironment=${name}$)`),
    },
    kubernetes: {
      file: 'deploy/kubernetes.yaml',
      declaration: ['deploy/kubernetes.yaml', '        - name: worker'],
      anchor: '                  fieldPath: status.podIP',
      block: ['        - name: worker', null],
      lines: (name, text) => [`            - name: ${name}`, `              value: ${JSON.stringify(text)}`],
      find: manifestFinder,
    },
    dockerfile: {
      file: 'Dockerfile',
      declaration: ['compose.yaml', '  first:'],
      anchor: 'ENV PROMETHEUS_PORT=',
      block: [null, null],
      lines: (name, text) => [`ENV ${name}=${doubleQuoted(text)}`],
      find: finder((name) => `^ENV ${name}=`),
    },
    shell: {
      file: 'scripts/start.sh',
      declaration: ['scripts/start.sh', 'exec python'],
      anchor: 'export REDIS_URL=',
      block: [null, null],
      lines: (name, text) => [`export ${name}=${shellQuoted(text)}`],
      find: finder((name) => `^export ${name}=`),
    },
    launch: {
      file: '.vscode/launch.json',
      declaration: ['.vscode/launch.json', '"name": "Worker"'],
      anchor: '        "LOG_LEVEL"',
      block: [null, null],
      lines: (name, text) => [`        "${name}": ${JSON.stringify(text)},`],
      find: finder((name) => `^        "${name}": `),
    },
  },
};

function doubleQuotedWord(word: string): string {
  return /^[\w./:,@%+=-]*$/.test(word) ? word : `"${word.replace(/[\\"]/g, '\\$&')}"`;
}

/** The Mesh dict of the Python slot: one key a line. */
const dictLine = /^ {8}"(\w+)": (.*),$/;
const dictAnchor = '"p2p_enabled": True';

export interface Placed {
  readonly files: Files;
  /** Name (or Mesh key) -> first and last line of its statement, zero-based, in the new text. */
  readonly places: ReadonlyMap<string, readonly [first: number, last: number]>;
}

export interface Value {
  /** Environment name; a Mesh key in lower case stands in the dict. */
  readonly name: string;
  /** Text; for a Mesh key Python source. Null: the statement goes. */
  readonly text: string | null;
}

/** Whether the value stands in the Mesh dict. */
const inDict = (slot: Slot, name: string): boolean => slot.file.endsWith('.py') && /^[a-z]/.test(name);

function lineWith(lines: readonly string[], text: string, file: string): number {
  const at = lines.findIndex((line) => line.includes(text));
  if (at < 0) throw new Error(`${file} has no line with ${text}`);
  return at;
}

/** Where a statement stands in the whole file. */
function statementOf(lines: readonly string[], slot: Slot, name: string): { readonly at: number; readonly count: number } | null {
  if (inDict(slot, name)) {
    const at = lines.findLastIndex((line) => dictLine.exec(line)?.[1] === name);
    return at < 0 ? null : { at, count: 1 };
  }
  const [from, to] = slot.block;
  const first = from === null ? 0 : lineWith(lines, from, slot.file);
  const until = to === null ? -1 : lines.findIndex((line, i) => i > first && line.includes(to));
  const end = until < 0 ? lines.length : until;
  const found = slot.find(lines.slice(first, end), name);
  return found === null ? null : { at: found.at + first, count: found.count };
}

function edit(lines: string[], slot: Slot, { name, text }: Value, again: boolean): void {
  const found = statementOf(lines, slot, name);
  if (text === null) {
    if (found === null) throw new Error(`${slot.file} has no ${name} to take out`);
    lines.splice(found.at, found.count);
    return;
  }
  const written = inDict(slot, name) ? [`        "${name}": ${text},`] : slot.lines(name, text);
  if (found === null || again) {
    const anchor = inDict(slot, name) ? lineWith(lines, dictAnchor, slot.file) : lineWith(lines, slot.anchor, slot.file);
    lines.splice(Math.max(anchor, found === null ? 0 : found.at + found.count - 1) + 1, 0, ...written);
  } else if (/ \\$/.test(lines[found.at] ?? ''))
    // Part of a continued ENV statement.
    lines[found.at] = `${(lines[found.at] ?? '').replace(/^(ENV| {3}) .*$/, '$1')} ${(written[0] ?? '').replace(/^ENV /, '')} \\`;
  else lines.splice(found.at, found.count, ...written);
}

/** Writes values into the file of a slot; a name given twice is written twice. */
export function place(files: Files, slot: Slot, values: readonly Value[]): Placed {
  const lines = (files[slot.file] ?? '').split('\n');
  const written = new Set<string>();
  for (const value of values) {
    edit(lines, slot, value, written.has(value.name));
    written.add(value.name);
  }
  const places = new Map<string, readonly [number, number]>();
  for (const { name, text } of values) {
    const found = text === null ? null : statementOf(lines, slot, name);
    if (found !== null) places.set(name, [found.at, found.at + found.count - 1]);
  }
  return { files: { ...files, [slot.file]: lines.join('\n') }, places };
}
