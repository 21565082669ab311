/** ConfigMaps, Secrets and kustomize's generators: names with values that containers take in. */
import type { Node } from 'yaml';
import type { DeploymentUnit, HeldFile, Written } from '../../model/deployment.ts';
import type { Assignment, Value } from '../../model/types.ts';
import type { ReaderContext } from '../context.ts';
import { bareUnit } from '../deployment/document.ts';
import { isFrameworkName } from '../deployment/evidence.ts';
import { baseName, isTemplate, kindOf } from '../kind.ts';
import type { YamlNodes } from '../yaml/yamlText.ts';
import { heldFile, type ManifestText } from './heldFiles.ts';

interface Raw {
  readonly text: string;
  readonly context: ReaderContext;
}
/** What a container calls an entry decides how secret it is: texts stay here until then. */
const raws = new WeakMap<Assignment, Raw>();

/** The value of an entry as a container has it that takes it in under another name. */
export function valueUnder(assignment: Assignment, name: string): Value {
  const raw = raws.get(assignment);
  return raw === undefined ? assignment.value : raw.context.protect(raw.text, raw.context.environment(name));
}

const entryName = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

type Entry = Omit<Assignment, 'value' | 'layer' | 'comment'>;

function entryOf(entry: Entry, text: string, context: ReaderContext): Assignment {
  const value = context.protect(text, context.environment(entry.name));
  const assignment: Assignment = { ...entry, layer: 'environment', comment: null, value };
  raws.set(assignment, { text, context });
  return assignment;
}

function configMapUnit(
  id: string,
  name: Written,
  assignments: readonly Assignment[],
  { envFiles = [], files = [] }: Partial<Pick<DeploymentUnit, 'envFiles' | 'files'>> = {},
): DeploymentUnit {
  const held = files.flatMap(({ document }) => document?.assignments ?? []);
  return {
    ...bareUnit({ id, kind: 'config-map', name: name.text, range: name.range }),
    framework: [...assignments, ...held].some((one) => isFrameworkName(one.name)) ? 'yes' : 'no',
    assignments,
    envFiles,
    files,
  };
}

export function readConfigMap(
  yaml: YamlNodes,
  root: Node,
  name: Written,
  source: ManifestText,
  context: ReaderContext,
): DeploymentUnit {
  const id = `config-map:${name.text}`;
  const entries = yaml.entries(yaml.get(root, 'data'));
  const files = entries.flatMap((entry) => heldFile(yaml, entry, id, source, context) ?? []);
  const assignments = entries.flatMap(({ key, keyRange, value, range }): Assignment[] => {
    if (!entryName.test(key)) return [];
    const scalar = yaml.scalar(value);
    const place = { process: id, range, nameRange: keyRange, valueRange: scalar?.range ?? null };
    return [entryOf({ name: key, ...place, quote: scalar?.quote ?? 'none' }, scalar?.text ?? '', context)];
  });
  return configMapUnit(id, name, assignments, { files });
}

/** Names of a Secret count as set; its values are encoded and nobody's business. */
export function readSecret(yaml: YamlNodes, root: Node, name: Written): DeploymentUnit {
  const id = `secret:${name.text}`;
  const entries = [...yaml.entries(yaml.get(root, 'data')), ...yaml.entries(yaml.get(root, 'stringData'))];
  const assignments = entries.map(({ key, keyRange, value, range }): Assignment => {
    const scalar = yaml.scalar(value);
    return { ...secretEntry(id, name.text, key), range, nameRange: keyRange, valueRange: scalar?.range ?? null };
  });
  return { ...bareUnit({ id, kind: 'config-map', name: name.text, range: name.range }), assignments };
}

function secretEntry(id: string, secret: string, name: string): Omit<Assignment, 'range' | 'nameRange' | 'valueRange'> {
  const value: Value = { kind: 'unknown', why: `comes from the Secret ${secret}` };
  return { name, layer: 'environment', process: id, value, quote: 'other', comment: null };
}

/** `files: [path]` or `[entry=path]` of a generator, where it is an env file. */
function generatedFile(text: string | null): HeldFile | null {
  const [, entry, path = ''] = /^(?:([^=]+)=)?(.+)$/s.exec(text ?? '') ?? [];
  const name = entry ?? baseName(path);
  if (path === '' || kindOf(name) !== 'dotenv' || isTemplate(name)) return null;
  return { name, document: null, path, ownLines: false };
}

/**
 * `configMapGenerator` and `secretGenerator` of a kustomization: literals here, files by reference. kustomize reads `envs`
 * line by line without quotes or interpolation (api/kv/kv.go), as docker does.
 */
export function readGenerators(yaml: YamlNodes, root: Node, context: ReaderContext): DeploymentUnit[] {
  const units: DeploymentUnit[] = [];
  for (const [key, kind] of [
    ['configMapGenerator', 'config-map'],
    ['secretGenerator', 'secret'],
  ] as const) {
    for (const generator of yaml.items(yaml.get(root, key))) {
      const scalar = yaml.scalar(yaml.get(generator, 'name'));
      if (scalar?.text == null) continue;
      const name = { text: scalar.text, range: scalar.range };
      const id = `${kind}:${name.text}`;
      const literals = yaml.items(yaml.get(generator, 'literals')).flatMap((item): Assignment[] => {
        const literal = yaml.scalar(item);
        const equals = literal?.text?.indexOf('=') ?? -1;
        if (literal?.text == null || equals < 1) return [];
        const { text, range, quote } = literal;
        const own = text.slice(0, equals);
        const place = { range, nameRange: range, valueRange: range };
        if (kind === 'secret') return [{ ...secretEntry(id, name.text, own), ...place }];
        // kustomize takes quotes around the whole value off.
        const value = text.slice(equals + 1).replace(/^(["'])(.*)\1$/s, '$2');
        return [entryOf({ name: own, process: id, ...place, quote }, value, context)];
      });
      const files = [yaml.get(generator, 'env'), ...yaml.items(yaml.get(generator, 'envs'))].flatMap((node) => {
        const path = yaml.scalar(node);
        if (path?.text == null) return [];
        return [{ path: path.text, range: path.range, dialect: 'docker' as const, required: true, program: 'kustomize' }];
      });
      const held =
        kind === 'secret' ? [] : yaml.items(yaml.get(generator, 'files')).flatMap((item) => generatedFile(yaml.text(item)) ?? []);
      units.push(configMapUnit(id, name, literals, { envFiles: files, files: held }));
    }
  }
  return units;
}
