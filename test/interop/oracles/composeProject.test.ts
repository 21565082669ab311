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
import { composeProject, type Project, type ProjectFiles } from './composeLayouts.ts';
import { helpers, names } from './composeProjects.ts';
import { goOracle } from './goOracle.ts';

type Environments = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

interface Answer {
  readonly services?: Environments;
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

/** A shell that sets all that the `.env` of the project does not: what differs under it is open. */
function shellOf({ files, given: list }: Project): Record<string, string> {
  const below = Object.hasOwn(files, 'deploy/compose.yaml');
  const project = [...(below ? ['deploy/.env'] : ['.env']), ...(below && list === null ? ['.env'] : [])];
  const set = new Set(project.flatMap((path) => [...(files[path] ?? '').matchAll(/^(\w+)=/gm)].map((match) => match[1])));
  // With a letter behind it, `$BETA` is another variable.
  const asked = Object.values(files).flatMap((text) => [...text.matchAll(/\$\{?(\w+)/g)].map((match) => match[1] ?? ''));
  return Object.fromEntries([...names, ...helpers, ...asked].flatMap((name) => (set.has(name) ? [] : [[name, 'SHELL']])));
}

function environmentOf(services: Environments | undefined, service: string): ReadonlyMap<string, string | null> {
  return new Map(
    Object.entries(services?.[service] ?? {}).map(([name, value]) => [decoded(name), value === null ? null : decoded(value)]),
  );
}

test(`compose gives the services of ${count} generated projects the environment we say`, async () => {
  const cases = fc.sample(composeProject, { numRuns: count, seed: seed(20260109) });
  const folder = mkdtempSync(join(tmpdir(), 'compose-'));
  try {
    const questions = cases.map(({ files, given: list }, i) => {
      const path = join(folder, String(i));
      for (const name of new Set(Object.keys(files).map(dirname))) mkdirSync(join(path, name), { recursive: true });
      for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
      return { folder: path, files: list, lookup: {} };
    });
    const program = await goOracle();
    const answers = await runBatch<Answer>(program, ['project'], questions);
    const shells = cases.map((one, i) => ({ ...questions[i], lookup: shellOf(one) }));
    const underShell = await runBatch<Answer>(program, ['project'], shells);
    let refused = 0;
    let services = 0;
    let open = 0;
    cases.forEach(({ files, given: list }, i) => {
      const theirs = answers[i];
      if (theirs?.error !== undefined) {
        refused++;
        return;
      }
      const ours = processesOf(files);
      for (const service of Object.keys(theirs?.services ?? {})) {
        services++;
        const expected = environmentOf(theirs?.services, service);
        const other = environmentOf(underShell[i]?.services, service);
        const process = ours.find((one) => one.name === service);
        for (const name of names) {
          const value = process === undefined ? null : given(process, name);
          if (value === undefined && expected.get(name) !== other.get(name)) {
            open++;
            continue;
          }
          const start = list === null ? '' : ` of -f ${list.join(' -f ')}`;
          const shown = Object.entries(files).map(([path, text]) => `--- ${path}\n${text}`);
          expect(value, `case ${i} ${service} ${name}${start}\n${shown.join('')}`).toBe(expected.get(name) ?? null);
        }
      }
    });
    console.info(`compose: ${count} projects compared, ${services} services, ${refused} refused, ${open} values open`);
    expect(services).toBeGreaterThan(2 * count);
    // Numbers that JSON does not have: compose cannot even validate such a file.
    expect(refused).toBeLessThan(count / 8);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 600_000);
