/** The project file, version control, and files that settings name. */
import type { FileKind } from '#schemas/settings/ruleInventory.ts';
import { add, all, replace, set } from '../changes.ts';
import type { Mistake } from '../mistake.ts';

const fleetFile = 'jarviscore-fleet.json';

const inFleetFile = (rule: string, text: string, marked: string): Mistake => ({
  rule,
  kinds: ['project'],
  change: add(fleetFile, text),
  where: [fleetFile, marked],
});

/** Kinds whose programs run in folders of the workspace. */
const onThisMachine: readonly FileKind[] = ['python', 'shell', 'launch'];

const policy = '[{"name": "no-mail"}]\n';
const policies = all(add('policy.json', policy), add('fleet/policy.json', policy));

/** A line of the `.env` in the folder of programs that are started by hand. */
const beside = (rule: string, line: string, rest: Partial<Mistake>): Mistake => ({
  rule,
  kinds: ['dotenv'],
  change: add('fleet/.env', `${line}\n`),
  where: ['fleet/.env', line],
  ...rest,
});

export const projectMistakes: readonly Mistake[] = [
  inFleetFile('fleet-file-syntax', '{\n  "target": "3.0.0"\n  "profile": "production"\n}\n', '"profile"'),
  inFleetFile('fleet-file-value', '{\n  "profile": "prod"\n}\n', '"profile"'),
  inFleetFile('fleet-file-unknown-key', '{\n  "severitys": { "port-ephemeral": "off" }\n}\n', '"severitys"'),
  inFleetFile('fleet-file-unknown-rule', '{\n  "severities": { "port-ephemral": "off" }\n}\n', 'port-ephemral'),
  inFleetFile('fleet-file-unknown-release', '{\n  "target": "2.9.9"\n}\n', '2.9.9'),
  inFleetFile('fleet-file-no-match', '{\n  "hosts": { "gpu": { "processes": ["resarcher"] } }\n}\n', 'resarcher'),
  inFleetFile('fleet-file-baseline', '{\n  "baseline": "accepted.json"\n}\n', 'accepted.json'),
  { rule: 'control-policy-missing-file', kinds: onThisMachine, values: [set('CONTROL_POLICY_PATH', 'policies/prod.json')] },
  beside('control-policy-missing-file', 'CONTROL_POLICY_PATH=policies/prod.json', {}),
  {
    rule: 'control-policy-syntax',
    kinds: onThisMachine,
    change: policies,
    values: [set('CONTROL_POLICY_PATH', 'policy.json')],
  },
  beside('control-policy-syntax', 'CONTROL_POLICY_PATH=policy.json', { base: policies }),
  {
    rule: 'journal-dir-committed',
    kinds: onThisMachine,
    base: add('.gitignore', 'dist/\n'),
    values: [set('JOURNAL_DIR', 'audit')],
    tracked: ['README.md'],
  },
  beside('journal-dir-committed', 'JOURNAL_DIR=audit', {
    base: replace('fleet/planner.py', 'os.environ["JOURNAL_DIR"] = "/var/lib/atlas/planner/journal"\n', ''),
    tracked: ['README.md'],
    also: [{ rule: 'per-process-var-in-shared-env', why: 'a .env in a folder of programs is shared by all of them' }],
  }),
  {
    rule: 'secret-committed',
    kinds: ['dotenv'],
    change: add('fleet/.env', 'SERPER_API_KEY=q8Zr3vK1xW7mB5tN9cH2yL6pD4sF0gJA\n'),
    where: ['fleet/.env', 'SERPER_API_KEY'],
    tracked: ['fleet/.env'],
  },
];
