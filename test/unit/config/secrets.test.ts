// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${NAME} is the syntax of the texts under test
import { describe, expect, test } from 'vitest';
import { createReaderContext, maskUrl, maskUrls, soundsLikeSecret } from '#server/config/readers/context.ts';
import { readDocument } from '#server/config/readers/read.ts';

const context = createReaderContext(1);

test('no value of a secret, of an unknown name or of a URL password is in a document', () => {
  const text = [
    'OPENAI_API_KEY=canary1',
    'openai_api_key=canary2',
    'REDIS_URL=redis://:canary3@h:6379/0',
    'REDIS_URL=canary4',
    'ATHENA_URL=http://u:canary5@h?token=canary6',
    'MY_OWN_THING=canary7',
    'APPROVAL_ASSERTION_KEYS={"a":"canary8"}',
    'export GITHUB_TOKEN="canary9',
    'CLAUDE_MODEL=${OPENAI_API_KEY}',
    'GITHUB_TOKEN=canary10',
    'LLM_ENDPOINT=http://h/${GITHUB_TOKEN}',
    'JARVISCORE_OPENAI_API_KEY=canary11',
  ].join('\n');
  const document = readDocument({ uri: 'file:///w/.env', text, kind: 'dotenv' }, context);
  expect(document.assignments).toHaveLength(11);
  expect(JSON.stringify(document)).not.toContain('canary');
});

test('settings that are no secrets keep their text, helper variables included', () => {
  const text = 'BASE=79\nJARVISCORE_BIND_PORT=${BASE}46\nREDIS_URL=redis://h:6379/0\nJARVISCORE_ZMQ_PORT_OFFSET=5';
  const values = readDocument({ uri: 'file:///w/.env', text, kind: 'dotenv' }, context).assignments.map(({ value }) => value);
  expect(values).toEqual([
    expect.objectContaining({ kind: 'secret' }),
    { kind: 'text', text: '7946' },
    { kind: 'text', text: 'redis://h:6379/0' },
    { kind: 'text', text: '5' },
  ]);
});

test('facts of a secret', () => {
  expect(context.facts('')).toMatchObject({ state: 'empty', length: 0, estimatedBits: 0 });
  expect(context.facts('aaaaaaaaaaaaaaaa')).toMatchObject({ state: 'placeholder', estimatedBits: 0 });
  expect(context.facts('sk-ant-api03-Zk3v9QmT1x')).toMatchObject({
    state: 'set',
    formats: expect.arrayContaining(['sk-ant-', 'sk-']),
  });
  expect(context.facts(Buffer.alloc(32, 7).toString('base64')).formats).toContain('base64-32');
  expect(context.facts('q8Zt').equalityClass).toBe(context.facts('q8Zt').equalityClass);
  expect(context.facts('q8Zt').equalityClass).not.toBe(context.facts('q8Zu').equalityClass);
  expect(createReaderContext(1).facts('q8Zt').equalityClass).not.toBe(createReaderContext(2).facts('q8Zt').equalityClass);
});

test.each([
  'your-key-here',
  '<token>',
  'changeme',
  'CHANGE_ME',
  'xxxxxxxx',
  'sk-...',
  'replace-me',
  'your_api_key',
  'todo',
  '********',
  '{{secret}}',
])('%s is a placeholder', (text) => {
  expect(context.facts(text).state).toBe('placeholder');
});

test.each(['q8Zt1LmPd0', 'correct-horse-battery', 'sk-proj-9fK2Lm', '0123456789abcdef'])('%s is not', (text) => {
  expect(context.facts(text).state).toBe('set');
});

describe('URLs', () => {
  test.each<[string, string | null]>([
    ['redis://h', 'redis://h'],
    ['redis://u:p@h/0', 'redis://u:***@h/0'],
    ['redis://:p#w@/x@h/0', 'redis://:***@h/0'],
    ['http://token@h', 'http://***@h'],
    ['http://h?api_key=x&a=b&sig=y#f', 'http://h?api_key=***&a=b&sig=***#f'],
    ['not a url', null],
  ])('%s', (text, masked) => {
    expect(maskUrl(text)).toBe(masked);
  });

  test('inside other text', () => {
    expect(maskUrls('see http://u:p@h and redis://:q@r')).toBe('see http://***@h and redis://***@r');
  });
});

test('names that sound like secrets', () => {
  expect(['MY_API_KEY', 'DB_PASSWORD', 'SLACK_TOKEN', 'apikey', 'JWT_SECRET'].every(soundsLikeSecret)).toBe(true);
  expect(['BIND_PORT', 'KEYBOARD', 'MONKEY', 'TOKENIZER', 'PASSENGER'].some(soundsLikeSecret)).toBe(false);
});
