/** Options of `node` for other fleets and the store, as a configuration of the registry host. */
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { AnnounceConfig, RegistryConfig } from '#schemas/registry/host.ts';
import { UsageError } from './context.ts';
import { numericHost, splitAddress } from './nodeOptions.ts';

export interface RegistryOptions {
  readonly relay?: string;
  readonly relayToken: readonly string[];
  readonly coordinator?: string;
  readonly announce: readonly string[];
  readonly announceToken?: string;
  readonly announceId?: string;
  readonly maxAgents: number;
  readonly store?: string;
  /** Seconds. */
  readonly forgetAfter: number;
  readonly name: string;
  readonly bind?: string;
}

/** Secrets may stay out of process lists. */
interface Environment {
  readonly JARVISCORE_FLEET_RELAY_TOKEN?: string | undefined;
  readonly JARVISCORE_FLEET_RELAY_WORKSPACE_KEY?: string | undefined;
  readonly JARVISCORE_FLEET_ANNOUNCE_TOKEN?: string | undefined;
}

/** The program polls its agents every 10 s and waits 5 s for each (circuitforge-core 0.7.0, agent_supervisor.py). */
const pollMs = 10_000;
const probeTimeoutMs = 5_000;

/**
 * Null where no option asks for a registry.
 *
 * @throws UsageError where the options cannot work, with the reason.
 */
export function registryConfig(options: RegistryOptions, cwd: string, environment: Environment): RegistryConfig | null {
  const tokens = [...options.relayToken, ...(environment.JARVISCORE_FLEET_RELAY_TOKEN ?? '').split(',')]
    .map((token) => token.trim())
    .filter((token) => token !== '');
  const workspaceKey = environment.JARVISCORE_FLEET_RELAY_WORKSPACE_KEY || null;
  if (options.relay !== undefined && tokens.length === 0 && workspaceKey === null) {
    throw new UsageError(
      '--relay needs a token, or nobody could connect: --relay-token TOKEN, or JARVISCORE_FLEET_RELAY_TOKEN (comma separated).',
    );
  }
  if (options.relay === undefined && options.relayToken.length > 0)
    throw new UsageError('--relay-token needs --relay HOST:PORT.');
  const config: RegistryConfig = {
    store: options.store === undefined ? null : { path: resolve(cwd, options.store), ageLimitMs: options.forgetAfter * 1000 },
    hub:
      options.relay === undefined
        ? null
        : { listen: listenAt('--relay', options.relay), tokens: [...new Set(tokens)], workspaceKey },
    coordinator:
      options.coordinator === undefined
        ? null
        : { listen: listenAt('--coordinator', options.coordinator), pollMs, probeTimeoutMs },
    announce: options.announce.map((url) => announcement(url, options, environment)),
  };
  const wanted = config.store !== null || config.hub !== null || config.coordinator !== null || config.announce.length > 0;
  return wanted ? config : null;
}

/** What a person should know about addresses that others can reach, one sentence each. */
export function openings(config: RegistryConfig): string[] {
  const texts: string[] = [];
  if (config.hub !== null && !config.hub.listen.host.startsWith('127.')) {
    texts.push(
      `The relay hub is reachable at ${config.hub.listen.host}: its tokens and all frames cross the network unencrypted.`,
    );
  }
  if (config.coordinator !== null && !config.coordinator.listen.host.startsWith('127.')) {
    texts.push(
      `The coordinator is reachable at ${config.coordinator.listen.host}: CircuitForge agents send no token, so everybody there can register nodes.`,
    );
  }
  return texts;
}

function listenAt(option: string, text: string) {
  const { host, port } = splitAddress(option, text);
  return { host: numericHost(option, text, host), port: port === 0 ? null : port };
}

function announcement(text: string, options: RegistryOptions, environment: Environment): AnnounceConfig {
  const url = URL.canParse(text) ? new URL(text) : null;
  const nodeId = options.announceId ?? options.name;
  const base = url === null ? '' : `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`;
  if (url?.protocol === 'ws:' || url?.protocol === 'wss:') {
    const token = options.announceToken ?? environment.JARVISCORE_FLEET_ANNOUNCE_TOKEN ?? null;
    return { kind: 'relay', url: base, token: token || null, nodeId, name: options.name, maxAgents: options.maxAgents };
  }
  if (url?.protocol === 'http:' || url?.protocol === 'https:') {
    // The coordinator has to reach us where the node lives.
    const host =
      options.bind === undefined ? '127.0.0.1' : numericHost('--bind', options.bind, splitAddress('--bind', options.bind).host);
    return { kind: 'circuitforge', url: base, nodeId: options.name || hostname(), listen: { host, port: null } };
  }
  throw new UsageError(
    `--announce ${text}: write ws://HOST:PORT for a relay fleet, http://HOST:PORT for a CircuitForge coordinator.`,
  );
}
