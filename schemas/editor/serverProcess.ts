/** How the language server's process is started. */

/**
 * Flags of the JavaScript engine. With its usual 16 MB for young objects, those of one pass over 500 files are copied
 * twice and then kept: a keystroke then waits for the collector in 1 of 60 cases (`npm run bench`, row keystroke).
 */
export const serverEngineFlags: readonly string[] = ['--max-semi-space-size=32'];
