/** Settings of the whole workspace by their name. */
import type { WorkspaceModel } from '../model/types.ts';
import type { Range } from '../text/position.ts';
import type { Steps } from './references.ts';
import { counts, sitesOf } from './sites.ts';

export interface SettingSymbol {
  readonly name: string;
  readonly uri: string;
  readonly range: Range;
  readonly file: string;
}

const most = 500;

/** Letters in order, any case: `jbp` finds JARVISCORE_BIND_PORT. */
function matches(name: string, query: string): boolean {
  let at = 0;
  for (const letter of name.toLowerCase()) if (letter === query[at]) at++;
  return at === query.length;
}

/** The lines that give a value to a name that matches, at most 500. */
export function* settingSymbols(model: WorkspaceModel, query: string): Steps<readonly SettingSymbol[]> {
  const wanted = query.toLowerCase().replaceAll(/\s/g, '');
  const found: SettingSymbol[] = [];
  for (const document of model.documents.values()) {
    yield;
    for (const site of sitesOf(document)) {
      if (site.role !== 'assignment' || !matches(site.name, wanted) || !counts(model, site)) continue;
      found.push({ name: site.name, uri: site.uri, range: site.range, file: document.name });
      if (found.length === most) return found;
    }
  }
  return found;
}
