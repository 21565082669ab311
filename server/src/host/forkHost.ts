import { type ChildProcess, fork } from 'node:child_process';

/** Whatever else the parent's environment holds (tokens, `NODE_OPTIONS`) is none of the host's business. */
const inheritedEnvironment = [
  'ELECTRON_RUN_AS_NODE',
  'PATH',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'SystemRoot',
  'windir',
  'TEMP',
  'TMP',
  'TMPDIR',
  'HOME',
];

/**
 * Forks a bundled host: mesh or registry.
 *
 * @param output Gets what the process writes: zeromq's loader warns there, and an uncaught error ends there.
 */
export function forkHost(hostPath: string, output: (text: string) => void): ChildProcess {
  const env: NodeJS.ProcessEnv = {};
  for (const name of inheritedEnvironment) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  const child = fork(hostPath, [], { execArgv: [], env, serialization: 'json', stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => output(text.slice(0, 2_000).trimEnd()));
  }
  return child;
}
