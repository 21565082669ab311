/** The parts that one unit is made of: what it extends, itself, and what is laid over it. */
import type { DeploymentUnit } from './deployment.ts';
import type { SourceDocument } from './types.ts';

/** A unit with its file, and what the file's paths and variables stand for there. */
export interface PlacedPart {
  readonly document: SourceDocument;
  readonly unit: DeploymentUnit;
  /** What relative paths of its lines stand against; a URI without a final slash. */
  readonly folder: string;
  /** Compose: the file whose project fills in its variables: its own, for an extended service that of the one that extends it. */
  readonly home: SourceDocument;
  /** Here because another part extends it. */
  readonly extended: boolean;
}

/** Parts of one unit, lowest first; `complete` false: one that it extends is not here. */
export interface Stack {
  readonly parts: readonly PlacedPart[];
  readonly complete: boolean;
}

/** An empty `Environment=` or `EnvironmentFile=` and compose's `!override` drop what lies below. */
export function afterReset<T>(
  parts: readonly PlacedPart[],
  group: DeploymentUnit['resets']['groups'][number],
  list: (part: PlacedPart) => readonly T[],
): T[] {
  const [only, second] = parts;
  if (only !== undefined && second === undefined) return [...list(only)];
  const from = parts.findLastIndex((part) => part.unit.resets.groups.includes(group));
  return parts.slice(Math.max(0, from)).flatMap(list);
}

/** The unit with what its other parts add to it; their ranges may stand in other files. */
export function mergedUnit(parts: readonly PlacedPart[], own: DeploymentUnit): DeploymentUnit {
  if (parts.length <= 1) return own;
  const units = parts.map(({ unit }) => unit);
  const options: Record<string, DeploymentUnit['options'][string]> = {};
  for (const unit of units)
    for (const [key, written] of Object.entries(unit.options)) options[key] = [...(options[key] ?? []), ...written];
  return {
    ...own,
    framework: units.some(({ framework }) => framework === 'yes') ? 'yes' : own.framework,
    image: units.findLast(({ image }) => image !== null)?.image ?? null,
    command: units.findLast(({ command }) => command !== null)?.command ?? null,
    ports: units.flatMap(({ ports }) => ports),
    mounts: units.flatMap(({ mounts }) => mounts),
    options,
  };
}
