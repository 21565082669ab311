/** What our node sent and received, as rows: the newest first. */
import type { LoggedMessage } from '#schemas/fleet/messageLog.ts';
import { type Language, oneLine } from '../fleet/language.ts';
import type { Row, RowIcon } from '../fleet/row.ts';

/** Questions, answers and notifications; everything else is what nodes say to each other by themselves. */
export const isWork = ({ type }: LoggedMessage): boolean => type.startsWith('PEER_');

export interface MessageFilter {
  /** Words that must all be somewhere in a row; empty: everything. */
  readonly words: string;
  /** Keepalives, announcements and the like, too. */
  readonly protocol: boolean;
}

const milliseconds = (value: number): string => (value < 10 ? value.toFixed(1) : String(Math.round(value)));

/** "acknowledged after 3.4 ms" */
export function outcomeText(message: LoggedMessage, l10n: Language): string {
  const { state, deliveredMs, processedMs, error } = message;
  switch (state) {
    case 'pending':
      return l10n.t('not delivered yet');
    case 'delivered':
      return deliveredMs === null ? l10n.t('delivered') : l10n.t('delivered after {0} ms', milliseconds(deliveredMs));
    case 'acknowledged':
      return processedMs === null ? l10n.t('acknowledged') : l10n.t('acknowledged after {0} ms', milliseconds(processedMs));
    case 'unacknowledged':
      return l10n.t('no acknowledgement asked for');
    case 'failed':
      return error === null ? l10n.t('failed') : l10n.t('failed: {0}', oneLine(error));
  }
}

function icon({ state, direction }: LoggedMessage): RowIcon {
  if (state === 'failed') return { id: 'error', color: 'list.errorForeground' };
  return { id: direction === 'sent' ? 'arrow-up' : 'arrow-down', color: null };
}

export function messageRow(message: LoggedMessage, nameOf: (peer: string) => string | null, l10n: Language): Row {
  const peer = nameOf(message.peer) ?? oneLine(message.peer);
  const whom = message.direction === 'sent' ? l10n.t('to {0}', peer) : l10n.t('from {0}', peer);
  const outcome = outcomeText(message, l10n);
  const size = l10n.t('{0} bytes', message.size);
  const type = oneLine(message.type);
  const time = l10n.second(message.at);
  return {
    id: `message:${message.seq}`,
    label: type,
    description: [whom, time, size, outcome].join(' · '),
    icon: icon(message),
    contextValue: message.payload ? 'message payload' : 'message',
    ariaLabel: l10n.t('{0} {1} at {2}, {3}, {4}.', type, whom, time, size, outcome),
    collapsible: 'none',
    children: [],
    subject: { kind: 'message', seq: message.seq },
    place: null,
    command: 'jarviscoreFleet.showMessage',
  };
}

/** @param messages oldest first, as the log keeps them */
export function messageRows(
  messages: Iterable<LoggedMessage>,
  filter: MessageFilter,
  nameOf: (peer: string) => string | null,
  l10n: Language,
): Row[] {
  const words = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  const rows: Row[] = [];
  for (const message of messages) {
    if (!filter.protocol && !isWork(message)) continue;
    const row = messageRow(message, nameOf, l10n);
    const text = words.length === 0 ? '' : `${row.label} ${row.description} ${message.peer}`.toLowerCase();
    if (words.every((word) => text.includes(word))) rows.push(row);
  }
  return rows.reverse();
}
