/** Fixes that change a line some process reads, wherever that line stands. */
import type { Candidate, Edit, SourceDocument, WorkspaceModel } from '../model/types.ts';
import { removeAssignment, replaceValue } from './fixes.ts';

export type Documents = WorkspaceModel['documents'];

function documentOf(documents: Documents, candidate: Candidate): SourceDocument | undefined {
  return candidate.origin.uri === null ? undefined : documents.get(candidate.origin.uri);
}

/** Takes the line of a winning value out; null where it cannot be done by lines. */
export function removeCandidate(documents: Documents, candidate: Candidate | undefined): Edit | null {
  if (candidate?.assignment === undefined || candidate.assignment === null) return null;
  const document = documentOf(documents, candidate);
  return document === undefined ? null : removeAssignment(document, candidate.assignment);
}

/** Writes another value: as text in env files, as a Python literal in a Mesh dict. */
export function setCandidate(
  documents: Documents,
  candidate: Candidate | undefined,
  value: { readonly text: string; readonly literal: string },
): Edit | null {
  const range = candidate?.assignment?.valueRange;
  if (candidate === undefined || range === undefined || range === null) return null;
  const document = documentOf(documents, candidate);
  if (document === undefined) return null;
  return document.kind === 'python'
    ? { uri: document.uri, range, newText: value.literal }
    : replaceValue(document.uri, range, value.text);
}
