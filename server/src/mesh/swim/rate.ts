/** A token bucket for each source, in a bounded table. */
const SOURCES = 2_048;

interface Bucket {
  tokens: number;
  atMs: number;
}

export class RateLimit {
  private readonly perSecond: number;
  private readonly burst: number;
  private readonly buckets = new Map<string, Bucket>();

  constructor(perSecond: number, burst: number) {
    this.perSecond = perSecond;
    this.burst = burst;
  }

  /** Takes one token of `source`; false when it has none left. */
  take(source: string, nowMs: number): boolean {
    let bucket = this.buckets.get(source);
    if (bucket === undefined) {
      if (this.buckets.size >= SOURCES) this.dropIdle(nowMs);
      bucket = { tokens: this.burst, atMs: nowMs };
      this.buckets.set(source, bucket);
    }
    bucket.tokens = Math.min(this.burst, bucket.tokens + ((nowMs - bucket.atMs) / 1_000) * this.perSecond);
    bucket.atMs = nowMs;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  /** Full buckets carry no information; if none is full, the oldest ones go. */
  private dropIdle(nowMs: number): void {
    const fillMs = (this.burst / this.perSecond) * 1_000;
    for (const [source, bucket] of this.buckets) if (nowMs - bucket.atMs >= fillMs) this.buckets.delete(source);
    for (const source of this.buckets.keys()) {
      if (this.buckets.size < SOURCES / 2) return;
      this.buckets.delete(source);
    }
  }
}
