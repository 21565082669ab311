/**
 * Dockerfiles: one unit of kind `image` for each stage, the last one being the image (Dockerfile reference). A stage
 * that builds on an earlier one has its environment too.
 *
 * Marks: `copy-env` (value: the source, e.g. `.env`), `copy-all` (value: the source) where a whole folder is copied,
 * `bubblewrap` where the image installs it, `volume` (value: the path).
 */

import type { DeploymentUnit, PublishedPort, Written } from '../model/deployment.ts';
import type { Assignment, Requirement, SourceDocument } from '../model/types.ts';
import { withoutEnd } from '../text/ends.ts';
import type { LineIndex } from '../text/lines.ts';
import { templateValue } from './compose/interpolate.ts';
import { shortPort } from './compose/ports.ts';
import { maskUrls, type ReaderContext } from './context.ts';
import { bareUnit, type DeploymentText, deploymentDocument } from './deployment/document.ts';
import { frameworkOf } from './deployment/evidence.ts';
import { type BuildStep, builtAssignments, rememberBuild } from './deployment/imageBuild.ts';
import { installedBy, simpleCommands } from './deployment/installs.ts';
import { maskCommand } from './deployment/mask.ts';
import { pairAssignment, pairName, pairText } from './deployment/pairs.ts';
import { splitWords, startedProgram, type Word } from './deployment/words.ts';

/** Stages that take over what earlier ones set; a file with more is generated. */
const maxStages = 50;

const rules = { shell: true, comments: '#' } as const;

interface Instruction {
  readonly keyword: string;
  readonly start: number;
  /** Behind the keyword. */
  readonly from: number;
  readonly to: number;
}

/** Instructions with their continuation lines; bodies of here-documents are passed over. */
export function* instructions(text: string, lines: LineIndex): Generator<Instruction> {
  let heredocs: string[] = [];
  for (let line = 0; line < lines.lineCount; line++) {
    const start = lines.startOf(line);
    const whole = withoutEnd(text.slice(start, lines.startOf(line + 1)), /[\r\n]/);
    if (heredocs.length > 0) {
      if (whole.trim() === heredocs[0]) heredocs.shift();
      continue;
    }
    const match = /^\s*([A-Za-z]+)(?=\s|$)/.exec(whole.slice(0, 200));
    if (match === null) continue;
    let last = whole;
    let lastLine = line;
    // Comment lines inside a continued instruction do not end it, nor do empty ones.
    while (/\\\s*$/.test(last.slice(-200)) && lastLine + 1 < lines.lineCount) {
      do {
        lastLine++;
        last = withoutEnd(text.slice(lines.startOf(lastLine), lines.startOf(lastLine + 1)), /[\r\n]/);
      } while (/^\s*(?:#|$)/.test(last) && lastLine + 1 < lines.lineCount);
    }
    const to = lines.startOf(lastLine) + last.length;
    const body = text.slice(start, Math.min(to, start + 10_000));
    heredocs = [...body.matchAll(/<<-?\s*(["']?)([A-Za-z_]\w*)\1/g)].map((found) => found[2] ?? '');
    if (!/^(RUN|COPY|ADD)$/i.test(match[1] ?? '')) heredocs = [];
    const keywordStart = start + whole.search(/\S/);
    yield { keyword: (match[1] ?? '').toUpperCase(), start: keywordStart, from: start + match[0].length, to };
    line = lastLine;
  }
}

interface Stage {
  readonly id: string;
  readonly name: string;
  readonly range: Written['range'];
  readonly base: Written;
  /** What gives its variables, in order; those of the stage it builds on come first. */
  readonly steps: BuildStep[];
  readonly buildArguments: Assignment[];
  readonly ports: PublishedPort[];
  entrypoint: { readonly written: Written; readonly program: DeploymentUnit['program'] } | null;
  command: { readonly written: Written; readonly program: DeploymentUnit['program'] } | null;
  workingDirectory: Written | null;
  user: Written | null;
}

const envFile = /(^|[\\/])(\.env(\.[\w.-]+)?|[\w.-]+\.env)$/;
const template = /\.(example|sample|template|dist)$/;

/** The value of a pair before variables are filled in; single quotes and backslashes keep a dollar sign from being one. */
function templateOf(word: Word): string {
  const text = pairText(word);
  return word.expands ? text : text.replaceAll('$', '$$$$');
}

class DockerfileReader {
  readonly stages: Stage[] = [];
  readonly marks: SourceDocument['marks'][number][] = [];
  readonly requirements: Requirement[] = [];
  readonly #source: DeploymentText;
  readonly #context: ReaderContext;
  readonly #early: Assignment[] = [];
  readonly #defaults = new Map<string, string>();

  constructor(source: DeploymentText, context: ReaderContext) {
    this.#source = source;
    this.#context = context;
  }

  read(instruction: Instruction): void {
    const { text, lines } = this.#source;
    const { keyword, from, to } = instruction;
    const words = (): Word[] => splitWords(text, from, to, rules);
    const stage = this.stages.at(-1);
    switch (keyword) {
      case 'FROM':
        this.#from(instruction, words());
        return;
      case 'ENV':
        if (stage !== undefined) for (const one of this.#pairs(instruction, words(), stage.id)) stage.steps.push(one);
        return;
      case 'ARG':
        for (const one of this.#arguments(words(), stage)) (stage?.buildArguments ?? this.#early).push(one);
        return;
      case 'COPY':
      case 'ADD':
        this.#copy(words());
        return;
      case 'RUN':
        for (const command of simpleCommands(splitWords(text, from, to, rules))) {
          for (const one of installedBy(command, lines)) this.requirements.push(one);
          const found = command.find((word) => word.text === 'bubblewrap' || word.text === 'bwrap');
          if (found !== undefined)
            this.marks.push({ name: 'bubblewrap', range: lines.range(found.start, found.end), value: null });
        }
        return;
      case 'VOLUME':
        for (const word of listOf(text, from, to))
          this.marks.push({ name: 'volume', range: lines.range(word.start, word.end), value: word.text });
        return;
      default:
        if (stage !== undefined) this.#inStage(stage, instruction);
    }
  }

  #inStage(stage: Stage, { keyword, from, to }: Instruction): void {
    const { text, lines } = this.#source;
    const list = listOf(text, from, to);
    const [first] = list;
    const last = list.at(-1);
    if (first === undefined || last === undefined) return;
    const range = lines.range(first.start, last.end);
    const written = { text: maskCommand(list.map((word) => word.text).join(' ')), range };
    if (keyword === 'WORKDIR') stage.workingDirectory = written;
    else if (keyword === 'USER') stage.user = written;
    else if (keyword === 'EXPOSE') {
      for (const word of list)
        stage.ports.push({ ...shortPort(word.text, lines.range(word.start, word.end)), hostFrom: null, hostTo: null });
    } else if (keyword === 'CMD' || keyword === 'ENTRYPOINT') {
      const found = startedProgram(list);
      const program =
        found === null ? null : { kind: found.kind, path: found.path, range: lines.range(found.word.start, found.word.end) };
      if (keyword === 'CMD') stage.command = { written, program };
      else stage.entrypoint = { written, program };
    }
  }

  #from(instruction: Instruction, words: readonly Word[]): void {
    const { lines } = this.#source;
    const plain = words.filter((word) => !word.text.startsWith('--'));
    const [base] = plain;
    if (base === undefined) return;
    const alias = /^as$/i.test(plain[1]?.text ?? '') ? (plain[2]?.text ?? null) : null;
    const parent = this.stages.findLast((stage) => stage.name === base.text);
    const id = `image:${this.stages.length}`;
    this.stages.push({
      id,
      name: alias ?? (this.stages.length === 0 ? this.#source.name : `${this.#source.name}#${this.stages.length}`),
      range: lines.range(instruction.start, base.end),
      base: { text: maskUrls(base.text), range: lines.range(base.start, base.end) },
      steps: this.stages.length < maxStages && parent !== undefined ? [...parent.steps, { kind: 'stage' }] : [],
      buildArguments: [],
      ports: [...(parent?.ports ?? [])],
      entrypoint: parent?.entrypoint ?? null,
      command: parent?.command ?? null,
      workingDirectory: parent?.workingDirectory ?? null,
      user: parent?.user ?? null,
    });
  }

  #pairs({ to }: Instruction, words: readonly Word[], id: string): BuildStep[] {
    const { text, lines } = this.#source;
    const [first, second] = words;
    if (first === undefined) return [];
    if (!first.text.includes('=')) {
      // The old form `ENV NAME value with spaces`.
      const last = words.at(-1);
      if (second === undefined || last === undefined) return [];
      const raw = text.slice(second.start, Math.min(to, last.end));
      const place = { start: first.start, end: last.end };
      const assignment: Assignment = {
        name: first.text,
        layer: 'environment',
        process: id,
        range: lines.range(place.start, place.end),
        nameRange: lines.range(first.start, first.end),
        valueRange: lines.range(second.start, last.end),
        value: { kind: 'absent' },
        quote: 'none',
        comment: null,
      };
      // Quotes are taken off here as well.
      return [{ kind: 'env', assignment, text: raw.replace(/\\(["'\\])|["']/g, '$1') }];
    }
    return words.flatMap((word) => {
      if (pairName(word) === null) return [];
      const assignment = pairAssignment(word, text, lines, id, { kind: 'absent' });
      return [{ kind: 'env', assignment, text: templateOf(word) }];
    });
  }

  #arguments(words: readonly Word[], stage: Stage | undefined): Assignment[] {
    const { text, lines } = this.#source;
    const id = stage?.id ?? null;
    return words.flatMap((word): Assignment[] => {
      const name = pairName(word);
      const argument = name ?? word.text;
      if (stage !== undefined) stage.steps.push({ kind: 'arg', name: argument, text: name === null ? null : templateOf(word) });
      else if (name !== null) this.#defaults.set(name, templateOf(word));
      if (name !== null) return [pairAssignment(word, text, lines, id, templateValue(name, templateOf(word), this.#context))];
      const range = lines.range(word.start, word.end);
      const base = { name: word.text, layer: 'environment', process: id, range, nameRange: range, valueRange: null } as const;
      return /^[A-Za-z_]\w*$/.test(word.text) ? [{ ...base, value: { kind: 'absent' }, quote: 'none', comment: null }] : [];
    });
  }

  #copy(words: readonly Word[]): void {
    const { lines } = this.#source;
    // What comes from another stage was no file of the project.
    if (words.some((word) => word.text.startsWith('--from='))) return;
    const paths = words.filter((word) => !word.text.startsWith('--')).slice(0, -1);
    for (const word of paths) {
      const range = lines.range(word.start, word.end);
      if (envFile.test(word.text) && !template.test(word.text)) this.marks.push({ name: 'copy-env', range, value: word.text });
      else if (/^(\.\/?|\*)$/.test(word.text)) this.marks.push({ name: 'copy-all', range, value: word.text });
    }
  }

  units(): DeploymentUnit[] {
    const installs = this.requirements.some((one) => /jarviscore[-_.]framework/i.test(one.distribution));
    return this.stages.map((stage, i): DeploymentUnit => {
      const command =
        stage.entrypoint === null ? stage.command : joined(stage.entrypoint.written, stage.command?.written ?? null);
      const written = command === null ? null : 'written' in command ? command.written : command;
      const steps = { steps: stage.steps, early: this.#defaults, context: this.#context };
      const assignments = builtAssignments(steps);
      const evidence = frameworkOf({
        names: assignments.map((assignment) => assignment.name),
        command: written?.text ?? null,
        image: stage.base.text,
        built: false,
        moreNames: true,
      });
      const unit: DeploymentUnit = {
        ...bareUnit({ id: stage.id, kind: 'image', name: stage.name, range: stage.range }),
        framework: installs && evidence !== 'no' ? 'yes' : evidence,
        assignments,
        buildArguments: i === 0 ? [...this.#early, ...stage.buildArguments] : stage.buildArguments,
        image: stage.base,
        command: written,
        program: stage.command?.program ?? stage.entrypoint?.program ?? null,
        workingDirectory: stage.workingDirectory,
        ports: stage.ports,
        options: stage.user === null ? {} : { user: [stage.user] },
      };
      rememberBuild(unit, steps);
      return unit;
    });
  }
}

function joined(entrypoint: Written, command: Written | null): Written {
  return command === null ? entrypoint : { text: `${entrypoint.text} ${command.text}`, range: entrypoint.range };
}

/** The JSON form (`["a", "b"]`) or the words of the shell form. */
function listOf(text: string, from: number, to: number): Word[] {
  const raw = text.slice(from, Math.min(to, from + 20_000));
  if (!/^\s*\[/.test(raw)) return splitWords(text, from, to, rules);
  return [...raw.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => {
    const start = from + match.index;
    return {
      text: (match[1] ?? '').replace(/\\(.)/g, '$1'),
      start: start + 1,
      end: start + match[0].length - 1,
      quote: 'double',
      expands: false,
    };
  });
}

export function readDockerfile(source: DeploymentText, context: ReaderContext): SourceDocument {
  const reader = new DockerfileReader(source, context);
  for (const instruction of instructions(source.text, source.lines)) reader.read(instruction);
  const deployment = { units: reader.units(), services: [], interpolations: [], dropInOf: null };
  return deploymentDocument(source, deployment, { marks: reader.marks, requirements: reader.requirements });
}
