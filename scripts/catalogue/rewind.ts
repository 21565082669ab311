/** The catalogue as it was before its newest release came: what the proof of taking a release in starts from. */
import type { Setting } from '#schemas/settings/catalogue.ts';
import type { CatalogueFiles } from './apply.ts';
import { putTogether, settingsOf, takeApart, withRelease } from './file.ts';

function before(setting: Setting, newest: string, previous: string): Setting | null {
  if (setting.since === newest) return null;
  const effects = setting.effects
    .filter(({ from }) => from !== newest)
    .map((effect) => (effect.to === previous ? { ...effect, to: null } : effect));
  const history = setting.defaultHistory?.filter(({ from }) => from !== newest);
  const gone = setting.until === previous;
  return {
    ...setting,
    effects,
    ...(history === undefined ? {} : { defaultHistory: history }),
    ...(gone ? { until: null, status: 'active' as const } : {}),
  };
}

/** Takes the newest release out of both files. */
export function withoutNewest(files: CatalogueFiles): { readonly files: CatalogueFiles; readonly newest: string } {
  const lines = takeApart(files.settings, 'settings');
  const releaseLines = takeApart(files.releases, 'releases');
  const order = releaseLines.items.map((line) => (JSON.parse(line) as { version: string }).version);
  const [previous, newest] = order.slice(-2);
  if (previous === undefined || newest === undefined) throw new Error('There are not two releases.');
  const items = settingsOf(lines).flatMap((setting, at) => {
    const earlier = before(setting, newest, previous);
    if (earlier === null) return [];
    const same = JSON.stringify(earlier) === JSON.stringify(setting);
    return [same ? (lines.items[at] ?? '') : JSON.stringify(earlier)];
  });
  return {
    files: {
      settings: putTogether({ ...lines, head: withRelease(lines.head, order.slice(0, -1)), items }),
      releases: putTogether({ ...releaseLines, items: releaseLines.items.slice(0, -1) }),
    },
    newest,
  };
}
