/** Custom messages between editor and server, each parsed by its schema before anything looks at it. */
import { type CancellationToken, type Connection, ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type * as z from 'zod';
import {
  fleetsRequest,
  messagePayloadRequest,
  messagesRequest,
  notifyRequest,
  startPlanRequest,
} from '#schemas/editor/fleetMessages.ts';
import {
  askRequest,
  fleetSnapshotRequest,
  forgetPeerRequest,
  otherFleetsRequest,
  readmitPeerRequest,
  startNodeRequest,
  stopNodeRequest,
  trustGrantedNotification,
} from '#schemas/editor/messages.ts';
import type { Fleet } from '../fleet/fleet.ts';

interface RequestType<Params, Result> {
  readonly method: string;
  readonly params: z.ZodType<Params>;
  readonly result: z.ZodType<Result>;
}

/** @param upToDate the fleet knows what the files declare and what the settings say, as far as they were read until now */
export function serveFleet(
  connection: Connection,
  fleet: () => Fleet,
  upToDate: () => Promise<void>,
  onTrustGranted: () => void,
): void {
  serve(connection, fleetSnapshotRequest, () => fleet().view());
  // A window that is loaded again asks for its node at once; seeds and port come from files and settings.
  serve(connection, startNodeRequest, async (params) => {
    await upToDate();
    return fleet().start(params);
  });
  serve(connection, stopNodeRequest, () => fleet().stop());
  serve(connection, startPlanRequest, async ({ seeds }) => {
    await upToDate();
    return fleet().planStart(seeds);
  });
  serve(connection, fleetsRequest, async () => {
    await upToDate();
    return { fleets: fleet().fleets() };
  });
  serve(connection, notifyRequest, ({ target, data }) => fleet().notify(target, data));
  serve(connection, messagesRequest, ({ epoch, after }) => fleet().messages(epoch, after));
  serve(connection, messagePayloadRequest, async ({ epoch, seq }) => {
    const payload = await fleet().messagePayload(epoch, seq);
    return { found: payload !== undefined, payload: payload ?? null };
  });
  serve(connection, askRequest, async (params, token) => {
    const question = fleet().ask(params.target, params.data, params.timeoutMs, params.strategy);
    const subscription = token.onCancellationRequested(() => question.cancel());
    try {
      return await question.answer;
    } finally {
      subscription.dispose();
    }
  });
  serve(connection, forgetPeerRequest, async ({ peer }) => {
    const { ok, error } = await fleet().forget(peer);
    return { ok, error };
  });
  serve(connection, readmitPeerRequest, async ({ peer }) => {
    const { ok, error } = await fleet().readmit(peer);
    return { ok, error };
  });
  serve(connection, otherFleetsRequest, async (wanted) => {
    await upToDate();
    return { sources: [...(await fleet().setOtherFleets(wanted))] };
  });
  connection.onNotification(trustGrantedNotification.method, () => onTrustGranted());
}

/** Answers a request of ours; parameters that do not fit are refused with their names. */
export function serve<Params, Result>(
  connection: Connection,
  type: RequestType<Params, Result>,
  handle: (params: Params, token: CancellationToken) => Result | Promise<Result>,
): void {
  connection.onRequest(type.method, async (...received: unknown[]): Promise<unknown> => {
    // vscode-jsonrpc calls with (params, token), or with (token) alone where a request has no parameters.
    const token = received.at(-1) as CancellationToken;
    const parsed = type.params.safeParse(received.length > 1 ? received[0] : null);
    if (!parsed.success) {
      const places = parsed.error.issues.map((issue) => issue.path.map(String).join('.') || 'params').join(', ');
      throw new ResponseError(
        ErrorCodes.InvalidParams,
        `${type.method}: these parameters are missing or of the wrong type: ${places}.`,
      );
    }
    return handle(parsed.data, token);
  });
}
