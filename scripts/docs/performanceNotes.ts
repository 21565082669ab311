/** Why a goal of docs/performance.md is missed, by how much and what would be needed: row of the benchmark -> text. */
export const performanceNotes: Readonly<Record<string, string>> = {
  'check, 1,000 files, beyond the start of Node':
    'dotenv-linter is a compiled program that looks at the lines of one file after the other. `check` also works out which of the 1,000 files a process reads, which value each of its settings has in the end, and whether all of them can live together as one fleet: half of the time goes into these rules, most of it before the engine has compiled them, a fifth into finding and reading the files, and less than a tenth into the report. Loading the modules takes 0.1 s, although Node keeps their compiled code and what `check` does not need is not loaded: that alone is more than dotenv-linter takes for everything. To come near the goal, readers and rules would have to be compiled ahead of time, in another language.',
  'one of 3 killed: shown as dead by all':
    'Two of three rounds took 4.3 and 4.1 s, one 6.0 s. A node that sees its own clock run late suspects itself first and gives others twice the time before it accuses them (Lifeguard), and tests of other programs used the machine while this row was measured. Without this patience a busy machine would accuse the living, which the row about false accusations counts.',
  'idle node in a fleet of 3: processor time':
    'Between 0.25 and 0.32 % in repeated runs where the machine was left alone, and more where others use it; serf took more than ours in every one of these runs. What is left is one probe, its answer and one heartbeat a second, which members of a fleet expect.',
  'one of 20 joins: everybody shows everybody, after its first packet':
    'The slowest of three took 56 ms, with 20 nodes of ours on the two cores of the machine, while its host gave an eighth of the time they wanted to others. The other two took 30 and 39 ms. Measured again on the machine left alone: 27, 28 and 79 ms.',
  'one of 20 killed: shown as suspect by all':
    'Twenty nodes share two cores, and the host of the machine gave an eighth of the time they wanted to others: nodes that see their own clock run late give others more time on purpose, 7.0 and 4.6 s in two of three rounds, 2.1 s in the third. Measured again after that run with the same programs, on the same machine left alone: 1.8, 1.9 and 2.1 s.',
  'one of 20 killed: shown as dead by all':
    'As for the suspicion before it: 9.2 and 6.5 s in two of three rounds, 4.1 s in the third; 4.0, 4.3 and 4.3 s when it was measured again on the machine left alone.',
  'PONG p99.9 while 5,000 files are checked for 60 s':
    'In the run shown a process beside ours that does nothing but echo was later still: of the 2,800 answers of a minute the three slowest decide, and the host of the machine gives some of its time to others. In the ten minutes of the soak lane on the same day, otherwise idle, our node took 14.8 ms and the echo 15.2 ms.',
};
