/** `doctor`: for each declared node what the config says, what the network says, what the mesh says. */
import type { Diagnosis } from '#schemas/fleet/doctor.ts';
import { firstFailure } from '#schemas/fleet/firstFailure.ts';
import type { Release } from '#schemas/settings/catalogue.ts';
import { examine } from '../doctor/doctor.ts';
import { declaredTarget, namedTarget, type Target } from '../doctor/targets.ts';
import { declaredMembers } from '../fleet/declared.ts';
import { doctorText } from '../report/doctor.ts';
import { displayName } from '../report/items.ts';
import { type CliContext, UsageError } from './context.ts';
import type { StepItem } from './items.ts';
import { flagsOf, loadWorkspace } from './load.ts';

interface DoctorCommandOptions {
  readonly process?: string;
  readonly address: readonly string[];
  readonly target?: Release;
  /** For each question. */
  readonly timeout: number;
  readonly format: 'text' | 'json';
}

/** @returns 1 when a step of a node failed; what cannot be told without a node is no failure. */
export async function doctorCommand(path: string, options: DoctorCommandOptions, context: CliContext): Promise<number> {
  const workspace = loadWorkspace([path], flagsOf(options), context);
  const declared = declaredMembers(workspace.models()).map(declaredTarget);
  const targets = chosen(declared, options);
  const stop = new AbortController();
  const interrupted = (): void => stop.abort(new UsageError('Interrupted.'));
  process.once('SIGINT', interrupted);
  try {
    const timeoutMs = options.timeout * 1_000;
    const diagnoses = await examine(targets, { declared, roster: null, signal: stop.signal, timeoutMs });
    if (options.format === 'json') context.out(JSON.stringify(diagnoses.flatMap((one) => toItems(one, context))));
    else context.out(doctorText(diagnoses, { color: context.color, fileOf: (uri) => displayName(uri, context.cwd) }));
    return diagnoses.some((one) => firstFailure(one) !== null) ? 1 : 0;
  } finally {
    process.off('SIGINT', interrupted);
  }
}

function chosen(declared: readonly Target[], { process: wanted, address }: DoctorCommandOptions): readonly Target[] {
  const named = address.map((text) => {
    const target = declared.find(({ host, port }) => `${host}:${port}` === text) ?? namedTarget(text, null);
    if (target === null) throw new UsageError(`--address ${text}: write it as HOST:PORT, e.g. 127.0.0.1:7946.`);
    return target;
  });
  if (wanted === undefined) return named.length > 0 ? named : declared;
  const own = declared.filter(({ name }) => name === wanted);
  if (own.length === 0) {
    const names = declared.map(({ name }) => name).join(', ');
    throw new UsageError(`No declared node is called ${wanted}. ${names === '' ? 'None is declared.' : `Declared: ${names}.`}`);
  }
  return [...own, ...named];
}

/** The contract's list: a person's file and line, the causes as part of the message. */
function toItems({ name, address, steps }: Diagnosis, { cwd }: CliContext): readonly StepItem[] {
  const who = address === null || address === name ? name : `${name} (${address})`;
  return steps.map(({ step, status, message, causes, evidence, remedy }) => ({
    step,
    status,
    evidence: evidence.map(({ uri, range }) => ({ file: displayName(uri, cwd), line: range.start.line + 1 })),
    message: [`${who}: ${message}`, ...likely(causes)].join(' '),
    remedy,
  }));
}

function likely(causes: Diagnosis['steps'][number]['causes']): string[] {
  return causes.length === 0 ? [] : [`Likeliest causes: ${causes.map(({ code, text }) => `${text} [${code}]`).join('; ')}.`];
}
