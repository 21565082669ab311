/** Token buckets, one per source, in a table that cannot grow without bound. */
export interface RateLimit {
  allow(source: string, nowMs: number): boolean;
}

export function createRateLimit(options: {
  readonly perSecond: number;
  readonly burst: number;
  readonly sources: number;
}): RateLimit {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return {
    allow(source, nowMs) {
      let bucket = buckets.get(source);
      if (bucket === undefined) {
        bucket = { tokens: options.burst, atMs: nowMs };
        buckets.set(source, bucket);
        if (buckets.size > options.sources) {
          const [oldest] = buckets.keys();
          if (oldest !== undefined) buckets.delete(oldest);
        }
      }
      const refilled = bucket.tokens + (Math.max(0, nowMs - bucket.atMs) * options.perSecond) / 1000;
      bucket.tokens = Math.min(options.burst, refilled);
      bucket.atMs = nowMs;
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
  };
}
