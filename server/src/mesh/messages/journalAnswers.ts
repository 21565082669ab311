/** What the supervisor gets of the journal. */
import type { HostCommand } from '#schemas/fleet/mesh.ts';
import type { MessagePage } from '#schemas/fleet/messageLog.ts';
import type { Messages } from './contract.ts';
import { type MessagesOutput, resultEvent } from './types.ts';

export function journalAnswer(
  { journal }: Pick<Messages, 'journal'>,
  epoch: string,
  command: Extract<HostCommand, { command: 'messages' | 'payload' }>,
): Extract<MessagesOutput, { kind: 'event' }> {
  if (command.command === 'messages') {
    const page: MessagePage = { epoch, ...journal.page(command.after) };
    const data = { ...page, entries: page.entries.map((entry) => ({ ...entry })) };
    return resultEvent(command.id, 'messages', { ok: true, data });
  }
  const payload = journal.payload(command.seq);
  return payload === undefined
    ? resultEvent(command.id, 'payload', { ok: false, error: 'The payload of this message is no longer kept.' })
    : resultEvent(command.id, 'payload', { ok: true, data: payload });
}
