/** Reads what the page of the fleet map sends; loaded with its first message. */
import * as z from 'zod/mini';
import { type FromMap, fromMapSchema } from '#schemas/editor/map.ts';

/** @returns the message, or why it is none */
export function readFromMap(raw: unknown): { readonly message: FromMap } | { readonly message: null; readonly problem: string } {
  const parsed = fromMapSchema.safeParse(raw);
  return parsed.success ? { message: parsed.data } : { message: null, problem: z.prettifyError(parsed.error) };
}
