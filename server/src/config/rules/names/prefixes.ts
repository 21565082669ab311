/** Names that carry no prefix, a wrong one or one too many. */
import type { Fix } from '../../model/types.ts';
import { fix } from '../fixes.ts';
import { type DocumentContext, documentRule, type Rule } from '../rule.ts';
import { settingOfVariable } from '../settingIndex.ts';
import { hasName, isForeign, removeEdit, renameEdit, type WrittenName, writtenNames } from './environmentNames.ts';

/** Read up to 0.3.2; settings.py:45-48 of every release since reads the prefixed name alone. */
const unprefixed: ReadonlyMap<string, string> = new Map(
  ['BIND_HOST', 'BIND_PORT', 'NODE_NAME', 'SEED_NODES'].map((name) => [name, `JARVISCORE_${name}`]),
);

/** Documented from 1.1.0 to 1.11.0, read by no release. */
const jcPrefixed: ReadonlyMap<string, string> = new Map([
  ['JC_SWIM_HOST', 'JARVISCORE_BIND_HOST'],
  ['JC_SWIM_PORT', 'JARVISCORE_BIND_PORT'],
  ['JC_SEED_NODES', 'JARVISCORE_SEED_NODES'],
]);

/** Keys of the coordinator's internal dict (p2p/coordinator.py:118-125), which is filled from the public names. */
const internalKeepalive: ReadonlyMap<string, string | null> = new Map([
  ['P2P_KEEPALIVE_ENABLED', 'KEEPALIVE_ENABLED'],
  ['P2P_KEEPALIVE_INTERVAL', 'KEEPALIVE_INTERVAL'],
  ['P2P_KEEPALIVE_TIMEOUT', 'KEEPALIVE_TIMEOUT'],
  ['P2P_ACTIVITY_SUPPRESS_WINDOW', 'ACTIVITY_SUPPRESS_WINDOW'],
  ['P2P_CIRCUIT_HALF_OPEN_INTERVAL', null],
]);

/** Announced with 1.0.2, but p2p/coordinator.py:123-124 takes them from the Mesh dict alone. */
const dictOnlyKeepalive: ReadonlyMap<string, string> = new Map([
  ['P2P_KEEPALIVE_FAILURE_BACKOFF_SECONDS', 'keepalive_failure_backoff_seconds'],
  ['KEEPALIVE_FAILURE_BACKOFF_SECONDS', 'keepalive_failure_backoff_seconds'],
  ['P2P_ALLOW_ZERO_PEERS', 'allow_zero_peers'],
  ['ALLOW_ZERO_PEERS', 'allow_zero_peers'],
]);

const p2pNames = new Set([
  ...unprefixed.keys(),
  ...unprefixed.values(),
  ...['P2P_ENABLED', 'ZMQ_PORT_OFFSET', 'TRANSPORT_TYPE', 'KEEPALIVE_ENABLED', 'KEEPALIVE_INTERVAL', 'JARVISCORE_MESH_ENDPOINT'],
]);

/** Whether a rule of this file has the last word on the name, so that spelling rules leave it alone. */
export function isPrefixCase(key: string): boolean {
  return (
    unprefixed.has(key) ||
    jcPrefixed.has(key) ||
    internalKeepalive.has(key) ||
    dictOnlyKeepalive.has(key) ||
    overprefixedTarget(key) !== null
  );
}

/** Renames the line, or removes it where the right name has a line already. */
function renameOrRemove(context: DocumentContext, written: WrittenName, to: string): readonly Fix[] {
  const { document } = context;
  if (written.assignment !== null && hasName(document, to))
    return fix(`Remove ${written.name}, ${to} is set already`, false, removeEdit(document, written));
  return fix(`Rename to ${to}`, false, renameEdit(document, written, to));
}

/** The name a superfluous `JARVISCORE_` hides, or null. */
function overprefixedTarget(key: string): string | null {
  if (!key.startsWith('JARVISCORE_') || settingOfVariable(key) !== undefined) return null;
  // An irregular pair: the setting is CONTROL_POLICY_PATH, its override JARVISCORE_CONTROL_POLICY (control/policy.py:279-283).
  if (key === 'JARVISCORE_CONTROL_POLICY_PATH') return 'JARVISCORE_CONTROL_POLICY';
  const bare = settingOfVariable(key.slice('JARVISCORE_'.length));
  if (bare === undefined || bare.envName === null) return null;
  return bare.status === 'active' || bare.status === 'deprecated' || bare.status === 'removed' ? bare.envName : null;
}

export const prefixRules: readonly Rule[] = [
  documentRule('unprefixed-p2p-var', (context, report) => {
    const names = writtenNames(context.document);
    for (const written of names) {
      const to = unprefixed.get(written.key);
      if (to === undefined) continue;
      const alone = written.key === 'NODE_NAME' && !names.some((other) => other.key !== 'NODE_NAME' && p2pNames.has(other.key));
      report({
        at: context.at(written.range),
        message: `${written.name} is not read by JarvisCore (since 0.4.0); use ${to}, set per process.`,
        setting: to,
        ...(context.document.template || alone ? { severity: 'warning' } : {}),
        fixes: renameOrRemove(context, written, to),
      });
    }
  }),

  documentRule('jc-prefixed-p2p-var', (context, report) => {
    for (const written of writtenNames(context.document)) {
      const to = jcPrefixed.get(written.key);
      if (to === undefined) continue;
      report({
        at: context.at(written.range),
        message: `${written.name} was documented up to 1.11.0, but no release reads it; use ${to}.`,
        setting: to,
        fixes: renameOrRemove(context, written, to),
      });
    }
  }),

  documentRule('overprefixed-var', (context, report) => {
    for (const written of writtenNames(context.document)) {
      const to = overprefixedTarget(written.key);
      if (to === null || isForeign(written.key)) continue;
      const why = to.startsWith('JARVISCORE_') ? `the name that is read is ${to}` : `${to} stays without the prefix on purpose`;
      report({
        at: context.at(written.range),
        message: `${written.name} is ignored: ${why}.`,
        setting: to,
        fixes: renameOrRemove(context, written, to),
      });
    }
  }),

  documentRule('internal-keepalive-name', (context, report) => {
    for (const written of writtenNames(context.document)) {
      const to = internalKeepalive.get(written.key);
      if (to === undefined) continue;
      report({
        at: context.at(written.range),
        message:
          to === null
            ? `${written.name} is an internal key of the framework and is not read from the environment; no setting replaces it.`
            : `${written.name} is an internal key of the framework and is not read from the environment; use ${to}.`,
        setting: to ?? written.key,
        fixes:
          to === null
            ? fix(`Remove ${written.name}`, false, removeEdit(context.document, written))
            : renameOrRemove(context, written, to),
      });
    }
  }),

  documentRule('keepalive-env-not-read', (context, report) => {
    for (const written of writtenNames(context.document)) {
      const key = dictOnlyKeepalive.get(written.key);
      if (key === undefined) continue;
      report({
        at: context.at(written.range),
        message: `${written.name} was announced for 1.0.2, but no release from 1.0.0 to 3.0.0 reads it from the environment; set "${key}" in Mesh(config={...}).`,
        setting: key,
        fixes: fix(
          `Remove ${written.name} (set "${key}" in the Mesh dict instead)`,
          false,
          removeEdit(context.document, written),
        ),
      });
    }
  }),
];
