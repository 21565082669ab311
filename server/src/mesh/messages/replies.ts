/** Requests of others that wait for a `respond`. */
import type { Json } from '#schemas/fleet/mesh.ts';
import type { Instant } from '../core.ts';
import { seconds } from './codec.ts';
import type { OwnAgent } from './ownAgents.ts';
import { type CommandId, type MessagesContext, resultEvent } from './types.ts';

/** The longest an asker waits without saying otherwise: the `ask_peer` tool of 1.0.2 to 1.10.0, 7200 s. */
const rememberMs = 7_200_000;
const maxRequests = 1_000;
/** The framework's lineage of agent ids is a few hundred characters; a larger context is not worth its memory. */
const maxContextLength = 16_384;

export interface OpenRequest {
  readonly peer: string;
  /** Agent id of the asker; the answer is addressed to it. */
  readonly sender: string;
  /** Given back unchanged unless it is huge: the framework's lineage of peer requests lives in it. */
  readonly context: Json;
  /** The agent of ours that was asked. */
  readonly agent: OwnAgent;
}

export interface Replies {
  remember(correlationId: string, request: OpenRequest): void;
  respond(id: CommandId | null, correlationId: string, data: Json, now: Instant): void;
  readonly size: number;
}

export function createReplies(context: MessagesContext, clock: () => number): Replies {
  const requests = new Map<string, OpenRequest & { readonly expiresMs: number }>();

  function prune(): void {
    const now = clock();
    for (const [id, request] of requests) {
      if (now < request.expiresMs && requests.size <= maxRequests) break;
      requests.delete(id);
    }
  }

  return {
    remember(correlationId, request) {
      requests.delete(correlationId);
      const fits = JSON.stringify(request.context).length <= maxContextLength;
      requests.set(correlationId, { ...request, context: fits ? request.context : null, expiresMs: clock() + rememberMs });
      prune();
    },

    respond(id, correlationId, data, now) {
      const answer = (outcome: { ok: boolean; error?: string }) => {
        if (id !== null) context.emit(resultEvent(id, 'respond', outcome));
      };
      prune();
      const request = requests.get(correlationId);
      if (request === undefined) {
        answer({ ok: false, error: `No open request has the correlation id ${correlationId}.` });
        return;
      }
      const payload = {
        sender: request.agent.id,
        sender_node: context.self.address,
        target: request.sender,
        target_role: null,
        data,
        correlation_id: correlationId,
        timestamp: seconds(now.wallMs),
        context: request.context,
      };
      const accepted = context.send(request.peer, 'PEER_RESPONSE', payload, now, {
        settle: (outcome) =>
          answer(
            outcome.ok ? { ok: true } : { ok: false, error: `${request.peer}: ${outcome.error ?? 'the answer did not arrive'}.` },
          ),
      });
      if (accepted) requests.delete(correlationId);
      else answer({ ok: false, error: `${request.peer} cannot be sent to: it is no living member of the mesh.` });
    },

    get size() {
      return requests.size;
    },
  };
}
