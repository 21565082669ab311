/** Rows of the store's table as known nodes and back; what does not parse is reported, never thrown. */
import { type KnownNode, knownNodeSchema, type NodeKey } from '#schemas/registry/knownNode.ts';

export const keyText = ({ kind, fleet, id }: NodeKey): string => JSON.stringify([kind, fleet, id]);

export type Row = Record<string, string | number | null>;

export const toRow = (node: KnownNode): Row => ({
  kind: node.kind,
  fleet: node.fleet,
  id: node.id,
  name: node.name,
  address: node.address,
  first_seen: node.firstSeen,
  last_seen: node.lastSeen,
  last_state: node.lastState,
  reason: node.reason,
  announced: JSON.stringify(node.announced),
});

/** Null where the row is none of ours: another program or a damaged page wrote it. */
export function fromRow(row: Record<string, unknown>): KnownNode | null {
  const parsed = knownNodeSchema.safeParse({
    kind: row.kind,
    fleet: row.fleet,
    id: row.id,
    name: row.name,
    address: row.address,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    lastState: row.last_state,
    reason: row.reason,
    announced: json(row.announced),
  });
  return parsed.success ? parsed.data : null;
}

function json(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
