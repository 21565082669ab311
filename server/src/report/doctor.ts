/** Diagnoses for people: the first failing step of each node with its causes and the line to change, all steps below. */
import pc from 'picocolors';
import type { Diagnosis, StepResult, StepStatus } from '#schemas/fleet/doctor.ts';
import { firstFailure } from '#schemas/fleet/firstFailure.ts';
import type { Place } from '#schemas/fleet/view.ts';

export interface DoctorTextOptions {
  readonly color: boolean;
  /** How a file is called: relative to what the reader has open. */
  readonly fileOf: (uri: string) => string;
}

const words: Readonly<Record<StepStatus, string>> = { pass: 'ok', fail: 'FAIL', unknown: '?', skipped: '-' };

function placeName({ uri, range }: Place, fileOf: (uri: string) => string): string {
  return `${fileOf(uri)}:${range.start.line + 1}`;
}

export function doctorText(diagnoses: readonly Diagnosis[], options: DoctorTextOptions): string {
  if (diagnoses.length === 0) return 'No node of a mesh is declared here.';
  const failing = diagnoses.filter((one) => firstFailure(one) !== null).length;
  const sum =
    failing === 0 ? `${count(diagnoses.length)} reached.` : `${failing} of ${count(diagnoses.length)} with a failing step.`;
  return [...diagnoses.map((one) => nodeText(one, options)), sum].join('\n\n');
}

const count = (nodes: number): string => `${nodes} ${nodes === 1 ? 'node' : 'nodes'}`;

function nodeText(diagnosis: Diagnosis, options: DoctorTextOptions): string {
  const colors = pc.createColors(options.color);
  const paint = { pass: colors.green, fail: colors.red, unknown: colors.yellow, skipped: colors.gray };
  const address = diagnosis.address === null || diagnosis.address === diagnosis.name ? '' : ` (${diagnosis.address})`;
  const first = firstFailure(diagnosis);
  const told = (step: StepResult): string =>
    `  ${paint[step.status](words[step.status].padEnd(5))} ${step.step.padEnd(9)} ${step.message}`;
  const skipped = diagnosis.steps.filter(({ status }) => status === 'skipped');
  const [one] = skipped;
  const rest = `  ${paint.skipped(words.skipped.padEnd(5))} ${skipped.map(({ step }) => step).join(', ')}: ${one?.message}`;
  const lines = [
    ...diagnosis.steps
      .filter(({ status }) => status !== 'skipped')
      .flatMap((step) => [
        told(step),
        ...(step === first ? advice(step, options).map((line) => `                  ${line}`) : []),
      ]),
    ...(one === undefined ? [] : [rest]),
  ];
  return [`${colors.bold(`${diagnosis.name}${address}`)}`, ...lines].join('\n');
}

function advice({ causes, evidence, remedy }: StepResult, { fileOf, color }: DoctorTextOptions): string[] {
  const [likeliest, ...others] = causes;
  return [
    ...(likeliest === undefined ? [] : [`Likeliest: ${likeliest.text}.`]),
    ...others.map(({ text }) => `or: ${text}.`),
    ...(remedy === null ? [] : [pc.createColors(color).bold(remedy)]),
    ...evidence.map((place) => `at ${placeName(place, fileOf)}`),
  ];
}
