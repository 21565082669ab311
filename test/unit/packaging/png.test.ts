/** Pictures with a palette: the same picture, in fewer bytes. */
import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readPicture, withPalette } from '../../../scripts/png.ts';

const root = new URL('../../../', import.meta.url);

function chunk(type: string, data: Uint8Array): Buffer {
  const whole = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  whole.writeUInt32BE(data.length, 0);
  whole.writeUInt32BE(crc32(whole.subarray(4, -4)), whole.length - 4);
  return whole;
}

/** An RGB picture of two colours in which every row has another filter. */
function everyFilter(): { png: Buffer; colours: number[] } {
  const rows = [
    [0, 10, 20, 30, 40, 50, 60],
    [1, 10, 20, 30, 30, 30, 30],
    [2, 0, 0, 0, 0, 0, 0],
    [3, 5, 10, 15, 15, 15, 15],
    [4, 0, 0, 0, 0, 0, 0],
  ];
  const header = Buffer.from([0, 0, 0, 2, 0, 0, 0, 5, 8, 2, 0, 0, 0]);
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.from(rows.flat()))), chunk('IEND', Buffer.alloc(0))];
  const [one, two] = [0x0a141e, 0x28323c];
  return { png: Buffer.concat([start, ...parts]), colours: [one, two, one, two, one, two, one, two, one, two] };
}

test('all five filters are undone', () => {
  const { png, colours } = everyFilter();
  expect([...(readPicture(png)?.pixels ?? [])]).toEqual(colours);
});

/** A picture as of a window: a flat ground, and letters whose edges have hundreds of shades. */
function windowPicture(): Buffer {
  const [width, height] = [256, 128];
  const rows = Array.from({ length: height }, (_, y) => [
    0,
    ...Array.from({ length: width }, (__, x) => (x % 16 < 12 ? [30, 30, 30] : [x, (x * y) % 256, 30 + (y % 128)])).flat(),
  ]);
  const header = Buffer.from([0, 0, 1, 0, 0, 0, 0, 128, 8, 2, 0, 0, 0]);
  const start = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.from(rows.flat()), { level: 9 });
  return Buffer.concat([start, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

test('a picture of a window takes less than two thirds, has its size and a palette, and is the same each time', () => {
  const png = windowPicture();
  const small = withPalette(png);
  expect(new Set(readPicture(png)?.pixels).size).toBeGreaterThan(256);
  expect(small.length).toBeLessThan((png.length * 2) / 3);
  expect(small.subarray(16, 24)).toEqual(png.subarray(16, 24));
  expect(small[25]).toBe(3);
  expect(withPalette(png).equals(small)).toBe(true);
  expect(withPalette(small).equals(small)).toBe(true);
});

test('what is no such picture stays as it is', () => {
  for (const bytes of [Buffer.from('text'), Buffer.alloc(0), readFileSync(new URL('media/icon.png', root))]) {
    const result = withPalette(bytes);
    expect(result.length).toBeLessThanOrEqual(bytes.length);
  }
});
