import { expect, test } from 'vitest';
import { maskSecrets } from '#server/log/mask.ts';

test.each([
  ['CLAUDE_API_KEY=canary', 'CLAUDE_API_KEY=***'],
  ['{"redis_password": "canary word"}', '{"redis_password": ***}'],
  ["token='canary'", 'token=***'],
  ['connect redis://user:canary@host:6379/0', 'connect redis://***@host:6379/0'],
  ['Authorization: Bearer canary.x', 'Authorization: Bearer ***'],
])('%s', (text, expected) => {
  expect(maskSecrets(text)).toBe(expected);
});

test('what is no secret stays readable', () => {
  const text = 'JARVISCORE_BIND_PORT=7946 at file:///p/.env, peer 127.0.0.1:7946: alive';
  expect(maskSecrets(text)).toBe(text);
});
