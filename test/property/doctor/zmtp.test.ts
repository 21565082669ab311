import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeService } from '#server/doctor/service.ts';
import { greeting, readHandshake } from '#server/doctor/zmtp.ts';

const kinds = ['partial', 'not-zmtp', 'refused', 'ready'];

test('any bytes are read without an error, also behind a sound greeting', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, greeted) => {
      const all = greeted ? Uint8Array.from([...greeting(), ...bytes]) : bytes;
      expect(kinds).toContain(readHandshake(all).kind);
      expect(describeService(bytes).length).toBeLessThan(60);
    }),
  );
});

test('what is decided stays decided when more bytes come', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 50 }), (bytes, more) => {
      const all = Uint8Array.from([...greeting(), ...bytes]);
      const first = readHandshake(all);
      fc.pre(first.kind !== 'partial');
      expect(readHandshake(Uint8Array.from([...all, ...more]))).toEqual(first);
    }),
  );
});
