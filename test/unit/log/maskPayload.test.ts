import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '#schemas/fleet/mesh.ts';
import type { LoggedMessage } from '#schemas/fleet/messageLog.ts';
import { maskErrors, maskPayload } from '#server/log/maskPayload.ts';

test('masks what sounds like a secret, at any depth and in texts, and nothing else', () => {
  expect(
    maskPayload({
      ...{ query: 'connect with redis://me:hunter2@db/0 and API_KEY=abc123', max_tokens: 4, api_key: 'abc', count: 1 },
      ...{ nested: [{ password: 'x', token: '', name: 'n' }], credentials: { user: 'u' }, headers: 'Bearer abc.def' },
    }),
  ).toEqual({
    ...{ query: 'connect with redis://***@db/0 and API_KEY=***', max_tokens: 4, api_key: '***', count: 1 },
    ...{ nested: [{ password: '***', token: '', name: 'n' }], credentials: '***', headers: 'Bearer ***' },
  });
});

test('a value under a secret name never comes out, wherever it stands', () => {
  const name = fc.constantFrom(
    ...['password', 'apiKey_TOKEN', 'client_secret', 'AUTH', 'private_key'],
    ...['x-api-key', 'accessToken', 'clientSecret', 'Authorization', 'refresh.token', 'dbPassword'],
  );
  const around = fc.constantFrom('plain', 'list', 'deep', 'text', 'text in text');
  fc.assert(
    fc.property(name, around, fc.string({ minLength: 12 }), (key, where, secret) => {
      const inner = { [key]: `s3cr3t${secret}` };
      const values: Readonly<Record<typeof where, Json>> = {
        plain: inner,
        list: [1, inner],
        deep: { a: { b: [inner] } },
        text: { result: JSON.stringify(inner) },
        'text in text': { result: JSON.stringify({ output: JSON.stringify([inner]) }) },
      };
      expect(JSON.stringify(maskPayload(values[where]))).not.toContain('s3cr3t');
    }),
  );
});

test('JSON in a text stays as it is where nothing in it is a secret, and hostile JSON does no harm', () => {
  const text = ' { "max_tokens" : 4.0, "note": "a" } ';
  expect(maskPayload({ text })).toEqual({ text });
  const deep = '['.repeat(60_000) + ']'.repeat(60_000);
  expect(maskPayload({ deep })).toEqual({ deep });
});

test('what a peer says of a failure is masked, too', () => {
  const fine: LoggedMessage = {
    ...{ seq: 1, at: '2026-11-21T10:42:00.000Z', direction: 'sent', type: 'PEER_REQUEST', peer: '127.0.0.1:1', size: 9 },
    ...{ correlationId: null, state: 'acknowledged', deliveredMs: 1, processedMs: 2, error: null, payload: true },
  };
  const failed: LoggedMessage = {
    ...fine,
    seq: 2,
    state: 'failed',
    error: 'no access with api_key=s3cr3t to redis://u:s3cr3t@h',
  };
  const { entries } = maskErrors({ epoch: 'e', revision: 2, dropped: 0, entries: [fine, failed] });
  expect(entries[0]).toBe(fine);
  expect(entries[1]?.error).toBe('no access with api_key=*** to redis://***@h');
});
