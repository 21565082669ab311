/** The separate fleets that the files declare. The protocol has no cluster name: who joins two of them merges them. */
import type { FleetComponent } from '#schemas/editor/fleetMessages.ts';
import { type Declaration, isLoopback, isOnThisMachine, splitAddress } from './declared.ts';

export interface Component {
  /** Of declared nodes, in the order of the files. */
  readonly names: readonly string[];
  /** Those of them on this machine: they bind an address of it or, where that is not known, name seeds on it only. */
  readonly localNames: readonly string[];
  /** What a node on 127.0.0.1 can join. */
  readonly loopback: readonly string[];
  /** What only a node with an address of a network can join. Hosts as the files write them. */
  readonly elsewhere: readonly string[];
}

/** The protocol compares addresses as text, so one spelling: names and wildcards of this machine become 127.0.0.1. */
export function spelled(host: string, port: number): string {
  if (!isOnThisMachine(host)) return `${host}:${port}`;
  return /^127(?:\.\d{1,3}){3}$/.test(host) ? `${host}:${port}` : `127.0.0.1:${port}`;
}

function namesOnlyLoopback(seeds: readonly string[]): boolean {
  return seeds.length > 0 && seeds.every((text) => isLoopback(splitAddress(text)?.host ?? ''));
}

/** Nodes that name each other, or one seed in common, belong to one fleet. Those with most nodes on this machine first. */
export function components(declared: readonly Declaration[]): readonly Component[] {
  const parents = new Map<string, string>();
  const find = (key: string): string => {
    let root = key;
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next;
    return root;
  };
  const touch = (key: string): void => {
    if (!parents.has(key)) parents.set(key, key);
  };
  const nodes: { readonly key: string; readonly name: string; readonly local: boolean }[] = [];
  const loopback = new Set<string>();
  const elsewhere = new Set<string>();
  for (const { host, port, seeds, node, rowId } of declared) {
    const known = host !== null && port !== null;
    const local = host === null ? namesOnlyLoopback(seeds) : isOnThisMachine(host);
    const key = known ? spelled(host, port) : `?${rowId}`;
    touch(key);
    nodes.push({ key, name: node.name, local });
    if (known) (local ? loopback : elsewhere).add(key);
    for (const text of seeds) {
      const seed = splitAddress(text);
      if (seed === null) continue;
      const address = spelled(seed.host, seed.port);
      // A wildcard as a seed leads nowhere that a name or an address would not.
      if (isLoopback(seed.host)) loopback.add(address);
      else if (!isOnThisMachine(seed.host)) elsewhere.add(address);
      touch(address);
      parents.set(find(address), find(key));
    }
  }
  const found = new Map<string, { names: string[]; localNames: string[]; loopback: string[]; elsewhere: string[] }>();
  for (const { key, name, local } of nodes) {
    const root = find(key);
    const component = found.get(root) ?? { names: [], localNames: [], loopback: [], elsewhere: [] };
    component.names.push(name);
    if (local) component.localNames.push(name);
    found.set(root, component);
  }
  for (const address of loopback) found.get(find(address))?.loopback.push(address);
  for (const address of elsewhere) found.get(find(address))?.elsewhere.push(address);
  return [...found.values()]
    .filter((component) => component.loopback.length > 0 || component.elsewhere.length > 0)
    .sort((a, b) => b.localNames.length - a.localNames.length);
}

/** The same for a person who chooses: a fleet that can be joined both ways is offered both ways. */
export function choices(declared: readonly Declaration[]): FleetComponent[] {
  return components(declared).flatMap(({ names, localNames, loopback, elsewhere }): FleetComponent[] => [
    ...(localNames.length > 0 ? [{ names: [...localNames], addresses: [...loopback], reach: 'loopback' as const }] : []),
    ...(elsewhere.length > 0 ? [{ names: [...names], addresses: [...elsewhere], reach: 'network' as const }] : []),
  ]);
}

/** Names of two declared fleets that these addresses would bridge; null: they lead to one at most. */
export function bridged(addresses: readonly string[], declared: readonly Declaration[]): readonly [string, string] | null {
  const wanted = new Set(addresses.map((text) => text.trim()));
  for (const text of addresses) {
    const address = splitAddress(text.trim());
    if (address !== null) wanted.add(spelled(address.host, address.port));
  }
  const [first, second] = components(declared).filter(({ loopback, elsewhere }) =>
    [...loopback, ...elsewhere].some((address) => wanted.has(address)),
  );
  return first === undefined || second === undefined ? null : [first.names.join(', '), second.names.join(', ')];
}
