#!/usr/bin/env node
/** Command line entry. */
import { keepCompiled } from './cli/compileCache.ts';
import { processContext } from './cli/context.ts';
import { run } from './cli/program.ts';

keepCompiled();

// A reader that ends early (`| head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

const oldestNode = 22;
if (Number(process.versions.node.split('.')[0]) < oldestNode) {
  process.stderr.write(`jarviscore-fleet needs Node ${oldestNode} or newer; this is Node ${process.versions.node}.\n`);
  process.exitCode = 2;
} else {
  run(process.argv.slice(2), processContext(__dirname)).then(
    (status) => {
      process.exitCode = status;
    },
    (error: unknown) => {
      process.stderr.write(
        `jarviscore-fleet: unexpected: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
      process.exitCode = 2;
    },
  );
}
