/** Fixes that change a line some process reads, wherever that line stands. */
import type { Candidate, Edit, SourceDocument, WorkspaceModel } from '../model/types.ts';
import { removeAssignment, rename, replaceValue } from './fixes.ts';

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

/** Gives the line of a winning value another name; null where it has no place of its own. */
export function renameCandidate(documents: Documents, candidate: Candidate | undefined, name: string): Edit | null {
  if (candidate?.assignment === undefined || candidate.assignment === null) return null;
  const document = documentOf(documents, candidate);
  return document === undefined ? null : rename(document, candidate.assignment, name);
}

/** Writes another value: as text in env files, as a Python literal in a Mesh dict. */
export function setCandidate(
  documents: Documents,
  candidate: Candidate | undefined,
  value: { readonly text: string; readonly literal: string },
): Edit | null {
  const assignment = candidate?.assignment;
  if (candidate === undefined || assignment === undefined || assignment === null) return null;
  const document = documentOf(documents, candidate);
  return document === undefined ? null : replaceValue(document, assignment, value.text, value.literal);
}
