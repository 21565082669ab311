/** Offsets, lines and bytes. */
import { describe, expect, test } from 'vitest';
import { LineIndex } from '#server/config/text/lines.ts';
import { decodeEscaped, firstInvalidUtf8, lineOfByte } from '#server/config/text/utf8.ts';

const linesOf = (text: string) => {
  const lines = new LineIndex(text);
  return Array.from({ length: text.length + 2 }, (_, at) => `${lines.position(at).line}:${lines.position(at).character}`).join(
    ' ',
  );
};

describe('the position of every offset', () => {
  test.each<[string, string]>([
    ['', '0:0 0:1'],
    ['a', '0:0 0:1 0:2'],
    ['\n', '0:0 1:0 1:1'],
    ['\r', '0:0 1:0 1:1'],
    ['\r\n', '0:0 0:1 1:0 1:1'],
    ['\n\r', '0:0 1:0 2:0 2:1'],
    ['a\nb', '0:0 0:1 1:0 1:1 1:2'],
    ['a\rb', '0:0 0:1 1:0 1:1 1:2'],
    ['a\r\nb', '0:0 0:1 0:2 1:0 1:1 1:2'],
    ['a\n\nb\n', '0:0 0:1 1:0 2:0 2:1 3:0 3:1'],
    ['a\r\r\nb', '0:0 0:1 1:0 1:1 2:0 2:1 2:2'],
    ['\r\n\r\n', '0:0 0:1 1:0 1:1 2:0 2:1'],
    ['ab\ncd\n', '0:0 0:1 0:2 1:0 1:1 1:2 2:0 2:1'],
    ['a\u2028b', '0:0 0:1 0:2 0:3 0:4'],
  ])('%j', (text, expected) => {
    expect(linesOf(text)).toEqual(expected);
  });
});

describe('the offset of a position', () => {
  test.each<[string, number, number, number]>([
    ['ab\ncd', 0, 0, 0],
    ['ab\ncd', 0, 2, 2],
    ['ab\ncd', 0, 9, 5],
    ['ab\ncd', 1, 0, 3],
    ['ab\ncd', 1, 1, 4],
    ['ab\ncd', 1, 2, 5],
    ['ab\ncd', 1, 3, 5],
    ['ab\ncd', 2, 0, 5],
    ['ab\ncd\n', 2, 0, 6],
    ['ab\ncd', 9, 9, 5],
  ])('%j', (text, line, character, expected) => {
    expect(new LineIndex(text).offset({ line, character })).toEqual(expected);
  });
});

describe('the first byte that is no UTF-8', () => {
  test.each<[number[], number]>([
    [[], -1],
    [[0], -1],
    [[127], -1],
    [[128], 0],
    [[191], 0],
    [[192, 128], 0],
    [[193, 191], 0],
    [[194], 0],
    [[194, 127], 0],
    [[194, 128], -1],
    [[194, 191], -1],
    [[194, 192], 0],
    [[223, 191], -1],
    [[224, 159, 128], 0],
    [[224, 160, 128], -1],
    [[224, 160], 0],
    [[224, 160, 127], 0],
    [[224, 191, 191], -1],
    [[225, 128, 128], -1],
    [[225, 128, 192], 0],
    [[236, 191, 191], -1],
    [[237, 159, 191], -1],
    [[237, 160, 128], 0],
    [[238, 128, 128], -1],
    [[239, 191, 191], -1],
    [[240, 143, 191, 191], 0],
    [[240, 144, 128, 128], -1],
    [[240, 144, 128], 0],
    [[240, 144, 128, 127], 0],
    [[241, 128, 128, 128], -1],
    [[243, 191, 191, 191], -1],
    [[244, 143, 191, 191], -1],
    [[244, 144, 128, 128], 0],
    [[245, 128, 128, 128], 0],
    [[255], 0],
    [[97, 255], 1],
    [[195, 188, 226, 130, 172, 240, 159, 152, 128, 97], -1],
    [[195, 188, 226, 130, 172, 240, 159, 152, 128, 254], 9],
    [[226, 130, 172, 172], 3],
  ])('%j', (bytes, expected) => {
    expect(firstInvalidUtf8(Uint8Array.from(bytes))).toEqual(expected);
  });
});

describe('the line of a byte', () => {
  test.each<[string, number, number]>([
    ['a', 0, 1],
    ['a\nb', 1, 1],
    ['a\nb', 2, 2],
    ['a\r\nb', 2, 1],
    ['a\r\nb', 3, 2],
    ['a\rb', 1, 1],
    ['a\rb', 2, 2],
    ['\n\r\n\r\n', 5, 4],
    ['\r', 1, 2],
  ])('%j', (text, index, expected) => {
    expect(lineOfByte(new TextEncoder().encode(text), index)).toEqual(expected);
  });
});

describe('bytes as text', () => {
  test.each<[number[], string]>([
    [[], ''],
    [[97], 'a'],
    [[255], '\udcff'],
    [[255, 254], '\udcff\udcfe'],
    [[128, 97, 128], '\udc80a\udc80'],
    [[239, 187, 191], '\ufeff'],
    [[195, 169, 233], 'é\udce9'],
  ])('%j', (bytes, expected) => {
    expect(decodeEscaped(Uint8Array.from(bytes))).toEqual(expected);
  });
});
