import { expect, test } from 'vitest';
import { decodeMessage } from '#server/mesh/messages/codec.ts';
import { ownerOf } from '#server/mesh/messages/conduct.ts';

const kindOf = (payload: string): string => {
  const text = `{"type": "PEER_NOTIFY", "id": "a", "from_node": "n", "timestamp": 1, "payload": ${payload}}`;
  return decodeMessage(new TextEncoder().encode(text)).kind;
};
const usual = kindOf('{"data": 1}');

test.each([
  ['lists', '['.repeat(40_000), ']'.repeat(40_000)],
  ['objects', '{"a":'.repeat(40_000), '}'.repeat(40_000)],
])('%s of 40,000 levels are refused before they are parsed', (_name, before, after) => {
  expect(usual).not.toBe('invalid');
  expect(kindOf(`{"data": ${before}1${after}}`)).toBe('invalid');
});

test('brackets side by side, and those inside of texts, are no levels', () => {
  expect(kindOf(`{"data": [${Array.from({ length: 5_000 }, () => '[{}]').join(',')}]}`)).toBe(usual);
  expect(kindOf(`{"data": "${'[{'.repeat(5_000)}"}`)).toBe(usual);
  expect(kindOf(`{"data": "${'\\"[{'.repeat(5_000)}"}`)).toBe(usual);
});

test('the owner of a DEALER is told by its identity, whatever the length of its numbers', () => {
  for (const address of ['127.0.0.1:7946', '1.2.3.4:1', '192.168.100.200:64535'])
    expect(ownerOf(`dealer-${address}-to-10.0.0.1:8946-ab12`)).toBe(address);
  for (const other of ['', 'dealer-', 'dealer-host:1-to-x', 'xdealer-1.2.3.4:1-to-x', 'dealer-1.2.3.4:1-from-x'])
    expect(ownerOf(other)).toBeNull();
});
