/** What relay and CircuitForge nodes have that members of the mesh have not: capacity, GPUs, a fleet of their own. */
import type { FleetPeer } from '#schemas/fleet/view.ts';
import type { Gpu } from '#schemas/registry/otherPeer.ts';
import { type Language, oneLine } from './language.ts';
import type { Fact } from './peerTooltip.ts';
import type { Row } from './row.ts';

/** "2 of 4 agents active", "2 agents active" where the capacity is unlimited; null where the node is not there. */
export function capacityText(peer: FleetPeer, l10n: Language): string | null {
  const { capacity } = peer;
  if (capacity?.activeAgents == null) return null;
  const limited = capacity.maxAgents !== null && capacity.maxAgents !== 0;
  if (limited) return l10n.t('{0} of {1} agents active', capacity.activeAgents, capacity.maxAgents ?? 0);
  return capacity.activeAgents === 1 ? l10n.t('1 agent active') : l10n.t('{0} agents active', capacity.activeAgents);
}

const gigabytes = (megabytes: number): string => (megabytes / 1024).toFixed(1);

export function gpuRow(gpu: Gpu, owner: string, nodeName: string, l10n: Language): Row {
  const label = l10n.t('GPU {0}', gpu.id);
  const name = oneLine(gpu.name);
  const memory = l10n.t('{0} of {1} GB used', gigabytes(gpu.usedMb), gigabytes(gpu.totalMb));
  return {
    id: `${owner}/gpu:${gpu.id}`,
    label,
    description: `${name} · ${memory}`,
    icon: { id: 'circuit-board', color: null },
    contextValue: 'gpu',
    ariaLabel: l10n.t('GPU {0} of {1}: {2}, {3}.', gpu.id, nodeName, name, memory),
    collapsible: 'none',
    children: [],
    subject: { kind: 'gpu' },
    place: null,
  };
}

/** Lines of the tooltip. */
export function otherFacts(peer: FleetPeer, l10n: Language): readonly Fact[] {
  const { other } = peer;
  if (other === undefined) return [];
  const facts: Fact[] = [];
  const add = (name: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '') facts.push([name, oneLine(value)]);
  };
  add(l10n.t('Last heard of'), other.lastSeen === null ? l10n.t('never') : l10n.second(other.lastSeen));
  add(l10n.t('First seen'), l10n.second(other.firstSeen));
  add(l10n.t('Agents'), capacityText(peer, l10n));
  const load = peer.capacity?.load ?? null;
  add(l10n.t('Load'), load === null ? null : `${Math.round(load * 100)} %`);
  add(l10n.t('Version'), other.relay?.version);
  add(l10n.t('Capabilities'), other.relay?.capabilities.join(', '));
  add(l10n.t('Tags'), other.relay?.tags.join(', '));
  add(l10n.t('Connections'), other.relay?.providers.join(', '));
  add(l10n.t('Services'), other.circuitForge?.residents.join(', '));
  return facts;
}
