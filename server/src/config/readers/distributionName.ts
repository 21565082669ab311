/** Names of distributions on package indexes. */

/** PEP 503: names compare without case, and runs of `-_.` are equal. */
export function normalizeDistribution(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
