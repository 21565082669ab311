import type { SwimLimits, SwimTiming } from './types.ts';

/**
 * A crash is "suspect" at most `1.2 periodMs + probeDeadlineMs` after the last packet and "dead" `suspicionMs` later:
 * 2.2 s and 4.7 s. swim-p2p's own nodes take 0.4..3.1 s and 15.7..18.9 s.
 */
export const DEFAULT_TIMING: SwimTiming = {
  periodMs: 1_000,
  probeRetryMs: 300,
  probeDeadlineMs: 1_000,
  suspicionMs: 2_500,
  helperTimeoutMs: 200,
  seedRetryMs: 500,
  seedRetryMaxMs: 5_000,
  seedSilentMs: 5_000,
  deadProbeMs: 2_000,
  deadProbeMaxMs: 30_000,
  syncMs: 10_000,
  fullSyncMs: 30_000,
  lateMs: 100,
};

export const DEFAULT_LIMITS: SwimLimits = {
  members: 4_096,
  contacts: 1_000,
  probesPerPeriod: 16,
  ratePerSecond: 200,
  rateBurst: 400,
};
