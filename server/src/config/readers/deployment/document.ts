/** What every reader of deployment files hands over. */
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import type { Deployment, DeploymentUnit } from '../../model/deployment.ts';
import type { ProcessDeclaration, ProcessKind, Requirement, SourceDocument } from '../../model/types.ts';
import type { LineIndex } from '../../text/lines.ts';
import { readSuppressions } from '../suppressions.ts';
import { writtenAssignments } from './inherited.ts';
import { writingOf } from './writing.ts';

const noResets: DeploymentUnit['resets'] = { groups: [], names: [] };

/** A unit with nothing but its identity. */
export function bareUnit(identity: Pick<DeploymentUnit, 'id' | 'kind' | 'name' | 'range'>): DeploymentUnit {
  return {
    ...identity,
    framework: 'no',
    assignments: [],
    buildArguments: [],
    envFiles: [],
    sources: [],
    keySources: [],
    image: null,
    build: null,
    command: null,
    program: null,
    workingDirectory: null,
    network: { kind: 'own' },
    hosts: [],
    ports: [],
    mounts: [],
    extended: [],
    mountedFiles: [],
    files: [],
    replicas: null,
    base: null,
    resets: noResets,
    options: {},
  };
}

export const emptyDeployment: Deployment = { units: [], services: [], interpolations: [], dropInOf: null };

const processKinds: Readonly<Partial<Record<DeploymentUnit['kind'], ProcessKind>>> = {
  'compose-service': 'compose-service',
  unit: 'unit',
  workload: 'workload',
  launch: 'launch',
};

/** The process a unit declares; null for images and ConfigMaps, which run nothing by themselves. */
export function declarationOf(
  unit: DeploymentUnit,
  insertion: ProcessDeclaration['insertion'] = null,
): ProcessDeclaration | null {
  const kind = processKinds[unit.kind];
  return kind === undefined ? null : { id: unit.id, kind, name: unit.name, range: unit.range, insertion, open: true, facts: {} };
}

export interface DeploymentText {
  readonly uri: string;
  readonly name: string;
  readonly kind: FileKind;
  readonly template: boolean;
  readonly text: string;
  readonly lines: LineIndex;
}

/**
 * A document from units. Assignments of units that certainly run the framework are the document's; those of others
 * stay with their unit, because nothing is known about what their names mean.
 */
export function deploymentDocument(
  source: DeploymentText,
  deployment: Deployment,
  extra: {
    readonly marks?: SourceDocument['marks'];
    readonly requirements?: readonly Requirement[];
    readonly insertions?: ReadonlyMap<string, ProcessDeclaration['insertion']>;
  } = {},
): SourceDocument {
  const own = deployment.units.filter((unit) => unit.framework === 'yes');
  const held = own.flatMap(({ files }) =>
    files.flatMap(({ document, ownLines }) => (document === null ? [] : [{ document, ownLines }])),
  );
  return {
    uri: source.uri,
    name: source.name,
    kind: source.kind,
    template: source.template,
    assignments: [...writtenAssignments(own), ...held.flatMap(({ document }) => document.assignments)],
    processes: own.flatMap((unit) => declarationOf(unit, extra.insertions?.get(unit.id) ?? null) ?? []),
    problems: held.flatMap(({ document }) => document.problems),
    suppressions: readSuppressions(source),
    requirements: extra.requirements ?? [],
    marks: extra.marks ?? [],
    writing: writingOf({ text: source.text, lines: source.lines, json: source.kind === 'launch' }, [
      ...deployment.units.flatMap((unit) => [...unit.assignments, ...unit.ports]),
      ...deployment.services.flatMap(({ ports }) => ports),
      ...held.flatMap(({ document, ownLines }) => (ownLines ? document.assignments : [])),
    ]),
    deployment,
  };
}
