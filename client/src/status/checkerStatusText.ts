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

export function checkerStatusText(server: WindowFacts['server'], view: FleetView | null, l10n: Language): CheckerStatusText {
  if (server === 'failed') {
    const detail = l10n.t('the language server stopped several times in a row');
    return { text: l10n.t('JarvisCore checks are not running'), detail, busy: false, failed: true };
  }
  if (view === null || server !== 'running') {
    return { text: l10n.t('JarvisCore'), detail: l10n.t('checks are starting'), busy: true, failed: false };
  }
  const detail = l10n.t('checked against this framework release: {0}', view.target.origin);
  return { text: l10n.t('JarvisCore {0}', view.target.release), detail, busy: false, failed: false };
}
