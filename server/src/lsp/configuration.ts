/** The `jarviscoreFleet` section: what the client sends, made valid. */
import { type Configuration, configurationSchema } from '#schemas/editor/messages.ts';

export const section = 'jarviscoreFleet';

export interface ParsedConfiguration {
  readonly value: Configuration;
  /** Names of the settings that were unusable and are at their defaults. */
  readonly rejected: readonly string[];
}

/**
 * One unusable value costs that value only. Clients send null for what nobody set, which counts as absent.
 * @param raw whatever the client sent.
 */
export function parseConfiguration(raw: unknown): ParsedConfiguration {
  let candidate = withoutNulls(raw);
  const rejected: string[] = [];
  for (;;) {
    const parsed = configurationSchema.safeParse(candidate);
    if (parsed.success) return { value: parsed.data, rejected };
    const [issue] = parsed.error.issues;
    const path = issue?.path.map(String) ?? [];
    rejected.push(path.join('.') || section);
    const next = path.length === 0 ? {} : without(candidate, path);
    // Whatever an unforeseen issue names, the loop ends: with nothing left the schema gives the defaults.
    candidate = rejected.length > 100 ? {} : next;
  }
}

type Plain = Readonly<Record<string, unknown>>;

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutNulls(value: unknown): unknown {
  if (!isPlain(value)) return value ?? {};
  const kept = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
  return Object.fromEntries(kept.map(([key, item]) => [key, isPlain(item) ? withoutNulls(item) : item]));
}

/** Drops the value a path leads to; a whole list goes with its bad item. */
function without(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined || !isPlain(value)) return {};
  const child = value[key];
  const copy = Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  return rest.length > 0 && isPlain(child) ? { ...copy, [key]: without(child, rest) } : copy;
}
