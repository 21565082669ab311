import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskPayload } from '#server/log/maskPayload.ts';

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
  const name = fc.constantFrom('password', 'apiKey_TOKEN', 'client_secret', 'AUTH', 'private_key');
  const around = fc.constantFrom('plain', 'list', 'deep');
  fc.assert(
    fc.property(name, around, fc.string({ minLength: 12 }), (key, where, secret) => {
      const inner = { [key]: `s3cr3t${secret}` };
      const value = where === 'plain' ? inner : where === 'list' ? [1, inner] : { a: { b: [inner] } };
      expect(JSON.stringify(maskPayload(value))).not.toContain('s3cr3t');
    }),
  );
});
