/** Fetches a small JSON document from an address that somebody announced. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type * as z from 'zod';
import { guardedLookup, refusedAddress } from './addresses.ts';

export interface FetchLimits {
  /** For the whole exchange, names and slow bodies included. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export interface FetchRequest {
  readonly method: 'GET' | 'POST';
  /** Sent as JSON. */
  readonly body?: unknown;
}

export type Fetched<Value> =
  | { readonly ok: true; readonly value: Value }
  /** `reason` is a clause for a person: "it did not answer within 5 s". */
  | { readonly ok: false; readonly reason: string };

/**
 * One connection per call, no redirects (a registered agent could send us anywhere), no proxy, no cookies.
 * Never rejects.
 */
export function fetchJson<Value>(
  url: string,
  schema: z.ZodType<Value>,
  limits: FetchLimits,
  request: FetchRequest = { method: 'GET' },
): Promise<Fetched<Value>> {
  return new Promise((resolve) => {
    const target = new URL(url);
    const refused = refusedAddress(target.hostname);
    if (refused !== null) return resolve({ ok: false, reason: refused });
    let settled = false;
    const body = request.body === undefined ? null : JSON.stringify(request.body);
    const outgoing = (target.protocol === 'https:' ? httpsRequest : httpRequest)(target, {
      method: request.method,
      agent: false,
      lookup: guardedLookup,
      maxHeaderSize: 16_384,
      headers: {
        accept: 'application/json',
        ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
    });
    const done = (result: Fetched<Value>) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      outgoing.destroy();
      resolve(result);
    };
    const fail = (reason: string) => done({ ok: false, reason });
    const timer = setTimeout(() => fail(`it did not answer within ${limits.timeoutMs / 1000} s`), limits.timeoutMs);
    outgoing.on('error', (error) => fail(reasonOf(error)));
    outgoing.on('response', (response) => {
      const status = response.statusCode ?? 0;
      if (status < 200 || status > 299) {
        fail(
          status >= 300 && status < 400 ? `it redirects (${status}), which is not followed` : `it answered with status ${status}`,
        );
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > limits.maxBytes) fail(`its answer is longer than ${limits.maxBytes} bytes`);
        else chunks.push(chunk);
      });
      response.on('error', (error) => fail(reasonOf(error)));
      response.on('close', () => fail('the connection ended in the middle of its answer'));
      response.on('end', () => done(parse(Buffer.concat(chunks).toString('utf8'), schema)));
    });
    outgoing.end(body ?? undefined);
  });
}

function parse<Value>(text: string, schema: z.ZodType<Value>): Fetched<Value> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, reason: 'its answer is not JSON' };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issue = parsed.error.issues[0];
  return {
    ok: false,
    reason: `its answer has an unexpected shape (${issue?.path.join('.') || 'document'}: ${issue?.message ?? 'invalid'})`,
  };
}

function reasonOf(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return 'nothing listens there (connection refused)';
  if (code === 'ECONNRESET') return 'it closed the connection';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'its name does not resolve';
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') return 'there is no route to it';
  return error.message;
}
