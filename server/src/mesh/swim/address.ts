/** Identities as text: the protocol splits at ":" and compares literally, so there is exactly one spelling of each. */
import { MAX_SWIM_PORT } from '#schemas/wire/swimLimits.ts';

const DIGIT_0 = 48;

/** Reads a decimal without leading zeros ending before `end`; -1 if it is none or above `max`. */
function decimal(text: string, start: number, end: number, max: number): number {
  const length = end - start;
  if (length < 1 || (length > 1 && text.charCodeAt(start) === DIGIT_0)) return -1;
  let value = 0;
  for (let index = start; index < end; index += 1) {
    const digit = text.charCodeAt(index) - DIGIT_0;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value <= max ? value : -1;
}

/** Whether `text` is an identity as the wire schema has it: numeric unicast IPv4 or 0.0.0.0, port 1..64535. */
export function isSwimAddress(text: string): boolean {
  const colon = text.indexOf(':');
  if (decimal(text, colon + 1, text.length, MAX_SWIM_PORT) < 1) return false;
  let start = 0;
  let first = -1;
  let sum = 0;
  for (let part = 0; part < 4; part += 1) {
    const dot = part === 3 ? colon : text.indexOf('.', start);
    const value = decimal(text, start, dot, 255);
    if (value < 0) return false;
    if (part === 0) first = value;
    sum += value;
    start = dot + 1;
  }
  return first === 0 ? sum === 0 : first < 224;
}

/** Whether `address` (already valid) is an identity that nobody can send to. */
export function isWildcard(address: string): boolean {
  return address.startsWith('0.0.0.0:');
}

/** The host of `host:port`. */
export function hostOf(address: string): string {
  return address.slice(0, address.indexOf(':'));
}

/** The port of a valid address, as text. */
export function portOf(address: string): string {
  return address.slice(address.indexOf(':') + 1);
}
