/**
 * VS Code's `launch.json` and `tasks.json`: JSON with comments. A configuration is a unit with its `env`, its `envFile`
 * (read by the Python extension, much like python-dotenv) and the program it starts.
 */
import type { Node } from 'yaml';
import type { DeploymentUnit, EnvFileReference, Written } from '../model/deployment.ts';
import type { Assignment, SourceDocument, Value } from '../model/types.ts';
import { LineIndex } from '../text/lines.ts';
import { maskUrls, type ReaderContext } from './context.ts';
import { readCommand } from './deployment/commandLine.ts';
import { bareUnit, type DeploymentText, deploymentDocument } from './deployment/document.ts';
import { frameworkOf } from './deployment/evidence.ts';
import { splitWords, type Word } from './deployment/words.ts';
import { readYaml, type YamlNodes } from './yaml/yamlText.ts';

/** The text without its comments and tabs, every other character in its place: what is left is YAML too. */
export function withoutComments(text: string): string {
  const out: string[] = [];
  let copied = 0;
  const blank = (from: number, to: number): void => {
    out.push(text.slice(copied, from), text.slice(from, to).replace(/[^\r\n]/g, ' '));
    copied = to;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      for (at++; at < text.length && text[at] !== '"' && text[at] !== '\n'; at++) if (text[at] === '\\') at++;
    } else if (character === '\t') {
      blank(at, at + 1);
    } else if (character === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const close = text[at + 1] === '/' ? text.indexOf('\n', at) : text.indexOf('*/', at + 2);
      const end = close < 0 ? text.length : text[at + 1] === '/' ? close : close + 2;
      blank(at, end);
      at = end - 1;
    }
  }
  out.push(text.slice(copied));
  return out.join('');
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code's own variable
const workspaceFolder = '${workspaceFolder}';
const defaultEnvFile = `${workspaceFolder}/.env`;

class LaunchReader {
  readonly #yaml: YamlNodes;
  readonly #context: ReaderContext;
  readonly #units: DeploymentUnit[] = [];

  constructor(yaml: YamlNodes, context: ReaderContext) {
    this.#yaml = yaml;
    this.#context = context;
  }

  /** Configurations of launch.json, tasks of tasks.json; `options.env` of the file counts for every task. */
  read(root: Node): DeploymentUnit[] {
    const yaml = this.#yaml;
    this.#gather(root);
    for (const node of [
      ...yaml.items(yaml.get(root, 'configurations')),
      ...yaml.items(yaml.get(root, 'launch', 'configurations')),
    ])
      this.#unit(node, yaml.text(yaml.get(node, 'name')), [yaml.get(node, 'env')]);
    const shared = yaml.get(root, 'options', 'env');
    for (const node of yaml.items(yaml.get(root, 'tasks'))) {
      const label = yaml.text(yaml.get(node, 'label')) ?? yaml.text(yaml.get(node, 'taskName'));
      this.#unit(node, label, [shared, yaml.get(node, 'options', 'env')]);
    }
    return this.#units;
  }

  #unit(node: Node, label: string | null, environments: readonly (Node | null)[]): void {
    const yaml = this.#yaml;
    const id = `launch:${this.#units.length}`;
    const assignments = environments.flatMap((environment) => this.#environment(environment, id));
    const command = this.#command(node);
    const envFile = yaml.scalar(yaml.get(node, 'envFile'));
    const place = yaml.scalar(yaml.get(node, 'name')) ?? yaml.scalar(yaml.get(node, 'label'));
    const range = place?.range ?? firstLine(yaml.rangeOf(node));
    // Without `envFile` the Python extension takes its setting `python.envFile`, by default the `.env` of the folder.
    const debugs = /^(?:python|debugpy)$/.test(yaml.text(yaml.get(node, 'type')) ?? '');
    const path = envFile?.text ?? (debugs ? defaultEnvFile : null);
    const read = { dialect: 'python-dotenv', required: false, program: 'the Python extension' } as const;
    const envFiles: EnvFileReference[] =
      path === null ? [] : [{ ...read, path, range: envFile?.text == null ? range : inside(envFile.range) }];
    const name = label ?? `#${this.#units.length + 1}`;
    const start = yaml.scalar(yaml.get(node, 'cwd')) ?? yaml.scalar(yaml.get(node, 'options', 'cwd'));
    this.#units.push({
      ...bareUnit({ id, kind: 'launch', name, range }),
      framework: frameworkOf({
        names: [...assignments, ...(command?.extra ?? [])].map((one) => one.name),
        command: command?.written.text ?? null,
        image: null,
        built: false,
        moreNames: envFiles.length > 0,
      }),
      assignments: [...assignments, ...(command?.extra ?? []).map((one) => ({ ...one, process: id }))],
      envFiles,
      command: command?.written ?? null,
      program: command?.program ?? null,
      workingDirectory: start?.text == null ? { text: workspaceFolder, range } : { text: start.text, range: start.range },
      network: { kind: 'host' },
      options: { together: this.#compounds.get(name)?.map((text) => ({ text, range })) ?? [] },
    });
  }

  /** Names of the compounds (and tasks with `dependsOn`) that start a configuration along with others. */
  readonly #compounds = new Map<string, string[]>();

  #gather(root: Node): void {
    const yaml = this.#yaml;
    const groups = [
      ...yaml.items(yaml.get(root, 'compounds')).map((node) => [node, 'configurations', 'name'] as const),
      ...yaml.items(yaml.get(root, 'tasks')).map((node) => [node, 'dependsOn', 'label'] as const),
    ];
    groups.forEach(([node, key, label], i) => {
      const members = yaml.get(node, key);
      for (const item of yaml.isSequence(members) ? yaml.items(members) : [members]) {
        const member = yaml.text(item) ?? yaml.text(yaml.get(item, 'name'));
        if (member === null) continue;
        this.#compounds.set(member, [...(this.#compounds.get(member) ?? []), yaml.text(yaml.get(node, label)) ?? `#${i}`]);
      }
    });
  }

  #environment(node: Node | null, process: string): Assignment[] {
    const yaml = this.#yaml;
    return yaml.entries(node).map(({ key, keyRange, value, range }): Assignment => {
      const scalar = yaml.scalar(value);
      const base = { name: key, layer: 'environment', process, range, nameRange: inside(keyRange), comment: null } as const;
      if (scalar?.text == null) return { ...base, valueRange: null, value: { kind: 'absent' }, quote: 'none' };
      return { ...base, valueRange: scalar.range, value: this.#value(key, scalar.text), quote: scalar.quote };
    });
  }

  #value(name: string, text: string): Value {
    const variable = /\$\{(env|input|command|config|workspaceFolder|file)[^}]*\}/.exec(text);
    if (variable !== null) return { kind: 'unknown', why: 'the editor fills in a variable' };
    return this.#context.protect(text, this.#context.environment(name));
  }

  #command(node: Node): { written: Written; program: DeploymentUnit['program']; extra: readonly Assignment[] } | null {
    const yaml = this.#yaml;
    const program = yaml.scalar(yaml.get(node, 'program'));
    const module = yaml.scalar(yaml.get(node, 'module'));
    const found = program ?? module;
    if (found?.text != null) {
      const written = { text: `python ${maskUrls(found.text)}`, range: found.range };
      const file = program !== null;
      // Only a Python file can be one of the framework; `debugpy` and `python` are the types that run it.
      if (file && !/\.pyw?$/.test(found.text)) return { written: { ...written, text: found.text }, program: null, extra: [] };
      return { written, program: { kind: file ? 'file' : 'module', path: found.text, range: found.range }, extra: [] };
    }
    const command = yaml.scalar(yaml.get(node, 'command'));
    if (command?.text == null) return null;
    const { text } = command;
    const words: Word[] = splitWords(text, 0, text.length, { shell: true });
    for (const argument of yaml.items(yaml.get(node, 'args'))) {
      const value = yaml.text(argument);
      if (value !== null) words.push({ text: value, start: text.length, end: text.length, quote: 'none', expands: false });
    }
    const line = readCommand(words, new LineIndex(text));
    const extra = line.pairs.map((word): Assignment => {
      const equals = word.text.indexOf('=');
      const name = word.text.slice(0, equals);
      const value = word.expands
        ? ({ kind: 'unknown', why: 'the shell fills in a variable' } as const)
        : this.#context.protect(word.text.slice(equals + 1), this.#context.environment(name));
      const base = { name, layer: 'environment', process: null, range: command.range, nameRange: command.range } as const;
      return { ...base, valueRange: command.range, value, quote: 'other', comment: null };
    });
    const shown = line.words.slice(0, 1).map((word) => maskUrls(word.text));
    const started = line.program === null ? null : { ...line.program, range: command.range };
    return {
      written: { text: [...shown, ...(started === null ? [] : [started.path])].join(' '), range: command.range },
      program: started,
      extra,
    };
  }
}

/** A JSON string without its quotes. */
function inside(range: Written['range']): Written['range'] {
  if (range.start.line !== range.end.line || range.end.character - range.start.character < 2) return range;
  return {
    start: { line: range.start.line, character: range.start.character + 1 },
    end: { line: range.end.line, character: range.end.character - 1 },
  };
}

function firstLine(range: Written['range']): Written['range'] {
  return range.start.line === range.end.line
    ? range
    : { start: range.start, end: { ...range.start, character: range.start.character + 1 } };
}

export function readLaunch(source: DeploymentText, context: ReaderContext): SourceDocument {
  const file = readYaml(withoutComments(source.text), source.lines);
  const units = file.roots.slice(0, 1).flatMap((root) => new LaunchReader(file.yaml, context).read(root));
  const marks = file.refused === null ? [] : [{ name: 'not-read', range: source.lines.range(0, 0), value: file.refused }];
  return deploymentDocument(source, { units, services: [], interpolations: [], dropInOf: null }, { marks });
}
