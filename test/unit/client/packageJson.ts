/** The parts of package.json that the client must agree with. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Contributed {
  readonly activationEvents: readonly string[];
  readonly bin: Readonly<Record<string, string>>;
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly filenames: readonly string[] }[];
    readonly jsonValidation: readonly { readonly fileMatch: string; readonly url: string }[];
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, { readonly default: unknown }>> }[];
  };
}

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The manifest's texts by key, as VS Code reads them in this language. */
export function nls(file: 'package.nls.json' | 'package.nls.de.json'): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(`${root}${file}`, 'utf8')) as Record<string, string>;
}

/** As in the file: texts are `%key%`. */
export const rawManifest: unknown = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** The manifest as VS Code shows it in English. */
const english = nls('package.nls.json');
export const manifest = JSON.parse(JSON.stringify(rawManifest), (_, value: unknown) => {
  const key = typeof value === 'string' ? /^%(.+)%$/.exec(value)?.[1] : undefined;
  return key === undefined ? value : (english[key] ?? value);
}) as Contributed;
