/** Rules that fire at all, also where a stronger one has the last word on the line. */

import type { Finding } from '#server/config/model/types.ts';
import {
  type CheckOptions,
  checkDocument,
  checkFleet,
  checkProcess,
  checkWorkspace,
  declaredFleets,
} from '#server/config/rules/engine.ts';
import { type Files, findingsOf, modelOf, type WorkspaceOptions } from './workspace.ts';

export function firedFindings(files: Files, options: WorkspaceOptions & CheckOptions = {}): readonly Finding[] {
  const model = modelOf(files, options);
  const unused = findingsOf(files, options).filter(({ rule }) => rule === 'suppression-unused');
  return [
    ...unused,
    ...[...model.documents.values()].flatMap((document) => checkDocument(model, document, options)),
    ...model.processes.flatMap((process) => checkProcess(model, process, options)),
    ...declaredFleets(model, options).flatMap((fleet) => checkFleet(model, fleet, options)),
    ...checkWorkspace(model, options),
  ];
}
