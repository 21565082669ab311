import { describe, expect, it } from 'vitest';
import { FleetRows } from '#client/fleet/fleetRows.ts';
import { peerFacts } from '#client/fleet/peerTooltip.ts';
import { sidebar } from '#client/views/sidebarState.ts';
import type { FleetPeer } from '#schemas/fleet/view.ts';
import type { SourceHealth } from '#schemas/registry/host.ts';
import { english as l10n, node, peer, view } from './facts.ts';

const hub: SourceHealth = {
  source: 'relay-hub',
  name: null,
  state: 'running',
  address: '127.0.0.1:8787',
  nodes: 1,
  since: '2026-01-01T10:42:00.000Z',
  message: 'Relay hub listening on 127.0.0.1:8787',
  error: null,
};
const other = {
  fleet: 'default',
  firstSeen: '2026-01-01T10:00:00.000Z',
  lastSeen: '2026-01-01T10:42:00.000Z',
  restored: false,
  conflict: null,
};
const relay = (changes: Partial<FleetPeer> = {}): FleetPeer =>
  peer({
    id: 'relay/node_a',
    name: 'builder',
    kind: 'relay',
    address: null,
    agents: [{ id: 'a1', role: 'w1', capabilities: [] }],
    capacity: { load: 0.5, activeAgents: 2, maxAgents: 4 },
    keepalive: null,
    keepalivePhase: 'disabled',
    other: {
      ...other,
      relay: {
        version: 'relay-broker/12.4.1',
        capabilities: ['spawn:claude'],
        handlersLive: true,
        tags: ['gpu'],
        providers: ['broker'],
      },
      circuitForge: null,
    },
    ...changes,
  });
const forge = (changes: Partial<FleetPeer> = {}): FleetPeer =>
  peer({
    id: 'circuitforge/heimdall',
    name: 'heimdall',
    kind: 'circuitforge',
    address: 'http://10.0.0.5:7701',
    agents: [],
    keepalive: null,
    keepalivePhase: 'disabled',
    other: {
      ...other,
      relay: null,
      circuitForge: {
        gpus: [{ id: 0, name: 'RTX 3090', totalMb: 24_576, usedMb: 1_024, freeMb: 23_552 }],
        residents: ['vllm (qwen)'],
      },
    },
    ...changes,
  });
const rows = (changes: Parameters<typeof view>[0]) => new FleetRows(l10n).peers(view(changes));

describe('nodes of other fleets', () => {
  it('stand in a group of their own, below the mesh, with the server that hears of them', () => {
    const shown = rows({ peers: [relay(), peer(), forge()], sources: [hub] });
    expect(shown.map(({ id }) => id)).toEqual(['peer:127.0.0.1:7946', 'self', 'fleet:relay', 'fleet:circuitforge']);
    const [, , group, forgeGroup] = shown;
    expect(group).toMatchObject({
      label: 'Relay fleet',
      description: 'hub listening on 127.0.0.1:8787 · 1 node',
      ariaLabel: 'Relay fleet: hub listening on 127.0.0.1:8787, 1 node.',
      contextValue: 'relayHub running',
      collapsible: 'expanded',
    });
    expect(group?.children.map(({ id }) => id)).toEqual(['peer:relay/node_a']);
    expect(forgeGroup).toMatchObject({ description: 'coordinator not running · 1 node', contextValue: 'coordinator' });
  });

  it('say how busy they are, and are neither asked nor said to be undeclared', () => {
    const [group] = rows({ node: node({ phase: 'stopped', self: null }), peers: [relay()], expected: 3, sources: [hub] });
    const [row] = group?.children ?? [];
    expect(row).toMatchObject({ label: 'builder', description: 'alive · since 10:42 · 2 of 4 agents active' });
    expect(row?.contextValue).toBe('peer alive');
    expect(row?.children.map(({ label, contextValue }) => [label, contextValue])).toEqual([['w1', 'agent']]);
    const offline = relay({
      state: 'offline',
      reason: 'connection closed',
      agents: [],
      capacity: { load: null, activeAgents: null, maxAgents: 4 },
    });
    const [again] = rows({ peers: [offline], sources: [hub] }).at(-1)?.children ?? [];
    expect(again).toMatchObject({
      description: 'offline · since 10:42 · connection closed',
      contextValue: 'peer offline forgettable',
    });
  });

  it('show their GPUs, with words for a screen reader', () => {
    const group = rows({ peers: [forge()], sources: [] }).at(-1);
    expect(group?.children[0]?.children).toEqual([
      expect.objectContaining({
        label: 'GPU 0',
        description: 'RTX 3090 · 1.0 of 24.0 GB used',
        ariaLabel: 'GPU 0 of heimdall: RTX 3090, 1.0 of 24.0 GB used.',
      }),
    ]);
  });

  it('have their own facts in the tooltip', () => {
    const shown = new FleetRows(l10n);
    const context = shown.context(view());
    const facts = Object.fromEntries(peerFacts(relay(), context, other.lastSeen, l10n));
    expect(facts).toMatchObject({
      Agents: '2 of 4 agents active',
      Load: '50 %',
      Version: 'relay-broker/12.4.1',
      Capabilities: 'spawn:claude',
      Tags: 'gpu',
    });
    expect(Object.fromEntries(peerFacts(forge(), context, other.lastSeen, l10n))).toMatchObject({
      Services: 'vllm (qwen)',
      Address: 'http://10.0.0.5:7701',
    });
  });

  it('keep the sidebar of a window whose local node does not run', () => {
    const window = { folderOpen: true, project: true, trusted: true, server: 'running' } as const;
    const stopped = node({ phase: 'stopped', self: null });
    expect(sidebar(window, view({ node: stopped, peers: [relay()], sources: [hub] }), l10n)).toMatchObject({
      state: 'running',
      node: 'stopped',
      description: '1 of 1 alive',
    });
    expect(sidebar(window, view({ node: stopped, peers: [relay()], sources: [] }), l10n)).toMatchObject({ state: 'stopped' });
    expect(sidebar(window, view({ peers: [], sources: [hub] }), l10n)).toMatchObject({ state: 'running' });
  });

  it('tell a failed hub with its reason', () => {
    const failed: SourceHealth = {
      ...hub,
      state: 'failed',
      address: null,
      error: {
        code: 'port-taken',
        message: 'The relay hub cannot listen on 127.0.0.1:8787: another program has that port.',
        remedy: '',
      },
    };
    const group = rows({ peers: [], sources: [failed] }).at(-1);
    expect(group).toMatchObject({
      description: 'The relay hub cannot listen on 127.0.0.1:8787: another program has that port. · 0 nodes',
      icon: { id: 'error' },
      contextValue: 'relayHub',
      collapsible: 'expanded',
    });
  });
});
