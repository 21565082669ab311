/** Rules that fire at all, also where a stronger one has the last word on the line. */

import type { Finding } from '#server/config/model/types.ts';
import { fleetsOf } from '#server/config/rules/fleets.ts';
import {
  checkDocument,
  checkEachDocument,
  checkFleet,
  checkProcess,
  checkWorkspace,
  eachDocumentRules,
  viewProcess,
  workspaceContext,
  workspaceRules,
} from '#server/config/rules/scopes.ts';
import type { CheckOptions } from '#server/config/rules/selection.ts';
import { type Files, findingsOf, modelOf, type WorkspaceOptions } from './exampleWorkspace.ts';

export function firedFindings(files: Files, options: WorkspaceOptions & CheckOptions = {}): readonly Finding[] {
  const model = modelOf(files, options);
  const unused = findingsOf(files, options).filter(({ rule }) => rule === 'suppression-unused');
  const documents = [...model.documents.values()];
  const views = model.processes.map((process) => viewProcess(model, process, options));
  const context = workspaceContext(model, views, options);
  return [
    ...unused,
    ...documents.flatMap((document) => checkDocument(model, document, options)),
    ...model.processes.flatMap((process) => checkProcess(model, process, options)),
    ...fleetsOf(views).flatMap((fleet) => checkFleet(model, fleet, options)),
    ...eachDocumentRules(context).flatMap((rule) => documents.flatMap((document) => checkEachDocument(rule, document, context))),
    ...workspaceRules(context).flatMap((rule) => checkWorkspace(rule, context)),
  ];
}
