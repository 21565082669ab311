/** From what the probes saw to the steps about reaching a node: its configuration, its name, UDP, TCP, ZeroMQ. Pure. */
import type { Cause, CauseCode, DoctorStep, StepResult } from '#schemas/fleet/doctor.ts';
import type { Place } from '#schemas/fleet/view.ts';
import type { Observation, TcpSeen } from './observation.ts';
import { isWildcardHost, type Target } from './targets.ts';

export const cause = (code: CauseCode, text: string): Cause => ({ code, text });

export function passed(step: DoctorStep, message: string): StepResult {
  return { step, status: 'pass', message, causes: [], evidence: [], remedy: null };
}

export function unknown(step: DoctorStep, message: string): StepResult {
  return { step, status: 'unknown', message, causes: [], evidence: [], remedy: null };
}

export function skipped(step: DoctorStep, because: string): StepResult {
  return { step, status: 'skipped', message: because, causes: [], evidence: [], remedy: null };
}

export function failed(
  step: DoctorStep,
  message: string,
  causes: readonly Cause[],
  evidence: readonly Place[],
  remedy: string,
): StepResult {
  return { step, status: 'fail', message, causes: [...causes], evidence: [...evidence], remedy };
}

/** IPv6 literals come with or without brackets; no name has a colon. */
const isIpv6 = (host: string): boolean => host.includes(':');
const isIpv4 = (host: string): boolean => /^(?:\d{1,3}\.){3}\d{1,3}$/.test(host);

export function judgeConfig(target: Target): StepResult {
  const { host, port, zmqPort, lines } = target;
  if (host === null || port === null) {
    return failed(
      'config',
      'The files do not say at which address it listens.',
      [cause('no-address', 'its host or port comes from something that is only known when it runs (an environment variable)')],
      host === null ? lines.host : lines.port,
      'Set JARVISCORE_BIND_HOST and JARVISCORE_BIND_PORT in its env file or Mesh(config={...}), or name its address: doctor PATH --address HOST:PORT.',
    );
  }
  if (isWildcardHost(host)) {
    return failed(
      'config',
      `It binds ${host}, and what it binds is what it announces: peers cannot send to ${host}:${port}.`,
      [cause('wildcard-identity', `the wildcard address ${host} as identity: nobody can call it back`)],
      lines.host,
      'Bind the numeric IPv4 address at which the other nodes reach it.',
    );
  }
  if (zmqPort !== null && zmqPort > 65_535) {
    return failed(
      'config',
      `Port ${port} plus the ZeroMQ offset gives ${zmqPort}, which is no port.`,
      [cause('wrong-offset', 'the offset leads beyond port 65535')],
      lines.port,
      'Choose a lower port: swim-p2p needs one up to 64535.',
    );
  }
  if (isIpv6(host)) {
    return failed(
      'config',
      `It is configured with the IPv6 address ${host}: members are known by IPv4 addresses only.`,
      [cause('not-ipv4', 'an IPv6 address, where the mesh protocol has IPv4 only')],
      lines.host,
      'Write the numeric IPv4 address at which the other nodes reach it.',
    );
  }
  if (!isIpv4(host)) {
    return failed(
      'config',
      `It is configured with the name ${host}: peers compare the source address of an answer with the member's text, so a name never matches.`,
      [cause('name-identity', 'a name as identity, where peers need a numeric IPv4 address')],
      lines.host,
      'Write the numeric IPv4 address behind the name.',
    );
  }
  const zmq = zmqPort === null ? 'ZeroMQ port not known' : `ZeroMQ ${zmqPort}`;
  return passed('config', `${target.declared ? 'Declared' : 'Named'} as ${host}:${port}, ${zmq}.`);
}

export function judgeName({ host, lines }: Target, { resolved, unresolved }: Observation): StepResult {
  if (resolved === null && host !== null && isIpv6(host)) {
    const causes = [cause('not-ipv4', 'an IPv6 address, where the mesh protocol has IPv4 only')];
    return failed('name', `${host} is an IPv6 address.`, causes, lines.host, 'Write the numeric IPv4 address of the node.');
  }
  if (resolved === null) {
    return failed(
      'name',
      `${host ?? 'Its host'} does not resolve to an IPv4 address${unresolved === null ? '' : ` (${unresolved})`}.`,
      [
        cause('unknown-name', 'the name is misspelt, or known only where the node runs (the service name of a container)'),
        cause('container-network', 'the name belongs to another network than this one'),
      ],
      lines.host,
      'Write the numeric IPv4 address of the node.',
    );
  }
  return passed('name', resolved === host ? `${resolved} is numeric.` : `${host} is ${resolved}.`);
}

/** Why something at this address does not answer, the likeliest first. `step` decides what can be excluded. */
function absence(target: Target, seen: Observation, refused: boolean): readonly Cause[] {
  const { around } = seen;
  const port = target.port ?? 0;
  const causes: Cause[] = [];
  if (around !== null && around.answersAt.length > 0) {
    const at = around.answersAt.join(' and ');
    causes.push(cause('bound-elsewhere', `bound to another interface: a node answers at ${at}`));
    return causes;
  }
  if (around?.stopped === true) {
    causes.push(cause('process-stopped', `${around.holder ?? 'its process'} stands still: a debugger or SIGSTOP`));
    return causes;
  }
  const service = seen.tcp.kind === 'accepted' ? seen.tcp.service : null;
  if (service !== null) return [cause('other-service', `port ${port} belongs to ${service}, no node of a mesh`)];
  if (target.container !== null) {
    causes.push(
      cause(
        'container-network',
        `the ${target.container === 'compose' ? 'service' : 'pod'} has a network of its own: only published ports are reached from here, and UDP is published apart from TCP (${port}:${port}/udp)`,
      ),
    );
  }
  if (seen.tcp.kind === 'accepted') {
    const who = around?.holder == null ? 'something else' : around.holder;
    if (refused)
      causes.push(cause('other-service', `TCP port ${port} is held by ${who}, which has no UDP socket there: no node`));
    else
      causes.push(
        cause('firewall', `a firewall that lets TCP through and drops UDP port ${port}`),
        cause('other-service', `TCP port ${port} is held by ${who}`),
      );
    return causes;
  }
  causes.push(cause('not-started', 'it is not started, or its start failed'));
  if (around?.local !== true) {
    causes.push(cause('bound-elsewhere', 'it is bound to loopback or another interface of its machine'));
    causes.push(cause('firewall', `a firewall in between drops port ${port}`));
  }
  return causes;
}

const portOf = (address: string): string => address.slice(address.lastIndexOf(':') + 1);

export function judgeUdp(target: Target, seen: Observation): StepResult {
  const { udp } = seen;
  const at = `${seen.resolved}:${target.port}`;
  switch (udp.kind) {
    case 'pong':
      if (udp.source === at) return passed('udp', `Answered a PING in ${udp.rttMs.toFixed(1)} ms.`);
      return failed(
        'udp',
        `Asked at ${at}, it answered from ${udp.source}: peers compare the two as text and count no such answer.`,
        [cause('bound-elsewhere', `its machine answers from another interface, ${udp.source}`)],
        target.lines.host,
        `Bind and announce ${udp.source.slice(0, udp.source.lastIndexOf(':'))}, or ask it under that address.`,
      );
    case 'foreign':
      return failed(
        'udp',
        `UDP port ${target.port} answered, but not as a node does: ${udp.service}.`,
        [cause('other-service', `another program holds UDP port ${target.port}`)],
        target.lines.port,
        `Stop that program, or choose another port.`,
      );
    case 'failed':
      return failed(
        'udp',
        `No datagram could be sent to ${at}: ${udp.why}.`,
        [cause('firewall', 'no route to that address, or a local firewall forbids it')],
        target.lines.host,
        'Check that this machine has a route to that address.',
      );
    default: {
      const causes = absence(target, seen, udp.kind === 'refused');
      const how =
        udp.kind === 'refused'
          ? 'refused: nothing holds that UDP port there'
          : `no answer in ${(udp.afterMs / 1000).toFixed(1)} s`;
      return failed('udp', `PING to ${at}: ${how}.`, causes, linesFor(target, causes), remedyFor(target, seen, causes));
    }
  }
}

function linesFor({ lines }: Target, causes: readonly Cause[]): readonly Place[] {
  return causes[0]?.code === 'bound-elsewhere' ? lines.host : lines.port;
}

function remedyFor(target: Target, { around }: Observation, [first]: readonly Cause[]): string {
  switch (first?.code) {
    case 'bound-elsewhere': {
      const at = around?.answersAt[0];
      if (at === undefined) break;
      return portOf(at) === String(target.port)
        ? `Let both agree on one address: set bind_host to ${at.slice(0, at.lastIndexOf(':'))}, or start it bound to ${target.host}.`
        : `Write ${at}, where it answers.`;
    }
    case 'process-stopped':
      return 'Let the process continue; its fleet takes it for dead meanwhile.';
    case 'other-service':
      return `Stop that program, or give the node another port than ${target.port}.`;
    case 'container-network':
      return `Publish port ${target.port} for TCP and for UDP, and the ZeroMQ port, or run the doctor inside that network.`;
    case 'firewall':
      return `Let UDP and TCP port ${target.port} and TCP port ${target.zmqPort ?? 'of ZeroMQ'} through.`;
    default:
      break;
  }
  return target.declared
    ? `Start it: jarviscore-fleet run PATH --process ${target.name}. If it is started, its log says which address it bound.`
    : 'Start it, or correct the address.';
}

function connectionText(seen: Exclude<TcpSeen, { kind: 'accepted' }>): string {
  if (seen.kind === 'refused') return 'refused: nothing listens there';
  return seen.kind === 'silent' ? `no answer in ${(seen.afterMs / 1000).toFixed(1)} s` : seen.why;
}

export function judgeTcp(target: Target, seen: Observation): StepResult {
  const { tcp, udp } = seen;
  const at = `${seen.resolved}:${target.port}`;
  if (tcp.kind === 'accepted') {
    if (tcp.service === null) return passed('tcp', `${at} accepts connections.`);
    return failed(
      'tcp',
      `${at} accepts, but it is ${tcp.service}.`,
      [cause('other-service', `another program holds TCP port ${target.port}`)],
      target.lines.port,
      'Stop that program, or choose another port.',
    );
  }
  const message = `Connection to ${at}: ${connectionText(tcp)}.`;
  if (udp.kind !== 'pong') {
    const causes = absence(target, seen, tcp.kind === 'refused');
    return failed('tcp', message, causes, linesFor(target, causes), remedyFor(target, seen, causes));
  }
  const publish = target.container === null ? '' : `, or only UDP is published (write ${target.port}:${target.port} as well)`;
  const only = cause('udp-only', `it answers UDP only: the TCP side of its start failed${publish}`);
  const wall = cause('firewall', `a firewall lets UDP through and stops TCP port ${target.port}`);
  return failed(
    'tcp',
    `${message} UDP answers: rosters of more than ten members, which go over TCP, never arrive.`,
    tcp.kind === 'refused' ? [only, wall] : [wall, only],
    target.lines.port,
    `Let TCP port ${target.port} through as well; a node needs its port for UDP and TCP.`,
  );
}

export function judgeZmq(target: Target, seen: Observation): StepResult {
  const { zmq, around } = seen;
  if (zmq === null || target.zmqPort === null) return unknown('zmq', 'The files do not say which ZeroMQ port it has.');
  const at = `${seen.resolved}:${target.zmqPort}`;
  switch (zmq.kind) {
    case 'ready':
      if (zmq.socketType === 'ROUTER') return passed('zmq', `${at} completed the ZeroMQ handshake as ROUTER.`);
      return failed(
        'zmq',
        `${at} is a ZeroMQ socket of type ${zmq.socketType}; a node has a ROUTER there.`,
        [cause('other-service', 'another ZeroMQ program holds that port')],
        target.lines.offset,
        'Stop that program, or choose another port.',
      );
    case 'not-zmtp':
      return failed(
        'zmq',
        `${at} accepts, but it does not speak ZeroMQ: it is ${zmq.service}.`,
        [cause('other-service', `another program holds TCP port ${target.zmqPort}`)],
        target.lines.port,
        'Stop that program, or choose a port whose ZeroMQ port is free.',
      );
    case 'mute':
    case 'handshake-refused': {
      const how = zmq.kind === 'mute' ? `did not finish the handshake in ${(zmq.afterMs / 1000).toFixed(1)} s` : zmq.what;
      const message = `${at} accepts, but the ZeroMQ handshake was not completed: ${how}.`;
      if (around?.stopped === true) {
        // The system still accepts for it, and its PONG may be from just before.
        const causes = absence(target, seen, false);
        return failed('zmq', message, causes, target.lines.port, remedyFor(target, seen, causes));
      }
      return failed(
        'zmq',
        message,
        [
          cause('other-service', `another program holds TCP port ${target.zmqPort}`),
          cause('process-stopped', 'the process stands still: a debugger or SIGSTOP'),
        ],
        target.lines.port,
        'Look at which program listens there.',
      );
    }
    default:
      break;
  }
  const message = `Connection to ${at}: ${connectionText(zmq)}.`;
  if (seen.udp.kind !== 'pong') {
    const causes = absence(target, seen, zmq.kind === 'refused');
    return failed('zmq', message, causes, linesFor(target, causes), remedyFor(target, seen, causes));
  }
  return judgeMissingRouter(target, seen, message, around?.routerAt ?? null);
}

/** SWIM answers and its ROUTER is not where it was looked for. */
function judgeMissingRouter(target: Target, seen: Observation, message: string, routerAt: string | null): StepResult {
  if (routerAt !== null && portOf(routerAt) !== String(target.zmqPort)) {
    const real = Number(portOf(routerAt)) - (target.port ?? 0);
    return failed(
      'zmq',
      `${message} Its ROUTER listens at ${routerAt}, which is port + ${real}; looked for at port + ${target.offset}.`,
      [cause('wrong-offset', `its ZeroMQ offset is ${real}, not ${target.offset}`)],
      target.lines.offset,
      `Give every node of the fleet one offset: set zmq_port_offset to ${target.offset} where it runs, or to ${real} here. Peers that know no offset add 1000.`,
    );
  }
  if (routerAt !== null) {
    const host = routerAt.slice(0, routerAt.lastIndexOf(':'));
    return failed(
      'zmq',
      `${message} Its ROUTER is bound to ${host}. The framework binds UDP and TCP to every interface, ZeroMQ only to the configured host.`,
      [cause('bound-elsewhere', `its ROUTER is bound to another interface: ${routerAt}`)],
      target.lines.host,
      `Set bind_host to the address at which the others reach it, here ${seen.resolved}.`,
    );
  }
  const refused = seen.zmq?.kind === 'refused';
  const causes = [
    cause('wrong-offset', `it runs with another ZeroMQ offset than ${target.offset}`),
    cause('bound-elsewhere', 'its ROUTER is bound to another interface: ZeroMQ binds the configured host only'),
    cause('firewall', `a firewall stops TCP port ${target.zmqPort}`),
  ];
  return failed(
    'zmq',
    `${message} It is a member that nobody can send messages to; a start that has it as seed waits a minute.`,
    refused ? causes : causes.toReversed(),
    [...target.lines.offset, ...target.lines.host],
    'Compare zmq_port_offset and bind_host of the running node with these lines.',
  );
}
