/** Every document of the workspace, read once per version. An open editor hides the file on disk. */
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import type { SourceDocument } from '../config/model/types.ts';
import { createReaderContext } from '../config/readers/context.ts';
import { kindOf } from '../config/readers/kind.ts';
import { readDocument } from '../config/readers/read.ts';
import { causeOf, type FileProblem, isFileProblem, readFile } from './files.ts';
import { pathOf, uriOf } from './uris.ts';

interface Disk {
  /** Null where it could not be read. */
  readonly text: string | null;
  readonly document: SourceDocument | null;
  readonly problem: FileProblem | null;
}

interface Editor {
  readonly version: number;
  readonly text: string;
  /** Read when somebody asks for it: of ten quick keystrokes only the last is parsed. */
  document: SourceDocument | null;
}

interface Entry {
  readonly uri: string;
  readonly kind: FileKind;
  disk: Disk | null;
  editor: Editor | null;
}

export class Documents {
  readonly #entries = new Map<string, Entry>();
  readonly #context = createReaderContext();
  readonly #log: (level: 'error', text: string) => void;
  #revision = 0;

  constructor(log: (level: 'error', text: string) => void) {
    this.#log = log;
  }

  /** Changes whenever the content of any document may have changed. */
  get revision(): number {
    return this.#revision;
  }

  /** Reads a file again; does nothing when its bytes are the same. */
  loadFile(path: string): void {
    const uri = uriOf(path);
    const kind = kindOf(path);
    if (kind === null) return;
    const entry = this.#entry(uri, kind);
    const result = readFile(path);
    if (isFileProblem(result)) {
      if (entry.disk?.problem?.message === result.message) return;
      entry.disk = { text: null, document: null, problem: result };
    } else {
      if (entry.disk?.text === result.text) return;
      entry.disk = { text: result.text, document: this.#read(uri, result.text, kind), problem: null };
    }
    if (entry.editor === null) this.#revision++;
  }

  /** A folder or file that cannot be listed or read, under its own URI. */
  addProblem(problem: FileProblem): void {
    const uri = uriOf(problem.path);
    this.#entries.set(uri, { uri, kind: 'dotenv', disk: { text: null, document: null, problem }, editor: null });
    this.#revision++;
  }

  /** Forgets a file, or every file below a folder. Open editors stay. */
  removeFiles(uri: string): void {
    const below = `${uri}/`;
    for (const entry of [...this.#entries.values()]) {
      if (entry.uri !== uri && !entry.uri.startsWith(below)) continue;
      entry.disk = null;
      if (entry.editor === null) {
        this.#entries.delete(entry.uri);
        this.#revision++;
      }
    }
  }

  /** A new version of an open editor. Unsupported kinds are ignored. */
  setEditor(uri: string, version: number, text: string): void {
    const kind = kindOf(pathOf(uri) ?? uri);
    if (kind === null) return;
    const entry = this.#entry(uri, kind);
    if (entry.editor?.text === text) {
      entry.editor = { ...entry.editor, version };
      return;
    }
    entry.editor = { version, text, document: null };
    this.#revision++;
  }

  /** The file on disk counts again. It is read anew: it may have been saved or changed since. */
  closeEditor(uri: string): void {
    const entry = this.#entries.get(uri);
    if (entry === undefined || entry.editor === null) return;
    entry.editor = null;
    this.#revision++;
    const path = pathOf(uri);
    if (path !== null) this.loadFile(path);
    if (entry.disk === null || entry.disk.problem?.code === 'unreadable') this.#entries.delete(uri);
  }

  /** Version of the open editor, null where the document comes from disk. */
  versionOf(uri: string): number | null {
    return this.#entries.get(uri)?.editor?.version ?? null;
  }

  /** All documents that could be read, by URI. */
  *all(): Generator<SourceDocument> {
    for (const entry of this.#entries.values()) {
      const document = this.#current(entry);
      if (document !== null) yield document;
    }
  }

  /** Files and folders that could not be read, by URI. */
  *problems(): Generator<{ readonly uri: string; readonly problem: FileProblem }> {
    for (const { uri, editor, disk } of this.#entries.values()) {
      if (editor === null && disk !== null && disk.problem !== null) yield { uri, problem: disk.problem };
    }
  }

  #current(entry: Entry): SourceDocument | null {
    if (entry.editor === null) return entry.disk?.document ?? null;
    entry.editor.document ??= this.#read(entry.uri, entry.editor.text, entry.kind);
    return entry.editor.document;
  }

  /** A reader that fails on one document must not cost the findings of all others. */
  #read(uri: string, text: string, kind: FileKind): SourceDocument {
    try {
      return readDocument({ uri, text, kind }, this.#context);
    } catch (error) {
      this.#log('error', `Reading ${uri} failed: ${error instanceof Error ? (error.stack ?? error.message) : causeOf(error)}`);
      const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
      const marks = [{ name: 'not-read', range, value: `its reader failed (${causeOf(error)})` }];
      return { ...readDocument({ uri, text: '', kind }, this.#context), marks };
    }
  }

  #entry(uri: string, kind: FileKind): Entry {
    const known = this.#entries.get(uri);
    if (known !== undefined && known.kind === kind) return known;
    const entry: Entry = { uri, kind, disk: null, editor: null };
    this.#entries.set(uri, entry);
    return entry;
  }
}
