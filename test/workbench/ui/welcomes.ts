/** Which welcome contents the manifest has, and which of them a window has shown. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Workbench } from '../harness/workbench.ts';

const here = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

const manifest = z
  .object({
    contributes: z.object({
      views: z.record(z.string(), z.array(z.object({ id: z.string(), name: z.string() }))),
      viewsWelcome: z.array(z.object({ view: z.string(), contents: z.string(), when: z.string() })),
    }),
  })
  .parse(JSON.parse(here('package.json'))).contributes;
const texts = z.record(z.string(), z.string()).parse(JSON.parse(here('package.nls.json')));

const english = (text: string): string => text.replace(/^%(.+)%$/, (_all, key: string) => texts[key] ?? '');
const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

export interface Welcome {
  /** The title of its view. */
  readonly view: string;
  readonly when: string;
  /** Its first line as it stands in the window. */
  readonly line: string;
}

/** Every welcome content of the manifest. */
export const welcomes: readonly Welcome[] = manifest.viewsWelcome.map(({ view, contents, when }) => {
  const [line = ''] = english(contents).split('\n');
  const owner = Object.values(manifest.views)
    .flat()
    .find(({ id }) => id === view);
  return { view: english(owner?.name ?? ''), when, line: plain(line.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')) };
});

const shown = new Set<string>();

/** Runs in the page, which has types of its own. */
const watcher = `(() => {
  const noted = new Set();
  const look = () => {
    for (const pane of document.querySelectorAll('.pane')) {
      const view = pane.querySelector('.pane-header h3.title')?.textContent ?? '';
      for (const content of pane.querySelectorAll('.welcome-view-content')) {
        const text = content.textContent;
        if (!content.checkVisibility() || noted.has(view + text)) continue;
        noted.add(view + text);
        noteWelcome(view, text);
      }
    }
  };
  const options = { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['class', 'style'] };
  new MutationObserver(look).observe(document, options);
})()`;

/** Notes from now on what a view of this window says instead of rows, however briefly. */
export async function watchWelcomes({ page }: Workbench): Promise<void> {
  await page.exposeFunction('noteWelcome', (view: string, text: string) => void shown.add(`${view}\n${plain(text)}`));
  await page.addInitScript({ content: watcher });
  await page.evaluate(watcher);
}

/** Contents of the manifest that no watched window has shown so far. */
export function neverShown(): Welcome[] {
  const all = [...shown];
  return welcomes.filter(({ view, line }) => !all.some((text) => text.startsWith(`${view}\n`) && text.includes(line)));
}
