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

/** The documents of a workspace, and what is different from the last ones. */
interface Current {
  /** All that could be read, by URI, in the order in which they became known. */
  readonly documents: ReadonlyMap<string, SourceDocument>;
  /** Those in place of an older one with their URI, where nothing else changed; null: any may be different. */
  readonly replaced: readonly SourceDocument[] | null;
}

export class Documents {
  readonly #entries = new Map<string, Entry>();
  #current: ReadonlyMap<string, SourceDocument> = new Map();
  /** URIs that may have another document now, or none. */
  #stale = new Set<string>();
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
    if (entry.editor === null) this.#changed(uri);
  }

  /** A folder or file that cannot be listed or read, under its own URI. */
  addProblem(problem: FileProblem): void {
    const uri = uriOf(problem.path);
    this.#entries.set(uri, { uri, kind: 'dotenv', disk: { text: null, document: null, problem }, editor: null });
    this.#changed(uri);
  }

  /** Forgets a file, or every file below a folder. Open editors stay. */
  removeFiles(uri: string): void {
    const below = `${uri}/`;
    for (const entry of [...this.#entries.values()]) {
      if (entry.uri !== uri && !entry.uri.startsWith(below)) continue;
      entry.disk = null;
      if (entry.editor === null) {
        this.#entries.delete(entry.uri);
        this.#changed(entry.uri);
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
    this.#changed(uri);
  }

  /** The file on disk counts again. It is read anew: it may have been saved or changed since. */
  closeEditor(uri: string): void {
    const entry = this.#entries.get(uri);
    if (entry === undefined || entry.editor === null) return;
    entry.editor = null;
    this.#changed(uri);
    const path = pathOf(uri);
    if (path !== null) this.loadFile(path);
    if (entry.disk === null || entry.disk.problem?.code === 'unreadable') this.#entries.delete(uri);
  }

  /** Version of the open editor, null where the document comes from disk. */
  versionOf(uri: string): number | null {
    return this.#entries.get(uri)?.editor?.version ?? null;
  }

  /** What a document says, as it was read last; null for one that is not here or could not be read. */
  textOf(uri: string): string | null {
    const entry = this.#entries.get(uri);
    return entry?.editor?.text ?? entry?.disk?.text ?? null;
  }

  /** All documents that could be read. */
  all(): Iterable<SourceDocument> {
    return this.current().documents.values();
  }

  /** All documents that could be read, compared with those of the last call of `takeCurrent`. */
  current(): Current {
    if (this.#stale.size > 0) {
      const stale = this.#stale;
      this.#stale = new Set();
      const replaced = this.#replace(stale);
      if (replaced === null) this.#rebuild();
      this.#replaced = replaced === null || this.#replaced === null ? null : [...this.#replaced, ...replaced];
    }
    return { documents: this.#current, replaced: this.#replaced };
  }
  #replaced: readonly SourceDocument[] | null = null;

  /** The same, from which the next ones are compared. */
  takeCurrent(): Current {
    const current = this.current();
    this.#replaced = [];
    return current;
  }

  /** Null where a document came or went, or there is none: why it cannot be read may have changed. */
  #replace(stale: ReadonlySet<string>): SourceDocument[] | null {
    const replaced: SourceDocument[] = [];
    let documents: Map<string, SourceDocument> | null = null;
    for (const uri of stale) {
      const entry = this.#entries.get(uri);
      const document = entry === undefined ? null : this.#documentOf(entry);
      const before = this.#current.get(uri);
      if (before === undefined || document === null) return null;
      if (document === before) continue;
      documents ??= new Map(this.#current);
      documents.set(uri, document);
      replaced.push(document);
    }
    if (documents !== null) this.#current = documents;
    return replaced;
  }

  #rebuild(): void {
    const documents = new Map<string, SourceDocument>();
    for (const entry of this.#entries.values()) {
      const document = this.#documentOf(entry);
      if (document !== null) documents.set(entry.uri, document);
    }
    this.#current = documents;
  }

  #changed(uri: string): void {
    this.#revision++;
    this.#stale.add(uri);
  }

  /** Files and folders that could not be read, by URI. */
  *problems(): Generator<{ readonly uri: string; readonly problem: FileProblem }> {
    for (const { uri, editor, disk } of this.#entries.values()) {
      if (editor === null && disk !== null && disk.problem !== null) yield { uri, problem: disk.problem };
    }
  }

  #documentOf(entry: Entry): SourceDocument | null {
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
