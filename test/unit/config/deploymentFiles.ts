/** Deployment files as text in, units and processes out. */
import { expect } from 'vitest';
import type { DeploymentUnit } from '#server/config/model/deployment.ts';
import type { DeclaredProcess, SourceDocument } from '#server/config/model/types.ts';
import { modelOf, uriOf } from '../rules/workspace.ts';

export function documentOf(path: string, text: string): SourceDocument {
  const document = modelOf({ [path]: text }).documents.get(uriOf(path));
  if (document === undefined) throw new Error('no document');
  return document;
}

export const unitsOf = (path: string, text: string): readonly DeploymentUnit[] => documentOf(path, text).deployment?.units ?? [];

/** The one process of a workspace. */
export function only(files: Record<string, string>): DeclaredProcess {
  const { processes } = modelOf(files);
  expect(processes.map((one) => one.name)).toHaveLength(1);
  const [process] = processes;
  if (process === undefined) throw new Error('no process');
  return process;
}

export const winner = (process: DeclaredProcess, name: string) => process.settings.get(name)?.winner;
export const at = (line: number, from: number, to: number) => ({
  start: { line, character: from },
  end: { line, character: to },
});
export const texts = (unit: DeploymentUnit | undefined) =>
  unit?.assignments.map((one) => [one.name, one.value.kind === 'text' ? one.value.text : one.value.kind]);
