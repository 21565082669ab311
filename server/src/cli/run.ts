/** `run`: starts a declared process with its own environment, ports checked first. */

import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Release } from '#schemas/settings/catalogue.ts';
import { displayName } from '../report/items.ts';
import { runChild } from '../run/child.ts';
import { choose, type Runnable, selectorOf } from '../run/choose.ts';
import { portProblems } from '../run/ports.ts';
import { type Prepared, prepare } from '../run/prepare.ts';
import { pathOf, uriOf } from '../workspace/uris.ts';
import { type CliContext, UsageError } from './context.ts';
import { flagsOf, loadWorkspace } from './load.ts';

interface RunCommandOptions {
  readonly process: string;
  readonly target?: Release;
  /** Only say what would be started. */
  readonly dryRun?: boolean;
}

/**
 * @param command what stands behind `--`, in place of the declared program.
 * @returns the child's exit status; 1 where a port is taken: then nothing is started.
 */
export async function runCommand(
  path: string,
  command: readonly string[],
  options: RunCommandOptions,
  context: CliContext,
): Promise<number> {
  const workspace = loadWorkspace([path], flagsOf(options), context);
  const { process: declared, model } = only(choose(workspace.models(), options.process), options.process, context);
  const absolute = resolve(context.cwd, path);
  const given = statSync(absolute).isDirectory() ? absolute : dirname(absolute);
  // In the spelling that declared processes have: a drive's letter may be written either way.
  const root = pathOf(uriOf(given)) ?? given;
  const prepared = prepare({ process: declared, model }, { root, surrounding: process.env, command });
  if (!prepared.ok) throw new UsageError(`${prepared.name} cannot be started here: ${prepared.why} Instead: ${prepared.instead}`);
  const problems = prepared.ports === null ? [] : await portProblems(prepared.ports);
  announce(prepared, context);
  if (problems.length > 0) {
    for (const problem of problems) context.err(`jarviscore-fleet: ${problem}`);
    context.err(`${prepared.name} was not started. Stop what holds the port, or give the node another one.`);
    return 1;
  }
  if (options.dryRun === true) return 0;
  return runChild(prepared.command, (why) =>
    context.err(`jarviscore-fleet: ${prepared.command.program} cannot be started: ${why}`),
  );
}

function only(choice: ReturnType<typeof choose>, wanted: string, context: CliContext): Runnable {
  if (choice.kind === 'one') return choice.runnable;
  if (choice.kind === 'none') {
    const names = [...new Set(choice.names)].join(', ');
    throw new UsageError(`No process is called ${wanted}. ${names === '' ? 'None is declared.' : `Declared: ${names}.`}`);
  }
  const list = choice.among.map(({ process: { uri, declaration }, process: one }) => {
    return `${displayName(uri, context.cwd)}:${declaration.range.start.line + 1} (--process ${selectorOf(one)})`;
  });
  throw new UsageError(`${choice.among.length} processes are called ${wanted}: ${list.join(', ')}.`);
}

/** Names and numbers only: no value of a variable is ever printed. */
function announce({ name, command, environment, ports, given }: Prepared, context: CliContext): void {
  // Arguments may hold a secret, wherever they come from; the program is all that has to be recognised.
  const [file] = given ? [] : command.arguments;
  const more = command.arguments.length > (file === undefined ? 0 : 1) ? ['…'] : [];
  const shown = [command.program, ...(file === undefined ? [] : [file]), ...more].join(' ');
  const at =
    ports === null ? '' : `, ${ports.host}:${ports.swim} (UDP and TCP)${ports.zmq === null ? '' : ` and ${ports.zmq} (ZeroMQ)`}`;
  context.err(`${name}: ${shown}${at}`);
  const folder = resolve(command.folder);
  if (folder !== context.cwd) context.err(`  in ${folder}`);
  for (const { uri, given, droppedLines } of environment.files) {
    const dropped = droppedLines.length === 0 ? '' : `; its reader drops line ${droppedLines.join(', ')}`;
    context.err(`  ${displayName(uri, context.cwd)}: ${given} variables${dropped}`);
  }
  for (const { name: variable, uri } of environment.overridden)
    context.err(`  ${variable} of ${displayName(uri, context.cwd)} gives way to the one of this shell`);
}
