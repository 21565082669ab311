/** Why a goal of docs/performance.md is missed, by how much and what would be needed: row of the benchmark -> text. */
export const performanceNotes: Readonly<Record<string, string>> = {
  'check, 1,000 files, beyond the start of Node':
    'dotenv-linter is a compiled program that looks at the lines of one file after the other. `check` also works out which of the 1,000 files a process reads, which value each of its settings has in the end, and whether all of them can live together as one fleet: half of the time goes into these rules, most of it before the engine has compiled them, a fifth into finding and reading the files, and less than a tenth into the report. Loading the modules takes 0.1 s, although Node keeps their compiled code and what `check` does not need is not loaded: that alone is more than dotenv-linter takes for everything. To come near the goal, readers and rules would have to be compiled ahead of time, in another language.',
  'PONG p99.9 while 5,000 files are checked for 60 s':
    'In the run shown the machine itself stood still for moments, a tenth of its time being taken by its host: a process beside ours that does nothing but echo was later still. Where the machine stood still less, our node took 8.5 ms, the echo 14.4 ms (an earlier run of the same day).',
};
