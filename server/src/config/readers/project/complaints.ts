/** What zod says about a `jarviscore-fleet.json`, in words for the person who wrote it. */
import type * as z from 'zod';
import { fleetFileName, fleetFileSchema } from '#schemas/project/fleetFile.ts';
import { type JsonNode, jsonAt } from '../../text/jsonc.ts';

export type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

export interface Complaint {
  /** The part that cannot be used. */
  readonly path: Path;
  /** The names that are possible there, where an unknown one was written; else null. */
  readonly unknown: readonly string[] | null;
  /** Empty: a part that is dropped because of another one that is named. */
  readonly message: string;
}

const typeWords: Readonly<Record<string, string>> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  string: 'a text in double quotes',
};

function expected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `this must be ${typeWords[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `this must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}.`;
    case 'invalid_format':
      return 'a release is written as "3.0.0".';
    case 'too_small':
      return issue.origin === 'array' ? 'this list must not be empty.' : 'this text must not be empty.';
    default:
      return 'this value cannot be used.';
  }
}

/** Property names that are possible in the object a path leads to. */
function namesIn(path: Path): readonly string[] {
  if (path.length === 0) return Object.keys(fleetFileSchema.shape);
  return path[0] === 'hosts' ? ['processes', 'files', 'addresses'] : ['paths', 'rules'];
}

/** An entry of `ignores` is a text or an object: what is wrong with it is what is wrong with the shape it has. */
function unfold(issue: Issue, prefix: Path, root: JsonNode | null): Complaint[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], unknown: namesIn(path), message: '' }));
  const { node, member } = jsonAt(root, path);
  const shaped = issue.code === 'invalid_union' && node?.kind === 'object' ? issue.errors.at(-1) : undefined;
  if (shaped !== undefined) return missingOnce(shaped.flatMap((one) => unfold(one as Issue, path, root)));
  if (issue.code === 'invalid_union') return [complaint(path, 'this must be a pattern, or an object with "paths" and "rules".')];
  if (node === null && member === null && path.length > 0)
    return [complaint(path.slice(0, -1), `"${String(path.at(-1))}" is missing.`)];
  return [complaint(path, expected(issue))];
}

function complaint(path: Path, text: string): Complaint {
  return { path, unknown: null, message: `${path.length === 0 ? fleetFileName : path.map(String).join('.')}: ${text}` };
}

/** A property that is missing because its name is misspelt is named as the misspelt one only. */
function missingOnce(complaints: readonly Complaint[]): Complaint[] {
  const misspelt = complaints.some(({ unknown }) => unknown !== null);
  return complaints.map((one) => (misspelt && one.message.endsWith('is missing.') ? { ...one, message: '' } : one));
}

/** In the order of the file's own lists, each part once. */
export function complaintsOf(issues: readonly Issue[], root: JsonNode | null): readonly Complaint[] {
  const seen = new Set<string>();
  return issues
    .flatMap((issue) => unfold(issue, [], root))
    .filter(({ path }) => {
      const key = JSON.stringify(path.map(String));
      const fresh = !seen.has(key);
      seen.add(key);
      return fresh;
    });
}
