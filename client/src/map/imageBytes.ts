/** What the page exports, before it is written anywhere: the page draws names that come from the network. */

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** The file's contents; null where it is not such an image, or an SVG that could run something or load something. */
export function imageBytes(format: 'svg' | 'png', data: string): Uint8Array | null {
  if (format === 'png') {
    const bytes = Buffer.from(data, 'base64');
    return bytes.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE) ? bytes : null;
  }
  if (!/^<\?xml [^>]*\?>\s*<svg\b/.test(data) || !data.trimEnd().endsWith('</svg>')) return null;
  // Names stand in texts, where < is written &lt;: whatever matches here is markup.
  if (/<(?:script|foreignObject|image|use|iframe|a)\b|<[^>]*\s(?:on\w+|(?:xlink:)?href)=/i.test(data)) return null;
  return Buffer.from(data, 'utf8');
}
