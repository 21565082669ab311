import type { LookupAddress } from 'node:dns';
import { expect, test } from 'vitest';
import { guardedLookup } from '#server/registry/http/addresses.ts';

interface Answer {
  readonly error: NodeJS.ErrnoException | null;
  readonly address: string | LookupAddress[];
  readonly family: number | undefined;
}

/** Literal addresses and the machine's own name: nothing here asks a name server. */
const answer = (name: string, all: boolean): Promise<Answer> =>
  new Promise((done) => guardedLookup(name, { all }, (error, address, family) => done({ error, address, family })));

test.each(['169.254.169.254', '100.100.100.200', '0.0.0.0', '224.0.0.1', 'fe80::1', 'fd00:ec2::254', '::ffff:169.254.169.254'])(
  'a name that leads to %s does not resolve, and why is said',
  async (address) => {
    for (const all of [true, false]) {
      const { error, address: found } = await answer(address, all);
      expect(error).toMatchObject({ code: 'EACCES', message: expect.stringMatching(/is not called: .*metadata/) });
      expect(found).toBe('');
    }
  },
);

test('others resolve as the system does it, one or all', async () => {
  expect(await answer('127.0.0.1', false)).toEqual({ error: null, address: '127.0.0.1', family: 4 });
  expect(await answer('::1', false)).toEqual({ error: null, address: '::1', family: 6 });
  expect(await answer('10.1.2.3', true)).toMatchObject({ error: null, address: [{ address: '10.1.2.3', family: 4 }] });
  const { address: own } = await answer('localhost', true);
  expect(Array.isArray(own) && own.every((each) => ['127.0.0.1', '::1'].includes(each.address))).toBe(true);
});
