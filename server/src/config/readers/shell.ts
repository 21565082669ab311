/**
 * Launch lines in shell scripts: `A=1 python node.py`, `export A=1`, `docker run -e A=1`. One unit for every command that
 * starts a Python program or a container; it gets what was exported above it. Nothing is expanded but variables the
 * script itself sets, and their defaults.
 *
 * Marks: `source` (value: the file) for `source FILE` and `. FILE`, `compose-files` (value: paths, one a line) for
 * several `-f` of `docker compose`, `compose-profiles` (value: profiles with commas, then the paths of `-f`, one a line) for
 * profiles that are started together.
 */
import type { DeploymentUnit, EnvFileReference, Written } from '../model/deployment.ts';
import type { Assignment, Requirement, SourceDocument, Value } from '../model/types.ts';
import { templateValue } from './compose/interpolate.ts';
import { maskUrls, type ReaderContext } from './context.ts';
import { type CommandLine, readCommand } from './deployment/commandLine.ts';
import { bareUnit, type DeploymentText, deploymentDocument } from './deployment/document.ts';
import { frameworkOf, isFrameworkName } from './deployment/evidence.ts';
import { markInherited } from './deployment/inherited.ts';
import { installedBy } from './deployment/installs.ts';
import { pairAssignment, pairName, pairText } from './deployment/pairs.ts';
import { splitWords, type Word } from './deployment/words.ts';
import { ShellFlow } from './shell/flow.ts';

/** Scripts that mention nothing of the framework and start no Python are most scripts of a project. */
const relevant = /\b(?:JARVISCORE_|P2P_|ZMQ_PORT_OFFSET|SEED_NODES|BIND_PORT|jarviscore|python[0-9.]*|uvicorn|docker)|--env-file/;

/** Logical lines: continued by a backslash or an open quote; bodies of here-documents left out. */
function* logicalLines(text: string): Generator<{ readonly from: number; readonly to: number }> {
  let at = 0;
  while (at < text.length) {
    const from = at;
    let quote = '';
    const heredocs: string[] = [];
    for (; at < text.length; at++) {
      const character = text[at] ?? '';
      if (character === '\\' && quote !== "'") at++;
      else if (quote !== '') {
        if (character === quote) quote = '';
      } else if (character === '"' || character === "'") quote = character;
      else if (character === '#' && (at === from || /\s/.test(text[at - 1] ?? ''))) {
        while (at < text.length && text[at] !== '\n') at++;
        break;
      } else if (text.startsWith('<<<', at)) at += 2;
      else if (character === '<' && text[at + 1] === '<') {
        const word = /^<<-?[ \t]*["'\\]?([A-Za-z_]\w*)/.exec(text.slice(at, at + 100))?.[1];
        if (word !== undefined) heredocs.push(word);
        at++;
      } else if (character === '\n') break;
    }
    yield { from, to: Math.min(at, text.length) };
    at++;
    for (const word of heredocs) {
      while (at < text.length) {
        const newline = text.indexOf('\n', at);
        const end = newline < 0 ? text.length : newline;
        const line = text.slice(at, end).trim();
        at = end + 1;
        if (line === word) break;
      }
    }
  }
}

const starts = new Set(['up', 'start', 'restart', 'create', 'watch']);

/** Profiles that `docker compose --profile a --profile b up` asks for, and those of `COMPOSE_PROFILES`; none for other commands. */
function composeProfiles(words: readonly Word[], variable: string): string[] {
  const texts = words.map(({ text }) => text);
  const at = texts.findIndex(
    (text, i) => /(^|\/)docker-compose$/.test(text) || (text === 'compose' && /(^|\/)docker$/.test(texts[i - 1] ?? '')),
  );
  if (at < 0 || !texts.slice(at).some((text) => starts.has(text))) return [];
  const asked = texts.slice(at + 1).flatMap((text, i) => {
    if (text === '--profile') return texts[at + i + 2] ?? [];
    return text.startsWith('--profile=') ? [text.slice('--profile='.length)] : [];
  });
  // Compose adds the variable's only where no flag is given.
  const names = asked.length > 0 ? asked : variable.split(',');
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))].sort();
}

const exportedFile = /^\$\((?:cat|grep|sed|awk|egrep)\b[^)]*?\s["']?([^\s"'|)]*\.env[^\s"'|)]*)["']?[^)]*\)?$/;

/** Files of `docker compose -f a -f b ...`, in order. */
function composeFiles(words: readonly Word[]): string[] {
  const at = words.findIndex((word) => word.text === 'compose' || /(^|\/)docker-compose$/.test(word.text));
  if (at < 0 || at > 3 || (words[at]?.text === 'compose' && !/(^|\/)docker$/.test(words[at - 1]?.text ?? ''))) return [];
  return words.slice(at + 1).flatMap(({ text }, i) => {
    if (text === '-f' || text === '--file') return words[at + i + 2]?.text ?? [];
    return /^--file=/.test(text) ? [text.slice('--file='.length)] : [];
  });
}

/** A script that starts more is generated, and each gets all that was exported. */
const maxLaunches = 200;
const maxInherited = 50_000;

class ShellReader {
  readonly units: DeploymentUnit[] = [];
  readonly marks: SourceDocument['marks'][number][] = [];
  readonly requirements: Requirement[] = [];
  readonly #source: DeploymentText;
  readonly #context: ReaderContext;
  readonly #exported = new Map<string, Assignment>();
  /** Variables that are set and not exported. */
  readonly #local = new Map<string, Assignment>();
  readonly #texts = new Map<string, string>();
  readonly #sourced: EnvFileReference[] = [];
  #exportAll = false;
  #inherited = 0;

  constructor(source: DeploymentText, context: ReaderContext) {
    this.#source = source;
    this.#context = context;
  }

  readonly #flow = new ShellFlow();

  line(words: readonly Word[]): void {
    let command: Word[] = [];
    const end = (): void => {
      const left = this.#flow.command(command);
      if (left.length > 0) this.#command(left);
      command = [];
    };
    words.forEach((word, i) => {
      if (word.quote !== 'other' || !/^[;&|()]$/.test(word.text)) {
        command.push(word);
        return;
      }
      end();
      this.#flow.separator(word, words[i - 1]);
    });
    end();
  }

  /** What is exported under a condition may not be, or may be something else. */
  #exportedValue(word: Word): Assignment {
    const assignment = this.#assignment(word, null);
    return this.#flow.conditional
      ? { ...assignment, value: { kind: 'unknown', why: 'set under a condition or in a loop' } }
      : assignment;
  }

  #assignment(word: Word, process: string | null): Assignment {
    const { text, lines } = this.#source;
    return pairAssignment(word, text, lines, process, this.#value(word));
  }

  #value(word: Word): Value {
    const name = pairName(word) ?? '';
    const text = pairText(word);
    if (!word.expands) return this.#context.protect(text, this.#context.environment(name));
    if (/\$\(|`|\$[0-9@*#?!-]/.test(text)) return { kind: 'unknown', why: 'the script computes it' };
    return templateValue(name, text, this.#context, (variable) => this.#texts.get(variable));
  }

  #command(words: readonly Word[]): void {
    const { lines } = this.#source;
    for (const one of installedBy(words, lines)) this.requirements.push(one);
    const [first, second] = words;
    if (first === undefined) return;
    if (first.text === 'export' || first.text === 'declare' || first.text === 'typeset') {
      this.#export(words.slice(1), first.text === 'export' || second?.text === '-x');
      return;
    }
    if (first.text === 'unset') {
      for (const { text } of words.slice(1)) {
        this.#exported.delete(text);
        this.#local.delete(text);
        this.#texts.delete(text);
      }
      return;
    }
    if (first.text === 'set') {
      if (words.some(({ text }) => text === '-a' || text === '+a' || text === 'allexport'))
        this.#exportAll = second?.text.startsWith('+') !== true;
      return;
    }
    if ((first.text === 'source' || first.text === '.') && second !== undefined) {
      this.marks.push({ name: 'source', range: lines.range(second.start, second.end), value: second.text });
      // Sourcing exports nothing by itself; with `set -a` the file reads like one of python-dotenv on every plain line.
      if (this.#exportAll) this.#readsFile(second, second.text);
      return;
    }
    const files = composeFiles(words);
    const last = words.at(-1);
    if (files.length > 1 && last !== undefined)
      this.marks.push({ name: 'compose-files', range: lines.range(first.start, last.end), value: files.join('\n') });
    const command = readCommand(words, lines);
    const own = command.pairs.findLast((word) => pairName(word) === 'COMPOSE_PROFILES');
    const variable =
      own === undefined ? (this.#exported.has('COMPOSE_PROFILES') ? this.#texts.get('COMPOSE_PROFILES') : '') : pairText(own);
    const profiles = composeProfiles(words, variable ?? '');
    if (profiles.length > 0 && last !== undefined) {
      const value = [profiles.join(','), ...files].join('\n');
      this.marks.push({ name: 'compose-profiles', range: lines.range(first.start, last.end), value });
    }
    if (command.words.length === 0) {
      for (const word of command.pairs) this.#set(word);
      return;
    }
    if (command.program !== null || command.image !== null || command.envFiles.length > 0) this.#launch(words, command);
    else if (command.pairs.some((word) => isFrameworkName(pairName(word) ?? ''))) this.#launch(words, command);
  }

  #readsFile(word: Word, path: string): void {
    const range = this.#source.lines.range(word.start, word.end);
    this.#sourced.push({ path, range, dialect: 'python-dotenv', required: true, program: 'the shell' });
  }

  #set(word: Word): void {
    const name = pairName(word) ?? '';
    const assignment = this.#exportedValue(word);
    if (assignment.value.kind !== 'unknown' && !word.expands) this.#texts.set(name, pairText(word));
    else this.#texts.delete(name);
    if (this.#exportAll || this.#exported.has(name)) this.#exported.set(name, assignment);
    else this.#local.set(name, assignment);
  }

  #export(words: readonly Word[], exports: boolean): void {
    for (const word of words) {
      // `export $(grep -v '^#' .env | xargs)`
      const file = exports && word.expands ? exportedFile.exec(word.text)?.[1] : undefined;
      if (file !== undefined) {
        this.#readsFile(word, file);
        continue;
      }
      if (pairName(word) !== null) {
        this.#set(word);
        const assignment = this.#local.get(pairName(word) ?? '');
        if (exports && assignment !== undefined) {
          this.#local.delete(assignment.name);
          this.#exported.set(assignment.name, assignment);
        }
        continue;
      }
      const local = exports ? this.#local.get(word.text) : undefined;
      if (local === undefined) continue;
      this.#local.delete(word.text);
      this.#exported.set(local.name, local);
    }
  }

  #launch(words: readonly Word[], command: CommandLine): void {
    if (this.units.length >= maxLaunches || this.#inherited > maxInherited) return;
    const { lines } = this.#source;
    const id = `launch:${this.units.length}`;
    const own = command.pairs.map((word) => this.#assignment(word, id));
    // A container gets nothing of the shell's environment.
    const cleared = words.some((word) => word.text === '-i') && words.some((word) => /(^|\/)env$/.test(word.text));
    const inherited =
      command.image === null && !cleared ? [...this.#exported.values()].map((one) => markInherited({ ...one, process: id })) : [];
    this.#inherited += inherited.length;
    const assignments = [...inherited, ...own];
    const named = assignments.findLast((one) => one.name === 'JARVISCORE_NODE_NAME')?.value;
    const path = command.program?.path.replace(/^.*[\\/]/, '').replace(/\.pyw?$/, '');
    const label = named?.kind === 'text' && named.text !== '' ? named.text : (path ?? command.image?.text ?? this.#source.name);
    const first = words[0];
    const last = words.at(-1);
    const shown = command.words.slice(0, 1).map((word) => maskUrls(word.text));
    if (command.program !== null) shown.push(command.program.path);
    const range = lines.range(first?.start ?? 0, last?.end ?? 0);
    const envFiles = command.image === null && !cleared ? [...this.#sourced, ...command.envFiles] : command.envFiles;
    this.units.push({
      ...bareUnit({ id, kind: 'launch', name: label, range }),
      framework: frameworkOf({
        names: assignments.map((one) => one.name),
        command: shown.join(' '),
        image: command.image?.text ?? null,
        built: false,
        moreNames: envFiles.length > 0,
      }),
      assignments,
      envFiles,
      command: { text: shown.join(' '), range },
      program: command.program,
      network: command.image === null || command.hostNetwork ? { kind: 'host' } : { kind: 'own' },
      image:
        command.image === null
          ? null
          : { text: maskUrls(command.image.text), range: lines.range(command.image.start, command.image.end) },
      ports: command.ports,
      workingDirectory: this.#directory(range),
      options: { arms: this.#flow.arms.map((text) => ({ text, range })) },
    });
  }

  /** Where the script has gone; null where it stands, or where that is not known. */
  #directory(range: Written['range']): Written | null {
    const { directory } = this.#flow;
    return directory === null || directory === '' ? null : { text: directory, range };
  }

  /** A script that only exports is there to be sourced before something is started. */
  finish(): void {
    const exported = [...this.#exported.values()];
    if (this.units.length > 0 || !exported.some((one) => isFrameworkName(one.name))) return;
    const [first] = exported;
    const id = 'launch:0';
    this.units.push({
      ...bareUnit({
        id,
        kind: 'launch',
        name: this.#source.name.replace(/\.[a-z]+$/, ''),
        range: first?.range ?? this.#source.lines.range(0, 0),
      }),
      framework: 'yes',
      assignments: exported.map((one) => ({ ...one, process: id })),
      network: { kind: 'host' },
    });
  }
}

export function readShell(source: DeploymentText, context: ReaderContext): SourceDocument {
  const reader = new ShellReader(source, context);
  if (relevant.test(source.text)) {
    for (const { from, to } of logicalLines(source.text)) reader.line(splitWords(source.text, from, to, { shell: true }));
    reader.finish();
  }
  const deployment = { units: reader.units, services: [], interpolations: [], dropInOf: null };
  return deploymentDocument(source, deployment, { marks: reader.marks, requirements: reader.requirements });
}
