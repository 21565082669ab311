/** One service of a compose file. */
import { isMap, type Node } from 'yaml';
import type { DeploymentUnit, EnvFileReference, Interpolation, Network, Written } from '../../model/deployment.ts';
import type { Assignment } from '../../model/types.ts';
import { maskUrls, type ReaderContext } from '../context.ts';
import { bareUnit } from '../deployment/document.ts';
import { frameworkOf } from '../deployment/evidence.ts';
import { rememberArguments } from '../deployment/imageBuild.ts';
import { maskCommand } from '../deployment/mask.ts';
import { splitWords, startedProgram, type Word } from '../deployment/words.ts';
import type { YamlEntry, YamlNodes } from '../yaml/yamlText.ts';
import { expandOrKeep, inheritTemplate, interpolationsOf, templateAssignment } from './interpolate.ts';
import { readMounts, readPorts } from './ports.ts';
import { resetsOf, withoutResets } from './resets.ts';

/** Keys whose lines other readers of the model ask for. */
const keptOptions = [
  'security_opt',
  'cap_add',
  'privileged',
  'deploy',
  'restart',
  'profiles',
  'depends_on',
  'hostname',
  'container_name',
  'user',
  'healthcheck',
] as const;

export interface ServiceReading {
  readonly unit: DeploymentUnit;
  readonly interpolations: readonly Interpolation[];
}

export class ServiceReader {
  readonly #yaml: YamlNodes;
  readonly #context: ReaderContext;
  readonly #interpolations: Interpolation[] = [];
  #id = '';

  constructor(yaml: YamlNodes, context: ReaderContext) {
    this.#yaml = yaml;
    this.#context = context;
  }

  /** @param base The service it extends, already read. */
  read(entry: YamlEntry, base: DeploymentUnit | null): ServiceReading {
    const yaml = this.#yaml;
    const node = entry.value;
    this.#id = `compose-service:${entry.key}`;
    this.#interpolations.length = 0;
    const id = this.#id;
    const command = this.#command(node) ?? base?.command ?? null;
    const image = this.#written(yaml.get(node, 'image')) ?? base?.image ?? null;
    const build = this.#build(node) ?? base?.build ?? null;
    const resets = resetsOf(yaml, node);
    const left = base === null ? null : withoutResets(base, resets);
    const environment = yaml.get(node, 'environment');
    const inherited = left?.assignments ?? [];
    const own = this.#environment(environment, inherited.length > 0);
    const assignments = [...inherited.map((one) => inheritTemplate(one, { process: id }, environment !== null)), ...own];
    const envFiles = [...(left?.envFiles ?? []), ...this.#envFiles(yaml.get(node, 'env_file'))];
    const network = this.#network(node) ?? base?.network ?? { kind: 'own' };
    const ports = yaml.get(node, 'ports');
    const volumes = yaml.get(node, 'volumes');
    for (const item of [...yaml.items(ports), ...yaml.items(volumes)]) this.#note(item);
    const options: Record<string, readonly Written[]> = { ...base?.options };
    for (const key of keptOptions) {
      const value = yaml.entry(node, key);
      if (value !== undefined) options[key] = this.#values(value);
    }
    const imageKey = yaml.entry(node, 'image')?.keyRange;
    // Where further keys go: only a block of its own has lines for them.
    if (imageKey !== undefined && isMap(node) && node.flow !== true && imageKey.start.line > entry.keyRange.start.line)
      options['image-key'] = [{ text: 'image', range: imageKey }];
    const program = this.#program(node) ?? base?.program ?? null;
    const replicas = Number(yaml.text(yaml.get(node, 'deploy', 'replicas')) ?? yaml.text(yaml.get(node, 'scale')) ?? 'x');
    const unit: DeploymentUnit = {
      ...bareUnit({ id, kind: 'compose-service', name: entry.key, range: entry.keyRange }),
      framework: frameworkOf({
        names: assignments.map((assignment) => assignment.name),
        command: command?.text ?? null,
        image: image?.text ?? null,
        built: build !== null,
        moreNames: envFiles.length > 0,
      }),
      assignments,
      envFiles,
      image,
      build,
      command,
      program,
      workingDirectory: this.#written(yaml.get(node, 'working_dir')) ?? base?.workingDirectory ?? null,
      network,
      hosts: this.#hosts(node),
      ports: [...(base?.ports ?? []), ...readPorts(yaml, ports)],
      mounts: [...(base?.mounts ?? []), ...readMounts(yaml, volumes)],
      replicas: Number.isInteger(replicas) ? replicas : (base?.replicas ?? null),
      resets,
      extended: base === null ? [] : [...base.extended, base.name],
      options,
    };
    return { unit, interpolations: [...this.#interpolations] };
  }

  #note(node: unknown): void {
    const scalar = this.#yaml.scalar(node);
    if (scalar === null) return;
    for (const one of interpolationsOf(scalar.text, scalar.range, this.#id)) this.#interpolations.push(one);
  }

  #written(node: unknown): Written | null {
    const scalar = this.#yaml.scalar(node);
    if (scalar?.text == null) return null;
    this.#note(node);
    return { text: maskUrls(expandOrKeep(scalar.text)), range: scalar.range };
  }

  #values(entry: YamlEntry): Written[] {
    const yaml = this.#yaml;
    if (yaml.isMap(entry.value)) return yaml.entries(entry.value).map(({ key, keyRange }) => ({ text: key, range: keyRange }));
    const nodes = yaml.isSequence(entry.value) ? yaml.items(entry.value) : [entry.value];
    const texts = nodes.flatMap((node) => this.#written(node) ?? []);
    return texts.length > 0 ? texts : [{ text: '', range: entry.range }];
  }

  /** @param over Whether it is laid over that of a service which this one extends. */
  #environment(node: Node | null, over: boolean): Assignment[] {
    const yaml = this.#yaml;
    // Compose drops what stands behind `!reset`, whatever it is.
    if (yaml.tag(node) === '!reset') return [];
    if (yaml.isMap(node)) {
      return yaml.entries(node).flatMap(({ key, keyRange, value, range }) => {
        if (yaml.tag(value) === '!reset') return [];
        const scalar = yaml.scalar(value);
        const text = scalar?.text ?? null;
        if (value !== null) this.#note(value);
        return templateAssignment(
          {
            name: key,
            layer: 'environment',
            process: this.#id,
            range,
            nameRange: keyRange,
            valueRange: text === null ? null : (scalar?.range ?? null),
            quote: scalar?.quote ?? 'none',
            comment: null,
          },
          text,
          this.#context,
          over,
        );
      });
    }
    return yaml.items(node).flatMap((item) => {
      const scalar = yaml.scalar(item);
      if (scalar?.text == null || scalar.text === '') return [];
      this.#note(item);
      const { text, range, quote } = scalar;
      const equals = text.indexOf('=');
      const name = equals < 0 ? text : text.slice(0, equals);
      // Behind an escape the text and its place no longer run in step; the whole item is the place then.
      const inner = quote === 'none' ? 0 : 1;
      const sameLine = range.start.line === range.end.line;
      const straight = sameLine && range.end.character - range.start.character === text.length + 2 * inner && quote !== 'other';
      const at = (from: number, to: number) => ({
        start: { line: range.start.line, character: range.start.character + inner + from },
        end: { line: range.start.line, character: range.start.character + inner + to },
      });
      return [
        templateAssignment(
          {
            name,
            layer: 'environment',
            process: this.#id,
            range: straight ? at(0, text.length) : range,
            nameRange: straight ? at(0, name.length) : range,
            valueRange: equals < 0 ? null : straight ? at(equals + 1, text.length) : range,
            quote,
            comment: null,
          },
          equals < 0 ? null : text.slice(equals + 1),
          this.#context,
          true,
        ),
      ];
    });
  }

  #envFiles(node: Node | null): EnvFileReference[] {
    const yaml = this.#yaml;
    if (yaml.tag(node) === '!reset') return [];
    const items = yaml.isSequence(node) ? yaml.items(node) : node === null ? [] : [node];
    return items.flatMap((item) => {
      if (yaml.tag(item) === '!reset') return [];
      const path = yaml.isMap(item) ? yaml.get(item, 'path') : item;
      const scalar = yaml.scalar(path);
      if (scalar?.text == null) return [];
      this.#note(path);
      const raw = yaml.text(yaml.get(item, 'format')) === 'raw';
      const required = yaml.text(yaml.get(item, 'required')) !== 'false';
      return [{ path: expandOrKeep(scalar.text), range: scalar.range, dialect: raw ? 'docker' : 'compose', required }];
    });
  }

  #build(node: Node | null): DeploymentUnit['build'] {
    const yaml = this.#yaml;
    const build = yaml.entry(node, 'build');
    if (build === undefined) return null;
    const short = yaml.text(build.value);
    const context = expandOrKeep(short ?? yaml.text(yaml.get(build.value, 'context')) ?? '.');
    const dockerfile = expandOrKeep(yaml.text(yaml.get(build.value, 'dockerfile')) ?? 'Dockerfile');
    const found = { context, dockerfile, range: build.range };
    rememberArguments(found, this.#arguments(yaml.get(build.value, 'args')));
    return found;
  }

  /** `args` of a build, as a map or a list. */
  #arguments(node: Node | null): { readonly name: string; readonly text: string | null }[] {
    const yaml = this.#yaml;
    if (yaml.isMap(node)) return yaml.entries(node).map(({ key, value }) => ({ name: key, text: yaml.text(value) }));
    return yaml.items(node).flatMap((item) => {
      const [, name, text] = /^([A-Za-z_]\w*)(?:=(.*))?$/s.exec(yaml.text(item) ?? '') ?? [];
      return name === undefined ? [] : [{ name, text: text ?? null }];
    });
  }

  #network(node: Node | null): Network | null {
    const mode = this.#yaml.text(this.#yaml.get(node, 'network_mode'));
    if (mode === null) return null;
    if (mode === 'host') return { kind: 'host' };
    const of = /^(?:service|container):(.+)$/.exec(mode)?.[1];
    return of === undefined ? { kind: 'own' } : { kind: 'of', name: of };
  }

  #hosts(node: Node | null): string[] {
    const yaml = this.#yaml;
    const names = [yaml.text(yaml.get(node, 'container_name')), yaml.text(yaml.get(node, 'hostname'))];
    for (const { value } of yaml.entries(yaml.get(node, 'networks'))) {
      for (const alias of yaml.items(yaml.get(value, 'aliases'))) names.push(yaml.text(alias));
      names.push(yaml.text(yaml.get(value, 'ipv4_address')));
    }
    return [...new Set(names.flatMap((name) => (name === null || name === '' ? [] : [expandOrKeep(name)])))];
  }

  /** Entry point and command as one line; neither: what the image says. */
  #command(node: Node | null): Written | null {
    const parts = ['entrypoint', 'command'].flatMap((key) => {
      const value = this.#yaml.get(node, key);
      if (value === null) return [];
      if (!this.#yaml.isSequence(value)) {
        const written = this.#written(value);
        return written === null ? [] : [{ ...written, text: maskCommand(written.text) }];
      }
      const words = this.#yaml.items(value).flatMap((item) => this.#written(item) ?? []);
      const text = words.map((word) => (/[\s"']/.test(word.text) ? JSON.stringify(word.text) : word.text)).join(' ');
      return [{ text: maskCommand(text), range: this.#yaml.rangeOf(value) }];
    });
    const [first] = parts;
    const last = parts.at(-1);
    if (first === undefined || last === undefined) return null;
    return { text: parts.map((part) => part.text).join(' '), range: parts.length === 1 ? first.range : last.range };
  }

  #program(node: Node | null): DeploymentUnit['program'] {
    for (const key of ['command', 'entrypoint']) {
      const value = this.#yaml.get(node, key);
      const nodes = this.#yaml.isSequence(value) ? this.#yaml.items(value) : [];
      const scalar = this.#yaml.scalar(value);
      if (scalar?.text != null) {
        const found = startedProgram(splitWords(scalar.text, 0, scalar.text.length, { shell: true }));
        if (found !== null) return { kind: found.kind, path: found.path, range: scalar.range };
        continue;
      }
      const words = nodes.map((item, i): Word => {
        const text = this.#yaml.text(item) ?? '';
        return { text, start: i, end: i, quote: 'none', expands: false };
      });
      const found = startedProgram(words);
      const item = nodes[found?.word.start ?? -1];
      if (found !== null && item !== undefined) return { kind: found.kind, path: found.path, range: this.#yaml.rangeOf(item) };
    }
    return null;
  }
}
