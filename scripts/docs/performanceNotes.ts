/** Why a goal of docs/performance.md is missed, by how much and what would be needed: row of the benchmark -> text. */
export const performanceNotes: Readonly<Record<string, string>> = {
  'check, 1,000 files, beyond the start of Node':
    'dotenv-linter is a compiled program that looks at the lines of one file after the other. `check` also works out which of the 1,000 files a process reads, which value each of its settings has in the end, and whether all of them can live together as one fleet: half of the time goes into these rules, a seventh into finding and reading the files, a tenth into the collector and a twentieth into the report. Loading the modules takes 0.1 s, although Node keeps their compiled code and what `check` does not need is not loaded: that alone is more than dotenv-linter takes for everything. To come near the goal, readers and rules would have to be compiled ahead of time, in another language.',
  'check, one file of 11 MB and 165000 keys':
    'npm dotenv gives a name and a value for each line. `check` keeps the place of each name and value, for findings and fixes, what can be said of a secret without its text, and looks at each name for slips, repetitions and relatives in the catalogue. A fifth of the time is the collector, which copies these objects. Fewer objects for each line would need places that are worked out when somebody asks for them.',
};
