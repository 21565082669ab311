/** Texts that may be no UTF-8 travel to the oracles and back as base64. */
export const encoded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** As every reader here decodes: what is no UTF-8 becomes U+FFFD, a byte order mark stays. */
export const decoded = (text: string): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.from(text, 'base64'));
