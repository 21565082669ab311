/** The baseline a `jarviscore-fleet.json` names. */
import { type Baseline, baselineSchema } from '#schemas/report/baseline.ts';
import { folderOf, join } from '../model/environments.ts';

/** Where it lies; null for an absolute path, which would mean another file on every machine. */
export function baselineUri(projectUri: string, path: string): string | null {
  return join(folderOf(projectUri), path);
}

/** Null for a text that is no baseline. */
export function parseBaseline(text: string): Baseline | null {
  try {
    const parsed = baselineSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
