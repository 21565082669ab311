/** The commands and their options. Each command's code is loaded only when it runs, so that `check` never loads the language server. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { type CliContext, UsageError } from './context.ts';

const releasePattern = /^\d+\.\d+\.\d+$/;

/** @returns the exit status: 0 fine, 1 findings, 2 unusable arguments or unreadable input. */
export async function run(args: readonly string[], context: CliContext): Promise<number> {
  let status = 0;
  const program = buildProgram(context, (result) => {
    status = result;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError) {
      context.err(`jarviscore-fleet: ${error.message}`);
      return 2;
    }
    throw error;
  }
}

function buildProgram(context: CliContext, done: (status: number) => void): Command {
  const program = new Command('jarviscore-fleet')
    .description('Checks what JarvisCore reads from your configuration, and runs a mesh node.')
    .version(context.version, '-V, --version')
    .showHelpAfterError('(--help lists what is possible)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.out(text.trimEnd()),
      writeErr: (text) => context.err(text.trimEnd()),
    });

  program
    .command('check')
    .description('validate every supported file below the paths')
    .argument('<path...>', 'files and folders')
    .addOption(
      new Option('--profile <profile>', 'what the files are for (default: jarviscore-fleet.json, else development)').choices([
        'development',
        'production',
      ]),
    )
    .option('--target <release>', 'framework release to check against', release)
    .addOption(new Option('--format <format>').choices(['text', 'json', 'sarif', 'github', 'markdown']).default('text'))
    .option('--baseline <file>', 'leave out the findings this file accepts')
    .option('--write-baseline <file>', 'accept the findings of this run')
    .addOption(new Option('--fix', 'apply the fixes that keep every effective setting').conflicts('unsafeFixes'))
    .option('--unsafe-fixes', 'apply every fix that needs no choice')
    .option('--dry-run', 'with a fix option: say what would change, change nothing')
    .addOption(
      new Option('--fail-on <level>', 'exit 1 from this severity on')
        .choices(['error', 'warning', 'info', 'hint'])
        .default('error'),
    )
    .action(async (paths: string[], options) => done(await (await import('./check.ts')).checkCommand(paths, options, context)));

  program
    .command('explain')
    .description('what a rule or a setting means, who reads it in which release, an example, the fix')
    .argument('<rule-or-setting>')
    .option('--target <release>', 'framework release', release)
    .addOption(formatOption(['text', 'json']))
    .action(async (name: string, options) => done((await import('./explain.ts')).explainCommand(name, options, context)));

  const env = program.command('env').description('how environment files are read, and what is in effect');
  env
    .command('parse')
    .description('how a reader reads a file; prints values, secrets included')
    .argument('[file]', 'file, or - for standard input')
    .option('--batch <dir>', 'every file of a folder')
    .addOption(
      new Option('--dialect <dialect>')
        .choices(['python-dotenv', 'node-dotenv', 'compose', 'systemd', 'docker'])
        .makeOptionMandatory(),
    )
    .option('--set <K=V>', 'a variable of the surrounding environment (repeatable)', collect, [])
    .addOption(new Option('--format <format>').choices(['json']).default('json'))
    .action(async (file: string | undefined, options) =>
      done((await import('./envParse.ts')).envParseCommand(file, options, context)),
    );
  env
    .command('effective')
    .description('each declared process, each setting, its value and where it came from')
    .argument('[dir]', 'project folder')
    .option('--batch <dir>', 'every sub-folder is a case with its .env and process-env.json')
    .option('--process <name>', 'one process only')
    .option('--set <K=V>', 'a variable of the process environment (repeatable)', collect, [])
    .option('--target <release>', 'framework release', release)
    .addOption(formatOption(['json', 'text']))
    .action(async (dir: string | undefined, options) =>
      done((await import('./envEffective.ts')).envEffectiveCommand(dir, options, context)),
    );

  program
    .command('readiness')
    .description('the production and security checklists, item by item, with evidence')
    .argument('<path>', 'project folder')
    .option('--target <release>', 'framework release', release)
    .addOption(formatOption(['text', 'json']))
    .action(async (path: string, options) => done((await import('./readiness.ts')).readinessCommand(path, options, context)));

  program
    .command('doctor')
    .description('for each declared node: what the files say, what the network says (UDP, TCP, ZeroMQ), what the mesh says')
    .argument('<path>', 'project folder')
    .option('--process <name>', 'one declared node only')
    .option('--address <HOST:PORT>', 'an address instead of the declared nodes (repeatable)', collect, [])
    .option('--target <release>', 'framework release', release)
    .option('--timeout <seconds>', 'for each question', positive, 2)
    .addOption(formatOption(['text', 'json']))
    .action(async (path: string, options) => done(await (await import('./doctor.ts')).doctorCommand(path, options, context)));

  program
    .command('run')
    .description('start a declared process with its own environment, its ports checked first')
    .argument('<path>', 'project folder')
    .argument('[command...]', 'behind --: start this instead of the declared program')
    .requiredOption('--process <name>', 'which one: its name, its file, or FILE#ID')
    .option('--target <release>', 'framework release', release)
    .option('--dry-run', 'check the ports, say what would be started, start nothing')
    .action(async (path: string, command: string[], options) =>
      done(await (await import('./run.ts')).runCommand(path, command, options, context)),
    );

  program
    .command('node')
    .description('run a mesh node')
    .option('--bind <HOST:PORT>', 'numeric IPv4 address; a free port pair on 127.0.0.1 by default')
    .option('--zmq-offset <number>', 'distance of the ZeroMQ port from the SWIM port', integer, 1000)
    .option('--keepalive-interval <seconds>', 'pause between keepalives to a peer', positive, 90)
    .option('--keepalive-backoff <seconds>', 'pause after a keepalive that was not acknowledged', positive, 45)
    .option('--allow-zero-peers <boolean>', 'having no peers is no failure', truth, true)
    .option('--seed <HOST:PORT>', 'a node to join (repeatable)', collect, [])
    .option('--name <name>', 'what peers call this node', 'jarviscore-fleet')
    .option('--forget-after <seconds>', 'drop a dead or departed peer after this long', positive, 30 * 86_400)
    .option('--auto-readmit', 'bring back a node that answers us while its fleet holds it dead, without a command')
    .option('--store <file>', 'SQLite file that remembers nodes across restarts')
    .option('--relay <HOST:PORT>', 'be the hub of a relay fleet there')
    .option('--relay-token <token>', 'a token its nodes may use (repeatable; or JARVISCORE_FLEET_RELAY_TOKEN)', collect, [])
    .option('--coordinator <HOST:PORT>', 'be the coordinator of CircuitForge agents there')
    .option(
      '--announce <url>',
      'appear in another fleet: ws://HOST:PORT relay, http://HOST:PORT CircuitForge (repeatable)',
      collect,
      [],
    )
    .option('--announce-token <token>', 'token for that relay fleet (or JARVISCORE_FLEET_ANNOUNCE_TOKEN)')
    .option('--announce-id <node_id>', 'node id in that fleet; --name by default')
    .option('--max-agents <number>', 'capacity announced there; 0 is unlimited', integer, 0)
    .option('--json', 'events as JSON lines on stdout, commands as JSON lines on stdin')
    .action(async (options) => done(await (await import('./node.ts')).nodeCommand(options, context)));

  program
    .command('lsp')
    .description('the language server, for any editor')
    .addOption(new Option('--stdio', 'speak over standard input and output').makeOptionMandatory())
    .action(async () => done(await (await import('./lsp.ts')).lspCommand(context)));

  return program;
}

function formatOption(choices: readonly [string, ...string[]]): Option {
  return new Option('--format <format>').choices(choices).default(choices[0]);
}

function collect(value: string, previous: readonly string[]): string[] {
  return [...previous, value];
}

function release(value: string): string {
  if (!releasePattern.test(value)) throw new InvalidArgumentError('A release is written as 3.0.0.');
  return value;
}

function integer(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('It must be a whole number above 0.');
  return number;
}

function positive(value: string): number {
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0) throw new InvalidArgumentError('It must be a number above 0.');
  return number;
}

function truth(value: string): boolean {
  if (value !== 'true' && value !== 'false') throw new InvalidArgumentError('It must be true or false.');
  return value === 'true';
}
