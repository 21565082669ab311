/** Ports, offset and bind host of one process. */

import { fix, replaceValue } from '../fixes.ts';
import { setCandidate } from '../processFixes.ts';
import { isLoopback, isWildcard, type ProcessView } from '../processView.ts';
import { documentRule, processRule, type Rule } from '../rule.ts';
import { readNumber } from '../values/pydantic.ts';
import { splitUrl } from '../values/urls.ts';
import { type WrittenValue, writtenValues } from '../values/writtenValues.ts';
import { choosesPort } from './freePort.ts';
import { withoutP2p } from './outcome.ts';

/** The number of a value in either layer; null where it is none. */
function numberOf(value: WrittenValue): number | null {
  if (typeof value.literal === 'number') return value.literal;
  return value.text === null ? null : readNumber(value.text);
}

const isBindPort = (value: WrittenValue): boolean => value.setting.envName === 'JARVISCORE_BIND_PORT';
const isOffset = (value: WrittenValue): boolean => value.setting.envName === 'ZMQ_PORT_OFFSET';

function runsP2p(process: ProcessView): boolean {
  return process.process.ports.p2pEnabled !== false;
}

/** `Port 80 lies`, `Ports 23 and 1023 lie`. */
const portsLie = (ports: readonly number[]): string =>
  ports.length === 1 ? `Port ${ports[0]} lies` : `Ports ${ports.join(' and ')} lie`;

export const portRules: readonly Rule[] = [
  documentRule('port-out-of-range', (context, report) => {
    for (const value of writtenValues(context.document, context.target)) {
      if (value.setting.type !== 'port' || value.converter === 'container') continue;
      const port = numberOf(value);
      if (port === null || !Number.isInteger(port) || (port >= 1 && port <= 65535) || (port === 0 && isBindPort(value))) continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        message: `${value.label}: ${port} is no port; ports are 1 to 65535.`,
      });
    }
  }),

  documentRule('bind-port-zero', (context, report) => {
    for (const value of writtenValues(context.document, context.target)) {
      if (!isBindPort(value) || numberOf(value) !== 0 || choosesPort(value, context.document)) continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        message: `${value.label}: SWIM needs a port from 1 to 65535 and refuses 0, so the mesh ${withoutP2p(context.target)}. Only join_mesh(config={"bind_port": 0}) chooses a free one.`,
      });
    }
  }),

  documentRule('zmq-offset-zero', (context, report) => {
    for (const value of writtenValues(context.document, context.target)) {
      if (!isOffset(value) || numberOf(value) !== 0) continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        message: `${value.label}: with offset 0 the ZMQ socket wants the TCP port SWIM already has.`,
        fixes: fix('Use the offset 1000', false, replaceValue(context.document, value.assignment, '1000', '1000')),
      });
    }
  }),

  documentRule('zmq-offset-negative', (context, report) => {
    for (const value of writtenValues(context.document, context.target)) {
      const offset = isOffset(value) ? numberOf(value) : null;
      if (offset === null || offset >= 0) continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        message: `${value.label}: ${offset} puts the ZMQ port below the SWIM port; use a positive offset, 1000 by default.`,
      });
    }
  }),

  documentRule('zmq-offset-nonstandard', (context, report) => {
    for (const value of writtenValues(context.document, context.target)) {
      const offset = isOffset(value) ? numberOf(value) : null;
      if (offset === null || offset <= 0 || offset === 1000) continue;
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        message: `${value.label}: ${offset} works where every node has it, but swim-p2p falls back to +1000 in two places.`,
      });
    }
  }),

  processRule('zmq-port-overflow', ({ process, documents, target }, report) => {
    const { swim, offset } = process.process.ports;
    if (swim === null || offset === null || !runsP2p(process) || swim > 65535 || swim + offset <= 65535) return;
    // Below the ports systems take for outgoing connections, with its ZMQ port.
    const port = 32767 - offset;
    const edit =
      port < 1024
        ? null
        : setCandidate(documents, process.written('JARVISCORE_BIND_PORT'), { text: String(port), literal: String(port) });
    report({
      at: process.placeOf('JARVISCORE_BIND_PORT'),
      setting: 'JARVISCORE_BIND_PORT',
      message: `${swim} + ${offset} = ${swim + offset}: the ZMQ port would lie above 65535, so ${process.name} ${withoutP2p(target)}.`,
      related: process.relatedTo('ZMQ_PORT_OFFSET', `Offset ${offset}`),
      fixes: fix(`Use port ${port}`, false, edit),
    });
  }),

  processRule('port-privileged', ({ process }, report) => {
    const { swim, zmq } = process.process.ports;
    if (swim === null || swim < 1 || !runsP2p(process)) return;
    const low = [swim, zmq ?? swim].filter((port) => port < 1024 && port > 0);
    if (low.length === 0) return;
    report({
      at: process.placeOf('JARVISCORE_BIND_PORT'),
      setting: 'JARVISCORE_BIND_PORT',
      message: `${portsLie(low)} below 1024; most systems let only privileged processes bind it.`,
    });
  }),

  processRule('port-ephemeral', ({ process }, report) => {
    const { swim, zmq } = process.process.ports;
    if (swim === null || !runsP2p(process) || process.written('JARVISCORE_BIND_PORT') === undefined) return;
    const ephemeral = [swim, ...(zmq === null ? [] : [zmq])].filter((port) => port >= 32768 && port <= 65535);
    if (ephemeral.length === 0) return;
    report({
      at: process.placeOf('JARVISCORE_BIND_PORT'),
      setting: 'JARVISCORE_BIND_PORT',
      message: `${portsLie(ephemeral)} where systems take ports for outgoing connections (32768 and up on Linux, 49152 and up elsewhere); it may be taken at start.`,
    });
  }),

  processRule('port-docker-swarm', ({ process }, report) => {
    const { swim, host } = process.process.ports;
    if (swim !== 7946 || !runsP2p(process) || process.written('JARVISCORE_BIND_PORT') === undefined) return;
    // A node for this machine alone is a try; those of a swarm talk to each other.
    if (host !== null && isLoopback(host)) return;
    report({
      at: process.placeOf('JARVISCORE_BIND_PORT'),
      setting: 'JARVISCORE_BIND_PORT',
      message: 'Port 7946 is also the gossip port of Docker Swarm; on a swarm node choose another.',
    });
  }),

  documentRule('bind-host-invalid', (context, report) => {
    for (const value of writtenValues(context.document, context.target)) {
      if (value.setting.envName !== 'JARVISCORE_BIND_HOST' || value.text === null) continue;
      const text = value.text.trim();
      if (/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(text)) continue;
      const empty = text === '';
      const why = empty
        ? 'is empty: swim-p2p then takes whatever address routes to the internet'
        : splitUrl(text) !== null
          ? 'is a URL; write the host alone'
          : text.includes(':')
            ? 'contains ":"; write an IPv4 address or a host name, the port belongs to JARVISCORE_BIND_PORT'
            : 'is no host name or IPv4 address';
      report({
        at: context.placeOf(value.assignment),
        setting: value.assignment.name,
        ...(empty ? { severity: 'warning' } : {}),
        message: `${value.label} ${why}.`,
      });
    }
  }),

  processRule('wildcard-node-id', ({ process }, report) => {
    const { host, swim, seeds } = process.process.ports;
    if (host === null || !isWildcard(host) || !runsP2p(process) || process.written('JARVISCORE_BIND_HOST') === undefined) return;
    report({
      at: process.placeOf('JARVISCORE_BIND_HOST'),
      setting: 'JARVISCORE_BIND_HOST',
      ...(seeds.length === 0 ? { severity: 'info' } : {}),
      message: `Bound to ${host}, the node is reachable but calls itself ${host}:${swim ?? 7946}; peers cannot call it back by that name, and two hosts with this port get one id. Bind the node's own address.`,
    });
  }),

  processRule('bind-host-public', ({ process }, report) => {
    const { host } = process.process.ports;
    if (host === null || !isPublicAddress(host) || !runsP2p(process)) return;
    report({
      at: process.placeOf('JARVISCORE_BIND_HOST'),
      setting: 'JARVISCORE_BIND_HOST',
      message: `${host} is a public address; SWIM and ZMQ have no authentication, keep both ports in a private network.`,
    });
  }),

  processRule('default-service-clash', ({ process }, report) => {
    const used = new Map<string, string>();
    for (const name of ['ATHENA_URL', 'NEXUS_GATEWAY_URL', 'SEARXNG_INSTANCE_URL']) {
      const text = process.isSet(name) ? process.text(name) : null;
      const parts = text === null ? null : splitUrl(text);
      if (parts === null || !['localhost', '127.0.0.1'].includes(parts.host)) continue;
      const port = String(parts.port ?? (parts.scheme === 'https' ? 443 : 80));
      const first = used.get(port);
      if (first === undefined) {
        used.set(port, name);
        continue;
      }
      report({
        at: process.placeOf(name),
        setting: name,
        message: `${name} and ${first} point to the same local port ${port}; three bundled services default to 8080, only one can have it.`,
        related: process.relatedTo(first, first),
      });
    }
  }),
];

/** Whether an IPv4 address is routed on the internet. */
export function isPublicAddress(host: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host);
  if (match === null) return false;
  const [a = 0, b = 0] = match.slice(1).map(Number);
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
  return !(
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128)
  );
}
