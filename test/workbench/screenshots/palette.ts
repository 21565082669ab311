/**
 * A PNG with a palette of 256 colours out of one without: a third of the size, and a picture of an editor loses nothing that
 * an eye would miss.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel. */
  readonly rgb: Uint8Array;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function paeth(a: number, b: number, c: number): number {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** Eight bits per channel, not interlaced, with or without transparency: what a browser writes. */
function decode(png: Buffer): Picture {
  if (!png.subarray(0, 8).equals(signature)) throw new Error('Not a PNG.');
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = { 2: 3, 6: 4 }[png.readUInt8(25)];
  if (png.readUInt8(24) !== 8 || channels === undefined || png.readUInt8(28) !== 0) throw new Error('A PNG of another kind.');
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const data = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const bytes = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= channels ? (bytes[at - channels] ?? 0) : 0;
      const above = y > 0 ? (bytes[at - stride] ?? 0) : 0;
      const corner = y > 0 && x >= channels ? (bytes[at - stride - channels] ?? 0) : 0;
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0] ?? 0;
      bytes[at] = (data[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
  }
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++)
    for (let channel = 0; channel < 3; channel++) rgb[pixel * 3 + channel] = bytes[pixel * channels + channel] ?? 0;
  return { width, height, rgb };
}

interface Colour {
  readonly value: number;
  readonly count: number;
}

const part = (value: number, channel: number): number => (value >> (16 - 8 * channel)) & 255;

/** Median cut: the box of colours that spreads widest for how often it is seen is halved until there are enough. */
function paletteOf(colours: readonly Colour[], size: number): number[] {
  const spread = (box: readonly Colour[], channel: number): number => {
    const values = box.map(({ value }) => part(value, channel));
    return values.reduce((high, value) => Math.max(high, value), 0) - values.reduce((low, value) => Math.min(low, value), 255);
  };
  const weigh = (list: readonly Colour[]) => {
    const total = list.reduce((sum, { count }) => sum + count, 0);
    const spreads = [0, 1, 2].map((channel) => spread(list, channel));
    const widest = spreads.indexOf(Math.max(...spreads));
    return { list, widest, weight: (spreads[widest] ?? 0) * Math.log2(total + 1) };
  };
  const boxes = [weigh(colours)];
  while (boxes.length < size) {
    boxes.sort((a, b) => b.weight - a.weight);
    const [box] = boxes;
    if (box === undefined || box.list.length < 2) break;
    const sorted = [...box.list].sort((a, b) => part(a.value, box.widest) - part(b.value, box.widest));
    const middle = sorted.length >> 1;
    boxes.splice(0, 1, weigh(sorted.slice(0, middle)), weigh(sorted.slice(middle)));
  }
  // The colour seen most of each box, not a mean: plain areas keep theirs to the bit.
  return boxes.map(({ list }) => list.reduce((best, colour) => (colour.count > best.count ? colour : best)).value);
}

function nearest(value: number, palette: readonly number[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, other] of palette.entries()) {
    let distance = 0;
    for (let channel = 0; channel < 3; channel++) distance += (part(value, channel) - part(other, channel)) ** 2;
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

export function withPalette(png: Buffer): Buffer {
  const { width, height, rgb } = decode(png);
  const counts = new Map<number, number>();
  const values = new Uint32Array(width * height);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const value = ((rgb[pixel * 3] ?? 0) << 16) | ((rgb[pixel * 3 + 1] ?? 0) << 8) | (rgb[pixel * 3 + 2] ?? 0);
    values[pixel] = value;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const palette = paletteOf(
    [...counts].map(([value, count]) => ({ value, count })),
    256,
  );
  const indexes = new Map([...counts.keys()].map((value) => [value, nearest(value, palette)]));
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) lines[y * (width + 1) + 1 + x] = indexes.get(values[y * width + x] ?? 0) ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits, palette, deflate, no filter, not interlaced.
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((value) => [part(value, 0), part(value, 1), part(value, 2)]))),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
