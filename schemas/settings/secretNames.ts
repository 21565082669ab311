/** Which names hold secrets, going by the name, and texts without what stands behind such names. */

const soundsSecret =
  /(?:^|_)(?:KEY|KEYS|TOKEN|TOKENS|SECRET|SECRETS|PASSWORD|PASSWD|PASS|PWD|PASSPHRASE|CREDENTIALS?|DSN|SIGNATURE|SAS|COOKIE|CONNECTION_STRING|AUTH)(?:_|$)|APIKEY|ACCESSKEY|PRIVATEKEY/i;

/** Whether a name of unknown origin sounds like one of a secret. */
export function soundsLikeSecret(name: string): boolean {
  return soundsSecret.test(name);
}

const assignment = /(["']?)([A-Za-z_][\w.-]*)\1(\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;}\])]+)/g;
const credentialsInUrl = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
const bearer = /\b(Bearer|Basic)\s+[\w.~+/=-]+/g;

/**
 * `text` with the values of secret names, URL credentials and authorization headers replaced by `***`.
 *
 * @param isSecret whether a name, in upper case, holds a secret
 */
export function maskText(text: string, isSecret: (name: string) => boolean): string {
  return text
    .replace(credentialsInUrl, '$1***@')
    .replace(bearer, '$1 ***')
    .replace(assignment, (whole, quote: string, name: string, separator: string) =>
      isSecret(name.toUpperCase()) ? `${quote}${name}${quote}${separator}***` : whole,
    );
}
