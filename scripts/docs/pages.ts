/** The generated reference pages as text. */
import { reportedRules } from '#server/config/rules/engine.ts';
import { performancePage, ratioPlot, readFigures } from './performance.ts';
import { rulePage, rulesIndex } from './rulePage.ts';
import { settingsPage } from './settingsPage.ts';

/** Path below the repository -> what makes the text of the page. */
export function referencePages(): ReadonlyMap<string, () => string> {
  const figures = readFigures();
  const pages = new Map([
    ['docs/performance.md', () => performancePage(figures)],
    ['docs/settings.md', settingsPage],
    ['docs/rules/README.md', () => rulesIndex(reportedRules)],
  ]);
  if (figures !== null) pages.set('docs/performance.svg', () => ratioPlot(figures));
  for (const id of reportedRules) pages.set(`docs/rules/${id}.md`, () => rulePage(id));
  return pages;
}
