/** Options of `node` as a configuration of the mesh host. */

import { isIPv4, isIPv6 } from 'node:net';
import type { NodeConfig } from '#schemas/fleet/mesh.ts';
import { ackTimeoutMs } from '../mesh/keepalive/ackTimeout.ts';
import { UsageError } from './context.ts';

export interface NodeOptions {
  readonly bind?: string;
  readonly zmqOffset: number;
  /** Seconds. */
  readonly keepaliveInterval: number;
  readonly keepaliveBackoff: number;
  readonly allowZeroPeers: boolean;
  readonly seed: readonly string[];
  readonly name: string;
  readonly forgetAfter: number;
  readonly json?: boolean;
  readonly autoReadmit?: boolean;
}

/**
 * The framework's own `activity_suppress_window` (p2p/coordinator.py of 3.0.0), milliseconds. It shrinks with a shorter
 * interval: a window above it would silence every keepalive.
 */
const suppressWindowMs = 60_000;

/** @throws UsageError where the options cannot work, with the reason. */
export function nodeConfig(options: NodeOptions): NodeConfig {
  const bind = options.bind === undefined ? { host: '127.0.0.1', port: null } : bindAddress(options.bind);
  if (bind.port !== null && bind.port + options.zmqOffset > 65_535) {
    throw new UsageError(`--bind ${options.bind}: port ${bind.port} plus --zmq-offset ${options.zmqOffset} is above 65535.`);
  }
  if (options.zmqOffset > 64_534) throw new UsageError(`--zmq-offset ${options.zmqOffset} leaves no room for a port.`);
  if (options.name === '' || options.name.length > 200) throw new UsageError('--name needs 1 to 200 characters.');
  return {
    host: bind.host,
    port: bind.port,
    zmqOffset: options.zmqOffset,
    name: options.name,
    seeds: options.seed.map(seedAddress),
    avoidPorts: [],
    keepalive: {
      enabled: true,
      intervalMs: options.keepaliveInterval * 1000,
      backoffMs: options.keepaliveBackoff * 1000,
      suppressWindowMs: Math.min(suppressWindowMs, (options.keepaliveInterval * 1000 * 2) / 3),
      ackTimeoutMs: ackTimeoutMs(options.keepaliveInterval * 1000),
      allowZeroPeers: options.allowZeroPeers,
    },
    forgetAfterMs: options.forgetAfter * 1000,
    autoReadmit: options.autoReadmit === true,
  };
}

function bindAddress(text: string): { readonly host: string; readonly port: number | null } {
  const { host, port } = splitAddress('--bind', text);
  return { host: numericHost('--bind', text, host), port: port === 0 ? null : port };
}

function seedAddress(text: string): string {
  const { host, port } = splitAddress('--seed', text);
  if (port === 0) throw new UsageError(`--seed ${text}: a seed needs its port.`);
  return `${numericHost('--seed', text, host)}:${port}`;
}

export function splitAddress(option: string, text: string): { readonly host: string; readonly port: number } {
  const colon = text.lastIndexOf(':');
  const host = text.slice(0, Math.max(0, colon)).replace(/^\[(.*)\]$/, '$1');
  const digits = text.slice(colon + 1);
  const port = Number(digits);
  if (isIPv6(text) || isIPv6(host)) {
    throw new UsageError(
      `${option} ${text}: the mesh protocol splits addresses at ":", so IPv6 cannot work. Use a numeric IPv4 address.`,
    );
  }
  if (colon < 1 || !/^\d{1,5}$/.test(digits) || port > 65_535)
    throw new UsageError(`${option} ${text}: write it as HOST:PORT, e.g. 127.0.0.1:7946.`);
  return { host, port };
}

export function numericHost(option: string, text: string, host: string): string {
  if (host === '0.0.0.0') {
    throw new UsageError(
      `${option} ${text}: peers call a node back at the address it announces, and nobody can call 0.0.0.0. Name one interface.`,
    );
  }
  if (!isIPv4(host)) {
    throw new UsageError(
      `${option} ${text}: peers compare addresses as text, so a name never matches its own packets. Use a numeric IPv4 address.`,
    );
  }
  return host;
}
