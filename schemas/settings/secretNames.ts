/** Which names hold secrets, going by the name, and texts without what stands behind such names. */

const soundsSecret =
  /(?:^|_)(?:KEY|KEYS|TOKEN|TOKENS|SECRET|SECRETS|PASSWORD|PASSWD|PASS|PWD|PASSPHRASE|CREDENTIALS?|DSN|SIGNATURE|SAS|COOKIE|CONNECTION_STRING|AUTH|AUTHORIZATION)(?:_|$)|APIKEY|(?:ACCESS|PRIVATE|SECRET)KEY|(?:ACCESS|API|AUTH|REFRESH)TOKEN|CLIENTSECRET/i;

/** In each of its words; of 100,000 names nearly none has one, so that the others need not be taken apart. */
const mayBeSecret = /KEY|TOKEN|SECRET|PASS|PWD|CREDENTIAL|DSN|SIGNATURE|SAS|COOKIE|CONNECTION|AUTH/i;

/** `apiKey`, `x-api-key` and `api.key` as words with `_` between them: names of JSON, of headers and of Java. */
function words(name: string): string {
  // Most names are environment variables.
  if (/^[A-Z0-9_]*$/.test(name)) return name;
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_');
}

/** Whether a name of unknown origin sounds like one of a secret, however its words are put together. */
export function soundsLikeSecret(name: string): boolean {
  return mayBeSecret.test(name) && soundsSecret.test(words(name));
}

// Texts come from peers, and may be one word of a hundred thousand characters: every loop that a search may begin anywhere
// in is bounded.
const credentialsInUrl = /([a-z][a-z0-9+.-]{0,30}:\/\/)[^\s/"'<>]+@/gi;
const bearer = /\b(Bearer|Basic)\s+[\w.~+/=-]+/g;
/** A name and what separates it from its value. The quotes may be escaped: a text may be JSON inside of JSON. */
const named = /(\\{0,8}["']?)(?<!\w)(\w[\w.-]{0,200})\1\s*[=:]\s*(?:(?:Bearer|Basic|Token|Digest)\s+)?/g;
const value = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|\\{1,8}"[^"]*"|[^\s,;}\])]+/y;

/**
 * `text` with the values of secret names, URL credentials and authorization headers replaced by `***`.
 *
 * @param isSecret whether a name, as it is written, holds a secret
 */
export function maskText(text: string, isSecret: (name: string) => boolean): string {
  return maskValues(text.replace(credentialsInUrl, '$1***@').replace(bearer, '$1 ***'), isSecret);
}

/** What stands behind a name that is no secret's is looked at, too: it may be `name=value` itself. */
function maskValues(text: string, isSecret: (name: string) => boolean): string {
  let masked = '';
  let copied = 0;
  for (const found of text.matchAll(named)) {
    const start = found.index + found[0].length;
    if (start <= copied || !isSecret(found[2] ?? '')) continue;
    value.lastIndex = start;
    if (!value.test(text)) continue;
    masked += `${text.slice(copied, start)}***`;
    copied = value.lastIndex;
  }
  return masked + text.slice(copied);
}
