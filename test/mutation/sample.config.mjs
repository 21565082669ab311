/**
 * The mutation score of one part from a random sample of its mutants, and from the tests nearest to it: a lower bound, in
 * minutes instead of hours.
 *
 *   PART=mesh/swim RATE=0.1 npx stryker run test/mutation/sample.config.mjs
 *   DRAW=b ...                                     other mutants than those that tests were written for
 *   KINDS=unit ...                                   without the property tests, which take longest
 *
 * A second run judges anew only what changed tests could kill.
 */
import { readFileSync } from 'node:fs';

/** What is mutated, below server/src, and the tests that have to notice. */
const parts = {
  mesh: ['mesh/*.ts', '{mesh,swim,fleet}'],
  'mesh/keepalive': ['mesh/keepalive/**/*.ts', 'mesh'],
  'mesh/messages': ['mesh/messages/**/*.ts', 'mesh'],
  'mesh/swim': ['mesh/swim/**/*.ts', '{swim,mesh}'],
  'config/features': ['config/features/**/*.ts', '{features,config}'],
  'config/model': ['config/model/**/*.ts', '{config,rules,workspace}'],
  'config/project': ['config/project/**/*.ts', '{config,rules,workspace,report}'],
  'config/readers': ['config/readers/**/*.ts', '{config,rules,features}'],
  'config/rules': ['config/rules/**/*.ts', '{rules,config}'],
  'config/text': ['config/text/**/*.ts', '{config,features}'],
};

const [mutate, tests] = parts[process.env.PART ?? ''] ?? [];
if (mutate === undefined) throw new Error(`PART names what is mutated: ${Object.keys(parts).join(', ')}.`);
// Read by vitest.mutation.config.ts, in the processes that Stryker starts.
process.env.MUTATION_TESTS = `test/${process.env.KINDS ?? '{unit,property}'}/${tests}`;

const { $schema: _, ...whole } = JSON.parse(readFileSync(new URL('../../stryker.config.json', import.meta.url), 'utf8'));

export default {
  ...whole,
  mutate: [`server/src/${mutate}`],
  vitest: { ...whole.vitest, related: false },
  plugins: ['@stryker-mutator/*', './test/mutation/sampleChecker.mjs'],
  checkers: ['sample'],
  // What was not drawn stays marked as not compiled: another rate needs another file.
  incrementalFile: `.cache/stryker/sample-${(process.env.PART ?? '').replace('/', '-')}-${process.env.RATE ?? '1'}${process.env.DRAW ?? ''}.json`,
  jsonReporter: { fileName: `.cache/stryker/${(process.env.PART ?? '').replace('/', '-')}.json` },
  concurrency: 1,
  // The first run holds every counter, and thousands of tests on a busy machine.
  dryRunTimeoutMinutes: 60,
};
