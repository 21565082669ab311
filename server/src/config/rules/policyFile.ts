/** The policy file a setting names: is it there, and can the framework read it? What its rules mean is for `jarviscore policy check`. */

import { isMap, isScalar, parseAllDocuments } from 'yaml';
import { pathFolder } from '../model/composePlaces.ts';
import { ancestors, folderOf, join } from '../model/environments.ts';
import type { FileAt } from '../model/surroundings.ts';
import type { WorkspaceModel } from '../model/types.ts';
import { withoutEnd } from '../text/ends.ts';
import { pythonJson } from '../text/pythonJson.ts';
import { encodePath } from '../text/uri.ts';
import type { ProcessView } from './processView.ts';
import { type Rule, workspaceRule } from './rule.ts';

interface PolicyFile {
  readonly name: string;
  readonly path: string;
  readonly relative: boolean;
  /** Null: it lies on a machine or in an image that is not here. */
  readonly file: FileAt | null;
}

/** Where a path inside a container lies in the checkout, by the mounts of its service. */
function mountedPlaces(model: WorkspaceModel, process: ProcessView, path: string): readonly string[] {
  const { document } = process;
  const unit = document?.deployment?.units.find(({ id }) => id === process.process.declaration.id);
  const folder = document === undefined ? folderOf(process.process.uri) : pathFolder(document, model);
  return (unit?.mounts ?? []).flatMap(({ source, target }) => {
    const below = withoutEnd(target, /\//);
    if (source === null || !/^\.{1,2}(?:\/|$)/.test(source) || (path !== below && !path.startsWith(`${below}/`))) return [];
    return join(folder, source + path.slice(below.length)) ?? [];
  });
}

function placesOf(model: WorkspaceModel, process: ProcessView, path: string): readonly string[] {
  const { deployment, uri } = process.process;
  if (deployment === 'compose') return mountedPlaces(model, process, path);
  if (deployment === 'kubernetes') return [];
  if (!path.startsWith('/'))
    return deployment === 'systemd'
      ? []
      : [...ancestors(folderOf(uri), model.roots)].flatMap((folder) => join(folder, path) ?? []);
  const absolute = `file://${encodePath(path)}`;
  // Of a path outside the workspace nobody knows on which machine it is meant.
  return model.roots.some((root) => absolute.startsWith(`${root}/`)) ? [absolute] : [];
}

function policyOf(model: WorkspaceModel, process: ProcessView): PolicyFile | null {
  // policy.py:283 of 3.0.0: the override counts unless it is empty.
  const name = process.firstSet('JARVISCORE_CONTROL_POLICY', 'CONTROL_POLICY_PATH');
  const path = name === null ? null : process.text(name);
  if (name === null || path === null || path === '' || /[$%~]/.test(path) || /^[A-Za-z]:/.test(path)) return null;
  const files = placesOf(model, process, path).map((uri) => model.surroundings.fileAt(uri));
  const unknown = files.length === 0 || files.some(({ kind }) => kind === 'unknown');
  const file = unknown ? null : (files.find(({ kind }) => kind !== 'absent') ?? { kind: 'absent' as const });
  return { name, path, relative: !path.startsWith('/'), file };
}

/** Why `_load_document` (control/policy.py of 3.0.0) refuses a text; null when it does not. */
export function policyProblem(path: string, text: string): string | null {
  if (path.endsWith('.json')) {
    const value = pythonJson(text);
    if (value === undefined) return 'is no JSON';
    return value.value === null || value.value instanceof Map ? null : 'is no JSON object';
  }
  try {
    const documents = parseAllDocuments(text, { version: '1.1', uniqueKeys: false, logLevel: 'silent' });
    const [document, second] = Array.isArray(documents) ? documents : [];
    if (document === undefined) return null;
    if (second !== undefined) return 'holds several YAML documents';
    const [error] = document.errors;
    if (error !== undefined) return `is no YAML (line ${error.linePos?.[0].line ?? 1})`;
    const { contents } = document;
    return contents === null || isMap(contents) || (isScalar(contents) && contents.value === null) ? null : 'is no mapping';
  } catch {
    return 'is no YAML';
  }
}

export const policyFileRules: readonly Rule[] = [
  workspaceRule('control-policy-missing-file', ({ model, processes }, report) => {
    for (const process of processes) {
      const policy = policyOf(model, process);
      if (policy?.file == null || (policy.file.kind !== 'absent' && policy.file.kind !== 'folder')) continue;
      report({
        at: process.placeOf(policy.name),
        setting: policy.name,
        ...(policy.relative ? { severity: 'warning' } : {}),
        message: `${policy.path} is ${policy.file.kind === 'folder' ? 'a folder' : 'not there'}${policy.relative ? ', beside the program or above it' : ''}: a policy that cannot be read refuses every call and every effect.${policy.relative ? ' A relative path depends on the working directory.' : ''}`,
      });
    }
  }),

  workspaceRule('control-policy-syntax', ({ model, processes }, report) => {
    for (const process of processes) {
      const policy = policyOf(model, process);
      if (policy === null || policy.file === null) continue;
      const problem =
        policy.file.kind === 'text'
          ? policyProblem(policy.path, policy.file.text)
          : policy.file.kind === 'other'
            ? 'is no readable UTF-8 text'
            : null;
      if (problem === null) continue;
      report({
        at: process.placeOf(policy.name),
        setting: policy.name,
        message: `${policy.path} ${problem}: a policy that cannot be read refuses every call and every effect.`,
      });
    }
  }),
];
