import { describe, expect, it } from 'vitest';
import { oneLine } from '#client/fleet/language.ts';
import { type PeerContext, peerRow, placeText } from '#client/fleet/peerRow.ts';
import { peerFacts } from '#client/fleet/peerTooltip.ts';
import { looksTheSame } from '#client/fleet/row.ts';
import type { PeerState } from '#schemas/fleet/peer.ts';
import type { FleetPeer } from '#schemas/fleet/view.ts';
import { english, peer, place, unseen } from './facts.ts';

const context: PeerContext = { anyDeclared: false, nameOf: (id) => (id === '127.0.0.1:17946' ? null : `node at ${id}`) };
const inDeclaredFleet: PeerContext = { ...context, anyDeclared: true };

describe('row of a peer', () => {
  it('says state, since when and roles', () => {
    const row = peerRow(peer({ name: 'researcher-01' }), context, english);
    expect(row.label).toBe('researcher-01');
    expect(row.description).toBe('alive · since 10:42 · researcher');
    expect(row.ariaLabel).toBe('Node researcher-01: alive, since 10:42, researcher, address 127.0.0.1:7946.');
    expect(row.contextValue.split(' ')).toEqual(['peer', 'alive', 'addressed', 'askable']);
  });

  it('is called what the files call it where the mesh knows no name, else by its address', () => {
    const declared = { name: 'coder-01', address: '127.0.0.1:7946', place };
    expect(peerRow(peer({ declared }), context, english).label).toBe('coder-01');
    expect(peerRow(peer(), context, english).label).toBe('127.0.0.1:7946');
  });

  it.each<[PeerState, string, string]>([
    ['alive', 'pass', 'alive'],
    ['suspect', 'question', 'suspect'],
    ['dead', 'error', 'dead'],
    ['left', 'circle-slash', 'left'],
    ['offline', 'debug-disconnect', 'offline'],
    ['unknown', 'circle-outline', 'unknown'],
  ])('shows %s as an icon of its own and as a word', (state, icon, word) => {
    const row = peerRow(peer({ state }), context, english);
    expect(row.icon.id).toBe(icon);
    expect(row.description.split(' · ')[0]).toBe(word);
  });

  it('says why a peer is not alive: its reason, else who told us', () => {
    const dead = peer({ state: 'dead', reason: 'restarted, its fleet still holds it dead' });
    expect(peerRow(dead, context, english).description).toBe(
      'dead · since 10:42 · restarted, its fleet still holds it dead · researcher',
    );
    const suspect = peer({ state: 'suspect', observedBy: '127.0.0.1:7950' });
    expect(peerRow(suspect, context, english).description).toContain('told by node at 127.0.0.1:7950');
    const ours = peer({ state: 'suspect', observedBy: '127.0.0.1:17946' });
    expect(peerRow(ours, context, english).description).not.toContain('told by');
  });

  it('says that a restarted node can be readmitted, and offers it; names a stopped process and dropped questions', () => {
    const mesh: NonNullable<FleetPeer['mesh']> = {
      behaviour: { groups: ['B'], releases: 'probably 1.1.0 to 1.4.1', how: 'A question that it confirmed was never answered.' },
      addressable: false,
      suspectedBy: ['127.0.0.1:7950'],
      clockOffsetMs: 4_000,
      readmittable: true,
      refused: 3,
      marks: [
        { kind: 'readmittable', text: `It answers us, but its fleet holds it dead. ${'x'.repeat(200)}` },
        { kind: 'stopped-process', text: 'Its process 42 is stopped.' },
      ],
    };
    const dead = peer({ state: 'dead', mesh });
    const row = peerRow(dead, context, english);
    expect(row.description).toContain('dead · since 10:42 · answers us, can be readmitted · process stopped');
    expect(row.contextValue.split(' ')).toContain('readmittable');
    expect(peerRow(peer(), context, english).contextValue).not.toContain('readmittable');
    const facts = peerFacts(dead, context, '2026-11-21T10:43:00.000Z', english);
    expect(facts.filter(([name]) => name === 'Note').map(([, value]) => value)).toEqual(mesh.marks.map((mark) => mark.text));
    expect(facts).toContainEqual([
      'Probable release',
      'probably 1.1.0 to 1.4.1. A question that it confirmed was never answered.',
    ]);
    expect(facts).toContainEqual(['Messages refused', '3']);
    const dropping = peer({
      mesh: { ...mesh, readmittable: false, marks: [{ kind: 'not-addressable', text: 'It drops them.' }] },
    });
    expect(peerRow(dropping, context, english).description).toContain('announced, not addressable');
  });

  it('leads from a node that was never seen to the line that declares it', () => {
    const row = peerRow(unseen('writer-01', '127.0.0.1:7952'), inDeclaredFleet, english);
    expect(row.description).toBe('declared, never seen · docker-compose.yml:31');
    expect(row.place).toEqual(place);
    expect(row.contextValue.split(' ')).toEqual(['peer', 'unseen', 'addressed', 'declared']);
    expect(row.collapsible).toBe('none');
  });

  it('marks a live peer that no file declares, where files declare any', () => {
    expect(peerRow(peer(), inDeclaredFleet, english).description).toBe('alive · since 10:42 · researcher · not declared');
    expect(peerRow(peer(), context, english).description).not.toContain('declared');
  });

  it('marks a peer with a warning and one whose agents are not known yet', () => {
    const row = peerRow(
      peer({ warnings: ['wildcard identity: nobody can call it back'], agents: [], announced: false }),
      context,
      english,
    );
    expect(row.icon.id).toBe('warning');
    expect(row.description).toBe('alive · since 10:42 · wildcard identity: nobody can call it back · agents not announced yet');
  });

  it('does not tick: an opinion that carries an age is only hinted at', () => {
    const at = (seconds: number) => peerRow(peer({ localOpinion: `no answer to us for ${seconds} s` }), context, english);
    expect(at(6).description).toBe('alive · since 10:42 · no answer to us · researcher');
    expect(looksTheSame(at(6), at(7))).toBe(true);
  });

  it('has its agents and its keepalive below it, each with an id of its own', () => {
    const twins = [
      { id: 'same', role: 'a', capabilities: [] },
      { id: 'same', role: 'b', capabilities: ['x'] },
    ];
    const row = peerRow(peer({ agents: twins }), context, english);
    expect(row.children.map((child) => [child.label, child.description])).toEqual([
      ['a', ''],
      ['b', 'x'],
      ['keepalive', 'ok · acknowledged 10:42:07'],
    ]);
    expect(new Set(row.children.map((child) => child.id)).size).toBe(3);
    expect(row.collapsible).toBe('collapsed');
  });

  it('can be forgotten only when it is gone', () => {
    const forgettable = (state: PeerState) => peerRow(peer({ state }), context, english).contextValue.includes('forgettable');
    expect(['dead', 'left', 'offline'].map((state) => forgettable(state as PeerState))).toEqual([true, true, true]);
    expect(['alive', 'suspect', 'unknown'].map((state) => forgettable(state as PeerState))).toEqual([false, false, false]);
  });

  it('adds the date to a time of another day', () => {
    const row = peerRow(peer({ since: '2026-11-20T23:05:00Z' }), context, english);
    expect(row.description).toContain('since 20 Nov 23:05');
  });
});

describe('text from the network', () => {
  it('loses control characters, line breaks and bidirectional overrides, and is cut', () => {
    expect(oneLine('ab\u202Ecd\n\u0000ef')).toBe('abcd ef');
    expect(oneLine('x'.repeat(500))).toHaveLength(120);
  });

  it('makes a label that is never empty', () => {
    expect(peerRow(peer({ name: '\u200B\n' }), context, english).label).toBe('127.0.0.1:7946');
  });
});

describe('tooltip of a peer', () => {
  it('gives absolute facts', () => {
    const facts = Object.fromEntries(
      peerFacts(peer({ reason: 'answered a ping' }), inDeclaredFleet, '2026-11-21T10:44:07Z', english),
    );
    expect(facts).toMatchObject({
      State: 'alive',
      Because: 'answered a ping',
      ZeroMQ: '127.0.0.1:8946',
      Incarnation: '3',
      'Round trip': '1.3 ms',
      'Last acknowledged': '10:42:07',
      'Declared in': 'no file of this workspace',
      'As of': '10:44:07',
    });
    expect(facts).not.toHaveProperty('Backoff until');
  });
});

describe('place', () => {
  it('is file and one-based line', () => {
    expect(placeText(place)).toBe('docker-compose.yml:31');
    expect(placeText({ ...place, uri: 'file:///a%20b/c%20d.env' })).toBe('c d.env:31');
    expect(placeText({ ...place, uri: 'file:///a/100%.env' })).toBe('100%.env:31');
  });
});
