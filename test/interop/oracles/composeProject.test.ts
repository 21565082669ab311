/** The environment each service of a compose project gets, against compose's own loader. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildModel } from '#server/config/model/build.ts';
import type { DeclaredProcess } from '#server/config/model/types.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { kindOf } from '#server/config/readers/kind.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { runBatch, runs, seed } from './batch.ts';
import { decoded } from './bytes.ts';
import { composeProject, names, type ProjectFiles } from './composeProjects.ts';
import { goOracle } from './goOracle.ts';

interface Answer {
  readonly services?: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  readonly error?: string;
}

const count = runs(1000);

function processesOf(files: ProjectFiles): readonly DeclaredProcess[] {
  const context = createReaderContext();
  const documents = Object.entries(files).flatMap(([path, text]) => {
    const kind = kindOf(path);
    return kind === null ? [] : [readDocument({ uri: `file:///case/${path}`, text, kind }, context)];
  });
  return buildModel(documents, { roots: ['file:///case'], target: '3.0.0', context }).processes;
}

/** What the files give a name: a text, null for nothing, undefined where only the shell or the machine knows. */
function given(process: DeclaredProcess, name: string): string | null | undefined {
  const found = process.settings.get(name)?.chain.find(({ origin }) => origin.kind === 'process-env');
  if (found === undefined) return null;
  return found.value.kind === 'text' ? found.value.text : undefined;
}

/** The lines of the `include`. */
const include = (files: ProjectFiles): string => (files['compose.yaml'] ?? '').split('x-shared:', 1)[0] ?? '';

/** Whether an env file names it without a value, or a value of the compose file has a variable that `.env` does not set. */
function asksShell(files: ProjectFiles, name: string): boolean {
  if (Object.values(files).some((text) => new RegExp(`^${name}$`, 'm').test(text))) return true;
  const setBy = (path: string): string[] => [...(files[path] ?? '').matchAll(/^(\w+)=/gm)].map((match) => match[1] ?? '');
  const asks = (path: string, set: ReadonlySet<string>): boolean =>
    [...(files[path] ?? '').matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].some((match) => !set.has(match[1] ?? match[2] ?? ''));
  const own = setBy('.env');
  const named = ['parts/x.env', 'a.env'].filter((path) => new RegExp(`^    env_file: .*\\b${path}`, 'm').test(include(files)));
  const inner = named.length > 0 ? named.flatMap(setBy) : setBy('parts/.env');
  return asks('compose.yaml', new Set(own)) || asks('parts/more.yaml', new Set([...own, ...inner]));
}

test(`compose gives the services of ${count} generated projects the environment we say`, async () => {
  const cases = fc.sample(composeProject, { numRuns: count, seed: seed(20260109) });
  const folder = mkdtempSync(join(tmpdir(), 'compose-'));
  try {
    const folders = cases.map((files, i) => {
      const path = join(folder, String(i));
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), text);
      }
      return { folder: path, lookup: {} };
    });
    const answers = await runBatch<Answer>(await goOracle(), ['project'], folders);
    let refused = 0;
    let services = 0;
    let open = 0;
    cases.forEach((files, i) => {
      const theirs = answers[i];
      if (theirs?.error !== undefined) {
        refused++;
        return;
      }
      const ours = processesOf(files);
      for (const [service, environment] of Object.entries(theirs?.services ?? {})) {
        services++;
        const expected = new Map(Object.entries(environment).map(([name, value]) => [decoded(name), value] as const));
        const process = ours.find((one) => one.name === service);
        for (const name of names) {
          const shown = `${service} ${name} of\n${Object.entries(files)
            .map(([path, text]) => `--- ${path}\n${text}`)
            .join('')}`;
          const value = process === undefined ? null : given(process, name);
          const their = expected.get(name);
          // Open is only what the shell may add: a name alone, or a variable that the project's own file does not set.
          if (value === undefined && (their == null || asksShell(files, name))) {
            open++;
            continue;
          }
          expect(value, shown).toBe(their === undefined || their === null ? null : decoded(their));
        }
      }
    });
    expect(services).toBeGreaterThan(count);
    expect(refused).toBeLessThan(count / 2);
    console.info(`compose: ${count} projects compared, ${services} services, ${refused} refused, ${open} values open`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
