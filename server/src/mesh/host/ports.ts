import type { NodeConfig, NodeError } from '#schemas/fleet/mesh.ts';
import { isIpv4 } from './commands.ts';

/** Below Linux' ephemeral range (32768 and up): a port in it may be some connection's own end a moment later. */
const firstPort = 20_000;
const lastPort = 30_999;
const attempts = 50;
const highestSwimPort = 64_535;

/** Why this node cannot have that identity; null: it can. */
export function checkAddress(config: NodeConfig): NodeError | null {
  const { host, port, zmqOffset } = config;
  const remedy = 'Bind 127.0.0.1, or the numeric IPv4 address at which the other nodes reach this machine.';
  if (host === '0.0.0.0') {
    return {
      code: 'bad-address',
      message: 'A node bound to 0.0.0.0 announces itself as 0.0.0.0, where no peer can send to.',
      remedy,
    };
  }
  if (host.includes(':')) {
    return {
      code: 'bad-address',
      message: `${host} is IPv6: the protocol splits addresses at ":" and skips such members.`,
      remedy,
    };
  }
  if (!isIpv4(host)) {
    return {
      code: 'bad-address',
      message: `${host} is a name: peers compare a PONG's source address with the member's text and would count none.`,
      remedy,
    };
  }
  if (port !== null && port > highestSwimPort) {
    return {
      code: 'bad-address',
      message: `Port ${port} is above ${highestSwimPort}: Python peers add 1000 for ZeroMQ, and a higher port ends their UDP transport.`,
      remedy: `Choose a port up to ${highestSwimPort}.`,
    };
  }
  if (port !== null && port + zmqOffset > 65_535) {
    return {
      code: 'bad-address',
      message: `Port ${port} with ZeroMQ offset ${zmqOffset} gives ${port + zmqOffset}, which is no port.`,
      remedy: 'Choose a lower port or offset.',
    };
  }
  return null;
}

/** Ports to try, one after another: the wanted one, or random ones that no declared node needs. */
export function* candidatePorts(config: NodeConfig, random: () => number): Generator<number> {
  if (config.port !== null) {
    yield config.port;
    return;
  }
  const avoid = new Set(config.avoidPorts);
  const highest = Math.min(lastPort, 65_535 - config.zmqOffset);
  const lowest = Math.min(firstPort, Math.max(1_024, highest - 1_000));
  if (highest < lowest) return;
  let left = attempts;
  for (let tries = 0; left > 0 && tries < attempts * 20; tries++) {
    const port = lowest + Math.floor(random() * (highest - lowest + 1));
    // A sibling of ours on port + offset, or - offset, would collide with one of the two.
    if (avoid.has(port) || avoid.has(port + config.zmqOffset)) continue;
    left -= 1;
    yield port;
  }
}
