/** Unpacks a VSIX (a zip file as vsce writes it), with nothing but Node. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const endRecord = 0x06054b50;
const stored = 0;
const deflated = 8;

/** Names and contents of a zip file's entries. @throws where it is none, or packed in a way vsce does not use */
export function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || zip.readUInt32LE(end) !== endRecord) throw new Error('This is no zip file: its directory is missing.');
  const entries = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [nameSize, extraSize, commentSize] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameSize);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + size);
    if (method !== stored && method !== deflated)
      throw new Error(`${name} is packed by method ${method}, which is not supported.`);
    if (!name.endsWith('/')) entries.set(name, method === stored ? packed : inflateRawSync(packed));
    at += 46 + nameSize + extraSize + commentSize;
  }
  return entries;
}

/** Unpacks `file` below `folder`. @throws where an entry would lie outside of it */
export function unpackZip(file: string, folder: string): void {
  for (const [name, content] of unzip(readFileSync(file))) {
    const path = normalize(join(folder, name));
    if (!path.startsWith(normalize(join(folder, '/')))) throw new Error(`${name} would lie outside of ${folder}.`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
