/** Runs an action on a node of the hub. */
import type { Json } from '#schemas/fleet/mesh.ts';
import { connected } from './hubNode.ts';
import type { HubState } from './hubState.ts';
import type { InvokeResult } from './invocations.ts';

/** Waits for the node's `action.result`. Never rejects. */
export function invoke(hub: HubState, nodeId: string, action: string, input: Json, timeoutMs: number): Promise<InvokeResult> {
  const node = hub.nodes.get(nodeId);
  if (node === undefined) return Promise.resolve({ ok: false, error: `There is no relay node ${nodeId}.` });
  if (!node.online) return Promise.resolve({ ok: false, error: `Relay node ${node.name} is offline: ${node.reason}.` });
  const providers = connected(node);
  // Broker 9.1.6 declares nothing and spawns all the same: who declares the action comes first, else the node itself says no.
  const provider = providers.find(({ capabilities }) => capabilities.some(({ name }) => name === action)) ?? providers[0];
  const session = provider === undefined || provider.session === null ? undefined : hub.sessions.get(provider.session);
  if (session === undefined) return Promise.resolve({ ok: false, error: `Relay node ${node.name} has no open connection.` });
  return hub.invocations.start(session.id, timeoutMs, (invocationId) =>
    session.peer.send({ v: 1, type: 'action.invoke', invocation_id: invocationId, action, input }),
  );
}
