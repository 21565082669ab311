import { type Setting, settings } from '#schemas/settings/catalogue.ts';
import { soundsLikeSecret } from '#schemas/settings/secretNames.ts';
import type { SecretFacts, Value } from '../model/types.ts';
import { secretFacts } from './secretFacts.ts';
import { jsonFacts } from './secretJson.ts';

export { soundsLikeSecret };

/**
 * How the value of a name may be kept: `plain` as text, `secret` as facts only, `secret-json` as facts with what
 * pydantic will say about the JSON, `secret-url` as text without its credentials where it is a URL (scheme and host
 * decide checks) and as facts otherwise, `unknown` as facts without an estimate of strength.
 */
export type Secrecy = 'plain' | 'secret' | 'secret-json' | 'secret-url' | 'unknown';

/** What readers need to know about names. One per engine: equality classes compare only within one context. */
export interface ReaderContext {
  /** Secrecy of an environment variable, any letter case. Names outside the catalogue are secret. */
  environment(name: string): Secrecy;
  /** Secrecy of a key of a Mesh dict. Keys outside the catalogue are secret where their name sounds like one. */
  meshKey(key: string): Secrecy;
  facts(text: string): SecretFacts;
  /** The value as the model may hold it. */
  protect(text: string, secrecy: Secrecy): Value;
}

/** Whether a name of a variable says that its value is a secret. */
export function namesSecret(name: string, context: ReaderContext): boolean {
  return context.environment(name) !== 'plain' && soundsLikeSecret(name);
}

function secrecyOf(setting: Setting): Secrecy {
  if (!setting.secret) return 'plain';
  if (setting.type === 'url') return 'secret-url';
  return setting.type === 'json' ? 'secret-json' : 'secret';
}

const byEnvironmentName = new Map<string, Secrecy>();
const byMeshKey = new Map<string, Secrecy>();
for (const setting of settings) {
  if (setting.envName !== null) byEnvironmentName.set(setting.envName.toUpperCase(), secrecyOf(setting));
  if (setting.meshKey !== null) byMeshKey.set(setting.meshKey, secrecyOf(setting));
}

function environmentSecrecy(name: string): Secrecy {
  const upper = name.toUpperCase();
  const known = byEnvironmentName.get(upper);
  if (known !== undefined) return known;
  // A needless prefix does not make a setting more secret: JARVISCORE_ZMQ_PORT_OFFSET is ZMQ_PORT_OFFSET misspelt.
  const unprefixed = upper.startsWith('JARVISCORE_') ? byEnvironmentName.get(upper.slice('JARVISCORE_'.length)) : undefined;
  return unprefixed ?? (soundsLikeSecret(upper) ? 'secret' : 'unknown');
}

const queryPair = /([?&;])([^?&;=#]*)=([^&;#]*)/g;
const credentialWord = /key|token|secret|pass|pwd|sig|auth|cred/i;

/**
 * A URL with its credentials replaced by `***`; null when the text is not a URL.
 *
 * The last `@` of the whole text ends the credentials: an unescaped `/`, `#` or `@` in a password must not show its rest.
 */
export function maskUrl(text: string): string | null {
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.exec(text)?.[0];
  if (scheme === undefined) return null;
  const rest = text.slice(scheme.length);
  const at = rest.lastIndexOf('@');
  const host = at < 0 ? rest : rest.slice(at);
  let credentials = '';
  if (at >= 0) {
    const colon = rest.indexOf(':');
    credentials = colon >= 0 && colon < at ? `${rest.slice(0, colon)}:***` : '***';
  }
  return (
    scheme +
    credentials +
    host.replace(queryPair, (pair, before: string, name: string) => (credentialWord.test(name) ? `${before}${name}=***` : pair))
  );
}

const embeddedCredentials = /:\/\/[^\s/@"']*@/g;

/** Any text, without the credentials of URLs in it. */
export function maskUrls(text: string): string {
  return maskUrl(text) ?? text.replace(embeddedCredentials, '://***@');
}

/** The text of a URL's password; null without one. */
function urlPassword(text: string): string | null {
  const rest = text.slice(text.indexOf('://') + 3);
  const at = rest.lastIndexOf('@');
  if (at < 0) return null;
  const colon = rest.indexOf(':');
  return colon >= 0 && colon < at ? rest.slice(colon + 1, at) : rest.slice(0, at);
}

/**
 * @param seed Mixed into equality classes. Random by default, so that a class seen elsewhere proves nothing.
 */
export function createReaderContext(seed: number = Math.floor(Math.random() * 0x100000000)): ReaderContext {
  const facts = (text: string): SecretFacts => secretFacts(text, seed);
  return {
    environment: environmentSecrecy,
    meshKey: (key) => byMeshKey.get(key) ?? (soundsLikeSecret(key) ? 'secret' : 'plain'),
    facts,
    protect(text, secrecy) {
      if (secrecy === 'secret') return { kind: 'secret', facts: facts(text) };
      if (secrecy === 'unknown') return { kind: 'secret', facts: secretFacts(text, seed, false) };
      if (secrecy === 'secret-json') return { kind: 'secret', facts: jsonFacts(facts(text), text) };
      const masked = maskUrl(text);
      if (masked === null)
        return secrecy === 'secret-url' ? { kind: 'secret', facts: facts(text) } : { kind: 'text', text: maskUrls(text) };
      const password = urlPassword(text);
      if (masked === text && password === null) return { kind: 'text', text };
      return { kind: 'text', text: masked, masked: facts(password ?? '') };
    },
  };
}
