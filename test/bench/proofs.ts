/** Goals that are counted rather than timed: tests of the lanes, run here against the real programs they compare with. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countReport, readReport } from '../../scripts/vitestReport.ts';
import type { Row } from './row.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const vitest = join(root, 'node_modules/vitest/vitest.mjs');

interface Proof {
  readonly what: string;
  readonly against: string;
  readonly config: 'vitest.config.ts' | 'vitest.interop.config.ts';
  readonly files: readonly string[];
}

const proofs: readonly Proof[] = [
  {
    what: 'setting coverage: every setting of the source of each release is in the catalogue, fires and keeps quiet',
    against: 'settings read out of the releases anew',
    config: 'vitest.interop.config.ts',
    files: ['test/interop/oracles/catalogue'],
  },
  {
    what: 'reading fidelity: generated files and environments, typed values and errors alike',
    against: 'python-dotenv 1.2.4 and Settings of six releases',
    config: 'vitest.interop.config.ts',
    files: ['test/interop/oracles/pythonDotenv', 'test/interop/oracles/settings'],
  },
  {
    what: 'false alarms: what the framework ships in six releases',
    against: 'findings that a person has read',
    config: 'vitest.interop.config.ts',
    files: ['test/interop/shipped'],
  },
  {
    what: 'detection: every mistake planted in a clean production workspace',
    against: 'the same workspace without it',
    config: 'vitest.config.ts',
    files: ['test/unit/mutations/detection', 'test/unit/mutations/clean', 'test/unit/mutations/settings'],
  },
  {
    what: 'fixes: finding gone, nothing new, other bytes untouched, a second run changes nothing',
    against: 'the texts before',
    config: 'vitest.config.ts',
    files: ['test/unit/mutations/fixes', 'test/unit/mutations/fixAll'],
  },
  {
    what: 'a restarted Python node: ALIVE within 0.1 s and serving within 6 s of the readmit command',
    against: 'nodes of six releases',
    config: 'vitest.interop.config.ts',
    files: ['test/interop/mesh/releases'],
  },
];

/** Every test of the files, passed or not; what never ran has failed. */
function prove({ what, against, config, files }: Proof, folder: string): Row {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const output = ['--reporter=json', `--outputFile=${report}`];
  spawnSync(process.execPath, [vitest, 'run', '--config', config, ...output, ...files], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const found = readReport(report);
  const { passed, failed, skipped } = found === null ? { passed: 0, failed: 1, skipped: 0 } : countReport(found);
  const all = passed + failed + skipped;
  return { what, ours: passed, reference: { name: against, value: all }, unit: 'tests', goal: 'all', holds: passed === all };
}

/** The six releases are installed by the lane where they are not there yet. */
export function proven(): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-proof-'));
  try {
    return proofs.map((proof) => prove(proof, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
