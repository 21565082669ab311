/** The fleets of a model, found once for all lenses, hints and seeds of a screen. */
import { Latest } from '../model/latest.ts';
import type { DeclaredProcess, WorkspaceModel } from '../model/types.ts';
import { type FleetNode, fleetsOf } from '../rules/fleets.ts';
import { ProcessView } from '../rules/processView.ts';

export interface Member {
  readonly node: FleetNode;
  /** All nodes of its fleet, itself included. */
  readonly fleet: readonly FleetNode[];
}

const kept = new Latest<WorkspaceModel, ReadonlyMap<DeclaredProcess, Member>>();

/** The processes that are peers, each with its fleet. */
export function membersOf(model: WorkspaceModel): ReadonlyMap<DeclaredProcess, Member> {
  let members = kept.get(model);
  if (members === undefined) {
    const views = model.processes.map((process) => new ProcessView(process, model.documents.get(process.uri), false));
    members = new Map(
      fleetsOf(views).flatMap(({ nodes }) => nodes.map((node) => [node.view.process, { node, fleet: nodes }] as const)),
    );
    kept.set(model, members);
  }
  return members;
}
