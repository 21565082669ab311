/** Everything that stands in files: each reader, and every rule and feature over what it read. */

import { runnableExamples } from '#schemas/settings/ruleDocs.ts';
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import { parseBaseline } from '#server/config/project/baseline.ts';
import { createReaderContext } from '#server/config/readers/context.ts';
import { kindOf } from '#server/config/readers/kind.ts';
import { readDocument } from '#server/config/readers/read.ts';
import { dialects, parseEnv } from '#server/config/text/parseEnv.ts';
import { ignoreMatcher } from '#server/workspace/git/ignoreFiles.ts';
import { findingsOf } from '../unit/rules/workspace.ts';
import { mutateBytes, mutateJson, mutateText } from './mutate.ts';
import type { Dice } from './random.ts';
import { bytesOf, type FuzzTarget, promise, textOf } from './target.ts';

/** A file of each kind, named as such files are. */
const names: Readonly<Record<FileKind, readonly string[]>> = {
  dotenv: ['.env'],
  python: ['node.py'],
  compose: ['docker-compose.yml'],
  systemd: ['agent.service'],
  kubernetes: ['manifest.yaml'],
  dockerfile: ['Dockerfile'],
  shell: ['start.sh'],
  launch: ['.vscode/launch.json'],
  requirements: ['requirements.txt', 'pyproject.toml', 'poetry.lock', 'uv.lock', 'Pipfile.lock', 'setup.cfg', 'README.md'],
  prometheus: ['prometheus.yml'],
  project: ['jarviscore-fleet.json'],
};

/** Texts of the kind from the examples of all rules: mistakes and what they should have been. */
function examplesOf(kind: FileKind): readonly string[] {
  const found = new Set<string>();
  for (const { bad, good } of runnableExamples().values()) {
    for (const { files } of [bad, good])
      for (const [path, text] of Object.entries(files)) if (kindOf(path) === kind) found.add(text);
  }
  return found.size > 0 ? [...found] : ['{}\n', 'A=1\n', 'jarviscore-framework[p2p]==3.0.0\n'];
}

const context = createReaderContext(1);

function mutateFile(kind: FileKind) {
  return (seed: Uint8Array, random: Dice, other: Uint8Array): Uint8Array => {
    if (random.chance(0.1)) return mutateBytes(seed, random);
    const json = kind === 'project' || kind === 'launch';
    if (json && random.chance(0.4)) return bytesOf(mutateJson(textOf(seed), random));
    return bytesOf(mutateText(textOf(seed), random, textOf(other)));
  };
}

function readerTarget(kind: FileKind): FuzzTarget {
  let count = 0;
  return {
    name: `reader-${kind}`,
    kind: 'reader',
    seeds: () => examplesOf(kind).map(bytesOf),
    mutate: mutateFile(kind),
    run(input) {
      const text = textOf(input);
      const lines = text.split(/\r\n|\r|\n/).length;
      for (const name of names[kind]) {
        const document = readDocument({ uri: `file:///w/${name}`, text, kind }, context);
        for (const { range } of document.assignments) promise(range.end.line < lines, 'a range lies inside of its text');
        for (const { range } of document.problems) promise(range.start.line < lines, 'a problem lies inside of its text');
      }
      // The rules cost a hundred times the reader; every twentieth input meets them.
      count += 1;
      const [name] = names[kind];
      if (count % 20 === 0 && name !== undefined) findingsOf({ [name]: text, 'other.env': 'JARVISCORE_BIND_PORT=7950\n' });
    },
  };
}

const dotenvDialects: FuzzTarget = {
  name: 'dotenv-dialects',
  kind: 'codec',
  seeds: () => examplesOf('dotenv').map(bytesOf),
  mutate: mutateFile('dotenv'),
  run(input) {
    for (const dialect of dialects) parseEnv(input, dialect, { A: 'x', B: '$A' });
  },
};

const baselines: FuzzTarget = {
  name: 'baseline-and-ignore-files',
  kind: 'codec',
  seeds: () =>
    ['{"version":1,"findings":[{"rule":"a-b","file":"x","fingerprint":"y"}]}', '*.env\n!/a/**/b\n[a-z]/\n'].map(bytesOf),
  mutate: (seed, random) => bytesOf(seed[0] === 0x7b ? mutateJson(textOf(seed), random) : mutateText(textOf(seed), random)),
  run(input) {
    const text = textOf(input);
    parseBaseline(text);
    ignoreMatcher(text, false);
  },
};

export const readerTargets: readonly FuzzTarget[] = [
  dotenvDialects,
  baselines,
  ...(Object.keys(names) as FileKind[]).map(readerTarget),
];
