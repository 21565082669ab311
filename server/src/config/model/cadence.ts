/**
 * How often a framework node really sends keepalives. `keepalive_interval` is only a lower bound: every message a node
 * sends counts as activity, its own keepalives and its answers to those of others included, and activity silences it
 * for `activity_suppress_window` (p2p/keepalive.py and `_send_p2p_message` of p2p/coordinator.py, 1.0.2 to 3.0.0).
 * No closed form covers how several nodes silence each other in steps of 10 s, so their loops are played through.
 */

export interface KeepaliveSettings {
  /** `KEEPALIVE_INTERVAL`. */
  readonly intervalSeconds: number;
  /** `ACTIVITY_SUPPRESS_WINDOW`. */
  readonly activityWindowSeconds: number;
  /** `keepalive_failure_backoff_seconds`. */
  readonly backoffSeconds: number;
  /** Other living nodes with the same settings. */
  readonly peers: number;
  /** `allow_zero_peers`. */
  readonly allowZeroPeers: boolean;
}

export interface KeepaliveCadence {
  /** Between two keepalives of one node while no other message is sent; null: it sends none. */
  readonly effectiveSeconds: number | null;
  /** One or two sentences for a person. */
  readonly why: string;
}

/** `asyncio.sleep(10)` between two looks, `asyncio.sleep(30)` before the first (keepalive.py). */
const lookSeconds = 10;
const firstLookSeconds = 30;
/** An event loop wakes a little late, never early. */
const lateSeconds = 0.001;
/** A keepalive and its answer, on loopback. Anything between 0 and a second gives the same cadence. */
const answerSeconds = 0.02;
const returnSeconds = 0.03;
/** A larger fleet follows the same pattern: each further node adds one window. */
const playedNodes = 12;

const looks = (seconds: number): number => Math.max(1, Math.ceil(seconds / lookSeconds)) * lookSeconds;

/** Seconds between keepalives of the nodes that send any, in the order in which they were sent; silent nodes counted. */
function play(settings: KeepaliveSettings, nodes: number): { readonly gaps: readonly number[]; readonly silent: number } {
  const { intervalSeconds, activityWindowSeconds } = settings;
  const activity = new Array<number>(nodes).fill(0);
  const sent: number[][] = Array.from({ length: nodes }, () => []);
  // Golden ratio: as evenly apart as any number of nodes can be without ever meeting on a round number.
  const next = Array.from({ length: nodes }, (_unused, node) => firstLookSeconds + ((node * 0.618_034) % 1) * lookSeconds);
  const end = firstLookSeconds + 8 * Math.max(looks(intervalSeconds), (nodes + 1) * looks(activityWindowSeconds));
  for (;;) {
    const now = Math.min(...next);
    if (now > end) break;
    const node = next.indexOf(now);
    const last = sent[node]?.at(-1) ?? Number.NEGATIVE_INFINITY;
    const wait = Math.max((activity[node] ?? 0) + activityWindowSeconds, last + intervalSeconds) - now;
    if (wait > 0) {
      // Nothing brings the moment forward, so the looks before it need no playing.
      next[node] = now + Math.ceil(wait / (lookSeconds + lateSeconds)) * (lookSeconds + lateSeconds);
      continue;
    }
    next[node] = now + returnSeconds + lookSeconds + lateSeconds;
    sent[node]?.push(now);
    activity.fill(now + answerSeconds);
    activity[node] = now + returnSeconds;
  }
  const gaps = sent.flatMap((times) => times.slice(2).map((time, index) => time - (times[index + 1] ?? 0)));
  return { gaps: gaps.sort((a, b) => a - b), silent: sent.filter((times) => times.length <= 1).length };
}

/**
 * The cadence that these settings give, all nodes alike and otherwise idle.
 *
 * @param settings Negative numbers count as 0, as they do in the framework; NaN and infinite ones give no cadence.
 */
export function keepaliveCadence(settings: KeepaliveSettings): KeepaliveCadence {
  const { intervalSeconds, activityWindowSeconds, backoffSeconds, allowZeroPeers } = settings;
  const peers = Math.max(0, Math.floor(settings.peers));
  if (peers === 0) {
    return {
      effectiveSeconds: null,
      why: allowZeroPeers
        ? `There is no peer to send to; the node looks again every ${lookSeconds} s, without penalty.`
        : `Having no peer counts as a failure: the node tries again every ${looks(backoffSeconds)} s and logs KEEPALIVE_BROADCAST_FAILED each time.`,
    };
  }
  const nodes = peers + 1;
  const finite = Number.isFinite(intervalSeconds) && Number.isFinite(activityWindowSeconds);
  const { gaps, silent } = finite ? play(settings, Math.min(nodes, playedNodes)) : { gaps: [], silent: 0 };
  const median = gaps[gaps.length >> 1];
  if (median === undefined) return { effectiveSeconds: null, why: 'With these settings no keepalive is ever due.' };
  const surplus = Math.max(0, nodes - playedNodes);
  const seconds = Math.round(median / lookSeconds) * lookSeconds + surplus * activityWindowSeconds;
  if (silent > 0) {
    return {
      effectiveSeconds: seconds,
      why: `The window of ${activityWindowSeconds} s is over before the interval matters: whichever node looks first sends every ${seconds} s, and its keepalives silence the others, which only answer.`,
    };
  }
  if (seconds <= looks(intervalSeconds)) {
    const rounded = seconds === intervalSeconds ? '' : `, in steps of ${lookSeconds} s`;
    return { effectiveSeconds: seconds, why: `The interval of ${intervalSeconds} s${rounded}; the window is over before.` };
  }
  return {
    effectiveSeconds: seconds,
    why: `Own keepalives and answers to those of others count as activity: after any of the ${nodes} nodes has sent, all are silent for ${activityWindowSeconds} s, so each sends every ${seconds} s, not every ${intervalSeconds} s.`,
  };
}
