/** Everything that can be known before a declared process is started: its command, its environment, its ports. */
import { relative } from 'node:path';
import { pathOf } from '../workspace/uris.ts';
import type { Command } from './child.ts';
import type { Runnable } from './choose.ts';
import { EnvironmentError, environmentFor, type LaunchEnvironment } from './environment.ts';
import { type LaunchRefusal, planLaunch } from './plan.ts';
import type { WantedPorts } from './ports.ts';
import { findPython } from './python.ts';
import { wantedPorts } from './wantedPorts.ts';

export interface Prepared {
  readonly ok: true;
  readonly name: string;
  readonly command: Command;
  readonly environment: LaunchEnvironment;
  /** A person gave the command. */
  readonly given: boolean;
  /** Null where it needs none, or the files do not tell them. */
  readonly ports: WantedPorts | null;
}

export interface Unprepared {
  readonly ok: false;
  readonly name: string;
  readonly why: string;
  readonly instead: string;
}

export interface PrepareOptions {
  /** Folder of the project: virtual environments are looked for up to it. */
  readonly root: string;
  readonly surrounding: Readonly<NodeJS.ProcessEnv>;
  /** What a person wrote behind `--`; empty: the declared program. */
  readonly command: readonly string[];
}

export function prepare({ process, model }: Runnable, options: PrepareOptions): Prepared | Unprepared {
  const { root, surrounding } = options;
  const plan = planLaunch(process, model, options.command.length > 0);
  if (!plan.ok) return refused(plan);
  const folder = pathOf(plan.folder);
  const file = plan.program === null ? null : pathOf(plan.program);
  if (folder === null) return unprepared(process.name, 'its folder is not on this disk.', 'open it from a local folder');
  let environment: LaunchEnvironment;
  try {
    environment = environmentFor(plan, surrounding);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return unprepared(process.name, error.message, 'give it back, or remove the line that refers to it');
  }
  const ports = wantedPorts(process, environment.values);
  const [program, ...args] = options.command;
  if (program !== undefined) {
    return {
      ok: true,
      name: process.name,
      command: { program, arguments: args, folder, environment: environment.values },
      environment,
      given: true,
      ports,
    };
  }
  const python = findPython(folder, root, surrounding);
  if (python === null || file === null) {
    return unprepared(
      process.name,
      'no Python was found: no .venv, venv or env here, and none on the PATH.',
      'make one: python3 -m venv .venv',
    );
  }
  const argument = relative(folder, file);
  const command = { program: python, arguments: [argument, ...plan.arguments], folder, environment: environment.values };
  return { ok: true, name: process.name, command, environment, given: false, ports };
}

function refused({ process, why, instead }: LaunchRefusal): Unprepared {
  return unprepared(process.name, why, instead);
}

function unprepared(name: string, why: string, instead: string): Unprepared {
  return { ok: false, name, why, instead };
}
