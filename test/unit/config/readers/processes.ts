/** Declared processes of a small workspace, as tests of readers ask about them. */
import { expect } from 'vitest';
import type { Candidate, DeclaredProcess } from '#server/config/model/types.ts';
import { type Files, modelOf, pathOf, type WorkspaceOptions } from '../../rules/workspace.ts';

export function processesOf(files: Files, options: WorkspaceOptions = {}): Record<string, DeclaredProcess> {
  return Object.fromEntries(modelOf(files, options).processes.map((process) => [process.name, process]));
}

export function processOf(files: Files, name: string, options: WorkspaceOptions = {}): DeclaredProcess {
  const found = processesOf(files, options);
  const process = found[name];
  expect(Object.keys(found)).toContain(name);
  if (process === undefined) throw new Error(`no process ${name}`);
  return process;
}

/** A candidate as `value (file:line)`, a secret by its state only. */
export function shown(candidate: Candidate | undefined): string {
  if (candidate === undefined) return 'none';
  const { value, origin, typed } = candidate;
  const text =
    value.kind === 'secret'
      ? `<${value.facts.state}>`
      : value.kind === 'unknown' || value.kind === 'absent'
        ? `<${value.kind}>`
        : String(typed ?? (value.kind === 'text' ? value.text : JSON.stringify(value.literal)));
  if (origin.uri === null) return `${text} (${origin.kind})`;
  return `${text} (${pathOf(origin.uri)}:${(origin.range?.start.line ?? -1) + 1})`;
}

/** The winning value of a setting with its place. */
export function effective(process: DeclaredProcess, name: string): string {
  return shown(process.settings.get(name)?.winner);
}

/** All candidates, strongest first. */
export function chain(process: DeclaredProcess, name: string): string[] {
  return (process.settings.get(name)?.chain ?? []).map(shown);
}
