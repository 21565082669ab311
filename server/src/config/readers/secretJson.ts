/**
 * Secret settings that are JSON objects of texts, of which pydantic-settings merges two sources name by name. The model
 * keeps facts only; which names an object has stays in this module.
 */
import type { SecretFacts } from '../model/types.ts';
import { pythonJson } from '../text/pythonJson.ts';

type Shape = 'json-invalid' | 'json-null' | 'json-wrong' | 'json-empty' | 'json-object';

interface SecretJson {
  readonly shape: Shape;
  /** Whether the value of each name is a text; null where the JSON is no object. */
  readonly names: ReadonlyMap<string, boolean> | null;
}

const known = new WeakMap<SecretFacts, SecretJson>();

function shapeOf(names: ReadonlyMap<string, boolean>): Shape {
  if (names.size === 0) return 'json-empty';
  return [...names.values()].every(Boolean) ? 'json-object' : 'json-wrong';
}

function decode(text: string): SecretJson {
  const decoded = pythonJson(text);
  if (decoded === undefined) return { shape: 'json-invalid', names: null };
  if (decoded.value === null) return { shape: 'json-null', names: null };
  if (!(decoded.value instanceof Map)) return { shape: 'json-wrong', names: null };
  const names = new Map([...decoded.value].map(([name, item]): [string, boolean] => [name, typeof item === 'string']));
  return { shape: shapeOf(names), names };
}

function withJson(facts: SecretFacts, json: SecretJson): SecretFacts {
  const formats = [...facts.formats.filter((format) => !format.startsWith('json-')), json.shape];
  // In braces a text that is no JSON is a placeholder.
  const given = json.shape === 'json-object' || json.shape === 'json-wrong';
  const result: SecretFacts = { ...facts, state: json.shape === 'json-empty' ? 'empty' : given ? 'set' : facts.state, formats };
  known.set(result, json);
  return result;
}

/** The facts with what the JSON of the secret is, as a format, so that nobody has to look at it again. */
export function jsonFacts(facts: SecretFacts, text: string): SecretFacts {
  return withJson(facts, decode(text));
}

/** The facts of what pydantic-settings makes of two sources (`deep_update`): objects are merged, anything else replaces. */
export function mergeSecretJson(weaker: SecretFacts, stronger: SecretFacts): SecretFacts {
  const a = known.get(weaker);
  const b = known.get(stronger);
  if (a === undefined || b === undefined || a.shape === 'json-null') return stronger;
  if (b.shape === 'json-null' || a.shape === 'json-invalid') return weaker;
  if (a.names === null || b.names === null) return stronger;
  const names = new Map([...a.names, ...b.names]);
  return withJson(b.names.size === 0 ? weaker : stronger, { shape: shapeOf(names), names });
}
