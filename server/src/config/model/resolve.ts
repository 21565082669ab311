/** From candidates to the one value a setting has in a process (rules 0.2). */
import type { Release } from '#schemas/settings/catalogue.ts';
import { mergeSecretJson } from '../readers/secretJson.ts';
import type { PythonJson } from '../text/pythonJson.ts';
import { applied } from './applied.ts';
import type { Field } from './fields.ts';
import type { Layer, LayerEntry } from './layers.ts';
import { convertText, decodeJson, fieldType, mergeJson, validateJson } from './pydantic.ts';
import type { Assignment, Candidate, EffectiveSetting, Literal, Origin, SecretFacts, Value } from './types.ts';

export interface ResolutionContext {
  readonly release: Release;
  /** Strongest first: written into os.environ, process environment, loaded files, `./.env`. */
  readonly layers: readonly Layer[];
  /** Env files that reach the process environment. */
  readonly exported: ReadonlySet<string>;
  readonly meshStart: boolean;
  /** The document that declares the process. */
  readonly uri: string;
}

function typedMesh(value: Value): Literal | undefined {
  return value.kind === 'literal' ? value.literal : undefined;
}

/** The text as the field types it. A secret JSON setting carries the verdict in its facts. */
function typedText(field: Field, value: Value): { readonly typed: Literal | undefined; readonly error: string | null } {
  if (value.kind === 'secret') {
    if (!field.declared || fieldType(field.setting) !== 'json') return { typed: undefined, error: null };
    const { formats } = value.facts;
    if (formats.includes('json-invalid')) return { typed: undefined, error: 'not valid JSON' };
    return { typed: undefined, error: formats.includes('json-wrong') ? 'not a JSON object of texts' : null };
  }
  if (value.kind !== 'text') return { typed: undefined, error: null };
  const converted = convertText(field.setting, value.text);
  if ('value' in converted) return { typed: converted.value, error: null };
  // A reader outside `Settings` gets the text and makes of it what it likes.
  return field.declared ? { typed: undefined, error: converted.error } : { typed: value.text, error: null };
}

function candidate(field: Field, context: ResolutionContext, origin: Origin, entry: LayerEntry): Candidate {
  const mesh = origin.kind === 'mesh-config';
  const state = applied({
    effect: field.effect,
    declared: field.declared,
    release: context.release,
    origin: origin.kind,
    meshStart: context.meshStart,
    exported: origin.uri !== null && context.exported.has(origin.uri),
  });
  const converted = mesh ? { typed: typedMesh(entry.value), error: null } : typedText(field, entry.value);
  return { origin, value: entry.value, ...converted, assignment: entry.assignment, ...state };
}

/** JSON settings of several sources merge key by key, and each source must be valid JSON whichever wins. */
function mergeJsonCandidates(field: Field, chain: readonly Candidate[]): Candidate[] {
  const texts = chain.filter((one) => one.origin.kind === 'process-env' || one.origin.kind === 'env-file');
  // pydantic-settings looks at the strongest process value and at the file.
  const sources = [
    texts.find((one) => one.origin.kind === 'process-env'),
    texts.find((one) => one.origin.kind === 'env-file'),
  ].filter((one) => one !== undefined);
  const first = sources[0];
  if (first === undefined || chain[0]?.origin.kind === 'mesh-config') return [...chain];
  let error: string | null = null;
  let merged: PythonJson | null = null;
  let secret: SecretFacts | null = null;
  let strongest: Candidate | null = null;
  for (const source of sources.toReversed()) {
    if (source.value.kind === 'secret') {
      const { facts } = source.value;
      secret = secret === null ? facts : mergeSecretJson(secret, facts);
      if (!facts.formats.includes('json-null')) strongest = source;
      continue;
    }
    if (source.value.kind !== 'text') continue;
    const decoded = decodeJson(source.value.text);
    if ('error' in decoded) {
      error ??= decoded.error;
    } else if (decoded.json !== null) {
      merged = merged === null ? decoded.json : mergeJson(merged, decoded.json);
      strongest = source;
    }
  }
  if (secret !== null) error ??= typedText(field, { kind: 'secret', facts: secret }).error;
  // `null` in JSON counts as nothing given.
  if (error === null && strongest === null) return chain.filter((one) => !sources.includes(one));
  const winner = strongest ?? first;
  let typed = winner.typed;
  if (error === null && merged !== null) {
    const converted = validateJson(field.setting.envName ?? '', merged);
    if ('error' in converted) error = converted.error;
    typed = 'value' in converted ? converted.value : undefined;
  } else {
    typed = undefined;
  }
  const value: Value = winner.value.kind === 'secret' && secret !== null ? { kind: 'secret', facts: secret } : winner.value;
  const result: Candidate = { ...winner, value, typed, error };
  return [result, ...chain.filter((one) => one !== winner)];
}

/** The setting of one field in one process. `mesh`: the last entry of the Mesh dict with its key. */
export function resolveField(field: Field, mesh: Assignment | null, context: ResolutionContext): EffectiveSetting {
  const chain: Candidate[] = [];
  if (mesh !== null) {
    const range = mesh.valueRange ?? mesh.nameRange;
    chain.push(
      candidate(field, context, { kind: 'mesh-config', uri: context.uri, range }, { value: mesh.value, assignment: mesh, range }),
    );
  }
  const { envName } = field.setting;
  if (envName !== null) {
    for (const layer of context.layers) {
      const entry = field.declared ? layer.folded.get(envName.toLowerCase()) : layer.exact.get(envName);
      // A name without a value in a file gives nothing; passed through by a supervisor it is set to something unknown.
      if (entry === undefined || (entry.value.kind === 'absent' && layer.kind === 'env-file')) continue;
      chain.push(candidate(field, context, { kind: layer.kind, uri: layer.uri, range: entry.range }, entry));
    }
  }
  const written = field.declared && fieldType(field.setting) === 'json' ? mergeJsonCandidates(field, chain) : chain;
  const [fallback] = field.fallback.chain;
  const all = fallback === undefined ? written : [...written, fallback];
  const winner = written.find((one) => one.applied !== false) ?? written[0] ?? field.fallback.winner;
  return { name: field.name, meshKey: field.setting.meshKey, winner, chain: all };
}
