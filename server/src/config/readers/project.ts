/** `jarviscore-fleet.json`. What is wrong in it costs the wrong part only; every mistake is named at its place. */
import { type FleetFile, fleetFileSchema } from '#schemas/project/fleetFile.ts';
import { releases } from '#schemas/settings/catalogue.ts';
import { ruleInventory } from '#schemas/settings/ruleInventory.ts';
import type { Written } from '../model/deployment.ts';
import type { ProjectSettings } from '../model/project.ts';
import type { Fix, SourceDocument, TextProblem } from '../model/types.ts';
import { nearestWord } from '../project/nearest.ts';
import { patternProblem } from '../project/patterns.ts';
import { type JsonNode, jsonAt, jsonValue, jsonWithout, parseJsonc } from '../text/jsonc.ts';
import { LineIndex } from '../text/lines.ts';
import type { Range } from '../text/position.ts';
import { complaintsOf, type Path } from './project/complaints.ts';
import { type NamedText, plainDocument } from './yaml/document.ts';

/** Each round drops what was wrong; a file with more layers of mistakes than this is taken as empty. */
const maxRounds = 20;

const nowhere: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

interface Placed {
  readonly start: number;
  readonly end: number;
}

class ProjectReader {
  readonly problems: TextProblem[] = [];
  /** What is left of the file once the parts that cannot be used are out. */
  #root: JsonNode | null;
  readonly #lines: LineIndex;
  readonly #uri: string;

  constructor(source: NamedText) {
    const { root, problems } = parseJsonc(source.text);
    this.#root = root;
    this.#lines = new LineIndex(source.text);
    this.#uri = source.uri;
    for (const { start, end, message } of problems) this.#problem('fleet-file-syntax', this.#lines.range(start, end), message);
    this.#repeated(root);
  }

  read(): ProjectSettings {
    const file = this.#valid();
    return {
      target: this.#target(file),
      profile: file.profile ?? null,
      severities: this.#severities(file),
      ...this.#ignores(file),
      hosts: this.#hosts(file),
      baseline: file.baseline === undefined ? null : { text: file.baseline, range: this.#at(['baseline']) },
    };
  }

  #problem(code: string, range: Range, message: string, fixes: readonly Fix[] = []): void {
    this.problems.push({ code, range, message, fixes });
  }

  /** What the schema accepts, after the parts it refuses were named and dropped. */
  #valid(): FleetFile {
    for (let round = 0; round < maxRounds; round++) {
      const parsed = fleetFileSchema.safeParse(this.#root === null ? {} : jsonValue(this.#root));
      if (parsed.success) return parsed.data;
      const complaints = complaintsOf(parsed.error.issues, this.#root);
      for (const { path, unknown, message } of complaints) {
        // What is missing only since a part of it was dropped has been named already.
        if (round > 0 && /(?: is missing|this list must not be empty)\.$/.test(message)) continue;
        if (unknown !== null) this.#unknownKey(path, unknown);
        else if (message !== '' && this.#isReadable(path)) this.#problem('fleet-file-value', this.#at(path), message);
      }
      // From the last to the first, so that the places of items still hold.
      for (const { path } of complaints.toReversed()) this.#root = jsonWithout(this.#root, path);
    }
    return {};
  }

  /** A value that cannot be read was named as a syntax error already. */
  #isReadable(path: Path): boolean {
    const { node, member } = jsonAt(this.#root, path);
    return node !== null || member === null;
  }

  #unknownKey(path: Path, known: readonly string[]): void {
    const key = String(path.at(-1));
    const near = nearestWord(key, known);
    const range = this.#nameAt(path);
    const where = path.length === 1 ? 'This file' : path.slice(0, -1).map(String).join('.');
    const hint = near === null ? ` It has: ${known.join(', ')}.` : ` Did you mean "${near}"?`;
    this.#problem('fleet-file-unknown-key', range, `${where} has no property "${key}".${hint}`, this.#rename(range, near));
  }

  #target({ target }: FleetFile): string | null {
    if (target === undefined) return null;
    if (!releases.includes(target)) {
      const known = `${releases[0] ?? ''} to ${releases.at(-1) ?? ''}`;
      const message = `${target} is no release that is known here (${known}); the files are checked for the nearest older one.`;
      this.#problem('fleet-file-unknown-release', this.#at(['target']), message);
    }
    return target;
  }

  #severities({ severities }: FleetFile): ProjectSettings['severities'] {
    if (severities === undefined) return null;
    return Object.fromEntries(
      Object.entries(severities).filter(([rule]) => this.#isRule(rule, this.#nameAt(['severities', rule]))),
    );
  }

  #isRule(rule: string, range: Range): boolean {
    if (ruleInventory.has(rule)) return true;
    const near = nearestWord(rule, ruleInventory.keys());
    const hint = near === null ? '' : ` Did you mean ${near}?`;
    this.#problem('fleet-file-unknown-rule', range, `No rule is called ${rule}.${hint}`, this.#rename(range, near));
    return false;
  }

  #ignores({ ignores = [] }: FleetFile): Pick<ProjectSettings, 'ignores' | 'silenced'> {
    const patterns: string[] = [];
    const silenced: ProjectSettings['silenced'][number][] = [];
    for (const [index, entry] of ignores.entries()) {
      const place = ['ignores', index];
      if (typeof entry === 'string') {
        if (this.#isPattern(entry, this.#at(place))) patterns.push(entry);
        continue;
      }
      const paths = entry.paths.filter((path, position) => this.#isPattern(path, this.#at([...place, 'paths', position])));
      const rules = entry.rules.filter((rule, position) => this.#isRule(rule, this.#at([...place, 'rules', position])));
      silenced.push({ paths, rules });
    }
    return { ignores: patterns, silenced };
  }

  #isPattern(pattern: string, range: Range): boolean {
    const problem = patternProblem(pattern);
    if (problem !== null) this.#problem('fleet-file-value', range, `The pattern "${pattern}" ${problem}`);
    return problem === null;
  }

  #hosts({ hosts = {} }: FleetFile): ProjectSettings['hosts'] {
    return Object.entries(hosts).map(([name, { processes = [], files = [], addresses = [] }]) => {
      const written = (key: string, texts: readonly string[]): Written[] =>
        texts.map((text, index) => ({ text, range: this.#at(['hosts', name, key, index]) }));
      return {
        name,
        range: this.#nameAt(['hosts', name]),
        processes: written('processes', processes),
        files: written('files', files).filter(({ text, range }) => this.#isPattern(text, range)),
        addresses,
      };
    });
  }

  /** Of two equal names the later counts; the earlier one is a leftover. */
  #repeated(node: JsonNode | null): void {
    if (node?.kind === 'array') for (const item of node.items) this.#repeated(item);
    if (node?.kind !== 'object') return;
    const last = new Map(node.members.map((member) => [member.key, member]));
    for (const member of node.members) {
      if (last.get(member.key) !== member)
        this.#problem('fleet-file-syntax', this.#inside(member.name), `"${member.key}" stands here twice; the last one counts.`);
      this.#repeated(member.value);
    }
  }

  #nameAt(path: Path): Range {
    const { member } = jsonAt(this.#root, path);
    return member === null ? nowhere : this.#inside(member.name);
  }

  /** The value a path leads to: a text without its quotes, of a list or an object the opening bracket. */
  #at(path: Path): Range {
    const { node, member } = jsonAt(this.#root, path);
    if (node === null) return member === null ? nowhere : this.#inside(member.name);
    if (node.kind !== 'scalar') return this.#lines.range(node.start, node.start + 1);
    return typeof node.value === 'string' ? this.#inside(node) : this.#lines.range(node.start, node.end);
  }

  /** What stands between the quotes. */
  #inside({ start, end }: Placed): Range {
    return this.#lines.range(start + 1, Math.max(start + 1, end - 1));
  }

  #rename(range: Range, newText: string | null): readonly Fix[] {
    if (newText === null) return [];
    return [{ title: `Write ${newText}`, safe: false, edits: [{ uri: this.#uri, range, newText }] }];
  }
}

/** Reads the file; never throws on any text. */
export function readProject(source: NamedText): SourceDocument {
  const reader = new ProjectReader(source);
  const project = reader.read();
  return { ...plainDocument(source), problems: reader.problems, project };
}
