/** `env effective`: each declared process, each setting, its value and where it came from. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import type { Release } from '#schemas/settings/catalogue.ts';
import { type EffectiveReport, effectiveJson, effectiveReport, winnersOnly } from '../config/model/effectiveReport.ts';
import type { SourceDocument } from '../config/model/types.ts';
import { createReaderContext } from '../config/readers/context.ts';
import { kindOf } from '../config/readers/kind.ts';
import { readDocument } from '../config/readers/read.ts';
import { maskSecrets } from '../log/mask.ts';
import { effectiveText } from '../report/effective.ts';
import { displayName } from '../report/items.ts';
import { Documents } from '../workspace/documents.ts';
import { causeOf } from '../workspace/files.ts';
import { Groups } from '../workspace/groups.ts';
import { installedFramework } from '../workspace/installed.ts';
import { modelOf } from '../workspace/scope.ts';
import { defaultCheckSettings } from '../workspace/settings.ts';
import { uriOf } from '../workspace/uris.ts';
import { walk } from '../workspace/walk.ts';
import { type CliContext, UsageError } from './context.ts';
import { flagsOf, projectFilesAbove } from './load.ts';
import { environmentOf } from './variables.ts';

interface EnvEffectiveOptions {
  readonly format: 'json' | 'text';
  readonly set: readonly string[];
  readonly batch?: string;
  readonly process?: string;
  readonly target?: Release;
}

const environmentFileSchema = z.record(z.string(), z.string());

export function envEffectiveCommand(dir: string | undefined, options: EnvEffectiveOptions, context: CliContext): number {
  const set = environmentOf(options.set);
  if (options.batch !== undefined) {
    if (dir !== undefined) throw new UsageError('Name a folder or --batch, not both.');
    if (options.format === 'text') throw new UsageError('--batch prints JSON lines; leave --format out.');
    reportBatch(options.batch, set, options, context);
    return 0;
  }
  if (dir === undefined) throw new UsageError('Name a folder, or --batch DIR.');
  const report = reportFolder(resolve(context.cwd, dir), dir, options.set.length > 0, set, options, context);
  if (options.process !== undefined && report.processes.length === 0) {
    const all = reportFolder(resolve(context.cwd, dir), dir, true, set, { ...options, process: undefined }, context);
    const names = all.processes.map((process) => process.name).join(', ');
    throw new UsageError(
      `No process is called ${options.process}. ${names === '' ? 'None is declared.' : `Declared: ${names}.`}`,
    );
  }
  context.out(options.format === 'json' ? effectiveJson(winnersOnly(report)) : effectiveText(report));
  return 0;
}

/** Every sub-folder is a case; its `process-env.json` stands for `--set`. */
function reportBatch(
  folder: string,
  set: Readonly<Record<string, string>>,
  options: EnvEffectiveOptions,
  context: CliContext,
): void {
  const path = resolve(context.cwd, folder);
  for (const name of subfolders(path, folder)) {
    const own = { ...set, ...processEnvironment(join(path, name), name) };
    const report = reportFolder(join(path, name), name, true, own, options, context);
    context.out(effectiveJson({ dir: name, ...winnersOnly(report) }));
  }
}

function subfolders(path: string, folder: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    throw new UsageError(`--batch ${folder} cannot be read: ${causeOf(error)}`);
  }
}

function processEnvironment(path: string, name: string): Readonly<Record<string, string>> {
  let text: string;
  try {
    text = readFileSync(join(path, 'process-env.json'), 'utf8');
  } catch {
    return {};
  }
  try {
    return environmentFileSchema.parse(JSON.parse(text));
  } catch {
    throw new UsageError(`${name}/process-env.json must be a JSON object whose values are texts.`);
  }
}

interface FolderOptions {
  readonly process?: string | undefined;
  readonly target?: Release | undefined;
}

/** @param always whether a folder that declares nothing stands for the process that is started in it. */
function reportFolder(
  path: string,
  name: string,
  always: boolean,
  set: Readonly<Record<string, string>>,
  options: FolderOptions,
  context: CliContext,
): EffectiveReport {
  try {
    readdirSync(path);
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${causeOf(error)}`);
  }
  const documents = new Documents((_, text) => context.err(maskSecrets(text)));
  for (const step of walk(path, (file) => kindOf(file) !== null)) if (step.kind === 'file') documents.loadFile(step.path);
  for (const { uri, problem } of documents.problems()) context.err(`${displayName(uri, context.cwd)}: ${problem.message}`);
  for (const file of projectFilesAbove([path], context.cwd)) documents.loadFile(file);
  const folder = { uri: uriOf(path), settings: defaultCheckSettings, installed: installedFramework(path) };
  const build = (all: readonly SourceDocument[]) => {
    const groups = new Groups(all, {
      folders: [folder],
      outside: { uri: '', settings: defaultCheckSettings, installed: null },
      flags: flagsOf(options),
      boundary: uriOf(context.cwd),
    });
    return groups.split(all).map((group) => modelOf(group, groups.governance, { set }));
  };
  const found = [...documents.all()];
  let models = build(found);
  if (always && models.every(({ processes }) => processes.length === 0)) {
    const empty = readDocument({ uri: uriOf(join(path, '.env')), text: '', kind: 'dotenv' }, createReaderContext());
    models = build([...found, empty]);
  }
  const choice = {
    fileOf: (uri: string) => displayName(uri, context.cwd),
    ...(options.process === undefined ? {} : { process: options.process }),
  };
  return { processes: models.flatMap((model) => effectiveReport(model, choice).processes) };
}
