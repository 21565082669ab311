/** The checklists as rows: a folder where there are several, a checklist, its items, and below each item its evidence. */
import type { ReadinessFolder, ReadinessItem } from '#schemas/editor/workspaceMessages.ts';
import type { Place } from '#schemas/fleet/view.ts';
import { type Language, oneLine } from '../fleet/language.ts';
import { placeText } from '../fleet/peerRow.ts';
import type { Row, RowIcon } from '../fleet/row.ts';

type Status = ReadinessItem['status'];

const ICONS: Readonly<Record<Status, RowIcon>> = {
  pass: { id: 'pass', color: 'charts.green' },
  fail: { id: 'error', color: 'list.errorForeground' },
  manual: { id: 'question', color: 'list.warningForeground' },
  'not-applicable': { id: 'circle-slash', color: 'disabledForeground' },
};

/** More places than this are a matter for the Problems view. */
const MOST_PLACES = 5;

export function statusWord(status: Status, l10n: Language): string {
  switch (status) {
    case 'pass':
      return l10n.t('pass');
    case 'fail':
      return l10n.t('fail');
    case 'manual':
      return l10n.t('confirm by hand');
    case 'not-applicable':
      return l10n.t('not applicable');
  }
}

const count = (items: readonly ReadinessItem[], status: Status): number => items.filter((item) => item.status === status).length;

/** "2 fail · 3 to confirm", "all 7 pass" */
export function summary(items: readonly ReadinessItem[], l10n: Language): string {
  const fails = count(items, 'fail');
  const manual = count(items, 'manual');
  const parts = [...(fails > 0 ? [l10n.t('{0} fail', fails)] : []), ...(manual > 0 ? [l10n.t('{0} to confirm', manual)] : [])];
  return parts.length > 0 ? parts.join(' · ') : l10n.t('nothing left to do');
}

function leaf(id: string, label: string, icon: string, place: Place | null): Row {
  const at = place === null ? '' : placeText(place);
  return {
    id,
    label,
    description: '',
    icon: { id: icon, color: null },
    contextValue: place === null ? 'readinessFact' : 'readinessFact placed',
    ariaLabel: at === '' || at === label ? label : `${label} ${at}`,
    collapsible: 'none',
    children: [],
    subject: { kind: 'readiness' },
    place,
  };
}

function evidenceRows(id: string, item: ReadinessItem, l10n: Language): Row[] {
  const rows = [leaf(`${id}/message`, item.message, 'info', item.evidence[0] ?? null)];
  const shown = item.evidence.slice(0, MOST_PLACES);
  shown.forEach((place, index) => {
    rows.push(leaf(`${id}/place:${index}`, placeText(place), 'go-to-file', place));
  });
  const more = item.evidence.length - shown.length;
  if (more > 0) rows.push(leaf(`${id}/more`, l10n.t('and {0} more places', more), 'ellipsis', null));
  const isOpen = item.status === 'fail' || item.status === 'manual';
  if (isOpen && item.remedy !== '') rows.push(leaf(`${id}/remedy`, item.remedy, 'lightbulb', item.change));
  return rows;
}

function itemRow(owner: string, item: ReadinessItem, l10n: Language): Row {
  const id = `${owner}/${item.item}`;
  const word = statusWord(item.status, l10n);
  const at = item.evidence[0];
  const description = [item.title, ...(at === undefined ? [] : [placeText(at)])].join(' · ');
  const title = `${item.item} ${item.title}`;
  return {
    id,
    // The word first: in a narrow sidebar the rest is cut.
    label: `${item.item} ${word}`,
    description,
    icon: ICONS[item.status],
    contextValue: item.change === null ? `readiness ${item.status}` : `readiness ${item.status} placed`,
    ariaLabel: l10n.t('{0}: {1}. {2}', title, word, item.message),
    collapsible: item.status === 'fail' ? 'expanded' : 'collapsed',
    children: evidenceRows(id, item, l10n),
    subject: { kind: 'readiness' },
    place: item.change,
  };
}

function listRow(owner: string, kind: 'production' | 'security', items: readonly ReadinessItem[], l10n: Language): Row {
  const label = kind === 'production' ? l10n.t('Production checklist') : l10n.t('Security checklist');
  const description = summary(items, l10n);
  const id = `${owner}${kind}`;
  return {
    id,
    label,
    description,
    icon: { id: kind === 'production' ? 'rocket' : 'shield', color: null },
    contextValue: 'checklist',
    ariaLabel: l10n.t('{0}: {1}.', label, description),
    collapsible: 'expanded',
    children: items.map((item) => itemRow(id, item, l10n)),
    subject: { kind: 'readiness' },
    place: null,
  };
}

function lists(owner: string, items: readonly ReadinessItem[], l10n: Language): Row[] {
  return [
    listRow(
      owner,
      'production',
      items.filter(({ item }) => item.startsWith('P')),
      l10n,
    ),
    listRow(
      owner,
      'security',
      items.filter(({ item }) => item.startsWith('S')),
      l10n,
    ),
  ];
}

/** Folders without a declared process say nothing; without any other the view is empty and its welcome content says why. */
export function readinessRows(folders: readonly ReadinessFolder[], l10n: Language): Row[] {
  const judged = folders.filter(({ processes }) => processes > 0);
  if (folders.length <= 1) return judged.flatMap(({ items }) => lists('', items, l10n));
  return judged.map(({ uri, name, target, items }): Row => {
    const description = `${summary(items, l10n)} · ${target}`;
    return {
      id: `folder:${uri}`,
      label: oneLine(name),
      description,
      icon: { id: 'root-folder', color: null },
      contextValue: 'readinessFolder',
      ariaLabel: l10n.t('Folder {0}: {1}.', oneLine(name), description),
      collapsible: 'expanded',
      children: lists(`folder:${uri}/`, items, l10n),
      subject: { kind: 'readiness' },
      place: null,
    };
  });
}
