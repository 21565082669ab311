/** Bounds of membership messages, apart from the schemas so that the mesh host runs without zod, which costs it 4 MiB. */

/**
 * Largest message taken, before and after inflating. A full digest of a table of 4,096 members is about 0.5 MB
 * (120 bytes a member, more with long addresses); anything larger could not be stored anyway.
 */
export const MAX_MESSAGE_BYTES = 1_048_576;

/** Incarnations above this are refused: refutation adds 1, and the sum must stay an exact integer. */
export const MAX_INCARNATION = 2 ** 52;

/** SWIM port + 1000 is the ROUTER's port, so no higher port can be a member's; a gossiped one deafened a real node. */
export const MAX_SWIM_PORT = 64_535;

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

/** Values in a member's metadata, keys counted too; it has always been `{}` on the wire. */
const METADATA_NODES = 64;
const METADATA_DEPTH = 4;
const METADATA_TEXT = 1_024;

/** True for a JSON object small enough to keep and repeat: deep nesting would overflow the encoder's stack. */
export function isSmallJsonObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  let nodes = 0;
  let text = 0;
  const fits = (part: unknown, depth: number): boolean => {
    nodes += 1;
    if (nodes > METADATA_NODES) return false;
    if (typeof part === 'string') {
      text += part.length;
      return text <= METADATA_TEXT;
    }
    if (typeof part === 'number') return Number.isFinite(part);
    if (typeof part === 'boolean' || part === null) return true;
    if (typeof part !== 'object' || depth === METADATA_DEPTH) return false;
    if (Array.isArray(part)) return part.length <= METADATA_NODES && part.every((item) => fits(item, depth + 1));
    const keys = Object.keys(part);
    return keys.length <= METADATA_NODES && keys.every((key) => fits(key, depth) && fits(Reflect.get(part, key), depth + 1));
  };
  return fits(value, 0);
}
