/** Processes that tests start write their own coverage; the test process itself is counted by vitest. */
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder for the reports of started processes, relative to the repository. */
    children: string;
  }
}

// Node hands this variable on to every process that it starts, whatever environment the caller gives.
process.env.NODE_V8_COVERAGE = fileURLToPath(new URL(`../${inject('children')}`, import.meta.url));
