/**
 * Compose files: services with their environment, as `docker compose` merges them (compose specification; compose-go for
 * what it leaves open). Read, never run.
 *
 * Marks: `not-read` (value: why) where the file as a whole could not be read, `extends-cycle` (value: the service that
 * is extended).
 */
import type { Node } from 'yaml';
import type { Deployment, DeploymentUnit, Inclusion, Interpolation } from '../model/deployment.ts';
import type { ProcessDeclaration, SourceDocument } from '../model/types.ts';
import { expandOrKeep } from './compose/interpolate.ts';
import type { ServiceReading } from './compose/service.ts';
import { ServiceReader } from './compose/service.ts';
import type { ReaderContext } from './context.ts';
import { type DeploymentText, deploymentDocument } from './deployment/document.ts';
import { readYaml, type YamlEntry, type YamlFile, type YamlNodes } from './yaml/yamlText.ts';

/** A chain of `extends` is short; a longer one is a generated file. */
const maxExtends = 30;
const maxAssignments = 100_000;

class ComposeReader {
  readonly #yaml: YamlNodes;
  readonly #reader: ServiceReader;
  readonly #entries = new Map<string, YamlEntry>();
  readonly #read = new Map<string, ServiceReading | null>();
  /** `extends` of a service that is being read because of it. */
  readonly cycles: SourceDocument['marks'][number][] = [];

  constructor(yaml: YamlNodes, root: unknown, context: ReaderContext) {
    this.#yaml = yaml;
    this.#reader = new ServiceReader(yaml, context);
    for (const entry of yaml.entries(yaml.get(root, 'services'))) this.#entries.set(entry.key, entry);
  }

  services(): ServiceReading[] {
    const readings: ServiceReading[] = [];
    let count = 0;
    for (const name of this.#entries.keys()) {
      const reading = this.#service(name, 0);
      if (reading === null) continue;
      readings.push(reading);
      // Services that share one large map through an alias would multiply it.
      count += reading.unit.assignments.length;
      if (count > maxAssignments) break;
    }
    return readings;
  }

  /** Null while the service itself is being read: a cycle of `extends`. */
  #service(name: string, depth: number): ServiceReading | null {
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const entry = this.#entries.get(name);
    if (entry === undefined || depth > maxExtends) return null;
    this.#read.set(name, null);
    const extended = this.#yaml.get(entry.value, 'extends');
    const file = this.#yaml.text(this.#yaml.get(extended, 'file'));
    const of = this.#yaml.text(extended) ?? this.#yaml.text(this.#yaml.get(extended, 'service'));
    if (of !== null && file === null && this.#read.get(of) === null && extended !== null)
      this.cycles.push({ name: 'extends-cycle', range: this.#yaml.rangeOf(extended), value: of === name ? 'itself' : of });
    const base: DeploymentUnit | null = of === null || file !== null ? null : (this.#service(of, depth + 1)?.unit ?? null);
    const plain = this.#reader.read(entry, base);
    const elsewhere = of !== null && (file !== null || !this.#entries.has(of));
    const foreign = elsewhere ? this.#foreign(extended, file, of) : null;
    const reading = { ...plain, unit: foreign === null ? withBaseOf(plain.unit, base) : laidOver(plain.unit, foreign) };
    this.#read.set(name, reading);
    return reading;
  }

  /** @param file Null: it is a service that an included file adds. */
  #foreign(node: Node | null, file: string | null, service: string): NonNullable<DeploymentUnit['base']> | null {
    const path = file === null ? null : expandOrKeep(file);
    return node === null ? null : { file: path, service, range: this.#yaml.rangeOf(node) };
  }

  includes(root: unknown): Inclusion[] {
    const yaml = this.#yaml;
    return yaml.items(yaml.get(root, 'include')).flatMap((item) => {
      const paths = this.#texts(yaml.isMap(item) ? yaml.get(item, 'path') : item);
      if (paths.length === 0) return [];
      const [projectDirectory = null] = this.#texts(yaml.get(item, 'project_directory'));
      const envFiles = this.#texts(yaml.get(item, 'env_file'));
      return [{ paths, envFiles, projectDirectory, range: yaml.rangeOf(item) }];
    });
  }

  #texts(node: Node | null): string[] {
    const nodes = this.#yaml.isSequence(node) ? this.#yaml.items(node) : node === null ? [] : [node];
    return nodes.flatMap((one) => {
      const text = this.#yaml.text(one);
      return text === null ? [] : [expandOrKeep(text)];
    });
  }

  insertion(name: string): ProcessDeclaration['insertion'] {
    const environment = this.#yaml.get(this.#entries.get(name)?.value ?? null, 'environment');
    const last = this.#yaml.isMap(environment) ? this.#yaml.entries(environment).at(-1) : undefined;
    if (last === undefined || environment === null) return null;
    const start = this.#yaml.rangeOf(environment).start;
    // New keys go under the last one, in line with it; an inline map (`{A: 1}`) has no lines.
    if (last.keyRange.start.line === start.line && last.keyRange.start.character !== start.character) return null;
    // Behind a key without a value stands its colon.
    const colon = last.range.end.line === last.keyRange.end.line && last.range.end.character === last.keyRange.end.character;
    const end = colon ? { ...last.range.end, character: last.range.end.character + 1 } : last.range.end;
    return { at: { start: end, end }, prefix: `\n${' '.repeat(last.keyRange.start.character)}`, suffix: '' };
  }
}

/** What a service of another file starts can be the framework, whatever its own lines tell. */
function laidOver(unit: DeploymentUnit, base: NonNullable<DeploymentUnit['base']>): DeploymentUnit {
  return { ...unit, base, framework: unit.framework === 'no' && unit.image === null ? 'maybe' : unit.framework };
}

/** A service of the same file that it extends may lie over one of another file; what it takes away is gone here too. */
function withBaseOf(unit: DeploymentUnit, extended: DeploymentUnit | null): DeploymentUnit {
  if (extended === null || extended.base === null) return unit;
  const groups = [...new Set([...extended.resets.groups, ...unit.resets.groups])];
  const names = [...new Set([...extended.resets.names, ...unit.resets.names])];
  return { ...laidOver(unit, extended.base), resets: { groups, names } };
}

function refusal(source: DeploymentText, file: YamlFile): SourceDocument['marks'] {
  if (file.refused === null) return [];
  return [{ name: 'not-read', range: source.lines.range(0, 0), value: file.refused }];
}

/** @param file The parsed text, where the caller had to parse it to see what it is. */
export function readCompose(
  source: DeploymentText,
  context: ReaderContext,
  file: YamlFile = readYaml(source.text, source.lines),
): SourceDocument {
  const units: DeploymentUnit[] = [];
  const interpolations: Interpolation[] = [];
  const includes: Inclusion[] = [];
  const cycles: SourceDocument['marks'][number][] = [];
  const insertions = new Map<string, ProcessDeclaration['insertion']>();
  for (const root of file.roots) {
    const reader = new ComposeReader(file.yaml, root, context);
    includes.push(...reader.includes(root));
    for (const { unit, interpolations: found } of reader.services()) {
      units.push(unit);
      for (const one of found) interpolations.push(one);
      insertions.set(unit.id, reader.insertion(unit.name));
    }
    cycles.push(...reader.cycles);
  }
  const deployment: Deployment = { units, services: [], interpolations, includes, dropInOf: null };
  return deploymentDocument(source, deployment, { marks: [...refusal(source, file), ...cycles], insertions });
}
