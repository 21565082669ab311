/** The addresses a process will use, derived from its settings. */
import { compareReleases, type Release } from '#schemas/settings/catalogue.ts';
import type { EffectiveSetting, Literal, ProcessDeclaration, ProcessPorts } from './types.ts';

type Settings = ReadonlyMap<string, EffectiveSetting>;

function typed(settings: Settings, name: string): Literal | undefined {
  return settings.get(name)?.winner.typed;
}

/** The framework formats the port into an address, so a Mesh dict may give digits as text. */
function integer(value: Literal | undefined): number | null {
  if (typeof value === 'number') return Number.isInteger(value) ? value : null;
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : null;
}

function seedList(value: Literal | undefined): string[] {
  const items = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  return items.flatMap((item: Literal) => (typeof item === 'string' && item.trim() !== '' ? [item.trim()] : []));
}

function enabled(settings: Settings, declaration: ProcessDeclaration, release: Release): boolean | null {
  if (declaration.kind === 'join-mesh') return true;
  const setting = settings.get('P2P_ENABLED');
  const own = setting?.winner.origin.kind === 'mesh-config' ? setting.winner : null;
  if (compareReleases(release, '1.1.0') < 0) {
    // 1.0: the mode decides, or the dict; the environment is ignored (core/mesh.py:261 of 1.0.2).
    // The first argument of JarvisLifespan is an agent.
    const mode = (declaration.facts.mode ?? (declaration.kind === 'lifespan' ? undefined : declaration.facts['#0']))?.value;
    if (mode?.kind === 'literal' && (mode.literal === 'p2p' || mode.literal === 'distributed')) return true;
    if (own !== null) return own.typed === undefined ? null : Boolean(own.typed);
    if (mode?.kind === 'unknown' || declaration.open) return null;
    return declaration.kind === 'lifespan' && mode === undefined;
  }
  if (own !== null) return own.typed === undefined ? null : Boolean(own.typed);
  if (declaration.open) return null;
  const value = setting?.winner.typed;
  return typeof value === 'boolean' ? value : null;
}

/** Null wherever the files do not say. */
export function portsOf(settings: Settings, declaration: ProcessDeclaration, release: Release): ProcessPorts {
  const host = typed(settings, 'JARVISCORE_BIND_HOST');
  let swim = integer(typed(settings, 'JARVISCORE_BIND_PORT'));
  // join_mesh() looks for a free port itself when it is told 0 (core/agent.py).
  if (swim === 0 && declaration.kind === 'join-mesh') swim = null;
  const offset = integer(typed(settings, 'ZMQ_PORT_OFFSET'));
  let seeds = seedList(typed(settings, 'JARVISCORE_SEED_NODES'));
  if (declaration.kind === 'join-mesh') {
    // core/agent.py: the seed argument or environment beats the endpoint, which beats the dict.
    for (const name of ['endpoint', 'seed_nodes']) {
      const given = declaration.facts[name]?.value;
      if (given?.kind === 'literal' && given.literal !== null && given.literal !== '') seeds = seedList(given.literal);
    }
  }
  return {
    host: typeof host === 'string' ? host : null,
    swim,
    zmq: swim === null || offset === null ? null : swim + offset,
    offset,
    seeds,
    p2pEnabled: enabled(settings, declaration, release),
  };
}
