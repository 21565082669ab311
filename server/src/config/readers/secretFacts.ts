import type { SecretFacts } from '../model/types.ts';
import { withoutEnd } from '../text/ends.ts';

const formatPatterns: readonly (readonly [format: string, pattern: RegExp])[] = [
  ['sk-ant-', /^sk-ant-/],
  ['sk-proj-', /^sk-proj-/],
  ['sk-', /^sk-/],
  ['AIza', /^AIza/],
  ['ghp_', /^gh[pousr]_/],
  ['github_pat_', /^github_pat_/],
  ['xox', /^xox[abprs]-/],
  ['AKIA', /^AKIA[0-9A-Z]{16}$/],
  ['jwt', /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/],
  ['pem', /^-----BEGIN /],
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['hex', /^(?:[0-9a-f]{2})+$/i],
  ['url', /^[a-z][a-z0-9+.-]*:\/\//i],
  ['azure-connection-string', /AccountKey=|SharedAccessSignature=/i],
  ['json', /^\s*\{[\s\S]*\}\s*$/],
  ['whitespace', /\s/],
  ['quotes', /^["'].*["']$/s],
];

const placeholder =
  /^(?:<[^>]*>|\{\{?[^}]*\}?\}|\[[^\]]*\]|(.)\1{2,}|\.{2,}|…|(?:sk|key|token)?[-_.]*(?:\.{3}|…|x{3,}|\*{3,}).*|.*(?:\.\.\.|…)|.*\bx{4,}.*|n\/?a|none|null|todo|tbd|fixme|secret|password|passwd|token|api[-_ ]?key|test|dummy|foo|bar)$|change[-_ ]?me|change[-_ ]?this|change[-_ ]?in|your[-_ ]|[-_ ]your\b|my[-_](?:secret|key|token|password)|replace[-_ ]?(?:me|this|with)|placeholder|insert[-_ ]|enter[-_ ]|put[-_ ]|[-_]here$|^example|example[-_](?:key|token|secret)|generate[-_ ]|^set[-_ ]|long[-_ ]random|^(?:devpassword|admin123|athena_dev|minioadmin|nexus:nexus)$/i;

/** Bytes that a base64 or base64url text stands for, or null. */
function base64Bytes(text: string): number | null {
  if (text.length < 8 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return null;
  const data = withoutEnd(text, /=/).length;
  if (text.endsWith('=') && text.length % 4 !== 0) return null;
  return data % 4 === 1 ? null : Math.floor((data * 3) / 4);
}

/** Length times the Shannon entropy of the character distribution, in bits. */
function estimateBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let length = 0;
  for (const count of counts.values()) length += count;
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / length) * Math.log2(count / length);
  return Math.round(length * entropy);
}

/** 53-bit hash (two mixed 32-bit lanes). With a seed nobody knows, equal classes tell nothing but equality. */
function hash53(text: string, seed: number): number {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ (seed * 31);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}

const none: readonly string[] = [];

/**
 * Reduces a secret to the facts rules may know. The text itself is not kept.
 *
 * @param full False: only whether it is empty, without strength and formats, for values whose names give no reason to look at them.
 */
export function secretFacts(text: string, seed: number, full = true): SecretFacts {
  const equalityClass = hash53(text, seed);
  if (!full) return { state: text === '' ? 'empty' : 'set', length: text.length, estimatedBits: 0, equalityClass, formats: none };
  const state = text === '' ? 'empty' : text.length <= 256 && placeholder.test(text) ? 'placeholder' : 'set';
  const formats = formatPatterns.filter(([, pattern]) => pattern.test(text)).map(([format]) => format);
  const bytes = base64Bytes(text);
  if (bytes !== null) formats.push('base64', `base64-${bytes}`);
  return { state, length: text.length, estimatedBits: estimateBits(text), equalityClass, formats };
}
