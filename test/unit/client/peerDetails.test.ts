import { describe, expect, it } from 'vitest';
import { answerText } from '#client/fleet/answerText.ts';
import { FleetRows } from '#client/fleet/fleetRows.ts';
import { peerDetails } from '#client/fleet/peerDetails.ts';
import { PeerHistory, quantile } from '#client/fleet/peerHistory.ts';
import { canBeAsked, peerRow } from '#client/fleet/peerRow.ts';
import { english, okKeepalive, peer, place, t1042, view } from './facts.ts';

const later = '2026-11-21T10:50:00.000Z';
const context = new FleetRows(english).context(view());

describe('the history of a node', () => {
  it('has the state it was met in and every one since, with reasons', () => {
    const history = new PeerHistory();
    const met = peer();
    history.take([met]);
    expect(history.of(met.id).states).toEqual([{ at: t1042, state: 'alive', reason: null }]);
    history.take([{ ...met, state: 'suspect', since: later, reason: 'no answer' }]);
    expect(history.of(met.id).states).toEqual([
      { at: t1042, state: 'alive', reason: null },
      { at: later, state: 'suspect', reason: 'no answer' },
    ]);
  });

  it('has a round trip for each answered keepalive, and none twice', () => {
    const history = new PeerHistory();
    const met = peer();
    history.take([met]);
    history.take([{ ...met, incarnation: 9 }]);
    history.take([{ ...met, keepalive: okKeepalive && { ...okKeepalive, lastAck: later, rttMs: 4 } }]);
    expect(history.of(met.id).roundTrips).toEqual([1.25, 4]);
  });

  it('forgets a node that is gone, and is bounded for one that flaps', () => {
    const history = new PeerHistory();
    const met = peer();
    history.take([met]);
    for (let round = 0; round < 300; round++) {
      const since = new Date(Date.parse(t1042) + round * 1_000).toISOString();
      history.take([{ ...met, state: round % 2 === 0 ? 'suspect' : 'alive', since }]);
    }
    expect(history.of(met.id).states).toHaveLength(50);
    history.take([]);
    expect(history.of(met.id).states).toEqual([]);
  });

  it('knows the value that a share of the values does not exceed', () => {
    expect(quantile([3, 1, 2, 4], 0.5)).toBe(2);
    expect(quantile([3, 1, 2, 4], 0.95)).toBe(4);
    expect(quantile([], 0.5)).toBeNull();
  });
});

describe('the details of a node', () => {
  it('have its facts, its keepalive, its agents and what this window has seen of it', () => {
    const past = { states: [{ at: t1042, state: 'alive' as const, reason: null }], roundTrips: [1, 2, 3] };
    const text = peerDetails(peer({ name: 'researcher-01' }), past, context, later, english);
    expect(text).toMatch(/^researcher-01\n {2}Node +researcher-01\n/);
    expect(text).toMatch(/\n {2}Incarnation +3\n/);
    expect(text).toMatch(/\n {2}Round trips +p50 2\.0 ms, p95 3\.0 ms of 3\n/);
    expect(text).toMatch(/\nAgents\n {2}researcher +researcher-a1 · research, search\n/);
    expect(text).toMatch(/\nStates seen by this window\n {2}10:42:00 +alive\n/);
  });

  it('say that a node is gone', () => {
    expect(peerDetails(null, { states: [], roundTrips: [] }, context, later, english)).toBe(
      'This node is no longer in Fleet Peers.\n',
    );
  });
});

describe('what a row offers', () => {
  const facts = { behaviour: null, suspectedBy: [], clockOffsetMs: null, readmittable: false, refused: 0, marks: [] };

  it('is no question to a node that drops them, and none to a node that is not alive or speaks another protocol', () => {
    expect(canBeAsked(peer())).toBe(true);
    expect(canBeAsked(peer({ mesh: { ...facts, addressable: false } }))).toBe(false);
    expect(canBeAsked(peer({ state: 'suspect' }))).toBe(false);
    const deaf = peerRow(peer({ mesh: { ...facts, addressable: false } }), context, english);
    expect(deaf.contextValue).not.toContain('askable');
    expect(deaf.children[0]?.contextValue).toBe('agent');
  });

  it('marks two nodes under one identity', () => {
    const marks = [{ kind: 'duplicate-identity' as const, text: 'It shares an identity.' }];
    const row = peerRow(peer({ mesh: { ...facts, addressable: null, marks } }), context, english);
    expect(row.icon.id).toBe('warning');
    expect(row.description).toContain('shares its identity with another node');
  });
});

describe('roles', () => {
  it('that an agent class of the files has and nobody serves are listed, and lead to the class', () => {
    const served = { role: 'coder', holders: [{ peer: '127.0.0.1:7946', agentId: 'a', state: 'alive' as const }], gone: false };
    const declaredRoles = [
      { role: 'writer', place },
      { role: 'coder', place },
    ];
    const rows = new FleetRows(english).roles(view({ roles: [served], declaredRoles }));
    expect(rows.map(({ label, description }) => [label, description])).toEqual([
      ['coder', '1 of 1 alive'],
      ['writer', 'declared, nobody serves it · docker-compose.yml:31'],
    ]);
    expect(rows[1]).toMatchObject({ place, contextValue: 'role declared', collapsible: 'none' });
    // Once it is served it opens by itself: VS Code would keep a row of the same id as it was.
    const [, later] = new FleetRows(english).roles(view({ roles: [served, { ...served, role: 'writer' }], declaredRoles }));
    expect(later).toMatchObject({ label: 'writer', collapsible: 'expanded' });
    expect(later?.id).not.toBe(rows[1]?.id);
  });
});

describe('the document of a question', () => {
  const question = { whom: 'coder', data: { query: 'why?' }, askedAt: t1042, timeoutMs: 7_200_000 };

  it('is there while the answer is waited for, and has the answer below it once it is there', () => {
    expect(answerText(question, { kind: 'waiting' }, english)).toMatch(
      /^\/\/ Asked coder at 10:42:00\.\n\/\/ \{\n\/\/ {3}"query": "why\?"\n\/\/ \}\n\/\/\n\/\/ Waiting for the answer, 7200 s at most/,
    );
    const at = '2026-11-21T10:42:02.500Z';
    const answered = answerText(question, { kind: 'answered', at, data: { ok: true } }, english);
    expect(answered).toContain('// Answered at 10:42:02, after 2.5 s:\n{\n  "ok": true\n}\n');
  });

  it('keeps an error on the line of its comment', () => {
    const text = answerText(question, { kind: 'failed', at: t1042, error: 'gone\n{"evil": 1}' }, english);
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('//'))).toEqual([]);
  });
});
