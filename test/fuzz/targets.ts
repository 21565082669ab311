/** All fuzz targets by name. */
import { codecTargets } from './codecTargets.ts';
import { readerTargets } from './readerTargets.ts';
import type { FuzzTarget } from './target.ts';

export const targets: readonly FuzzTarget[] = [...codecTargets, ...readerTargets];

/** @throws where there is no such target */
export function targetNamed(name: string): FuzzTarget {
  const target = targets.find((each) => each.name === name);
  if (target === undefined) throw new Error(`There is no target ${name}: ${targets.map((each) => each.name).join(', ')}.`);
  return target;
}
