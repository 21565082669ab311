/** The shell of the page, what the page may send, and what is saved of it. */
import { describe, expect, it } from 'vitest';
import { imageBytes } from '#client/map/imageBytes.ts';
import { contentSecurityPolicy, pageHtml } from '#client/map/pageHtml.ts';
import { fromMapSchema, mapPageStateSchema } from '#schemas/editor/map.ts';
import { edgePath } from '../../../../client/webview/edges.ts';
import { symbolPath } from '../../../../client/webview/symbols.ts';

const parts = {
  script: 'https://file.example/dist/fleetMap.js',
  style: 'https://file.example/dist/fleetMap.css',
  cspSource: 'https://*.example',
  nonce: 'abc+/=',
  language: 'de',
  title: 'Flotten"karte <1>',
};

describe('the shell of the page', () => {
  it('allows its own script and style sheet, and nothing else', () => {
    expect(contentSecurityPolicy(parts)).toBe(
      "default-src 'none'; script-src 'nonce-abc+/='; style-src https://*.example; img-src blob:",
    );
  });

  it('has no inline script, style or handler, and escapes what it is given', () => {
    const html = pageHtml(parts);
    expect(html.match(/<script\b/g)).toHaveLength(1);
    expect(html).toMatch(/<script nonce="abc\+\/=" src="[^"]+"><\/script>/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|unsafe|javascript:/);
    expect(html).toContain('<title>Flotten&#34;karte &#60;1&#62;</title>');
    expect(html).toContain('<html lang="de">');
  });
});

describe('what the page may send', () => {
  it.each([
    { type: 'ready' },
    { type: 'reveal', id: '127.0.0.1:1' },
    { type: 'export', format: 'png', data: 'AAAA' },
    { type: 'problem', text: 'x' },
  ])('takes $type', (message) => {
    expect(fromMapSchema.safeParse(message).success).toBe(true);
  });

  it.each([
    { type: 'run', command: 'rm' },
    { type: 'reveal' },
    { type: 'export', format: 'html', data: '' },
    { type: 'problem', text: 'x'.repeat(4_001) },
    { type: 'export', format: 'svg', data: 'x'.repeat(33 * 1024 * 1024) },
    null,
  ])('refuses anything else (%#)', (message) => {
    expect(fromMapSchema.safeParse(message).success).toBe(false);
  });

  it('keeps a state that only it can have written', () => {
    const state = { layout: 'host', table: true, selected: null, zoom: [1, 0, 0] };
    expect(mapPageStateSchema.safeParse(state).success).toBe(true);
    expect(mapPageStateSchema.safeParse({ ...state, zoom: [1, 0] }).success).toBe(false);
  });
});

describe('an exported image', () => {
  const svg = (content: string): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>\n`;

  it('is written as it is', () => {
    const text = svg('<text>a &lt;script&gt; onload= ü</text>');
    expect(Buffer.from(imageBytes('svg', text) ?? []).toString('utf8')).toBe(text);
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2]);
    expect(Buffer.from(imageBytes('png', png.toString('base64')) ?? [])).toEqual(png);
  });

  it.each([
    '',
    '<svg></svg>',
    'text',
    svg('<script>alert(1)</script>'),
    svg('<g onload="x()"></g>'),
    svg('<image href="http://example"/>'),
    svg('<foreignObject></foreignObject>'),
    svg('<a xlink:href="javascript:x"><text>x</text></a>'),
  ])('is refused where it is none, or could do anything (%#)', (text) => {
    expect(imageBytes('svg', text)).toBeNull();
    expect(imageBytes('png', text)).toBeNull();
  });
});

describe('shapes', () => {
  it('differ from state to state', () => {
    const states = ['alive', 'suspect', 'dead', 'left', 'offline', 'unknown', 'self'] as const;
    expect(new Set(states.map((state) => symbolPath(state, 100))).size).toBe(states.length);
  });

  it('let a line end at both symbols, and two that accuse each other have two lines', () => {
    const [a, b] = [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
    ];
    expect(edgePath(a, b, 10, false)).toBe('M10.0,0.0Q50.0,0.0 90.0,0.0');
    expect(edgePath(a, b, 10, true)).not.toBe(edgePath(b, a, 10, true));
    expect(edgePath(a, { x: 15, y: 0 }, 10, true)).toBe('');
  });
});
