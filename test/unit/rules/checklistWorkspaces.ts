/** Workspaces of the tables about checklist. */
import { mesh } from './said.ts';
import type { Files } from './workspace.ts';

export const production = { profile: 'production' } as const;
/** A node of a fleet. */
export const node = (name: string, dict: string): Files => mesh(dict, `${name}.py`);
