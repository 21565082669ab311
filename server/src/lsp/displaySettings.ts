/** What a person wants to see beside the text, folder by folder. It changes no finding. */
import type { Configuration } from '#schemas/editor/messages.ts';
import { canonicalUri, isWithin } from '../workspace/uris.ts';
import { parseConfiguration } from './configuration.ts';

export type Display = Pick<Configuration, 'inlayHints' | 'codeLens'>;

export class DisplaySettings {
  #general: Display = parseConfiguration({}).value;
  readonly #folders = new Map<string, Display>();

  /** @param folders Folder URI -> its settings; folders that are not named have the general ones. */
  set(general: Display, folders: ReadonlyMap<string, Display>): void {
    this.#general = general;
    this.#folders.clear();
    for (const [uri, display] of folders) this.#folders.set(canonicalUri(uri), display);
  }

  /** The settings of the deepest folder a document lies in. */
  of(uri: string): Display {
    const [best] = [...this.#folders.keys()].filter((folder) => isWithin(uri, folder)).sort((a, b) => b.length - a.length);
    return (best === undefined ? undefined : this.#folders.get(best)) ?? this.#general;
  }
}
