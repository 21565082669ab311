/** The ports a process will ask for with the environment it gets. Pure. */
import type { DeclaredProcess } from '../config/model/types.ts';
import type { WantedPorts } from './ports.ts';

/**
 * The files decide, unless the environment of the command that starts it holds another value: that beats an env file, as
 * it does for the framework; a Mesh dict beats both.
 *
 * @returns null where P2P is off, or the files do not tell a port.
 */
export function wantedPorts(process: DeclaredProcess, environment: Readonly<Record<string, string>>): WantedPorts | null {
  if (process.ports.p2pEnabled === false) return null;
  const given = (name: string): string | undefined =>
    process.settings.get(name)?.winner.origin.kind === 'mesh-config' ? undefined : environment[name];
  const number = (name: string, known: number | null): number | null => {
    const text = given(name);
    return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : known;
  };
  const swim = number('JARVISCORE_BIND_PORT', process.ports.swim);
  const offset = number('ZMQ_PORT_OFFSET', process.ports.offset);
  const host = given('JARVISCORE_BIND_HOST') ?? process.ports.host;
  // Port 0 lets a helper of the framework choose.
  if (swim === null || swim === 0 || host === null) return null;
  return { name: process.name, host, swim, zmq: offset === null ? null : swim + offset };
}
