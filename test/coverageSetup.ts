/** Processes that tests start write their own coverage; the test process itself is counted by vitest. */
import { fileURLToPath } from 'node:url';

process.env.NODE_V8_COVERAGE = fileURLToPath(new URL('../.cache/coverage/children', import.meta.url));
