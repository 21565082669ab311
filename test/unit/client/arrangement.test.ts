import { describe, expect, it } from 'vitest';
import { type Arrangement, isWanted, plain } from '#client/fleet/arrangement.ts';
import { FleetRows } from '#client/fleet/fleetRows.ts';
import { Forest } from '#client/fleet/forest.ts';
import { english, peer, unseen, view } from './facts.ts';

const coder = peer({ id: '10.0.0.2:7946', name: 'coder', state: 'suspect', since: '2026-11-21T11:00:00.000Z' });
const writer = peer({ id: '10.0.0.1:7946', name: 'writer', since: '2026-11-21T10:00:00.000Z' });
const analyst = peer({ id: '10.0.0.2:7950', name: 'analyst', state: 'dead', since: '2026-11-21T10:30:00.000Z' });
const fleet = view({ peers: [writer, coder, unseen('tester', '10.0.0.3:7946'), analyst] });

function labels(arrangement: Partial<Arrangement>, rows = new FleetRows(english)): string[] {
  return rows
    .peers(fleet, { ...plain, ...arrangement })
    .flatMap((row) => [row.label, ...(row.subject.kind === 'group' ? row.children.map((child) => `- ${child.label}`) : [])]);
}

describe('the order of nodes', () => {
  it('is by name unless a person wants another', () => {
    expect(labels({})).toEqual(['analyst', 'coder', 'tester', 'writer', 'this window']);
  });

  it('by state has first what needs attention', () => {
    expect(labels({ sortBy: 'state' })).toEqual(['coder', 'analyst', 'tester', 'writer', 'this window']);
  });

  it('by time has the newest change first and what was never seen last', () => {
    expect(labels({ sortBy: 'since' })).toEqual(['coder', 'analyst', 'writer', 'tester', 'this window']);
  });

  it('changes back without a trace of the one before', () => {
    const rows = new FleetRows(english);
    labels({ sortBy: 'since' }, rows);
    expect(labels({}, rows)).toEqual(labels({}));
  });

  it('by state follows a state that changes', () => {
    const rows = new FleetRows(english);
    labels({ sortBy: 'state' }, rows);
    const dead = { ...writer, state: 'dead' as const };
    const later = rows.peers({ ...fleet, peers: [dead, coder, analyst] }, { ...plain, sortBy: 'state' });
    expect(later.map((row) => row.label)).toEqual(['coder', 'analyst', 'writer', 'this window']);
  });
});

describe('groups', () => {
  it('by state have the worst first and say how many there are', () => {
    expect(labels({ groupBy: 'state' })).toEqual([
      ...['suspect', '- coder', 'dead', '- analyst', 'declared, never seen', '- tester', 'alive', '- writer', 'this window'],
    ]);
    const [group] = new FleetRows(english).peers(fleet, { ...plain, groupBy: 'state' });
    expect(group).toMatchObject({ id: 'group:state:suspect', description: '1 node', ariaLabel: 'Group suspect: 1 node.' });
  });

  it('by host are in the order of the hosts', () => {
    expect(labels({ groupBy: 'host' })).toEqual([
      ...['10.0.0.1', '- writer', '10.0.0.2', '- analyst', '- coder', '10.0.0.3', '- tester', 'this window'],
    ]);
  });

  it('by kind set the mesh beside the fleets that have groups of their own', () => {
    expect(labels({ groupBy: 'kind' })).toEqual([
      'JarvisCore mesh',
      '- analyst',
      '- coder',
      '- tester',
      '- writer',
      'this window',
    ]);
  });

  it('keep the ids of nodes, so that what is open and selected stays so', () => {
    const ids = (groupBy: Arrangement['groupBy']): string[] => {
      const forest = new Forest();
      forest.replace(new FleetRows(english).peers(fleet, { ...plain, groupBy }));
      return [writer, coder, analyst].map(({ id }) => forest.row(`peer:${id}`)?.label ?? '');
    };
    expect(ids('host')).toEqual(ids('none'));
  });

  it('refresh the two that a node goes from and to, and nothing else', () => {
    const rows = new FleetRows(english);
    const forest = new Forest();
    const arrangement = { ...plain, groupBy: 'state' } as const;
    const second = peer({ id: '10.0.0.9:7946', name: 'zoe' });
    forest.replace(rows.peers({ ...fleet, peers: [writer, second, coder] }, arrangement));
    const changed = forest.replace(
      rows.peers({ ...fleet, peers: [{ ...writer, state: 'suspect' }, second, coder] }, arrangement),
    );
    expect(changed).toContain('group:state:alive');
    expect(changed).toContain('group:state:suspect');
    expect(changed).not.toContain('peer:10.0.0.9:7946');
    expect(changed).not.toContain('peer:10.0.0.2:7946');
  });
});

describe('the filter', () => {
  it('takes words in any order, in any letter case, of everything a row and its agents say', () => {
    expect(labels({ filter: 'SUSPECT coder' })).toEqual(['coder']);
    expect(labels({ filter: '10.0.0.2' })).toEqual(['analyst', 'coder']);
    expect(labels({ filter: 'search' })).toEqual(['analyst', 'coder', 'writer']);
    expect(labels({ filter: 'never seen' })).toEqual(['tester']);
  });

  it('leaves nothing where nothing fits, our own node included', () => {
    expect(labels({ filter: 'nobody' })).toEqual([]);
    expect(labels({ filter: 'this window' })).toEqual(['this window']);
  });

  it('of blanks is none', () => {
    const [row] = new FleetRows(english).peers(fleet);
    if (row === undefined) throw new Error('no row');
    expect(isWanted('  ')(row)).toBe(true);
  });
});
