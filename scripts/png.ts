/**
 * Pictures of a user interface have few colours: with a palette of 256 they take a third of the bytes, and nobody sees it.
 * Reads what browsers write: 8 bits, RGB or RGBA, not interlaced.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const paletteSize = 256;

interface Picture {
  readonly width: number;
  readonly height: number;
  /** 0xRRGGBB, row by row. */
  readonly pixels: Uint32Array;
}

function chunksOf(png: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = signature.length; at + 8 <= png.length; ) {
    const size = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + size);
    found.set(type, Buffer.concat([found.get(type) ?? Buffer.alloc(0), data]));
    at += size + 12;
  }
  return found;
}

/** What a filter adds to a byte (PNG specification, section 9). */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** Null where it is of another kind, or has a pixel that lets something through: it stays as it is. */
export function readPicture(png: Buffer): Picture | null {
  if (!png.subarray(0, 8).equals(signature)) return null;
  const chunks = chunksOf(png);
  const header = chunks.get('IHDR');
  const data = chunks.get('IDAT');
  if (header === undefined || data === undefined || header[8] !== 8 || header[12] !== 0) return null;
  const size = header[9] === 2 ? 3 : header[9] === 6 ? 4 : 0;
  if (size === 0) return null;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const rows = inflateSync(data);
  const stride = width * size;
  const pixels = new Uint32Array(width * height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1);
    const filter = rows[start] ?? 0;
    const row = new Uint8Array(stride);
    for (let x = 0; x < stride; x += 1) {
      const left = x < size ? 0 : (row[x - size] ?? 0);
      const corner = x < size ? 0 : (above[x - size] ?? 0);
      row[x] = (rows[start + 1 + x] ?? 0) + predicted(filter, left, above[x] ?? 0, corner);
    }
    for (let x = 0; x < width; x += 1) {
      const at = x * size;
      if (size === 4 && row[at + 3] !== 255) return null;
      pixels[y * width + x] = ((row[at] ?? 0) << 16) | ((row[at + 1] ?? 0) << 8) | (row[at + 2] ?? 0);
    }
    above = row;
  }
  return { width, height, pixels };
}

const shifts = [16, 8, 0];

/** Median cut: the box of colours that spreads most, weighed by how often they occur, is halved until there are enough. */
function paletteOf(counts: ReadonlyMap<number, number>): number[] {
  const channel = (colour: number, shift: number): number => (colour >> shift) & 0xff;
  const describe = (colours: readonly number[]) => {
    const spreads = shifts.map((shift) => {
      const values = colours.map((colour) => channel(colour, shift));
      return values.reduce((a, b) => Math.max(a, b), 0) - values.reduce((a, b) => Math.min(a, b), 255);
    });
    const spread = Math.max(...spreads);
    const weight = colours.reduce((sum, colour) => sum + (counts.get(colour) ?? 0), 0);
    return { colours, weight, shift: shifts[spreads.indexOf(spread)] ?? 0, cost: spread * Math.sqrt(weight) };
  };
  const boxes = [describe([...counts.keys()])];
  while (boxes.length < paletteSize) {
    const widest = boxes.reduce((best, box, at) => (box.cost > (boxes[best]?.cost ?? 0) ? at : best), 0);
    const box = boxes[widest];
    if (box === undefined || box.cost === 0) break;
    const sorted = box.colours.toSorted((a, b) => channel(a, box.shift) - channel(b, box.shift) || a - b);
    let [seen, cut] = [0, 0];
    while (cut < sorted.length - 1 && seen * 2 < box.weight) seen += counts.get(sorted[cut++] ?? 0) ?? 0;
    boxes.splice(widest, 1, describe(sorted.slice(0, cut)), describe(sorted.slice(cut)));
  }
  return boxes.map(({ colours, weight }) =>
    shifts.reduce((colour, shift) => {
      const sum = colours.reduce((total, each) => total + channel(each, shift) * (counts.get(each) ?? 0), 0);
      return colour | (Math.round(sum / weight) << shift);
    }, 0),
  );
}

function nearest(palette: readonly number[], colour: number): number {
  const distance = (other: number): number =>
    shifts.reduce((sum, shift) => sum + (((colour >> shift) & 0xff) - ((other >> shift) & 0xff)) ** 2, 0);
  return palette.reduce((best, each, at) => (distance(each) < distance(palette[best] ?? 0) ? at : best), 0);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const whole = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  whole.writeUInt32BE(data.length, 0);
  whole.writeUInt32BE(crc32(whole.subarray(4, -4)), whole.length - 4);
  return whole;
}

/** The same picture with a palette, or the very same bytes where that would not be smaller. */
export function withPalette(png: Buffer): Buffer {
  const picture = readPicture(png);
  if (picture === null) return png;
  const { width, height, pixels } = picture;
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const palette = paletteOf(counts);
  const indices = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)]));
  const rows = Buffer.alloc((width + 1) * height);
  for (const [at, pixel] of pixels.entries()) rows[at + Math.floor(at / width) + 1] = indices.get(pixel) ?? 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = 3;
  const colours = Buffer.from(palette.flatMap((colour) => shifts.map((shift) => (colour >> shift) & 0xff)));
  const parts = [
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ];
  const small = Buffer.concat([signature, ...parts]);
  return small.length < png.length ? small : png;
}
