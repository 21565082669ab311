/** Documentation pages that ship beside the bundles. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { uriOf } from '../workspace/uris.ts';

export interface Docs {
  /** The page of a rule; null where none ships. */
  rule(id: string): string | null;
  /** Markdown with its links into `docs/` made absolute; without the pages, only the text of the links is left. */
  resolve(markdown: string): string;
}

/** @param packageFolder the folder that holds `docs` and `dist`. */
export function createDocs(packageFolder: string): Docs {
  const folder = join(packageFolder, 'docs');
  const exists = existsSync(join(folder, 'settings.md'));
  const pages = new Map<string, string | null>();
  return {
    rule(id) {
      let page = pages.get(id);
      if (page === undefined) {
        const path = join(folder, 'rules', `${id}.md`);
        page = /^[a-z0-9-]+$/.test(id) && existsSync(path) ? uriOf(path) : null;
        pages.set(id, page);
      }
      return page;
    },
    resolve: (markdown) =>
      markdown.replace(/\[([^\]]*)\]\((docs\/[^)\s]*)\)/g, (_, text: string, target: string) => {
        const [path = '', anchor] = target.split('#');
        return exists ? `[${text}](${uriOf(join(packageFolder, path))}${anchor === undefined ? '' : `#${anchor}`})` : text;
      }),
  };
}
