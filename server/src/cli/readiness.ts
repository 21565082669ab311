/** `readiness`: the production and security checklists, item by item, with evidence. */
import pc from 'picocolors';
import type { Release } from '#schemas/settings/catalogue.ts';
import { buildModel } from '../config/model/build.ts';
import { type ReadinessItem, type ReadinessStatus, readiness } from '../config/rules/readiness.ts';
import { displayName } from '../report/items.ts';
import { together } from '../report/readiness.ts';
import type { CliContext } from './context.ts';
import type { Item } from './items.ts';
import { flagsOf, loadWorkspace } from './load.ts';

interface ReadinessOptions {
  readonly target?: Release;
  readonly format: 'text' | 'json';
}

/** @returns 1 when an item fails, else 0: what only a person can confirm is no failure. */
export function readinessCommand(path: string, options: ReadinessOptions, context: CliContext): number {
  const workspace = loadWorkspace([path], { ...flagsOf(options), profile: 'production' }, context);
  const groups = workspace.groups();
  const models = workspace.models();
  const empty = () => buildModel(new Map(), { roots: [], target: options.target ?? null });
  const items = together(
    (models.length === 0 ? [empty()] : models).map((model) =>
      readiness(model, { severitiesOf: (uri) => groups.severitiesOf(uri) }),
    ),
  );
  if (options.format === 'json') context.out(JSON.stringify(items.map((item) => toItem(item, context))));
  else context.out(toText(items, context));
  return items.some(({ status }) => status === 'fail') ? 1 : 0;
}

function toItem({ item, status, evidence, message, remedy }: ReadinessItem, { cwd }: CliContext): Item {
  return {
    item,
    status,
    evidence: evidence.map(({ uri, range }) => ({ file: displayName(uri, cwd), line: range.start.line + 1 })),
    message,
    remedy: remedy === '' ? null : remedy,
  };
}

const words: Readonly<Record<ReadinessStatus, string>> = {
  pass: 'pass',
  fail: 'FAIL',
  manual: 'confirm',
  'not-applicable': 'n/a',
};

function toText(items: readonly ReadinessItem[], context: CliContext): string {
  const colors = pc.createColors(context.color);
  const paint: Readonly<Record<ReadinessStatus, (text: string) => string>> = {
    pass: colors.green,
    fail: colors.red,
    manual: colors.yellow,
    'not-applicable': colors.gray,
  };
  const lines = items.flatMap((item) => {
    const { evidence, remedy } = toItem(item, context);
    const places = evidence.slice(0, 5).map(({ file, line }) => `            ${file}:${line}`);
    if (evidence.length > places.length) places.push(`            and ${evidence.length - places.length} more places`);
    const advice =
      remedy === null || item.status === 'pass' || item.status === 'not-applicable' ? [] : [`            ${colors.bold(remedy)}`];
    return [
      `${item.item.padEnd(4)}${paint[item.status](words[item.status].padEnd(8))}${item.title}`,
      `            ${item.message}`,
      ...places,
      ...advice,
    ];
  });
  const count = (status: ReadinessStatus) => items.filter((item) => item.status === status).length;
  lines.push(
    '',
    `${count('pass')} pass, ${count('fail')} fail, ${count('manual')} to confirm by hand, ${count('not-applicable')} not applicable.`,
  );
  return lines.join('\n');
}
