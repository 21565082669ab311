/** Workspaces of the tables about seeds. */
import { env, mesh } from './said.ts';
import type { Files } from './workspace.ts';

/** A node of a fleet with its port. */
export const node = (name: string, port: number, more = ''): Files =>
  mesh(`"p2p_enabled": True, "bind_port": ${port}${more === '' ? '' : `, ${more}`}`, `${name}.py`);
export const seeds = (list: string): Files => env(`JARVISCORE_SEED_NODES=${list}`);

/** Nodes on one machine, of which the last has these seeds. */
export const fleet = (size: number, list?: string): Files =>
  Object.assign(
    {},
    ...Array.from({ length: size }, (_, i) =>
      node(`n${i}`, 7950 + i, list !== undefined && i === size - 1 ? `"seed_nodes": "${list}"` : ''),
    ),
  );
