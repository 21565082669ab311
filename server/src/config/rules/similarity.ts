/** Near misses: which known name did the person mean? */

type Rows = readonly [Uint16Array, Uint16Array, Uint16Array];

const newRows = (length: number): Rows => [new Uint16Array(length), new Uint16Array(length), new Uint16Array(length)];

/** For all names of an ordinary length, so that none has to be made for each pair of names. */
const rows = newRows(128);

function threeRows(length: number, value: number): Rows {
  const chosen = length <= rows[0].length ? rows : newRows(length);
  for (const row of chosen) row.fill(value, 0, length);
  return chosen;
}

/**
 * Damerau-Levenshtein distance (optimal string alignment), cut off at `limit`.
 *
 * @returns The distance, or `limit + 1` when it is larger than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  const beyond = limit + 1;
  if (Math.abs(a.length - b.length) > limit) return beyond;
  // Only cells near the diagonal can stay within the limit.
  let [beforeLast, last, row] = threeRows(b.length + 1, beyond);
  for (let j = 0; j <= Math.min(limit, b.length); j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - limit);
    const to = Math.min(b.length, i + limit);
    row[from - 1] = from === 1 && i <= limit ? i : beyond;
    let smallest = row[from - 1] ?? beyond;
    for (let j = from; j <= to; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((last[j] ?? beyond) + 1, (row[j - 1] ?? beyond) + 1, (last[j - 1] ?? beyond) + (same ? 0 : 1));
      const swapped =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, (beforeLast[j - 2] ?? beyond) + 1);
      row[j] = Math.min(cost, beyond);
      smallest = Math.min(smallest, row[j] ?? beyond);
    }
    if (to < b.length) row[to + 1] = beyond;
    if (smallest > limit) return beyond;
    const spare = beforeLast;
    beforeLast = last;
    last = row;
    row = spare;
  }
  return Math.min(last[b.length] ?? beyond, beyond);
}

/** Short names collide by chance: `PORT` and `SORT` are one letter apart, so they get one edit, longer ones two. */
function allowedEdits(name: string): number {
  return name.length < 9 ? 1 : 2;
}

const plain = (name: string): string => name.replaceAll('_', '').toUpperCase();

const underscore = 0x5f;

/** What rules a candidate out cheaply: which letters and digits occur, and a hash of the name without its underscores. */
class Outline {
  letters = 0;
  digits = 0;
  hash = 0;

  /** @param upper A name in upper case. */
  draw(upper: string): this {
    let letters = 0;
    let digits = 0;
    let hash = 0;
    for (let i = 0; i < upper.length; i++) {
      const code = upper.charCodeAt(i);
      if (code === underscore) continue;
      if (code < 0x40) digits |= 1 << (code & 31);
      else letters |= 1 << (code & 31);
      hash = (Math.imul(hash, 31) + code) | 0;
    }
    this.letters = letters;
    this.digits = digits;
    this.hash = hash;
    return this;
  }
}

/** Whether more than `limit` (1 or 2) bits are set. */
function exceeds(bits: number, limit: number): boolean {
  let rest = bits & (bits - 1);
  if (limit === 2) rest &= rest - 1;
  return rest !== 0;
}

/** Whether more than `limit` edits are needed for the characters alone: each brings in at most one and takes out at most one. */
function tooFar(a: Outline, b: Outline, limit: number): boolean {
  return (
    exceeds(a.digits & ~b.digits, limit) ||
    exceeds(a.letters & ~b.letters, limit) ||
    exceeds(b.letters & ~a.letters, limit) ||
    exceeds(b.digits & ~a.digits, limit)
  );
}

interface Prepared {
  readonly name: string;
  readonly upper: string;
  readonly outline: Outline;
  readonly order: number;
}
interface NameTable {
  /** Every character that occurs in any of them. */
  readonly alphabet: { readonly letters: number; readonly digits: number };
  /** Hash of the plain name -> names with it. */
  readonly byHash: ReadonlyMap<number, readonly Prepared[]>;
  readonly byLength: ReadonlyMap<number, readonly Prepared[]>;
}
const tables = new WeakMap<readonly string[], NameTable>();

function tableOf(candidates: readonly string[]): NameTable {
  let table = tables.get(candidates);
  if (table === undefined) {
    const prepared = candidates.map((name, order): Prepared => {
      const upper = name.toUpperCase();
      return { name, upper, outline: new Outline().draw(upper), order };
    });
    table = {
      alphabet: {
        letters: prepared.reduce((bits, { outline }) => bits | outline.letters, 0),
        digits: prepared.reduce((bits, { outline }) => bits | outline.digits, 0),
      },
      byHash: Map.groupBy(prepared, ({ outline }) => outline.hash),
      byLength: Map.groupBy(prepared, ({ upper }) => upper.length),
    };
    tables.set(candidates, table);
  }
  return table;
}

/** Drawn anew for every name: a file has 100,000 of them. */
const asked = new Outline();

/**
 * The candidate closest to `name` within the allowed distance; equal but for letter case and underscores counts as closest.
 *
 * @param candidates Keep the same array between calls: what is prepared for it is remembered.
 * @returns null when nothing is near, or when `name` is too short to judge.
 */
export function nearest(name: string, candidates: readonly string[]): string | null {
  if (name.length < 4) return null;
  const { alphabet, byHash, byLength } = tableOf(candidates);
  const upper = name.toUpperCase();
  const own = asked.draw(upper);
  const same = byHash.get(own.hash)?.find((candidate) => plain(candidate.name) === plain(name));
  if (same !== undefined) return same.name;
  const limit = allowedEdits(name);
  // A number at the end of a name has more digits than edits could bring in.
  if (exceeds(own.digits & ~alphabet.digits, limit) || exceeds(own.letters & ~alphabet.letters, limit)) return null;
  let best: { readonly name: string; readonly distance: number; readonly order: number } | null = null;
  for (let length = upper.length - limit; length <= upper.length + limit; length++) {
    for (const candidate of byLength.get(length) ?? []) {
      if (tooFar(own, candidate.outline, limit)) continue;
      const distance = editDistance(upper, candidate.upper, limit);
      const closer = best === null || distance < best.distance || (distance === best.distance && candidate.order < best.order);
      if (distance <= limit && closer) best = { name: candidate.name, distance, order: candidate.order };
    }
  }
  return best?.name ?? null;
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
