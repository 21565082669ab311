/** Keys and values of `Mesh(config={...})`: nothing validates or converts them at run time. */

import type { Release, Setting } from '#schemas/settings/catalogue.ts';
import type { Assignment, Literal } from '../../model/types.ts';
import { fix, removeAssignment } from '../fixes.ts';
import { ownAssignments } from '../ownAssignments.ts';
import { type DocumentContext, documentRule, type Rule } from '../rule.ts';
import { existsIn, meshKeysOf, settingOfMeshKey, settingOfVariable } from '../settingIndex.ts';
import { nearest } from '../similarity.ts';
import { intendedBool, readNumber } from '../values/pydantic.ts';

/** Named in a docstring of core/mesh.py or in older guides, read by nothing; `mode` went with 1.1.0. */
const deadKeys = new Set(['checkpoint_interval', 'max_parallel', 'state_backend', 'event_store']);
/** Keys that are read and stand in no settings table. */
const extraKeys = new Set(['auth_mode', 'mode']);

const keysByRelease = new Map<Release, readonly string[]>();

/** Keys of a release; the same array each time, so that near misses are prepared once. */
function knownKeys(release: Release): readonly string[] {
  let keys = keysByRelease.get(release);
  if (keys === undefined) {
    keys = meshKeysOf(release).flatMap((setting) => setting.meshKey ?? []);
    keysByRelease.set(release, keys);
  }
  return keys;
}

function* dictKeys(context: DocumentContext): Generator<Assignment> {
  for (const assignment of ownAssignments(context.document)) if (assignment.layer === 'mesh') yield assignment;
}

/** The dict key a person meant by an environment name. */
function keyOfVariable(name: string): string | null {
  if (name !== name.toUpperCase() && !/^jarviscore_/i.test(name)) return null;
  const upper = name.toUpperCase();
  const setting = settingOfVariable(upper) ?? settingOfVariable(`JARVISCORE_${upper}`);
  if (setting === undefined) return null;
  return settingOfMeshKey(name) === undefined
    ? (setting.meshKey ?? setting.renamedTo?.replace(/^JARVISCORE_/, '').toLowerCase() ?? null)
    : null;
}

/** Settings whose dict value the code uses without converting: what it needs, in words. */
function neededType(setting: Setting, literal: Literal): { readonly needs: string; readonly better: string | null } | null {
  const text = typeof literal === 'string' ? literal : null;
  switch (setting.meshKey) {
    case 'bind_port':
      return typeof literal === 'number' || (text !== null && /^\d+$/.test(text))
        ? null
        : { needs: 'a whole number', better: null };
    case 'seed_nodes':
      return text !== null || (Array.isArray(literal) && literal.every((item) => typeof item === 'string'))
        ? null
        : { needs: 'text or a list of texts', better: null };
    case 'bind_host':
      return text !== null ? null : { needs: 'text', better: null };
    case 'llm_limits':
      return typeof literal === 'object' && !Array.isArray(literal) ? null : { needs: 'a dict', better: null };
    case 'p2p_enabled':
    case 'keepalive_enabled':
    case 'allow_zero_peers': {
      if (text === null || text === '') return null;
      const meant = intendedBool(text);
      return {
        needs: 'True or False; any text that is not empty counts as true',
        better: meant === null ? null : meant ? 'True' : 'False',
      };
    }
    case 'zmq_port_offset':
    case 'keepalive_interval':
    case 'keepalive_timeout':
    case 'keepalive_failure_backoff_seconds':
    case 'activity_suppress_window': {
      if (typeof literal === 'number') return null;
      const number = text === null ? null : readNumber(text);
      return { needs: 'a number, nothing converts text here', better: number === null ? null : String(number) };
    }
    default:
      return null;
  }
}

const numeric = new Set(['int', 'float', 'port']);

export const dictRules: readonly Rule[] = [
  documentRule('mesh-config-env-name', (context, report) => {
    for (const assignment of dictKeys(context)) {
      const key = keyOfVariable(assignment.name);
      if (key === null || key === assignment.name) continue;
      const taken = ownAssignments(context.document).some(
        (a) => a.layer === 'mesh' && a.process === assignment.process && a.name === key,
      );
      report({
        at: context.at(assignment.nameRange),
        setting: assignment.name,
        message: `"${assignment.name}" is an environment name; the dict key is "${key}", this one is ignored.`,
        fixes: taken
          ? fix(`Remove "${assignment.name}"`, false, removeAssignment(context.document, assignment))
          : fix(`Rename to "${key}"`, false, { uri: context.document.uri, range: assignment.nameRange, newText: key }),
      });
    }
  }),

  documentRule('mesh-config-unknown-key', (context, report) => {
    const known = knownKeys(context.target);
    for (const assignment of dictKeys(context)) {
      const { name } = assignment;
      if (settingOfMeshKey(name) !== undefined || extraKeys.has(name) || deadKeys.has(name) || keyOfVariable(name) !== null)
        continue;
      const near = nearest(name, known);
      report({
        at: context.at(assignment.nameRange),
        setting: name,
        ...(near === null ? {} : { severity: 'warning' }),
        message:
          near === null
            ? `JarvisCore ${context.target} reads no key "${name}"; your own agents may.`
            : `JarvisCore ${context.target} reads no key "${name}"; did you mean "${near}"?`,
        fixes:
          near === null
            ? []
            : fix(`Rename to "${near}"`, false, { uri: context.document.uri, range: assignment.nameRange, newText: near }),
      });
    }
  }),

  documentRule('mesh-config-dead-key', (context, report) => {
    for (const assignment of dictKeys(context)) {
      const process = context.document.processes.find((candidate) => candidate.id === assignment.process);
      const mode = assignment.name === 'mode' && !context.target.startsWith('1.0.');
      if (!deadKeys.has(assignment.name) && !mode) continue;
      report({
        at: context.at(assignment.nameRange),
        setting: assignment.name,
        message: `Nothing reads "${assignment.name}"${mode ? ' since 1.1.0; "p2p_enabled" decides' : ''}.`,
        fixes:
          process?.kind === 'lifespan'
            ? []
            : fix(`Remove "${assignment.name}"`, true, removeAssignment(context.document, assignment)),
      });
    }
  }),

  documentRule('mesh-config-type', (context, report) => {
    for (const assignment of dictKeys(context)) {
      const setting = settingOfMeshKey(assignment.name);
      const { value, valueRange } = assignment;
      if (setting === undefined || value.kind !== 'literal' || value.literal === null || !existsIn(setting, context.target))
        continue;
      const flaw = neededType(setting, value.literal);
      if (flaw === null) continue;
      report({
        at: context.placeOf(assignment),
        setting: assignment.name,
        message: `"${assignment.name}" needs ${flaw.needs}.`,
        fixes:
          flaw.better === null || valueRange === null
            ? []
            : fix(`Write ${flaw.better}`, false, { uri: context.document.uri, range: valueRange, newText: flaw.better }),
      });
    }
  }),

  documentRule('mesh-config-none', (context, report) => {
    for (const assignment of dictKeys(context)) {
      const setting = settingOfMeshKey(assignment.name);
      if (
        setting === undefined ||
        !numeric.has(setting.type) ||
        assignment.value.kind !== 'literal' ||
        assignment.value.literal !== null
      )
        continue;
      report({
        at: context.placeOf(assignment),
        setting: assignment.name,
        message: `"${assignment.name}": None is passed on as it is and fails where a number is needed; leave the key out to get the default.`,
        fixes: fix(`Remove "${assignment.name}"`, false, removeAssignment(context.document, assignment)),
      });
    }
  }),
];
