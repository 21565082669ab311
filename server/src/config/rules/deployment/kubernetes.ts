/** Services before pods, and secrets in manifests. */
import type { PublishedPort, ServiceDeclaration } from '../../model/deployment.ts';
import type { Fix, SourceDocument, WorkspaceModel } from '../../model/types.ts';
import { fix, wholeLines } from '../fixes.ts';
import type { FleetNode, SeedAddress } from '../fleets.ts';
import type { ProcessView } from '../processView.ts';
import { type FleetContext, fleetRule, type Rule, workspaceRule } from '../rule.ts';
import { unitOf } from './units.ts';

interface PlacedService {
  readonly document: SourceDocument;
  readonly service: ServiceDeclaration;
}

function* servicesOf(documents: Iterable<SourceDocument>): Generator<PlacedService> {
  for (const document of documents) {
    for (const service of document.deployment?.services ?? []) yield { document, service };
  }
}

/** Whether a Service sends to the pods with these labels (`name=value`). */
function selects(service: ServiceDeclaration, labels: readonly string[]): boolean {
  return service.selector.length > 0 && service.selector.every((wanted) => labels.includes(wanted));
}

const labelsOf = (view: ProcessView): readonly string[] => (unitOf(view)?.options.labels ?? []).map(({ text }) => text);

/** Service ports that lead to the SWIM or ZMQ port of a workload, where the Service reaches out of the cluster. */
export function* openServicePorts(
  model: WorkspaceModel,
  processes: readonly ProcessView[],
): Generator<PlacedService & { readonly view: ProcessView; readonly port: PublishedPort; readonly kind: 'SWIM' | 'ZMQ' }> {
  for (const placed of servicesOf(model.documents.values())) {
    const { service } = placed;
    if (service.type !== 'NodePort' && service.type !== 'LoadBalancer') continue;
    for (const port of service.ports) {
      for (const view of processes) {
        const { swim, zmq, p2pEnabled } = view.process.ports;
        const kind =
          port.containerFrom === null ? null : port.containerFrom === swim ? 'SWIM' : port.containerFrom === zmq ? 'ZMQ' : null;
        if (kind === null || p2pEnabled === false || unitOf(view)?.kind !== 'workload' || !selects(service, labelsOf(view)))
          continue;
        yield { ...placed, view, port, kind };
        break;
      }
    }
  }
}

/** Whether every port of a Service is one of the mesh: then nothing else is lost when it is kept inside the cluster. */
function isOfMesh({ service, document }: PlacedService, model: WorkspaceModel, processes: readonly ProcessView[]): boolean {
  const open = [...openServicePorts(model, processes)].filter((one) => one.document === document && one.service === service);
  return new Set(open.map(({ port }) => port)).size === service.ports.length;
}

/** Keeps the ports of the mesh inside the cluster: the Service, if it has no others, else the one port. */
export function insideCluster(
  placed: PlacedService & { readonly port: PublishedPort },
  model: WorkspaceModel,
  processes: readonly ProcessView[],
): readonly Fix[] {
  const { document, service, port } = placed;
  const { uri } = document;
  if (isOfMesh(placed, model, processes)) {
    // The type it has when none is written would still leave a nodePort that no such Service may have.
    if (service.typeRange === null || service.nodePorts) return [];
    return fix(`Make ${service.name} a ClusterIP Service`, false, { uri, range: service.typeRange, newText: 'ClusterIP' });
  }
  if (document.writing?.ownLines.has(port.range.start.line) !== true) return [];
  return fix('Take the port out of the Service', false, { uri, range: wholeLines(port.range), newText: '' });
}

/** The Service a seed names: `service`, `service.namespace...`, or behind the name of a pod (`pod.service...`). */
function serviceOfSeed(
  seed: SeedAddress,
  documents: FleetContext['documents'],
): (PlacedService & { readonly pod: boolean }) | null {
  const [first = '', second = ''] = seed.host.split('.');
  for (const placed of servicesOf(documents.values())) {
    const { name, namespace } = placed.service;
    if (name === first && (second === '' || second === 'svc' || namespace === null || namespace === second))
      return { ...placed, pod: false };
    if (name === second) return { ...placed, pod: true };
  }
  return null;
}

function* seedServices({ fleet, documents }: FleetContext): Generator<{
  readonly node: FleetNode;
  readonly seed: SeedAddress;
  readonly found: PlacedService & { readonly pod: boolean };
}> {
  for (const node of fleet.nodes) {
    if (node.view.process.declaration.kind !== 'workload') continue;
    for (const seed of node.seeds) {
      const found = serviceOfSeed(seed, documents);
      if (found !== null) yield { node, seed, found };
    }
  }
}

export const kubernetesRules: readonly Rule[] = [
  workspaceRule('lb-in-front', ({ model, processes }, report) => {
    const told = new Set<ServiceDeclaration>();
    for (const open of openServicePorts(model, processes)) {
      const { document, service, view, port, kind } = open;
      if (service.type !== 'LoadBalancer' || told.has(service)) continue;
      told.add(service);
      report({
        at: { uri: document.uri, range: service.range },
        setting: 'JARVISCORE_BIND_PORT',
        message: `The load balancer ${service.name} stands before the ${kind} port ${port.containerFrom} of ${view.name}: members are told apart by their own address, which nobody sees through it. Let nodes reach each other directly.`,
        fixes: isOfMesh(open, model, processes) ? insideCluster(open, model, processes) : [],
      });
    }
  }),

  fleetRule('k8s-service-seed', (context, report) => {
    for (const { node, seed, found } of seedServices(context)) {
      const { service } = found;
      if (found.pod || service.headless || service.type === 'ExternalName') continue;
      report({
        at: node.view.placeOf('JARVISCORE_SEED_NODES'),
        setting: 'JARVISCORE_SEED_NODES',
        message: `${seed.text} is a Service that sends each packet to any of its pods, and members are told apart by the literal address. Make ${service.name} headless (clusterIP: None) and name pods: ${service.name}-0.${service.name}:${seed.port}.`,
        related: [{ uri: found.document.uri, range: service.range, message: `Service ${service.name} (${service.type})` }],
      });
    }
  }),

  fleetRule('k8s-seed-selector-missing', (context, report) => {
    const pods = [...context.documents.values()].flatMap((document) =>
      (document.deployment?.units ?? []).map((unit) => (unit.options.labels ?? []).map(({ text }) => text)),
    );
    for (const { node, seed, found } of seedServices(context)) {
      const { service } = found;
      if (service.selector.length === 0 || service.type === 'ExternalName' || pods.some((labels) => selects(service, labels)))
        continue;
      report({
        at: { uri: found.document.uri, range: service.selectorRange ?? service.range },
        setting: 'JARVISCORE_SEED_NODES',
        message: `No workload has the labels ${service.selector.join(', ')}, so the Service ${service.name} leads nowhere, and the seed ${seed.text} finds nobody.`,
        related: [{ ...node.view.placeOf('JARVISCORE_SEED_NODES'), message: `Seed of ${node.view.label}` }],
      });
    }
  }),

  workspaceRule('prod-prometheus-no-scrape-target', ({ model, processes }, report) => {
    const targets = [...model.documents.values()].flatMap((document) =>
      document.kind === 'prometheus'
        ? document.marks.flatMap((mark) => (mark.name === 'scrape-target' ? [{ document, mark }] : []))
        : [],
    );
    const ports = new Set(targets.map(({ mark }) => Number(/:(\d+)$/.exec(mark.value ?? '')?.[1])));
    const file = targets[0];
    if (file === undefined) return;
    for (const view of processes) {
      const port = view.bool('PROMETHEUS_ENABLED') === true ? view.number('PROMETHEUS_PORT') : null;
      // A program that services start has the port they give it.
      if (!view.production || port === null || ports.has(port) || view.process.startedBy.length > 0) continue;
      report({
        at: { uri: file.document.uri, range: file.mark.range },
        setting: 'PROMETHEUS_PORT',
        message: `No target here has the metrics port ${port} of ${view.name}: its numbers are collected by nobody.`,
        related: [{ ...view.placeOf('PROMETHEUS_PORT'), message: view.label }],
      });
    }
  }),
];
