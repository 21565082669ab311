/** Near misses: which known name did the person mean? */

/**
 * Damerau-Levenshtein distance (optimal string alignment), cut off at `limit`.
 *
 * @returns The distance, or `limit + 1` when it is larger than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
      smallest = Math.min(smallest, cost);
    }
    if (smallest > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}

/** Short names collide by chance: `PORT` and `SORT` are one letter apart, so they get one edit, longer ones two. */
function allowedEdits(name: string): number {
  return name.length < 9 ? 1 : 2;
}

const plain = (name: string): string => name.replaceAll('_', '').toUpperCase();

/** One bit per letter that occurs; an edit changes at most two bits, so different sets rule a candidate out cheaply. */
function letters(name: string): number {
  let bits = 0;
  for (let i = 0; i < name.length; i++) bits |= 1 << (name.charCodeAt(i) & 31);
  return bits;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

interface Prepared {
  readonly name: string;
  readonly upper: string;
  readonly plain: string;
  readonly letters: number;
}
const preparedLists = new WeakMap<readonly string[], readonly Prepared[]>();

function prepare(candidates: readonly string[]): readonly Prepared[] {
  let prepared = preparedLists.get(candidates);
  if (prepared === undefined) {
    prepared = candidates.map((name) => ({
      name,
      upper: name.toUpperCase(),
      plain: plain(name),
      letters: letters(name.toUpperCase()),
    }));
    preparedLists.set(candidates, prepared);
  }
  return prepared;
}

/**
 * The candidate closest to `name` within the allowed distance; equal but for letter case and underscores counts as closest.
 *
 * @param candidates Keep the same array between calls: what is prepared for it is remembered.
 * @returns null when nothing is near, or when `name` is too short to judge.
 */
export function nearest(name: string, candidates: readonly string[]): string | null {
  if (name.length < 4) return null;
  const upper = name.toUpperCase();
  const bare = plain(name);
  const own = letters(upper);
  const limit = allowedEdits(name);
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of prepare(candidates)) {
    if (candidate.plain === bare) return candidate.name;
    if (Math.abs(candidate.upper.length - upper.length) > limit || countBits(candidate.letters ^ own) > 2 * limit) continue;
    const distance = editDistance(upper, candidate.upper, limit);
    if (distance < bestDistance) {
      best = candidate.name;
      bestDistance = distance;
    }
  }
  return best;
}

/** Names people carry over from other tools, and the name JarvisCore reads instead. */
export const synonyms: ReadonlyMap<string, string> = new Map([
  ['AZURE_OPENAI_DEPLOYMENT', 'AZURE_DEPLOYMENT'],
  ['AZURE_OPENAI_DEPLOYMENT_NAME', 'AZURE_DEPLOYMENT'],
  ['AZURE_OPENAI_API_VERSION', 'AZURE_API_VERSION'],
  ['OPENAI_API_VERSION', 'AZURE_API_VERSION'],
  ['AZURE_OPENAI_API_KEY', 'AZURE_API_KEY'],
  ['ANTHROPIC_MODEL', 'CLAUDE_MODEL'],
  ['GOOGLE_API_KEY', 'GEMINI_API_KEY'],
  ['REDIS_URI', 'REDIS_URL'],
  ['LOGLEVEL', 'LOG_LEVEL'],
  ['LOG_DIR', 'LOG_DIRECTORY'],
  ['NEXUS_URL', 'NEXUS_GATEWAY_URL'],
  ['NEXUS_GATEWAY', 'NEXUS_GATEWAY_URL'],
  ['NEXUS_API_KEY', 'NEXUS_GATEWAY_API_KEY'],
  ['ATHENA_ENDPOINT', 'ATHENA_URL'],
  ['SANDBOX_URL', 'SANDBOX_SERVICE_URL'],
  ['AZURE_STORAGE_CONTAINER_NAME', 'AZURE_STORAGE_CONTAINER'],
  ['JARVISCORE_SEEDS', 'JARVISCORE_SEED_NODES'],
  ['JARVISCORE_SEED_NODE', 'JARVISCORE_SEED_NODES'],
  ['SEED_NODE', 'JARVISCORE_SEED_NODES'],
  ['TYPESAFE_MODEL', 'TYPESAFE_DEFAULT_MODEL'],
  ['CONTROL_POLICY', 'CONTROL_POLICY_PATH'],
  ['JOURNAL_PATH', 'JOURNAL_DIR'],
]);
