/** What a service that is no node says for itself. Pure. */

/** How replies of well-known services to bytes they do not understand begin, or their greetings. */
const known: readonly (readonly [string, string])[] = [
  ['HTTP/', 'an HTTP server'],
  ['SSH-', 'an SSH server'],
  // An alert record of TLS 1.x.
  [String.fromCharCode(0x15, 0x03), 'a server that wants TLS'],
  ['220 ', 'a mail or FTP server'],
  ['RFB ', 'a VNC server'],
  ['AMQP', 'an AMQP broker'],
  ['-ERR ', 'Redis, or something that speaks its protocol'],
  ['-NOAUTH ', 'Redis, or something that speaks its protocol'],
  ['-DENIED ', 'Redis, or something that speaks its protocol'],
  ['-LOADING ', 'Redis, or something that speaks its protocol'],
];
const shownBytes = 16;

/** "an HTTP server", else its first bytes as text: never more, they may be anything. */
export function describeService(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes.subarray(0, shownBytes));
  const name = known.find(([start]) => text.startsWith(start))?.[1];
  if (name !== undefined) return name;
  const shown = [...text].map((character) => (/[ -~]/.test(character) ? character : '.')).join('');
  return `a service that answers "${shown}"`;
}
