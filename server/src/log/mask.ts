/**
 * The last line of defence: no part puts a secret into a log text, and text that comes from elsewhere (an operating system,
 * a library, a peer) is masked by key name before it is written.
 */
import { settings } from '#schemas/settings/catalogue.ts';
import { maskText, soundsLikeSecret } from '#schemas/settings/secretNames.ts';

const secretNames: ReadonlySet<string> = new Set(
  settings
    .filter((setting) => setting.secret)
    .flatMap((setting) => [setting.envName, setting.meshKey].flatMap((name) => name?.toUpperCase() ?? [])),
);

/** `text` with the values of secret names, URL credentials and authorization headers replaced by `***`. */
export function maskSecrets(text: string): string {
  return maskText(text, (name) => secretNames.has(name.toUpperCase()) || soundsLikeSecret(name));
}
