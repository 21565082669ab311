/** A child with our terminal: it gets our signals, and its end is ours. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

export interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;

/**
 * Resolves with the child's exit status, 128 + the number of the signal that ended it, or 127 where it cannot be
 * started (then `failed` says why), as shells do.
 */
export function runChild(command: Command, failed: (why: string) => void): Promise<number> {
  return new Promise((done) => {
    const child = spawn(command.program, command.arguments, {
      cwd: command.folder,
      env: command.environment,
      stdio: 'inherit',
    });
    const handlers = forwarded.map((signal) => {
      const handle = (): void => {
        // Ctrl+C in a terminal reaches the child by itself; a second one would cut short how it leaves the mesh.
        if (signal === 'SIGINT' && process.stdin.isTTY) return;
        child.kill(signal);
      };
      process.on(signal, handle);
      return () => process.off(signal, handle);
    });
    const finish = (status: number): void => {
      for (const off of handlers) off();
      done(status);
    };
    child.once('error', (error) => {
      failed(error.message);
      finish(127);
    });
    child.once('exit', (code, signal) => finish(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
