/** What the language status item says about the checker. */
import type { FleetView } from '#schemas/fleet/view.ts';
import type { Language } from '../fleet/language.ts';
import type { WindowFacts } from '../views/sidebarState.ts';

export interface CheckerStatusText {
  readonly text: string;
  readonly detail: string;
  readonly busy: boolean;
  readonly failed: boolean;
}

/** @param crash when the server last ended unexpectedly and was started again */
export function checkerStatusText(
  server: WindowFacts['server'],
  view: FleetView | null,
  l10n: Language,
  crash?: string,
): CheckerStatusText {
  if (server === 'failed') {
    const detail = l10n.t('the language server stopped several times in a row');
    return { text: l10n.t('JarvisCore checks are not running'), detail, busy: false, failed: true };
  }
  if (view === null || server !== 'running') {
    return { text: l10n.t('JarvisCore'), detail: l10n.t('checks are starting'), busy: true, failed: false };
  }
  const checked = l10n.t('checked against this framework release: {0}', view.target.origin);
  const again = crash === undefined ? [] : [l10n.t('started again after a crash at {0}', l10n.second(crash))];
  const detail = [checked, ...again].join(' · ');
  return { text: l10n.t('JarvisCore {0}', view.target.release), detail, busy: false, failed: false };
}
