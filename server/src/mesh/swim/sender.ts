import type { SwimMessage } from '#schemas/wire/swim.ts';
import { hostOf, isSwimAddress, isWildcard, portOf } from './address.ts';
import type { Context } from './context.ts';
import type { MemberTable } from './table.ts';

/**
 * The address behind a header's `from`. A wildcard identity means the host its packets come from; over TCP that is all
 * the connection's source says. Null for what nobody can send to.
 */
export function senderOf(
  context: Context,
  table: MemberTable,
  message: SwimMessage,
  source: string,
  isDatagram: boolean,
): string | null {
  const name = message.from;
  if (!isSwimAddress(name)) {
    context.violation(
      source,
      'It announces itself under a name that is no numeric IPv4 address; other nodes cannot match its answers.',
    );
    return null;
  }
  if (isWildcard(name)) {
    const address = `${hostOf(source)}:${portOf(name)}`;
    return address === context.self || isWildcard(address) ? null : address;
  }
  if (isDatagram && name !== source && message.type === 'HEARTBEAT') {
    context.violation(source, `It announces itself as ${name}, but its packets come from ${source}.`);
    const record = table.get(name);
    // Not on the word of whoever forges headers: a member that speaks from its own address needs no warning.
    if (record !== undefined && record.lastHeardMs === null)
      table.warn(record, `Its packets come from ${source}, so Python nodes ignore its answers.`);
  }
  return name;
}
