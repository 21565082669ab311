/** Which of the known words a person probably meant. */
import { editDistance } from '../rules/similarity.ts';

/** The closest of the candidates; null where none is close, or the word is too short to tell. */
export function nearestWord(word: string, candidates: Iterable<string>): string | null {
  const limit = word.length < 5 ? 1 : word.length < 12 ? 2 : 3;
  let best: string | null = null;
  let distance = limit + 1;
  for (const candidate of candidates) {
    const found = editDistance(word.toLowerCase(), candidate.toLowerCase(), limit);
    if (found >= distance) continue;
    best = candidate;
    distance = found;
  }
  return best;
}
