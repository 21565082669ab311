/**
 * Kubernetes manifests: workloads with the environment of their containers, ConfigMaps, and Services. Secrets are read
 * for their names only. A workload with several containers that run the framework is one unit for each.
 *
 * Assignments of a ConfigMap belong to the document only when one of them is a name of the framework.
 *
 * Marks: `k8s-secret` (value: its name) for every Secret manifest, `kustomize-patch` (value: the path), `not-read`
 * (value: why).
 */
import type { Node } from 'yaml';
import type {
  DeploymentUnit,
  EnvironmentSource,
  KeySource,
  Network,
  PublishedPort,
  ServiceDeclaration,
  Written,
} from '../model/deployment.ts';
import type { Assignment, SourceDocument, Value } from '../model/types.ts';
import { maskUrls, type ReaderContext } from './context.ts';
import { bareUnit, type DeploymentText, deploymentDocument, emptyDeployment } from './deployment/document.ts';
import { frameworkOf } from './deployment/evidence.ts';
import { maskCommand } from './deployment/mask.ts';
import { startedProgram, type Word } from './deployment/words.ts';
import { readConfigMap, readGenerators, readSecret } from './kubernetes/configMaps.ts';
import { mountedFiles } from './kubernetes/mounts.ts';
import { readYaml, type YamlNodes } from './yaml/yamlText.ts';

/** Where the pod template of each kind stands. */
const templates: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  Pod: [],
};

/** `$(NAME)` in a value refers to variables set before it. */
const reference = /\$\([A-Za-z_][A-Za-z0-9_]*\)/;

/** Containers that share one large list through an alias would multiply it. */
const maxAssignments = 100_000;

class ManifestReader {
  #count = 0;
  #keys: KeySource[] = [];
  readonly units: DeploymentUnit[] = [];
  readonly services: ServiceDeclaration[] = [];
  readonly marks: SourceDocument['marks'][number][] = [];
  readonly #yaml: YamlNodes;
  readonly #file: DeploymentText;
  readonly #context: ReaderContext;

  constructor(yaml: YamlNodes, source: DeploymentText, context: ReaderContext) {
    this.#yaml = yaml;
    this.#file = source;
    this.#context = context;
  }

  read(root: Node, depth = 0): void {
    const yaml = this.#yaml;
    const kind = yaml.text(yaml.get(root, 'kind')) ?? '';
    const template = templates[kind];
    if (template !== undefined) this.#workload(root, kind, template.length === 0 ? root : yaml.get(root, ...template));
    else if (kind === 'ConfigMap') this.units.push(readConfigMap(yaml, root, this.#name(root), this.#file, this.#context));
    else if (kind === 'Secret') this.#secret(root);
    else if (kind === 'Kustomization' || kind === 'Component' || kind === '') this.#kustomization(root);
    else if (kind === 'Service') this.#service(root);
    else if (kind.endsWith('List') && depth < 3)
      for (const item of yaml.items(yaml.get(root, 'items'))) this.read(item, depth + 1);
  }

  #name(root: Node): Written {
    const scalar = this.#yaml.scalar(this.#yaml.get(root, 'metadata', 'name'));
    return scalar?.text == null
      ? { text: '', range: startOf(this.#yaml.rangeOf(root)) }
      : { text: scalar.text, range: scalar.range };
  }

  #labels(node: Node | null): Written[] {
    return this.#yaml.entries(node).map(({ key, value, range }) => ({ text: `${key}=${this.#yaml.text(value) ?? ''}`, range }));
  }

  #workload(root: Node, kind: string, template: Node | null): void {
    const yaml = this.#yaml;
    const name = this.#name(root);
    const pod = yaml.get(template, 'spec');
    const containers = yaml.items(yaml.get(pod, 'containers'));
    const network: Network = yaml.text(yaml.get(pod, 'hostNetwork')) === 'true' ? { kind: 'host' } : { kind: 'own' };
    const replicas = Number(yaml.text(yaml.get(root, 'spec', 'replicas')) ?? 'x');
    const serviceName = yaml.text(yaml.get(root, 'spec', 'serviceName'));
    const namespace = yaml.scalar(yaml.get(root, 'metadata', 'namespace'));
    containers.forEach((container, i) => {
      if (this.#count > maxAssignments) return;
      const own = yaml.text(yaml.get(container, 'name')) ?? `${i}`;
      const id = `workload:${kind}/${name.text}${i === 0 ? '' : `/${own}`}`;
      const image = this.#written(yaml.get(container, 'image'));
      const words = [...yaml.items(yaml.get(container, 'command')), ...yaml.items(yaml.get(container, 'args'))];
      const command = this.#command(words);
      this.#keys = [];
      const assignments = yaml.items(yaml.get(container, 'env')).flatMap((item) => this.#variable(item, id));
      this.#count += assignments.length;
      const mounted = mountedFiles(yaml, pod, container);
      const sources = yaml.items(yaml.get(container, 'envFrom')).flatMap((item) => this.#source(item));
      this.units.push({
        ...bareUnit({ id, kind: 'workload', name: i === 0 ? name.text : `${name.text}/${own}`, range: name.range }),
        framework: frameworkOf({
          names: assignments.map((one) => one.name),
          command: command?.written.text ?? null,
          image: image?.text ?? null,
          built: false,
          moreNames: sources.length > 0 || mounted.length > 0,
        }),
        assignments,
        sources,
        keySources: this.#keys,
        image,
        command: command?.written ?? null,
        program: command?.program ?? null,
        workingDirectory: this.#written(yaml.get(container, 'workingDir')),
        network,
        hosts: kind === 'StatefulSet' ? podNames(name.text, serviceName, Number.isInteger(replicas) ? replicas : 1) : [],
        ports: this.#containerPorts(container),
        mounts: yaml.items(yaml.get(container, 'volumeMounts')).map((mount) => ({
          source: yaml.text(yaml.get(mount, 'name')),
          target: yaml.text(yaml.get(mount, 'mountPath')) ?? '',
          range: yaml.rangeOf(mount),
        })),
        mountedFiles: mounted,
        replicas: Number.isInteger(replicas) ? replicas : kind === 'Deployment' || kind === 'StatefulSet' ? 1 : null,
        options: {
          kind: [{ text: kind, range: name.range }],
          labels: this.#labels(yaml.get(template, 'metadata', 'labels')),
          ...(serviceName === null ? {} : { serviceName: [{ text: serviceName, range: name.range }] }),
          ...(namespace?.text == null ? {} : { namespace: [{ text: namespace.text, range: namespace.range }] }),
        },
      });
    });
  }

  #written(node: Node | null): Written | null {
    const scalar = this.#yaml.scalar(node);
    return scalar?.text == null ? null : { text: maskUrls(scalar.text), range: scalar.range };
  }

  #command(nodes: readonly Node[]): { written: Written; program: DeploymentUnit['program'] } | null {
    const yaml = this.#yaml;
    const [first] = nodes;
    if (first === undefined) return null;
    const words = nodes.map(
      (node, i): Word => ({ text: yaml.text(node) ?? '', start: i, end: i, quote: 'none', expands: false }),
    );
    const found = startedProgram(words);
    const place = nodes[found?.word.start ?? 0];
    const text = maskCommand(words.map((word) => word.text).join(' '));
    return {
      written: { text, range: yaml.rangeOf(first) },
      program: found === null || place === undefined ? null : { kind: found.kind, path: found.path, range: yaml.rangeOf(place) },
    };
  }

  #variable(item: Node, process: string): Assignment[] {
    const yaml = this.#yaml;
    const name = yaml.scalar(yaml.get(item, 'name'));
    if (name?.text == null || name.text === '') return [];
    const value = yaml.entry(item, 'value');
    const scalar = yaml.scalar(value?.value ?? null);
    const from = yaml.entry(item, 'valueFrom');
    const base = {
      name: name.text,
      layer: 'environment',
      process,
      range: yaml.rangeOf(item),
      nameRange: name.range,
      comment: null,
    } as const;
    if (from !== undefined) {
      const key = this.#keySource(name.text, from.value);
      if (key !== null) this.#keys.push(key);
      return [{ ...base, valueRange: from.range, value: { kind: 'unknown', why: this.#origin(from.value) }, quote: 'other' }];
    }
    if (scalar === null) return [{ ...base, valueRange: null, value: { kind: 'text', text: '' }, quote: 'none' }];
    return [{ ...base, valueRange: scalar.range, value: this.#value(name.text, scalar.text ?? ''), quote: scalar.quote }];
  }

  #value(name: string, text: string): Value {
    if (reference.test(text)) return { kind: 'unknown', why: 'Kubernetes fills in $(...) from other variables' };
    return this.#context.protect(text, this.#context.environment(name));
  }

  /** One entry of a ConfigMap or Secret. */
  #keySource(variable: string, from: Node | null): KeySource | null {
    const yaml = this.#yaml;
    for (const [field, kind] of [
      ['configMapKeyRef', 'config-map'],
      ['secretKeyRef', 'secret'],
    ] as const) {
      const reference = yaml.entry(from, field);
      const name = yaml.text(yaml.get(reference?.value ?? null, 'name'));
      const key = yaml.text(yaml.get(reference?.value ?? null, 'key'));
      if (reference === undefined || name === null || key === null) continue;
      const optional = yaml.text(yaml.get(reference.value, 'optional')) === 'true';
      return { variable, kind, name, key, optional, range: reference.range };
    }
    return null;
  }

  #origin(from: Node | null): string {
    const yaml = this.#yaml;
    for (const [key, what] of [
      ['secretKeyRef', 'Secret'],
      ['configMapKeyRef', 'ConfigMap'],
    ] as const) {
      const name = yaml.text(yaml.get(from, key, 'name'));
      if (name !== null) return `comes from the ${what} ${name}`;
    }
    const field = yaml.text(yaml.get(from, 'fieldRef', 'fieldPath'));
    return field === null ? 'set when the pod starts' : `set when the pod starts (${field})`;
  }

  #source(item: Node): EnvironmentSource[] {
    const yaml = this.#yaml;
    return (['configMapRef', 'secretRef'] as const).flatMap((key) => {
      const reference = yaml.entry(item, key);
      const name = yaml.text(yaml.get(reference?.value ?? null, 'name'));
      if (reference === undefined || name === null) return [];
      return [
        {
          kind: key === 'configMapRef' ? ('config-map' as const) : ('secret' as const),
          name,
          prefix: yaml.text(yaml.get(item, 'prefix')) ?? '',
          optional: yaml.text(yaml.get(reference.value, 'optional')) === 'true',
          range: reference.range,
        },
      ];
    });
  }

  #containerPorts(container: Node): PublishedPort[] {
    const yaml = this.#yaml;
    return yaml.items(yaml.get(container, 'ports')).map((item) => {
      const port = portNumber(yaml.text(yaml.get(item, 'containerPort')));
      const host = portNumber(yaml.text(yaml.get(item, 'hostPort')));
      return {
        hostIp: yaml.text(yaml.get(item, 'hostIP')),
        hostFrom: host,
        hostTo: host,
        containerFrom: port,
        containerTo: port,
        protocol: protocolOf(yaml.text(yaml.get(item, 'protocol'))),
        range: yaml.rangeOf(item),
      };
    });
  }

  #secret(root: Node): void {
    const name = this.#name(root);
    this.marks.push({ name: 'k8s-secret', range: name.range, value: name.text });
    this.units.push(readSecret(this.#yaml, root, name));
  }

  #kustomization(root: Node): void {
    const yaml = this.#yaml;
    this.units.push(...readGenerators(yaml, root, this.#context));
    const patches = [
      ...yaml.items(yaml.get(root, 'patchesStrategicMerge')),
      ...yaml.items(yaml.get(root, 'patches')).flatMap((patch) => yaml.get(patch, 'path') ?? []),
    ];
    for (const node of patches) {
      const scalar = yaml.scalar(node);
      if (scalar?.text != null) this.marks.push({ name: 'kustomize-patch', range: scalar.range, value: scalar.text });
    }
  }

  #service(root: Node): void {
    const yaml = this.#yaml;
    const name = this.#name(root);
    const selector = yaml.entry(yaml.get(root, 'spec'), 'selector');
    const written = yaml.scalar(yaml.get(root, 'spec', 'type'));
    const type = written?.text ?? null;
    const items = yaml.items(yaml.get(root, 'spec', 'ports'));
    const ports = items.map((item): PublishedPort => {
      const port = portNumber(yaml.text(yaml.get(item, 'port')));
      const target = portNumber(yaml.text(yaml.get(item, 'targetPort'))) ?? port;
      return {
        hostIp: null,
        hostFrom: port,
        hostTo: port,
        containerFrom: target,
        containerTo: target,
        protocol: protocolOf(yaml.text(yaml.get(item, 'protocol'))),
        range: yaml.rangeOf(item),
      };
    });
    this.services.push({
      name: name.text,
      namespace: yaml.text(yaml.get(root, 'metadata', 'namespace')),
      type: type === 'NodePort' || type === 'LoadBalancer' || type === 'ExternalName' ? type : 'ClusterIP',
      typeRange: written?.range ?? null,
      nodePorts: items.some((item) => yaml.get(item, 'nodePort') !== null),
      headless: yaml.scalar(yaml.get(root, 'spec', 'clusterIP'))?.text === 'None',
      selector: this.#labels(selector?.value ?? null).map((one) => one.text),
      selectorRange: selector?.range ?? null,
      ports,
      range: name.range,
    });
  }
}

function startOf(range: Written['range']): Written['range'] {
  return { start: range.start, end: range.start };
}

function portNumber(text: string | null): number | null {
  return text !== null && /^\d{1,5}$/.test(text) ? Number(text) : null;
}

function protocolOf(text: string | null): PublishedPort['protocol'] {
  const lower = text?.toLowerCase();
  return lower === 'udp' || lower === 'sctp' ? lower : 'tcp';
}

/** More pods than this are no list a person reads. */
const maxPods = 50;

/** Stable names of the pods of a StatefulSet: `<name>-<n>.<service>`. */
function podNames(name: string, service: string | null, replicas: number): string[] {
  if (service === null) return [];
  return Array.from({ length: Math.max(0, Math.min(replicas, maxPods)) }, (_, i) => `${name}-${i}.${service}`);
}

/** Text that helm or another generator turns into a manifest: its values stand elsewhere, and braces are no YAML. */
const template = /^[ \t]*(?:- )?\{\{|:[ \t]+\{\{-?[ \t]/m;

export function readKubernetes(source: DeploymentText, context: ReaderContext): SourceDocument {
  if (template.test(source.text)) {
    const value = 'a template ({{ ... }}): what it says is known only when helm has filled it in';
    const at = source.lines.range(0, 0);
    return deploymentDocument(source, emptyDeployment, { marks: [{ name: 'not-read', range: at, value }] });
  }
  const file = readYaml(source.text, source.lines);
  const reader = new ManifestReader(file.yaml, source, context);
  for (const root of file.roots) reader.read(root);
  const refused = file.refused === null ? [] : [{ name: 'not-read', range: source.lines.range(0, 0), value: file.refused }];
  return deploymentDocument(
    source,
    { units: reader.units, services: reader.services, interpolations: [], dropInOf: null },
    { marks: [...refused, ...reader.marks] },
  );
}
