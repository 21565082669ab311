/** What one command starts: its own environment, the program, and what `docker run` is told. */
import type { DeploymentUnit, EnvFileReference, PublishedPort } from '../../model/deployment.ts';
import type { LineIndex } from '../../text/lines.ts';
import { shortPort } from '../compose/ports.ts';
import { pairName } from './pairs.ts';
import { startedProgram, type Word } from './words.ts';

export interface CommandLine {
  /** `NAME=VALUE` in front of the command, `env NAME=VALUE`, `docker run -e NAME=VALUE`. */
  readonly pairs: readonly Word[];
  readonly program: DeploymentUnit['program'];
  readonly envFiles: readonly EnvFileReference[];
  readonly ports: readonly PublishedPort[];
  /** Image of `docker run`. */
  readonly image: Word | null;
  readonly hostNetwork: boolean;
  /** The command itself, without what stands in front. */
  readonly words: readonly Word[];
}

/** Words in front of a command that start it without being it. */
const wrappers = new Set(['exec', 'nohup', 'sudo', 'time', 'command', 'nice', 'setsid', 'then', 'do', 'else', '!', '{', 'eval']);
const dockerValue =
  /^(-[emvpluwh]|--(env|env-file|name|network|net|publish|volume|mount|label|user|workdir|hostname|entrypoint|restart|memory|cpus|platform|pull|add-host|log-driver|log-opt|security-opt|cap-add|cap-drop|health-cmd|shm-size|gpus|device|tmpfs|ulimit|ip|dns|expose|link|pid|ipc|runtime|cidfile|stop-signal))$/;

/** @param words Words of one simple command: no separators. */
export function readCommand(words: readonly Word[], lines: LineIndex): CommandLine {
  const pairs: Word[] = [];
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) break;
    if (pairName(word) !== null) pairs.push(word);
    else if (wrappers.has(word.text) || /(^|\/)env$/.test(word.text) || (at > 0 && /^-[A-Za-z]$/.test(word.text))) continue;
    else break;
  }
  const rest = words.slice(at);
  const docker = readDocker(rest, lines);
  if (docker !== null) return { ...docker, pairs: [...pairs, ...docker.pairs], words: rest };
  const found = startedProgram(rest);
  const program =
    found === null ? null : { kind: found.kind, path: found.path, range: lines.range(found.word.start, found.word.end) };
  return { pairs, program, envFiles: dotenvRun(rest, lines), ports: [], image: null, hostNetwork: false, words: rest };
}

function readDocker(words: readonly Word[], lines: LineIndex): Omit<CommandLine, 'words'> | null {
  if (!/(^|\/)(docker|podman|nerdctl)$/.test(words[0]?.text ?? '')) return null;
  const run = words.findIndex((word) => word.text === 'run' || word.text === 'create');
  if (run < 0 || run > 2) return null;
  const pairs: Word[] = [];
  const envFiles: EnvFileReference[] = [];
  const ports: PublishedPort[] = [];
  let hostNetwork = false;
  let at = run + 1;
  for (; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || !word.text.startsWith('-')) break;
    const equals = word.text.startsWith('--') ? word.text.indexOf('=') : -1;
    const option = equals < 0 ? word.text : word.text.slice(0, equals);
    let value = equals < 0 ? null : part(word, equals + 1);
    if (value === null && dockerValue.test(option)) value = words[++at] ?? null;
    if (value === null) continue;
    const range = lines.range(value.start, value.end);
    if ((option === '-e' || option === '--env') && pairName(value) !== null) pairs.push(value);
    else if (option === '--env-file') envFiles.push({ path: value.text, range, dialect: 'docker', required: true });
    else if (option === '-p' || option === '--publish') ports.push(shortPort(value.text, range));
    else if ((option === '--network' || option === '--net') && value.text === 'host') hostNetwork = true;
  }
  const found = startedProgram(words.slice(at + 1));
  const program =
    found === null ? null : { kind: found.kind, path: found.path, range: lines.range(found.word.start, found.word.end) };
  return { pairs, program, envFiles, ports, image: words[at] ?? null, hostNetwork };
}

/** The tail of a word, e.g. what stands behind `--env-file=`. */
function part(word: Word, from: number): Word {
  return { ...word, text: word.text.slice(from), start: Math.min(word.end, word.start + from) };
}

/** `dotenv -f FILE run -- python node.py` of python-dotenv, `uv run --env-file FILE`. */
function dotenvRun(words: readonly Word[], lines: LineIndex): EnvFileReference[] {
  const command = words[0]?.text ?? '';
  const options = /(^|\/)dotenv$/.test(command) ? ['-f', '--file'] : /(^|\/)uv$/.test(command) ? ['--env-file'] : [];
  return words.flatMap((word, i) => {
    const long = options.find((option) => word.text.startsWith(`${option}=`));
    const value = options.includes(word.text) ? words[i + 1] : long === undefined ? undefined : part(word, long.length + 1);
    if (value === undefined) return [];
    return [{ path: value.text, range: lines.range(value.start, value.end), dialect: 'python-dotenv' as const, required: true }];
  });
}
