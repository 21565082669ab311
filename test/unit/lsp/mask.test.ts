import { expect, test } from 'vitest';
import { maskSecrets } from '#server/log/mask.ts';

test.each([
  ['CLAUDE_API_KEY=canary', 'CLAUDE_API_KEY=***'],
  ['{"redis_password": "canary word"}', '{"redis_password": ***}'],
  ["token='canary'", 'token=***'],
  ['connect redis://user:canary@host:6379/0', 'connect redis://***@host:6379/0'],
  ['Authorization: Bearer canary.x', 'Authorization: Bearer ***'],
  ['authorization: Token canary', 'authorization: Token ***'],
  ['authorization=canary', 'authorization=***'],
  ['env: API_KEY=canary', 'env: API_KEY=***'],
  ['url:token=canary, name=x', 'url:token=***, name=x'],
  ['x-api-key: canary', 'x-api-key: ***'],
  ['{"accessToken": "canary", "clientSecret": "canary"}', '{"accessToken": ***, "clientSecret": ***}'],
  ['{"api_key": "a\\"canary canary"}', '{"api_key": ***}'],
  ['{"text": "{\\"api_key\\": \\"canary canary\\", \\"n\\": 1}"}', '{"text": "{\\"api_key\\": ***, \\"n\\": 1}"}'],
  ['redis://me:can@ary@host:6379/0', 'redis://***@host:6379/0'],
])('%s', (text, expected) => {
  expect(maskSecrets(text)).toBe(expected);
});

test('what is no secret stays readable', () => {
  const text = 'JARVISCORE_BIND_PORT=7946 at file:///p/.env, peer 127.0.0.1:7946: alive';
  expect(maskSecrets(text)).toBe(text);
});

/** Texts of peers are masked, too: where work grew with the square of their length, these took half an hour each. */
test.each([
  ['a blob of hexadecimal digits', 'a1'.repeat(100_000)],
  ['a blob of base64', 'aGVsbG8/+'.repeat(20_000)],
  ['backslashes', '\\'.repeat(200_000)],
  ['an open quote again and again', 'token="'.repeat(30_000)],
  ['names without an end', 'a:'.repeat(100_000)],
  ['spaces', `token ${' '.repeat(200_000)}`],
  ['dots and dashes', 'a-.'.repeat(70_000)],
  ['schemes', 'a://'.repeat(50_000)],
])('comes to an end with %s', (_name, text) => {
  expect(maskSecrets(text).length).toBeGreaterThan(0);
});
