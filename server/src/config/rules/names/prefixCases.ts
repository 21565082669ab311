/** Names that carry no prefix, a wrong one or one too many, and the names that are read instead. */
import { settingOfUpperName } from '../settingIndex.ts';

/** Read up to 0.3.2; settings.py:45-48 of every release since reads the prefixed name alone. */
export const unprefixed: ReadonlyMap<string, string> = new Map(
  ['BIND_HOST', 'BIND_PORT', 'NODE_NAME', 'SEED_NODES'].map((name) => [name, `JARVISCORE_${name}`]),
);

/** Documented from 1.1.0 to 1.11.0, read by no release. */
export const jcPrefixed: ReadonlyMap<string, string> = new Map([
  ['JC_SWIM_HOST', 'JARVISCORE_BIND_HOST'],
  ['JC_SWIM_PORT', 'JARVISCORE_BIND_PORT'],
  ['JC_SEED_NODES', 'JARVISCORE_SEED_NODES'],
]);

/** Keys of the coordinator's internal dict (p2p/coordinator.py:118-125), which is filled from the public names. */
export const internalKeepalive: ReadonlyMap<string, string | null> = new Map([
  ['P2P_KEEPALIVE_ENABLED', 'KEEPALIVE_ENABLED'],
  ['P2P_KEEPALIVE_INTERVAL', 'KEEPALIVE_INTERVAL'],
  ['P2P_KEEPALIVE_TIMEOUT', 'KEEPALIVE_TIMEOUT'],
  ['P2P_ACTIVITY_SUPPRESS_WINDOW', 'ACTIVITY_SUPPRESS_WINDOW'],
  ['P2P_CIRCUIT_HALF_OPEN_INTERVAL', null],
]);

/** Announced with 1.0.2, but p2p/coordinator.py:123-124 takes them from the Mesh dict alone. */
export const dictOnlyKeepalive: ReadonlyMap<string, string> = new Map([
  ['P2P_KEEPALIVE_FAILURE_BACKOFF_SECONDS', 'keepalive_failure_backoff_seconds'],
  ['KEEPALIVE_FAILURE_BACKOFF_SECONDS', 'keepalive_failure_backoff_seconds'],
  ['P2P_ALLOW_ZERO_PEERS', 'allow_zero_peers'],
  ['ALLOW_ZERO_PEERS', 'allow_zero_peers'],
]);

const listed = new Set([...unprefixed, ...jcPrefixed, ...internalKeepalive, ...dictOnlyKeepalive].map(([name]) => name));

/** Whether a rule about prefixes has the last word on the name, so that spelling rules leave it alone. */
export function isPrefixCase(key: string): boolean {
  return listed.has(key) || overprefixedTarget(key) !== null;
}

/** The name a superfluous `JARVISCORE_` hides, or null. */
export function overprefixedTarget(key: string): string | null {
  if (!key.startsWith('JARVISCORE_') || settingOfUpperName(key) !== undefined) return null;
  // An irregular pair: the setting is CONTROL_POLICY_PATH, its override JARVISCORE_CONTROL_POLICY (control/policy.py:279-283).
  if (key === 'JARVISCORE_CONTROL_POLICY_PATH') return 'JARVISCORE_CONTROL_POLICY';
  const bare = settingOfUpperName(key.slice('JARVISCORE_'.length));
  if (bare === undefined || bare.envName === null) return null;
  return bare.status === 'active' || bare.status === 'deprecated' || bare.status === 'removed' ? bare.envName : null;
}
