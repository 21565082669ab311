/** A resolved unit as layers of the process environment. */
import { expandWithin } from '../readers/compose/interpolate.ts';
import { assignmentsOfImage } from '../readers/deployment/imageBuild.ts';
import { valueUnder } from '../readers/kubernetes/configMaps.ts';
import { instanceAssignments } from '../readers/systemd/specifiers.ts';
import { type FillLevel, valuesOf } from './composeFilling.ts';
import { type Layer, layerWithout, listedLayers, supervisedLayer, unitLayer } from './layers.ts';
import type { Assignment } from './types.ts';
import type { UnitPart } from './unitIndex.ts';
import type { ResolvedUnit } from './units.ts';

/** The documents a unit's settings are made of: while these stay the same objects, so do its settings. */
export function inputsOf(unit: ResolvedUnit): readonly unknown[] {
  return [
    ...unit.parts.map((part) => part.document),
    unit.image?.document,
    ...unit.envFiles.map((file) => file.document),
    ...unit.sources.flatMap((source) => [source.document, ...source.files]),
    ...unit.keys.map((key) => key.document),
    ...levelInputs(unit),
    unit.ownEnvFile,
    ...unit.configFiles.map((file) => file.document),
    unit.program?.document,
  ];
}

const nothing: readonly FillLevel[] = [];

/** Of most units they are all the same list, which is then given once. */
function levelsOf({ interpolation, project, environment }: ResolvedUnit): readonly (readonly FillLevel[])[] {
  const all = project === interpolation ? [project] : [interpolation, project];
  for (const { levels } of environment)
    for (const one of [levels?.own ?? nothing, levels?.names ?? nothing]) if (one.length > 0 && !all.includes(one)) all.push(one);
  return all;
}

/** The URIs of the env files that fill in variables of compose files, whatever they set. */
export function filledFrom(units: readonly ResolvedUnit[]): Set<string> {
  const uris = new Set<string>();
  for (const unit of units)
    for (const levels of levelsOf(unit)) for (const level of levels) for (const { uri } of level) uris.add(uri);
  return uris;
}

/** With what divides the levels: the same files in another order are another input. */
function levelInputs(unit: ResolvedUnit): readonly unknown[] {
  const inputs: unknown[] = [];
  for (const levels of levelsOf(unit)) for (const level of levels) inputs.push(null, ...level);
  return inputs;
}

/** A pod's `envFrom` may put a prefix in front of every name. */
function prefixed(part: UnitPart, prefix: string): readonly Assignment[] {
  if (prefix === '') return part.unit.assignments;
  return part.unit.assignments.map((assignment) => {
    const name = prefix + assignment.name;
    return { ...assignment, name, value: valueUnder(assignment, name) };
  });
}

/** Variables that take their value from a ConfigMap, with that value. */
function withKeys(assignments: readonly Assignment[], keys: ResolvedUnit['keys']): readonly Assignment[] {
  if (keys.length === 0) return assignments;
  const known = new Map(keys.map((key) => [key.variable, key]));
  return assignments.map((one) => {
    const key = one.value.kind === 'unknown' ? known.get(one.name) : undefined;
    return key === undefined ? one : { ...one, value: valueUnder(key.assignment, one.name) };
  });
}

/**
 * What reaches the process environment, strongest first.
 *
 * Compose: `environment` beats `env_file`, both beat the image. systemd: env files beat `Environment=` wherever they
 * stand (systemd.exec(5)), and `UnsetEnvironment=` comes last. Kubernetes: `env` beats `envFrom`. VS Code: `env` beats
 * `envFile`.
 */
export function layersOf(resolved: ResolvedUnit, set: Readonly<Record<string, string>>): Layer[] {
  const { unit, parts, image, environment, interpolation, project, names, keys } = resolved;
  const compose = unit.kind === 'compose-service';
  const around = compose ? valuesOf(project, set) : {};
  const filled = environment.map(({ part, levels }) => {
    const surrounding = levels === null ? around : valuesOf(levels.own, set);
    const alone = levels?.names == null ? around : valuesOf(levels.names, set);
    const expanded = expandWithin(part.unit.assignments, { surrounding, alone });
    return { part, assignments: instanceAssignments(withKeys(expanded, keys), names) };
  });
  const own = filled
    .map(({ part, assignments }, i) => {
      const gone = compose ? filled.slice(i + 1).flatMap((above) => above.part.unit.resets.names) : [];
      return unitLayer(
        part.document.uri,
        gone.length === 0 ? assignments : assignments.filter(({ name }) => !gone.includes(name)),
      );
    })
    .toReversed();
  const listed = resolved.envFiles.map(({ document, reference }) => ({ document, dialect: reference.dialect }));
  const files = compose
    ? listedLayers(
        listed,
        filled.flatMap((one) => one.assignments),
        around,
      )
    : listed.toReversed().map(({ document, dialect }) => supervisedLayer(document, dialect, {}));
  const sources = resolved.sources
    .toReversed()
    .flatMap((source) => [
      unitLayer(source.document.uri, prefixed(source, source.prefix)),
      ...source.files.map((file) => supervisedLayer(file, 'docker', {})),
    ]);
  const build = parts.findLast((part) => part.unit.build !== null)?.unit.build ?? null;
  const built = image === null ? [] : assignmentsOfImage(image.unit, build, valuesOf(interpolation, set));
  const base = image === null ? [] : [unitLayer(image.document.uri, built)];
  if (unit.kind !== 'unit') return [...own, ...files, ...sources, ...base];
  const unset = parts.flatMap((part) => part.unit.resets.names);
  return [...files, ...own].map((layer) => layerWithout(layer, unset));
}
