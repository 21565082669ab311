/** Assignments a unit has from elsewhere in its file: what was exported above it, the service it extends. */
import type { DeploymentUnit } from '../../model/deployment.ts';
import type { Assignment } from '../../model/types.ts';

const inherited = new WeakSet<Assignment>();

export function markInherited(assignment: Assignment): Assignment {
  inherited.add(assignment);
  return assignment;
}

/**
 * Every written assignment once: two services that share a map share its lines. One that the unit replaces with a line
 * of its own is no repetition.
 */
export function writtenAssignments(units: readonly DeploymentUnit[]): Assignment[] {
  const seen = new Set<string>();
  return units.flatMap(({ assignments }) => {
    const own = new Set(assignments.filter((one) => !inherited.has(one)).map((one) => one.name));
    return assignments.filter((one) => {
      if (inherited.has(one) && own.has(one.name)) return false;
      const { start, end } = one.range;
      const place = `${start.line}:${start.character}-${end.line}:${end.character} ${one.name}`;
      if (seen.has(place)) return false;
      seen.add(place);
      return true;
    });
  });
}
