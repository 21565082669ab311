/** Why a goal of docs/performance.md is missed, by how much and what would be needed: row of the benchmark -> text. */
export const performanceNotes: Readonly<Record<string, string>> = {
  'check, 1,000 files, beyond the start of Node':
    'dotenv-linter is a compiled program that looks at the lines of one file after the other. `check` also works out which of the 1,000 files a process reads, which value each of its settings has in the end, and whether all of them can live together as one fleet: half of the time goes into these rules, most of it before the engine has compiled them, a fifth into finding and reading the files, and less than a tenth into the report. Loading the modules takes 0.1 s, although Node keeps their compiled code and what `check` does not need is not loaded: that alone is more than dotenv-linter takes for everything. To come near the goal, readers and rules would have to be compiled ahead of time, in another language.',
};
