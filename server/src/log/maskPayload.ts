/** Payloads and errors of messages, fit to be shown: what sounds like a secret is masked, at any depth and in any text. */
import type { Json } from '#schemas/fleet/mesh.ts';
import type { MessagePage } from '#schemas/fleet/messageLog.ts';
import { soundsLikeSecret } from '#schemas/settings/secretNames.ts';
import { maskSecrets } from './mask.ts';

/** @returns a copy in which values of secret-sounding keys, credentials in URLs and `key=value` secrets in texts are `***`. */
export function maskPayload(value: Json): Json {
  if (typeof value === 'string') return maskString(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(maskPayload);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, isSecret(key, inner) ? '***' : maskPayload(inner)]),
  );
}

/** A peer says why it could not handle a message, and may quote what it was given. */
export function maskErrors(page: MessagePage): MessagePage {
  const entries = page.entries.map((entry) => (entry.error === null ? entry : { ...entry, error: maskSecrets(entry.error) }));
  return { ...page, entries };
}

/** Agents put JSON into texts of JSON; what is masked there is found by its keys, not by its looks. */
function maskString(text: string): string {
  if (!/^\s*[{[]/.test(text)) return maskSecrets(text);
  try {
    const inner = JSON.parse(text) as Json;
    const masked = JSON.stringify(maskPayload(inner));
    return masked === JSON.stringify(inner) ? text : masked;
  } catch {
    // No JSON, or nested so deep that no agent wrote it.
    return maskSecrets(text);
  }
}

/** A count or a switch under such a name (`max_tokens`, `use_auth`) tells nobody anything. */
function isSecret(key: string, value: Json): boolean {
  const holds = typeof value === 'string' ? value !== '' : typeof value === 'object' && value !== null;
  return holds && soundsLikeSecret(key);
}
