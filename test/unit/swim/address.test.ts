import { describe, expect, test } from 'vitest';
import { swimAddressSchema } from '#schemas/wire/swim.ts';
import { hostOf, isSwimAddress, isWildcard, portOf } from '#server/mesh/swim/address.ts';

describe('an identity', () => {
  test.each([
    '1.1.1.1:1',
    '0.0.0.0:1',
    '0.0.0.0:64535',
    '1.0.0.0:9',
    '9.10.99.100:10',
    '127.0.0.1:7946',
    '199.200.249.250:60000',
    '223.255.255.255:64535',
  ])('%s is one', (text) => {
    expect(isSwimAddress(text)).toBe(true);
    expect(swimAddressSchema.safeParse(text).success, 'the schema').toBe(true);
  });

  test.each([
    ...['', ':', '7946', '127.0.0.1', '127.0.0.1:', ':7946', 'localhost:7946', '[::1]:7946'],
    // Its port.
    ...['127.0.0.1:0', '127.0.0.1:64536', '127.0.0.1:99999', '127.0.0.1:100000', '127.0.0.1:1111111111111111111111'],
    ...['127.0.0.1:07946', '127.0.0.1:00', '127.0.0.1:+1', '127.0.0.1:-1', '127.0.0.1:1e3', '127.0.0.1:79a6', '127.0.0.1:1.5'],
    ...['127.0.0.1: 1', '127.0.0.1:1 ', '127.0.0.1:/1', '127.0.0.1::1', '127.0.0.1:1:', '127.0.0.1:1:1'],
    // Its numbers.
    ...['256.0.0.1:1', '1.256.0.1:1', '1.0.256.1:1', '1.0.0.256:1', '1.0.0.999:1', '1111.0.0.1:1', '1.0.0.1111:1'],
    ...[
      '01.0.0.1:1',
      '1.00.0.1:1',
      '1.0.0.01:1',
      '00.0.0.0:1',
      '1.0.0.-1:1',
      '1.0.0./:1',
      '1.0.0.a:1',
      ' 1.0.0.1:1',
      '1.0.0.1 :1',
    ],
    // How many of them.
    ...['1.2.3:1', '111.222.133:1', '1.2.3.4.5:1', '1.2.3.4.:1', '.1.2.3.4:1', '1..2.3:1', '1.2.3.:1', '.2.3.4:1', '1.2.3:4.5'],
    // What they mean: "this network", several nodes, nobody.
    ...['0.0.0.1:1', '0.0.1.0:1', '0.1.0.0:1', '0.255.255.255:1', '224.0.0.1:1', '239.1.1.1:1', '255.255.255.255:1'],
  ])('%j is none', (text) => {
    expect(isSwimAddress(text)).toBe(false);
    expect(swimAddressSchema.safeParse(text).success, 'the schema').toBe(false);
  });
});

test('its parts are what stands before and after the colon', () => {
  expect([hostOf('10.1.2.3:7946'), portOf('10.1.2.3:7946')]).toEqual(['10.1.2.3', '7946']);
});

test('only 0.0.0.0 is nobody’s', () => {
  expect(['0.0.0.0:7946', '10.0.0.0:7946', '127.0.0.1:7946'].map(isWildcard)).toEqual([true, false, false]);
});
