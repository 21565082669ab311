/**
 * What a reader makes of one text, in lines a person can compare: every place with the text that stands there, every field that
 * says more than nothing. Tests compare the whole of it, so what a reader should not find is checked as well.
 */

import type { DeploymentUnit, EnvFileReference, PublishedPort, Written } from '#server/config/model/deployment.ts';
import type { Assignment, ProcessDeclaration, SourceDocument, Value } from '#server/config/model/types.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { assignmentsAs, assignmentsInTurn, type ForeignReading } from '#server/config/readers/dotenv.ts';
import { kindOf } from '#server/config/readers/kind.ts';
import { mentionsOf } from '#server/config/readers/names/mentions.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { LineIndex } from '#server/config/text/lines.ts';
import type { Dialect } from '#server/config/text/parseEnv.ts';
import type { Range } from '#server/config/text/position.ts';

/** Of context 1: classes of equal secrets are the same in every run. */
const context = createReaderContext(1);

const literalText = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'bigint' ? `${one}n` : typeof one === 'number' && !Number.isFinite(one) ? String(one) : one,
  );

export function shownValue(value: Value): string {
  switch (value.kind) {
    case 'text':
      return literalText(value.text) + (value.masked === undefined ? '' : ` (masked, ${value.masked.state})`);
    case 'literal':
      return `literal ${literalText(value.literal)}${value.masked === undefined ? '' : ` (masked, ${value.masked.state})`}`;
    case 'secret':
      return `<${[value.facts.state, value.facts.length, ...value.facts.formats].join(' ')}>`;
    case 'unknown':
      return `unknown: ${value.why}`;
    case 'absent':
      return 'absent';
  }
}

const place = ({ start, end }: Range): string =>
  `${start.line}:${start.character}-${end.line === start.line ? '' : `${end.line}:`}${end.character}`;

class Shown {
  readonly #text: string;
  readonly #lines: LineIndex;

  constructor(text: string) {
    this.#text = text;
    this.#lines = new LineIndex(text);
  }

  /** `«text» line:character`. */
  at(range: Range): string {
    const text = this.#text.slice(this.#lines.offset(range.start), this.#lines.offset(range.end));
    return `«${JSON.stringify(text).slice(1, -1)}» ${range.start.line}:${range.start.character}`;
  }

  #written({ text, range }: Written): string {
    return `${JSON.stringify(text)} ${this.at(range)}`;
  }

  assignment(one: Assignment): string {
    const { name, layer, process, range, nameRange, valueRange, value, quote, comment, embedded } = one;
    return [
      `${layer === 'mesh' ? 'mesh ' : ''}${name} = ${shownValue(value)} ${this.at(range)}`,
      `name ${place(nameRange)}`,
      ...(valueRange === null ? [] : [`value ${place(valueRange)}`]),
      ...(quote === 'none' ? [] : [`${quote} quotes`]),
      ...(comment === null ? [] : [`comment ${this.at(comment)}`]),
      ...(process === null ? [] : [`of ${process}`]),
      ...(embedded === undefined ? [] : ['embedded']),
    ].join(', ');
  }

  #port({ hostIp, hostFrom, hostTo, containerFrom, containerTo, protocol, range }: PublishedPort): string {
    return `port ${hostIp ?? '*'} ${hostFrom}-${hostTo} to ${containerFrom}-${containerTo} ${protocol} ${this.at(range)}`;
  }

  #envFile({ path, range, dialect, required, program }: EnvFileReference): string {
    return `env file ${path} ${this.at(range)}, ${dialect}${required ? '' : ', optional'}${program === undefined ? '' : `, by ${program}`}`;
  }

  unit(unit: DeploymentUnit): string[] {
    const { network, program, build, base, resets } = unit;
    return [
      `${unit.id} (${unit.kind}) ${JSON.stringify(unit.name)} ${this.at(unit.range)}, framework ${unit.framework}`,
      ...unit.assignments.map((one) => this.assignment(one)),
      ...unit.buildArguments.map((one) => `argument ${this.assignment(one)}`),
      ...unit.envFiles.map((one) => this.#envFile(one)),
      ...unit.sources.map(
        (one) => `from ${one.kind} ${one.name} ${this.at(one.range)}, prefix "${one.prefix}"${one.optional ? ', optional' : ''}`,
      ),
      ...unit.keySources.map(
        (one) =>
          `${one.variable} from ${one.kind} ${one.name} key ${one.key} ${this.at(one.range)}${one.optional ? ', optional' : ''}`,
      ),
      ...(unit.image === null ? [] : [`image ${this.#written(unit.image)}`]),
      ...(build === null ? [] : [`build ${build.context} ${build.dockerfile} ${this.at(build.range)}`]),
      ...(unit.command === null ? [] : [`command ${this.#written(unit.command)}`]),
      ...(program === null ? [] : [`program ${program.kind} ${program.path} ${this.at(program.range)}`]),
      ...(unit.workingDirectory === null ? [] : [`directory ${this.#written(unit.workingDirectory)}`]),
      ...(network.kind === 'own' ? [] : [`network ${network.kind}${network.kind === 'of' ? ` ${network.name}` : ''}`]),
      ...(unit.hosts.length === 0 ? [] : [`hosts ${unit.hosts.join(', ')}`]),
      ...unit.ports.map((one) => this.#port(one)),
      ...unit.mounts.map((one) => `mount ${one.source} at ${one.target} ${this.at(one.range)}`),
      ...unit.mountedFiles.map((one) => `mounted ${one.configMap}[${one.entry}] at ${one.path} ${this.at(one.range)}`),
      ...unit.files.flatMap((one) => [
        `holds ${one.name}${one.path === null ? '' : ` of ${one.path}`}${one.ownLines ? ', lines of its own' : ''}`,
        ...(one.document === null ? [] : one.document.assignments.map((inner) => this.assignment(inner))),
      ]),
      ...(unit.replicas === null ? [] : [`replicas ${unit.replicas}`]),
      ...(base === null ? [] : [`over ${base.service} of ${base.file} ${this.at(base.range)}`]),
      ...(unit.extended.length === 0 ? [] : [`extends ${unit.extended.join(', ')}`]),
      ...(resets.groups.length + resets.names.length === 0 ? [] : [`resets ${[...resets.groups, ...resets.names].join(', ')}`]),
      ...Object.entries(unit.options).flatMap(([key, all]) => all.map((one) => `option ${key} ${this.#written(one)}`)),
    ];
  }

  process(one: ProcessDeclaration): string[] {
    const { insertion } = one;
    return [
      `process ${one.id} (${one.kind}) ${JSON.stringify(one.name)} ${this.at(one.range)}${one.open ? ', open' : ''}`,
      ...(insertion === null
        ? []
        : [`insert at ${place(insertion.at)} ${JSON.stringify(insertion.prefix)} ${JSON.stringify(insertion.suffix)}`]),
      ...Object.entries(one.facts).map(
        ([name, fact]) =>
          `fact ${name} ${shownValue(fact.value)} ${this.at(fact.range)}${fact.valueRange === null ? '' : `, value ${place(fact.valueRange)}`}`,
      ),
    ];
  }

  /** Of a unit: it has the unit's name and place, and nothing is known about further keys. */
  #declared(one: ProcessDeclaration, units: readonly DeploymentUnit[]): string[] {
    const unit = units.find(({ id }) => id === one.id);
    const same = unit !== undefined && unit.name === one.name && unit.range === one.range && unit.kind === one.kind && one.open;
    const [, ...more] = this.process(one);
    return [`${same ? 'declares' : 'declares otherwise'} ${one.id}`, ...more];
  }

  problems(document: SourceDocument): string[] {
    return document.problems.flatMap(({ code, range, message, fixes }) => [
      `${code} ${this.at(range)}: ${message}`,
      ...fixes.map(
        ({ title, safe, edits }) =>
          `fix${safe ? ' (safe)' : ''} ${title}: ${edits.map((edit) => `${this.at(edit.range)} -> ${JSON.stringify(edit.newText)}`).join('; ')}`,
      ),
    ]);
  }

  marks(document: SourceDocument): string[] {
    return document.marks.map(
      ({ name, range, value }) => `mark ${name}${value === null ? '' : ` ${JSON.stringify(value)}`} ${this.at(range)}`,
    );
  }

  requirements(document: SourceDocument): string[] {
    return document.requirements.map(
      (one) => `${one.source} ${one.distribution}[${one.extras.join(',')}]${one.specifier} ${this.at(one.range)}`,
    );
  }

  document(document: SourceDocument): string[] {
    const { deployment, writing } = document;
    const units = deployment?.units ?? [];
    const ofUnits = new Set(
      units.flatMap((unit) => [...unit.assignments, ...unit.files.flatMap((file) => file.document?.assignments ?? [])]),
    );
    const names = document.assignments.map(({ name }) => name).join(' ');
    return [
      ...units.flatMap((unit) => this.unit(unit)),
      ...(deployment?.services ?? []).map(
        (one) =>
          `service ${one.name} ${this.at(one.range)} in ${one.namespace}, ${one.type}${one.typeRange === null ? '' : ` ${this.at(one.typeRange)}`}${one.nodePorts ? ', node ports' : ''}${one.headless ? ', headless' : ''}, selects [${one.selector.join(' ')}]${one.selectorRange === null ? '' : ` ${this.at(one.selectorRange)}`}, ${one.ports.map((port) => this.#port(port)).join(', ')}`,
      ),
      ...(deployment?.interpolations ?? []).map(
        (one) => `refers to ${one.name}${one.operator} ${this.at(one.range)}${one.unit === null ? '' : ` in ${one.unit}`}`,
      ),
      ...(deployment?.includes ?? []).map(
        (one) =>
          `includes ${one.paths.join(' ')} ${this.at(one.range)}, env [${one.envFiles.join(' ')}], directory ${one.projectDirectory}`,
      ),
      ...(deployment?.dropInOf == null ? [] : [`drop-in of ${deployment.dropInOf}`]),
      ...(deployment === undefined || document.assignments.every((one) => ofUnits.has(one)) ? [] : ['assignments of no unit']),
      ...(deployment === undefined
        ? document.assignments.map((one) => this.assignment(one))
        : names === ''
          ? []
          : [`of the document: ${names}`]),
      ...document.processes.flatMap((one) => (deployment === undefined ? this.process(one) : this.#declared(one, units))),
      ...this.problems(document),
      ...document.suppressions.map(
        (one) =>
          `line ${one.line} silences [${one.rules.map((rule) => `${rule.name} ${this.at(rule.range)}`).join(', ')}] ${this.at(one.range)}`,
      ),
      ...this.requirements(document),
      ...this.marks(document),
      ...(writing === undefined || writing.ownLines.size === 0 ? [] : [`lines of their own: ${[...writing.ownLines].join(' ')}`]),
      ...(writing === undefined || writing.variables.size === 0 ? [] : [`with variables: ${[...writing.variables].join(' ')}`]),
    ];
  }
}

function read(path: string, text: string): SourceDocument {
  const kind = kindOf(path);
  if (kind === null) throw new Error(`nothing reads ${path}`);
  return readDocument({ uri: `file:///w/${path}`, text, kind }, context);
}

/** All of it. */
export const shown = (path: string, text: string): string[] => new Shown(text).document(read(path, text));

/** Units of a deployment file, without what the document makes of them. */
export function shownUnits(path: string, text: string): string[] {
  const document = read(path, text);
  return (document.deployment?.units ?? []).flatMap((unit) => new Shown(text).unit(unit));
}

/** What is wrong, with the mending. */
export const shownProblems = (path: string, text: string): string[] => new Shown(text).problems(read(path, text));

export const shownMarks = (path: string, text: string): string[] => new Shown(text).marks(read(path, text));

export const shownRequirements = (path: string, text: string): string[] => new Shown(text).requirements(read(path, text));

/** What a Python expression is worth in a Mesh dict, below other lines. */
export function shownExpression(expression: string, before = ''): string {
  const text = `from jarviscore import Mesh\nimport os\n${before}\nmesh = Mesh(config={"x": ${expression}})\n`;
  const values = read('app.py', text).assignments.filter(({ layer }) => layer === 'mesh');
  return values.map(({ value }) => shownValue(value)).join(' / ');
}

/** The variables a document reads or writes, and the files it names. */
export function shownMentions(path: string, text: string): string[] {
  const { uses, files } = mentionsOf(read(path, text));
  const shownText = new Shown(text);
  return [
    ...uses.map(({ name, range, writes, from, source, exact }) =>
      [
        writes ? 'writes' : 'reads',
        name,
        shownText.at(range),
        from,
        ...(source === null ? [] : [source]),
        ...(exact ? [] : ['about']),
      ].join(' '),
    ),
    ...files.map(({ kind, path: file, range }) => `${kind} ${file} ${shownText.at(range)}`),
  ];
}

const shownReading = (text: string, { assignments, errors }: ForeignReading): string[] => {
  const shownText = new Shown(text);
  return [...assignments.map((one) => shownText.assignment(one)), ...errors.map(({ line, message }) => `${line}: ${message}`)];
};

/** An env file as another program reads it. */
export const shownForeign = (text: string, dialect: Dialect, around: Readonly<Record<string, string>>): string[] =>
  shownReading(text, assignmentsAs(read('.env', text), dialect, around));

/** The env files of a service, in their order. */
export function shownListed(
  texts: readonly string[],
  dialect: Dialect,
  around: Readonly<Record<string, string>>,
  unknown: readonly string[],
): string[] {
  const files = texts.map((text) => ({ document: read('.env', text), dialect }));
  const readings = assignmentsInTurn(files, around, new Set(unknown));
  return readings.flatMap((reading, i) => shownReading(texts[i] ?? '', reading).map((line) => `${i} ${line}`));
}
