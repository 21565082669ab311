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
export const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as Contributed;
