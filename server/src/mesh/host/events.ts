/**
 * Reads what a mesh host sends. The events that come with every question are read by hand: the schema of any JSON tries
 * six alternatives at each value. `test/property/mesh/events.test.ts` holds the two equal.
 */
import { type HostEvent, hostEventSchema } from '#schemas/fleet/mesh.ts';
import { isCommandId, isJson, isObject } from './commands.ts';

type ResultCommand = Extract<HostEvent, { event: 'result' }>['command'];

const resultCommands: ReadonlySet<unknown> = new Set<ResultCommand>([
  'announce',
  'ask',
  'cancel',
  'notify',
  'respond',
  'readmit',
  'forget',
  'messages',
  'payload',
]);
const isResultCommand = (value: unknown): value is ResultCommand => resultCommands.has(value);
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';

/** Null: not an event of ours. */
export function readEvent(value: unknown): HostEvent | null {
  if (!isObject(value)) return null;
  switch (value.event) {
    case 'message': {
      const { event, type, correlationId, from, to, data } = value;
      if (type !== 'PEER_REQUEST' && type !== 'PEER_NOTIFY') return null;
      if (!isTextOrNull(correlationId) || !isObject(from) || !isObject(to) || !isJson(data)) return null;
      if (typeof from.node !== 'string' || typeof from.agent !== 'string') return null;
      if (!isTextOrNull(to.agent) || !isTextOrNull(to.role)) return null;
      const sender = { node: from.node, agent: from.agent };
      return { event, type, correlationId, from: sender, to: { agent: to.agent, role: to.role }, data };
    }
    case 'result': {
      const { event, id, command, ok, data, error } = value;
      if (!isCommandId(id) || !isResultCommand(command) || typeof ok !== 'boolean' || !isJson(data) || !isTextOrNull(error))
        return null;
      return { event, id, command, ok, data, error };
    }
    default: {
      const parsed = hostEventSchema.safeParse(value);
      return parsed.success ? parsed.data : null;
    }
  }
}
