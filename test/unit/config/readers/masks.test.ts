/** What is hidden in command lines and URLs, and what is not. */
import { describe, expect, test } from 'vitest';
import { createReaderContext, maskUrl, maskUrls } from '#server/config/readers/context.ts';
import { maskCommand } from '#server/config/readers/deployment/mask.ts';
import { secretFacts } from '#server/config/readers/secretFacts.ts';

const context = createReaderContext(1);

/** Secrecy, kind, text or state, and the state of what is masked. */
const protectedValue = (name: string, text: string): string[] => {
  const secrecy = context.environment(name);
  const value = context.protect(text, secrecy);
  if (value.kind === 'secret') return [secrecy, value.kind, value.facts.state, ''];
  return value.kind === 'text' ? [secrecy, value.kind, value.text, value.masked?.state ?? ''] : [secrecy, value.kind];
};

const factsOf = (text: string): (string | number)[] => {
  const { state, length, estimatedBits, formats } = secretFacts(text, 1);
  return [state, length, estimatedBits, ...formats];
};

describe('in commands', () => {
  test.each<[string, string]>([
    ['', ''],
    ['a b', 'a b'],
    ['a --api-key x y', 'a --api-key *** y'],
    ['a --api-key=x y', 'a --api-key=*** y'],
    ['a --api-key "x y" z', 'a --api-key *** z'],
    ["a --token='x y' z", 'a --token=*** z'],
    ['a -password x', 'a -password ***'],
    ['a --my-secret-thing  x', 'a --my-secret-thing  ***'],
    ['a --passphrase = x', 'a --passphrase = ***'],
    ['["a", "--token", "x", "y"]', '["a", "--token", ***, "y"]'],
    ['a --auth x', 'a --auth ***'],
    ['a --credential x', 'a --credential ***'],
    ['a --pwd x', 'a --pwd ***'],
    ['a --host x', 'a --host x'],
    ['a key x', 'a key x'],
    ['API_KEY=x b', 'API_KEY=*** b'],
    ['MY_TOKEN="x y" b', 'MY_TOKEN=*** b'],
    ["A_SECRET='x' b", 'A_SECRET=*** b'],
    ['DB_PASS=x', 'DB_PASS=***'],
    ['PWD=x', 'PWD=***'],
    ['A_CREDENTIALS=x', 'A_CREDENTIALS=***'],
    ['key=x', 'key=***'],
    ['KEYS=x', 'KEYS=***'],
    ['redis-cli -a x ping', 'redis-cli -a *** ping'],
    ['redis-cli -h h -a x', 'redis-cli -h h -a ***'],
    ['mysql -px', 'mysql -p***'],
    ['mysql -u a -p "x"', 'mysql -u a -p ***'],
    ['mysqladmin -p x', 'mysqladmin -p ***'],
    ['psql -p 1', 'psql -p ***'],
    ['mongosh -p x', 'mongosh -p ***'],
    ['x -a y', 'x -a y'],
    ['curl http://u:p@h/x', 'curl http://***@h/x'],
    ['a redis://:p@h:1 b', 'a redis://***@h:1 b'],
    [
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    ],
    ['a --token', 'a --token'],
  ])('%j', (text, expected) => {
    expect(maskCommand(text)).toEqual(expected);
  });
});

describe('in URLs', () => {
  test.each<[string, [string | null, string]]>([
    ['', [null, '']],
    ['x', [null, 'x']],
    ['http://h', ['http://h', 'http://h']],
    ['http://u@h', ['http://***@h', 'http://***@h']],
    ['http://u:p@h/x', ['http://u:***@h/x', 'http://u:***@h/x']],
    ['http://:p@h', ['http://:***@h', 'http://:***@h']],
    ['http://u:p@q@h', ['http://u:***@h', 'http://u:***@h']],
    ['http://h/x@y', ['http://***@y', 'http://***@y']],
    ['http://h:1/x@y', ['http://h:***@y', 'http://h:***@y']],
    ['a+b-c.1://u:p@h', ['a+b-c.1://u:***@h', 'a+b-c.1://u:***@h']],
    ['1a://u:p@h', [null, '1a://***@h']],
    ['HTTP://U:P@H', ['HTTP://U:***@H', 'HTTP://U:***@H']],
    ['http://h/?key=1&b=2', ['http://h/?key=***&b=2', 'http://h/?key=***&b=2']],
    [
      'http://h/?a=1&api_token=2;Password=3#x',
      ['http://h/?a=1&api_token=***;Password=***#x', 'http://h/?a=1&api_token=***;Password=***#x'],
    ],
    ['http://h/?sig=', ['http://h/?sig=***', 'http://h/?sig=***']],
    ['http://h/?auth', ['http://h/?auth', 'http://h/?auth']],
    ['http://u:p@h/?secret=x', ['http://u:***@h/?secret=***', 'http://u:***@h/?secret=***']],
    ['see http://u:p@h and redis://:q@r', [null, 'see http://***@h and redis://***@r']],
    [' http://u:p@h', [null, ' http://***@h']],
    ['"http://u:p@h"', [null, '"http://***@h"']],
    ['u:p@h', [null, 'u:p@h']],
    ['http:/u:p@h', [null, 'http:/u:p@h']],
    ['http://u:p/a@h', ['http://u:***@h', 'http://u:***@h']],
    ['x http://a/b@c', [null, 'x http://a/b@c']],
  ])('%j', (text, expected) => {
    expect([maskUrl(text), maskUrls(text)]).toEqual(expected);
  });
});

describe('of values', () => {
  test.each<[string, string, string[]]>([
    ['LOG_LEVEL', 'x', ['plain', 'text', 'x', '']],
    ['log_level', 'x', ['plain', 'text', 'x', '']],
    ['OPENAI_API_KEY', 'x', ['secret', 'secret', 'set', '']],
    ['REDIS_URL', 'redis://u:p@h', ['secret-url', 'text', 'redis://u:***@h', 'set']],
    ['REDIS_URL', 'redis://h', ['secret-url', 'text', 'redis://h', '']],
    ['REDIS_URL', 'x', ['secret-url', 'secret', 'set', '']],
    ['JARVISCORE_LOG_LEVEL', 'x', ['plain', 'text', 'x', '']],
    ['JARVISCORE_X', 'x', ['unknown', 'secret', 'set', '']],
    ['MY_PASSWORD', '', ['secret', 'secret', 'empty', '']],
    ['X', 'x', ['unknown', 'secret', 'set', '']],
    ['X', '', ['unknown', 'secret', 'empty', '']],
    ['LOG_LEVEL', 'http://u:p@h', ['plain', 'text', 'http://u:***@h', 'set']],
    ['LOG_LEVEL', 'http://u@h', ['plain', 'text', 'http://***@h', 'set']],
    ['LOG_LEVEL', 'http://h?key=1', ['plain', 'text', 'http://h?key=***', 'empty']],
    ['LOG_LEVEL', 'a http://u:p@h', ['plain', 'text', 'a http://***@h', '']],
  ])('%j', (name, text, expected) => {
    expect(protectedValue(name, text)).toEqual(expected);
  });
});

describe('facts', () => {
  test.each<[string, (string | number)[]]>([
    ['', ['empty', 0, 0]],
    ['a', ['set', 1, 0]],
    ['aa', ['set', 2, 0, 'hex']],
    ['aaa', ['placeholder', 3, 0]],
    ['aaaa', ['placeholder', 4, 0, 'hex']],
    ['abcdefgh', ['set', 8, 24, 'base64', 'base64-6']],
    ['abcdefg', ['set', 7, 20]],
    ['sk-ant-1', ['set', 8, 22, 'sk-ant-', 'sk-', 'base64', 'base64-6']],
    ['sk-proj-1', ['set', 9, 27, 'sk-proj-', 'sk-']],
    ['sk-1', ['set', 4, 8, 'sk-']],
    ['xsk-1', ['set', 5, 12]],
    ['AIzaX', ['set', 5, 12, 'AIza']],
    ['ghp_1', ['set', 5, 12, 'ghp_']],
    ['gho_1', ['set', 5, 12, 'ghp_']],
    ['ghx_1', ['set', 5, 12]],
    ['github_pat_1', ['set', 12, 39, 'github_pat_', 'base64', 'base64-9']],
    ['xoxb-1', ['set', 6, 14, 'xox']],
    ['xoxc-1', ['set', 6, 14]],
    ['AKIAAAAAAAAAAAAAAAAA', ['set', 20, 11, 'AKIA', 'base64', 'base64-15']],
    ['AKIAAAAAAAAAAAAAAAA', ['set', 19, 11, 'base64', 'base64-14']],
    ['eyJa.b.c', ['set', 8, 22, 'jwt']],
    ['eyJa.b.', ['set', 7, 18, 'jwt']],
    ['eyJa.b', ['set', 6, 16]],
    ['-----BEGIN X', ['set', 12, 31, 'pem', 'whitespace']],
    ['01234567-89ab-cdef-0123-456789ABCDEF', ['set', 36, 158, 'uuid', 'base64', 'base64-27']],
    ['01234567-89ab-cdef-0123-456789abcde', ['set', 35, 142, 'base64', 'base64-26']],
    ['0a1b', ['set', 4, 8, 'hex']],
    ['0a1', ['set', 3, 5]],
    ['http://x', ['set', 8, 20, 'url']],
    ['1http://x', ['set', 9, 25]],
    ['x AccountKey=y', ['set', 14, 49, 'azure-connection-string', 'whitespace']],
    ['SharedAccessSignature=', ['set', 22, 83, 'azure-connection-string']],
    ['{"a": 1}', ['placeholder', 8, 22, 'json', 'whitespace']],
    [' {} ', ['set', 4, 6, 'json', 'whitespace']],
    ['{', ['set', 1, 0]],
    ['a b', ['set', 3, 5, 'whitespace']],
    ['"a"', ['set', 3, 3, 'quotes']],
    ["'a'", ['set', 3, 3, 'quotes']],
    ['"a', ['set', 2, 2]],
    ['YWJjZGVmZ2g=', ['set', 12, 41, 'base64', 'base64-8']],
    ['YWJjZGVmZ2=', ['set', 11, 36]],
    ['abcdefghi', ['set', 9, 29]],
    ['abcdefghij', ['set', 10, 33, 'base64', 'base64-7']],
    ['abcd-_+/', ['set', 8, 24, 'base64', 'base64-6']],
    ['abcdefgh==', ['set', 10, 31]],
    ['abcdefgh===', ['set', 11, 33]],
    ['<your key>', ['placeholder', 10, 31, 'whitespace']],
    ['{{ x }}', ['placeholder', 7, 14, 'json', 'whitespace']],
    ['{x}', ['placeholder', 3, 5, 'json']],
    ['[x]', ['placeholder', 3, 5]],
    ['...', ['placeholder', 3, 0]],
    ['…', ['placeholder', 1, 0]],
    ['sk-...', ['placeholder', 6, 11, 'sk-']],
    ['key_xxx', ['placeholder', 7, 15]],
    ['key_xx', ['set', 6, 14]],
    ['token***', ['placeholder', 8, 19]],
    ['a...b', ['set', 5, 7]],
    ['xxxxyyyy', ['placeholder', 8, 8, 'base64', 'base64-6']],
    ['a xxxx b', ['placeholder', 8, 14, 'whitespace']],
    ['n/a', ['placeholder', 3, 5]],
    ['na', ['placeholder', 2, 2]],
    ['NONE', ['placeholder', 4, 6]],
    ['null', ['placeholder', 4, 6]],
    ['todo', ['placeholder', 4, 6]],
    ['TBD', ['placeholder', 3, 5]],
    ['fixme', ['placeholder', 5, 12]],
    ['secret', ['placeholder', 6, 14]],
    ['secrets', ['set', 7, 16]],
    ['password', ['placeholder', 8, 22, 'base64', 'base64-6']],
    ['passwd', ['placeholder', 6, 14]],
    ['token', ['placeholder', 5, 12]],
    ['api-key', ['placeholder', 7, 20]],
    ['apikey', ['placeholder', 6, 16]],
    ['key', ['set', 3, 5]],
    ['test', ['placeholder', 4, 6]],
    ['dummy', ['placeholder', 5, 10]],
    ['foo', ['placeholder', 3, 3]],
    ['bar', ['placeholder', 3, 5]],
    ['baz', ['set', 3, 5]],
    ['changeme', ['placeholder', 8, 22, 'base64', 'base64-6']],
    ['change-me', ['placeholder', 9, 27]],
    ['please change this now', ['placeholder', 22, 81, 'whitespace']],
    ['change in prod', ['placeholder', 14, 49, 'whitespace']],
    ['your-key', ['placeholder', 8, 22, 'base64', 'base64-6']],
    ['set-your key', ['placeholder', 12, 39, 'whitespace']],
    ['my-secret', ['placeholder', 9, 27]],
    ['my_token_x', ['placeholder', 10, 31, 'base64', 'base64-7']],
    ['replace-me', ['placeholder', 10, 28, 'base64', 'base64-7']],
    ['replace with x', ['placeholder', 14, 49, 'whitespace']],
    ['placeholder', ['placeholder', 11, 34, 'base64', 'base64-8']],
    ['insert-x', ['placeholder', 8, 24, 'base64', 'base64-6']],
    ['enter x', ['placeholder', 7, 18, 'whitespace']],
    ['put_x', ['placeholder', 5, 12]],
    ['key-here', ['placeholder', 8, 19, 'base64', 'base64-6']],
    ['here', ['set', 4, 6]],
    ['example', ['placeholder', 7, 18]],
    ['an example', ['set', 10, 29, 'whitespace']],
    ['example-key', ['placeholder', 11, 33, 'base64', 'base64-8']],
    ['generate-one', ['placeholder', 12, 33, 'base64', 'base64-9']],
    ['set-x', ['placeholder', 5, 12]],
    ['reset-x', ['set', 7, 18]],
    ['a long random', ['placeholder', 13, 40, 'whitespace']],
    ['devpassword', ['placeholder', 11, 34, 'base64', 'base64-8']],
    ['admin123', ['placeholder', 8, 24, 'base64', 'base64-6']],
    ['athena_dev', ['placeholder', 10, 29, 'base64', 'base64-7']],
    ['minioadmin', ['placeholder', 10, 24, 'base64', 'base64-7']],
    ['nexus:nexus', ['placeholder', 11, 28]],
    [
      'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      ['placeholder', 256, 0, 'base64', 'base64-192'],
    ],
    [
      'changemexxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      ['set', 257, 73],
    ],
    [
      'changemexyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxy',
      ['placeholder', 256, 321, 'base64', 'base64-192'],
    ],
  ])('%j', (text, expected) => {
    expect(factsOf(text)).toEqual(expected);
  });
});
