/** Workspaces of the tables about ports. */
import { mesh } from './said.ts';
import type { Files } from './workspace.ts';

/** A node of a fleet with its port. */
export const node = (name: string, port: number, more = ''): Files =>
  mesh(`"p2p_enabled": True, "bind_port": ${port}${more === '' ? '' : `, ${more}`}`, `${name}.py`);
