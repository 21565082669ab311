/** The generated reference pages as text. */
import { implementedRules } from '#server/config/rules/engine.ts';
import { rulePage, rulesIndex } from './rulePage.ts';
import { settingsPage } from './settingsPage.ts';

/** Path below the repository -> text of every generated page. */
export function referencePages(): ReadonlyMap<string, string> {
  const pages = new Map([
    ['docs/settings.md', settingsPage()],
    ['docs/rules/README.md', rulesIndex(implementedRules)],
  ]);
  for (const id of implementedRules) pages.set(`docs/rules/${id}.md`, rulePage(id));
  return pages;
}
