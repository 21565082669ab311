/** What the doctor examines: declared nodes, with the lines that decide about their addresses, and addresses a person names. */
import type { Place } from '#schemas/fleet/view.ts';
import type { DeclaredProcess } from '../config/model/types.ts';
import { type DeclaredMember, isOnThisMachine, splitAddress } from '../fleet/declared.ts';

/** Lines that decide about one part of an address, the strongest first. */
export interface Lines {
  readonly host: readonly Place[];
  readonly port: readonly Place[];
  readonly offset: readonly Place[];
  readonly seeds: readonly Place[];
}

export interface Target {
  /** Row in Fleet Peers. */
  readonly row: string | null;
  readonly name: string;
  readonly host: string | null;
  readonly port: number | null;
  /** SWIM port + offset. */
  readonly zmqPort: number | null;
  readonly offset: number | null;
  /** `host:port` as written. */
  readonly seeds: readonly string[];
  readonly declared: boolean;
  /** Network of a container: its addresses mean nothing outside of it. */
  readonly container: 'compose' | 'kubernetes' | null;
  readonly lines: Lines;
}

const none: Lines = { host: [], port: [], offset: [], seeds: [] };
/** What swim-p2p adds where nothing else is known. */
const usualOffset = 1_000;

export function declaredTarget({ declaration, process }: DeclaredMember): Target {
  const { host, port, zmqPort, seeds, node } = declaration;
  return {
    row: declaration.rowId,
    name: node.name,
    host,
    port,
    zmqPort,
    offset: process.ports.offset,
    seeds,
    declared: true,
    container: containerOf(process),
    lines: {
      host: linesOf(process, 'JARVISCORE_BIND_HOST'),
      port: linesOf(process, 'JARVISCORE_BIND_PORT'),
      offset: linesOf(process, 'ZMQ_PORT_OFFSET'),
      seeds: linesOf(process, 'JARVISCORE_SEED_NODES'),
    },
  };
}

/** @returns null where `address` is not HOST:PORT. */
export function namedTarget(address: string, row: string | null, name: string = address): Target | null {
  const split = splitAddress(address);
  if (split === null) return null;
  const { host, port } = split;
  const zmqPort = port + usualOffset;
  return {
    row,
    name,
    host,
    port,
    zmqPort: zmqPort <= 65_535 ? zmqPort : null,
    offset: usualOffset,
    seeds: [],
    declared: false,
    container: null,
    lines: none,
  };
}

/** Where the winning value stands; where it is a default, the line that declares the process, because there it would be set. */
function linesOf(process: DeclaredProcess, name: string): readonly Place[] {
  const origin = process.settings.get(name)?.winner.origin;
  const own = { uri: process.uri, range: process.declaration.range };
  return origin?.uri != null && origin.range !== null ? [{ uri: origin.uri, range: origin.range }] : [own];
}

/** A container with a network of its own has its service as host group; with the network of its machine it has the machine. */
function containerOf({ deployment, hostGroup }: DeclaredProcess): Target['container'] {
  return (deployment === 'compose' || deployment === 'kubernetes') && hostGroup.includes('#') ? deployment : null;
}

/** One spelling of an address for comparing: names and wildcards of this machine count as 127.0.0.1. */
export function comparable(address: string): string {
  const split = splitAddress(address);
  if (split === null) return address;
  const host = isOnThisMachine(split.host) && !/^127\.\d+\.\d+\.\d+$/.test(split.host) ? '127.0.0.1' : split.host;
  return `${host}:${split.port}`;
}

export function addressOf({ host, port }: Pick<Target, 'host' | 'port'>): string | null {
  return host === null || port === null ? null : `${host}:${port}`;
}

/** Whether nobody can call a node back that announces this host. */
export function isWildcardHost(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '*';
}
