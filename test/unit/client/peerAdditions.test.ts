/** What this window adds to rows: started here, examined, and which commands work on them. */
import { expect, it } from 'vitest';
import { FleetRows } from '#client/fleet/fleetRows.ts';
import { Forest } from '#client/fleet/forest.ts';
import { Diagnoses } from '#client/run/diagnoses.ts';
import { PeerAdditions } from '#client/run/peerAdditions.ts';
import type { Diagnosis, StepResult } from '#schemas/fleet/doctor.ts';
import type { FleetPeer } from '#schemas/fleet/view.ts';
import { view as fleet, english as l10n, peer, place } from './facts.ts';

class Started {
  version = 0;
  readonly pids = new Map<string, number | null>();
  get(process: string): { readonly pid: number | null } | null {
    const pid = this.pids.get(process);
    return pid === undefined ? null : { pid };
  }
}

const failing: StepResult = {
  step: 'udp',
  status: 'fail',
  message: 'PING to 127.0.0.1:7001: refused.',
  causes: [{ code: 'not-started', text: 'it is not started' }],
  evidence: [place],
  remedy: 'Start it.',
};
const diagnosis = (row: string, steps: readonly StepResult[]): Diagnosis => ({
  row,
  name: 'coder-01',
  address: '127.0.0.1:7001',
  steps: [...steps],
  asOf: '2026-11-21T10:42:07.000Z',
});

function setUp(change: Partial<FleetPeer>) {
  const started = new Started();
  const diagnoses = new Diagnoses();
  const rows = new FleetRows(l10n, new PeerAdditions(started, diagnoses));
  const declared = { name: 'coder-01', address: '127.0.0.1:7001', process: 'file:///coder.py#mesh:0', place };
  const view = fleet({ peers: [peer({ declared, ...change })] });
  const row = () => {
    const [first] = rows.peers(view);
    if (first === undefined) throw new Error('no row');
    return first;
  };
  return { started, diagnoses, row };
}

it('a declared node that nobody has seen can be run and examined', () => {
  const { row } = setUp({ seen: false, state: 'unknown' });
  expect(row().contextValue.split(' ')).toEqual(expect.arrayContaining(['runnable', 'examinable']));
  expect(row().contextValue).not.toContain('started');
});

it('an alive node is not run a second time', () => {
  const { row } = setUp({ seen: true, state: 'alive' });
  expect(row().contextValue).not.toContain('runnable');
});

it('the started process and the peer are one row, which can be stopped', () => {
  const { row, started } = setUp({ seen: true, state: 'alive' });
  const before = row();
  started.pids.set('file:///coder.py#mesh:0', 4711);
  started.version += 1;
  const after = row();
  expect(after.id).toBe(before.id);
  expect(after.description).toBe(`${before.description} · started here, process 4711`);
  expect(after.ariaLabel).toBe(`${before.ariaLabel} It was started here.`);
  expect(after.contextValue.split(' ')).toContain('started');
  const forest = new Forest();
  forest.replace([before]);
  expect(forest.replace([after])).toEqual([before.id]);
});

it('what the doctor found stands below the row and leads to the line to change', () => {
  const { row, diagnoses } = setUp({ seen: false, state: 'unknown' });
  const { subject } = row();
  const id = subject.kind === 'peer' ? subject.peer.id : '';
  diagnoses.take([diagnosis(id, [failing])], new Set([id]));
  const below = row().children.at(-1);
  expect(below).toMatchObject({ label: 'doctor', icon: { id: 'error' }, place, contextValue: 'diagnosis' });
  expect(below?.description).toMatch(/^udp: it is not started · as of \d\d:42:07$/);
  expect(below?.ariaLabel).toMatch(/^Doctor about .+: udp: it is not started, as of .+\.$/);
  expect(row().collapsible).toBe('collapsed');
  diagnoses.take([diagnosis(id, [{ ...failing, status: 'pass', causes: [], evidence: [] }])], new Set([id]));
  expect(row().children.at(-1)).toMatchObject({ icon: { id: 'pass' }, place: null });
  expect(row().children.at(-1)?.description).toContain('every step passed');
  const untold: StepResult = { ...failing, step: 'roles', status: 'unknown', causes: [], evidence: [] };
  diagnoses.take([diagnosis(id, [{ ...failing, status: 'pass', causes: [], evidence: [] }, untold])], new Set([id]));
  expect(row().children.at(-1)?.description).toMatch(/^no step failed · /);
});

it('a row that is rendered again is the same object while nothing changed, and a diagnosis of a row that is gone is forgotten', () => {
  const { row, diagnoses } = setUp({ seen: true, state: 'alive' });
  expect(row()).toBe(row());
  diagnoses.take([diagnosis('gone', [failing])], new Set(['gone']));
  expect(diagnoses.of('gone')).not.toBeNull();
  diagnoses.take([], new Set());
  expect(diagnoses.of('gone')).toBeNull();
});
