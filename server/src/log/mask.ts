/**
 * The last line of defence: no part puts a secret into a log text, and text that comes from elsewhere (an operating system,
 * a library, a peer) is masked by key name before it is written.
 */
import { settings } from '#schemas/settings/catalogue.ts';
import { soundsLikeSecret } from '../config/readers/context.ts';

const secretNames: ReadonlySet<string> = new Set(
  settings
    .filter((setting) => setting.secret)
    .flatMap((setting) => [setting.envName, setting.meshKey].flatMap((name) => name?.toUpperCase() ?? [])),
);

const assignment = /(["']?)([A-Za-z_][\w.-]*)\1(\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;}\])]+)/g;
const credentialsInUrl = /([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi;
const bearer = /\b(Bearer|Basic)\s+[\w.~+/=-]+/g;

/** `text` with the values of secret names, URL credentials and authorization headers replaced by `***`. */
export function maskSecrets(text: string): string {
  return text
    .replace(credentialsInUrl, '$1***@')
    .replace(bearer, '$1 ***')
    .replace(assignment, (whole, quote: string, name: string, separator: string) => {
      const upper = name.toUpperCase();
      return secretNames.has(upper) || soundsLikeSecret(upper) ? `${quote}${name}${quote}${separator}***` : whole;
    });
}
