/**
 * Flags of the JavaScript engine, which its collector needs so that a keystroke does not wait for it (`npm run bench`, row
 * keystroke).
 */

/** For the start of the process. With the usual 16 MB for young objects, those of one pass over 500 files are copied twice and then kept. */
export const serverEngineFlags: readonly string[] = ['--max-semi-space-size=32'];

/**
 * For `v8.setFlagsFromString`, before a workspace is first read: everything that makes survives, from which the engine learns
 * to put such objects among the old ones at once; later each pass leaves its garbage there, 300 kB a keystroke, and makes the
 * young ones hang on it. Given to the process at its start, it has the engine refuse what Node brings compiled along, and the
 * start takes a third longer.
 */
export const lateEngineFlags: readonly string[] = ['--no-allocation-site-pretenuring'];
