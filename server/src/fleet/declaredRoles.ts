/** Roles that the files give to agents, as far as a class says so and somebody adds it to a mesh. */
import type { DeclaredRole } from '#schemas/fleet/view.ts';
import type { WorkspaceModel } from '../config/model/types.ts';

/** Each role once, at the first class that has it. Classes that nobody adds (examples, base classes) count for nothing. */
export function declaredRoles(models: readonly WorkspaceModel[]): DeclaredRole[] {
  const found = new Map<string, DeclaredRole>();
  for (const model of models) {
    const marks = [...model.documents.values()].flatMap(({ uri, marks: own }) => own.map((mark) => ({ uri, ...mark })));
    const added = new Set(marks.flatMap(({ name, value }) => (name === 'agent-added' ? [value] : [])));
    for (const { name, value, uri, range } of marks) {
      if (name !== 'agent-role' || value === null) continue;
      const space = value.indexOf(' ');
      const role = value.slice(space + 1);
      if (added.has(value.slice(0, space)) && !found.has(role)) found.set(role, { role, place: { uri, range } });
    }
  }
  return [...found.values()];
}
