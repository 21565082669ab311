/** The framework's own `keepalive_timeout` (p2p/coordinator.py of 3.0.0), milliseconds. */
const frameworkTimeoutMs = 10_000;
/** A busy Python node acknowledges within milliseconds, but one that compiles its imports may need most of a second. */
const leastTimeoutMs = 1_000;

/** How long an acknowledgement may take before the keepalive counts as failed: as long as the interval, within these bounds. */
export function ackTimeoutMs(intervalMs: number): number {
  return Math.min(frameworkTimeoutMs, Math.max(leastTimeoutMs, intervalMs));
}
