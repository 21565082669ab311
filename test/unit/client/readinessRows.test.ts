import { describe, expect, it } from 'vitest';
import { Forest } from '#client/fleet/forest.ts';
import { readinessRows, summary } from '#client/readiness/readinessRows.ts';
import type { ReadinessFolder, ReadinessItem } from '#schemas/editor/workspaceMessages.ts';
import { english, place } from './facts.ts';

function item(id: string, changes: Partial<ReadinessItem> = {}): ReadinessItem {
  const facts = { title: `title ${id}`, message: `message ${id}`, remedy: '', evidence: [], change: null };
  return { item: id, status: 'pass', ...facts, ...changes };
}

const failed = item('P2', { status: 'fail', evidence: [place], change: place, remedy: 'Set it.' });
const items = [item('P1'), failed, item('P3', { status: 'manual', change: place }), item('S1', { status: 'not-applicable' })];
const folder = (changes: Partial<ReadinessFolder> = {}): ReadinessFolder => ({
  ...{ uri: 'file:///a', name: 'a', target: '3.0.0', processes: 1, items },
  ...changes,
});

describe('the checklists', () => {
  it('say what is left to do, and each item its status in a word and a place', () => {
    const [production, security] = readinessRows([folder()], english);
    expect([production?.label, production?.description]).toEqual(['Production checklist', '1 fail · 1 to confirm']);
    expect([security?.label, security?.description]).toEqual(['Security checklist', 'nothing left to do']);
    expect(production?.children.map(({ label, description, icon }) => [label, description, icon.id])).toEqual([
      ['P1 pass', 'title P1', 'pass'],
      ['P2 fail', 'title P2 · docker-compose.yml:31', 'error'],
      ['P3 confirm by hand', 'title P3', 'question'],
    ]);
    expect(security?.children.map(({ label, icon }) => [label, icon.id])).toEqual([['S1 not applicable', 'circle-slash']]);
  });

  it('have the evidence below an item, and lead to the place to change', () => {
    const row = readinessRows([folder()], english)[0]?.children[1];
    expect(row).toMatchObject({ place, collapsible: 'expanded', ariaLabel: 'P2 title P2: fail. message P2' });
    expect(row?.children.map(({ label }) => label)).toEqual(['message P2', 'docker-compose.yml:31', 'Set it.']);
    expect(row?.children.map((child) => child.place)).toEqual([place, place, place]);
    expect(row?.contextValue).toContain('placed');
  });

  it('name five places at most and count the rest', () => {
    const many = { ...failed, evidence: Array.from({ length: 8 }, () => place) };
    const row = readinessRows([folder({ items: [many] })], english)[0]?.children[0];
    expect(row?.children.filter(({ icon }) => icon.id === 'go-to-file')).toHaveLength(5);
    expect(row?.children.map(({ label }) => label)).toContain('and 3 more places');
  });

  it('stand below their folder where there are several, each with its release', () => {
    const rows = readinessRows([folder(), folder({ uri: 'file:///b', name: 'b', target: '1.0.2' })], english);
    expect(rows.map(({ label, description }) => [label, description])).toEqual([
      ['a', '1 fail · 1 to confirm · 3.0.0'],
      ['b', '1 fail · 1 to confirm · 1.0.2'],
    ]);
    const ids = rows.flatMap((row) => row.children.flatMap((list) => list.children.map(({ id }) => id)));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leave out a folder that declares no process', () => {
    expect(readinessRows([folder({ processes: 0 })], english)).toEqual([]);
    expect(readinessRows([folder(), folder({ uri: 'file:///b', processes: 0 })], english)).toHaveLength(1);
  });

  it('refresh only what looks different', () => {
    const forest = new Forest();
    forest.replace(readinessRows([folder()], english));
    expect(forest.replace(readinessRows([folder()], english))).toEqual([]);
    const better = items.map((one) => (one === failed ? item('P2') : one));
    const changed = forest.replace(readinessRows([folder({ items: better })], english));
    expect(changed).toEqual(['production', 'production/P2', 'production/P2/message']);
  });

  it('have nothing to say once nothing is left to do', () => {
    expect(summary([item('P1')], english)).toBe('nothing left to do');
  });
});
