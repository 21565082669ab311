/** Checklists of several models as one. */
import type { ReadinessItem, ReadinessStatus } from '../config/rules/readiness.ts';

const gravest: readonly ReadinessStatus[] = ['fail', 'manual', 'pass', 'not-applicable'];

/** Parts of a project with releases of their own: an item is as good as its worst part. */
export function together(parts: readonly (readonly ReadinessItem[])[]): readonly ReadinessItem[] {
  const [first = [], ...others] = parts;
  return first.map((item, index) => {
    const all = [item, ...others.flatMap((part) => part[index] ?? [])];
    const worst = all.toSorted((a, b) => gravest.indexOf(a.status) - gravest.indexOf(b.status))[0] ?? item;
    const evidence = all.filter(({ status }) => status === worst.status).flatMap((one) => one.evidence);
    return { ...worst, evidence };
  });
}
