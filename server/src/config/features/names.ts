/**
 * Which names mean the same setting. `JARVISCORE_BIND_PORT`, the key `bind_port`, the former `BIND_PORT` and the
 * documented `JC_SWIM_PORT` are one setting for a person who looks for it, whichever of them a release reads.
 */
import { settings } from '#schemas/settings/catalogue.ts';
import { dictOnlyKeepalive, internalKeepalive, jcPrefixed, overprefixedTarget, unprefixed } from '../rules/names/prefixCases.ts';
import { settingOfMeshKey, settingOfVariable } from '../rules/settingIndex.ts';

type LayerName = 'environment' | 'mesh';

const variable = (name: string): string => `environment ${name.toUpperCase()}`;
const dictKey = (name: string): string => `mesh ${name}`;

/** Node -> representative of its group, by union. */
function groupNames(): ReadonlyMap<string, string> {
  const parents = new Map<string, string>();
  const find = (node: string): string => {
    let at = node;
    for (let next = parents.get(at); next !== undefined && next !== at; next = parents.get(at)) at = next;
    return at;
  };
  const join = (a: string, b: string): void => {
    if (!parents.has(a)) parents.set(a, a);
    if (!parents.has(b)) parents.set(b, b);
    const [x, y] = [find(a), find(b)];
    if (x !== y) parents.set(y, x);
  };
  for (const { envName, meshKey, aliases, renamedTo, useInstead } of settings) {
    if (envName?.includes('<') === true) continue;
    const own = envName === null ? (meshKey === null ? null : dictKey(meshKey)) : variable(envName);
    if (own === null) continue;
    join(own, own);
    if (meshKey !== null) join(own, dictKey(meshKey));
    for (const alias of aliases) join(own, variable(alias));
    for (const other of [renamedTo, useInstead]) {
      // Anything but one name is advice in words.
      if (other !== undefined && settingOfVariable(other) !== undefined) join(variable(other), own);
    }
  }
  for (const [name, to] of [...unprefixed, ...jcPrefixed, ...internalKeepalive])
    if (to !== null) join(variable(to), variable(name));
  for (const [name, key] of dictOnlyKeepalive) join(dictKey(key), variable(name));
  return new Map([...parents.keys()].map((node) => [node, find(node)]));
}

const groups = groupNames();

/**
 * Equal for all names of one setting. Variables of the catalogue are taken in any letter case, as pydantic-settings
 * reads them; names outside of it are what they are.
 */
export function nameKey(name: string, layer: LayerName): string {
  if (layer === 'mesh') {
    // A variable's name in the dict is a mistake, and the setting is still the one that was meant.
    return groups.get(dictKey(name)) ?? groups.get(variable(name)) ?? `other key ${name}`;
  }
  const target = overprefixedTarget(name.toUpperCase());
  return groups.get(variable(target ?? name)) ?? `other variable ${name}`;
}

/** Whether a name belongs to the catalogue, as it stands or by a slip that is known. */
export function isCatalogued(name: string, layer: LayerName): boolean {
  return !nameKey(name, layer).startsWith('other ');
}

const members = Map.groupBy(groups.keys(), (node) => groups.get(node) ?? node);

/** All names of a setting in one layer, in the order of the catalogue. */
export function namesOf(key: string, layer: LayerName): readonly string[] {
  const prefix = layer === 'mesh' ? 'mesh ' : 'environment ';
  return (members.get(key) ?? []).flatMap((node) => (node.startsWith(prefix) ? [node.slice(prefix.length)] : []));
}

/** The names under which the model keeps the resolutions of a setting: the written one first, then its other names. */
export function modelNames(name: string, layer: LayerName): readonly string[] {
  const key = nameKey(name, layer);
  const own = layer === 'mesh' ? settingOfMeshKey(name) : settingOfVariable(name);
  const first = own === undefined ? [] : [own.envName ?? (own.meshKey ?? '').toUpperCase()];
  const keys = namesOf(key, 'mesh').flatMap((one) => settingOfMeshKey(one) ?? []);
  const others = [...namesOf(key, 'environment'), ...keys.map((one) => one.envName ?? (one.meshKey ?? '').toUpperCase())];
  return [...new Set([...first, ...others])];
}
