import { describe, expect, it } from 'vitest';
import { keepaliveText, peerKeepaliveRow, selfKeepaliveRow } from '#client/fleet/keepaliveRow.ts';
import type { SelfFacts } from '#schemas/fleet/mesh.ts';
import { english, okKeepalive, peer } from './facts.ts';

const backoffUntil = '2026-11-21T10:43:12.000Z';

describe('keepalive of a peer', () => {
  it.each([
    ['ok', {}, 'ok · acknowledged 10:42:07'],
    ['ok', { lastAck: null }, 'ok'],
    ['waiting', { lastSent: null, lastAck: null }, 'waiting, none sent yet'],
    ['waiting', {}, 'waiting · sent 10:42:06'],
    ['suppressed', {}, 'suppressed by activity'],
    ['failing', { consecutiveSendFailures: 1 }, 'not acknowledged · 1 failure'],
    ['backoff', { consecutiveSendFailures: 3, failureBackoffUntil: backoffUntil }, 'in backoff until 10:43:12 · 3 failures'],
    ['disabled', {}, 'disabled'],
  ] as const)('%s %j', (keepalivePhase, changes, text) => {
    expect(keepaliveText({ keepalivePhase, keepalive: okKeepalive && { ...okKeepalive, ...changes } }, english)).toBe(text);
  });

  it('has no row where a peer has no keepalive', () => {
    expect(peerKeepaliveRow(peer({ keepalive: null }), 'x', english)).toBeNull();
  });

  it('is a full sentence for a screen reader', () => {
    expect(peerKeepaliveRow(peer(), 'coder-01', english)?.ariaLabel).toBe('Keepalive with coder-01: ok · acknowledged 10:42:07.');
  });
});

describe('keepalive of the local node', () => {
  it.each<[SelfFacts['keepalive'], string]>([
    ['no-peers-allowed', 'no peers (allowed)'],
    ['no-peers-backoff', 'no peers, pausing'],
    ['none-reached', 'no peer reached'],
    ['running', 'running'],
    ['disabled', 'disabled'],
  ])('%s', (keepalive, text) => {
    expect(selfKeepaliveRow({ keepalive }, english).description).toBe(text);
  });
});
