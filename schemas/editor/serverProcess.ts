/** How the language server's process is started. */

/**
 * Flags of the JavaScript engine, which its collector needs so that a keystroke does not wait for it (`npm run bench`, row
 * keystroke). With its usual 16 MB for young objects, those of one pass over 500 files are copied twice and then kept.
 * And while a workspace is first read everything it makes survives, from which the engine learns to put such objects among
 * the old ones at once: later each pass leaves its garbage there, 300 kB a keystroke, and makes the young ones hang on it.
 */
export const serverEngineFlags: readonly string[] = ['--max-semi-space-size=32', '--no-allocation-site-pretenuring'];
