/** `ports:` of a service in its short and long form (compose specification, "ports"). */
import type { Node } from 'yaml';
import type { Mount, PublishedPort } from '../../model/deployment.ts';
import type { Range } from '../../text/position.ts';
import type { YamlNodes } from '../yaml/yamlText.ts';
import { expandOrKeep } from './interpolate.ts';

/** Longer than any path (PATH_MAX): nobody means a port or a mount with it. */
const maxWritten = 4096;

interface Span {
  readonly from: number | null;
  readonly to: number | null;
}

/** `8000` or `8000-8010`; nulls for anything else. */
function span(text: string | null | undefined): Span {
  const match = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/.exec(text ?? '');
  if (match === null) return { from: null, to: null };
  const from = Number(match[1]);
  return { from, to: match[2] === undefined ? from : Number(match[2]) };
}

function protocolOf(text: string | null | undefined): PublishedPort['protocol'] {
  const lower = (text ?? '').trim().toLowerCase();
  return lower === 'udp' || lower === 'sctp' ? lower : 'tcp';
}

/** `[host ip:][host port:]container port[/protocol]`. */
export function shortPort(written: string, range: Range): PublishedPort {
  const [address = '', protocol] = expandOrKeep(written).slice(0, maxWritten).split('/', 2);
  const ip = /^\[([^\]]*)\]:(.*)$/.exec(address);
  const rest = ip?.[2] ?? address;
  // An unresolved `${...}` may contain colons; it must not be taken for an address.
  const parts = rest.split(/:(?![^{]*\})/);
  const container = span(parts.at(-1));
  const host = span(parts.length >= 2 ? parts.at(-2) : null);
  const hostIp = ip?.[1] ?? (parts.length >= 3 ? parts.slice(0, -2).join(':') : null);
  return {
    hostIp: hostIp === '' ? null : hostIp,
    hostFrom: host.from,
    hostTo: host.to,
    containerFrom: container.from,
    containerTo: container.to,
    protocol: protocolOf(protocol),
    range,
  };
}

export function readPorts(yaml: YamlNodes, node: Node | null): PublishedPort[] {
  return yaml.items(node).map((item) => {
    const range = yaml.rangeOf(item);
    if (!yaml.isMap(item)) return shortPort(yaml.text(item) ?? '', range);
    const published = span(expandOrKeep(yaml.text(yaml.get(item, 'published')) ?? ''));
    const target = span(expandOrKeep(yaml.text(yaml.get(item, 'target')) ?? ''));
    return {
      hostIp: yaml.text(yaml.get(item, 'host_ip')),
      hostFrom: published.from,
      hostTo: published.to,
      containerFrom: target.from,
      containerTo: target.to,
      protocol: protocolOf(yaml.text(yaml.get(item, 'protocol'))),
      range,
    };
  });
}

export function readMounts(yaml: YamlNodes, node: Node | null): Mount[] {
  return yaml.items(node).map((item) => {
    const range = yaml.rangeOf(item);
    if (yaml.isMap(item)) {
      const source = yaml.text(yaml.get(item, 'source'));
      return { source, target: yaml.text(yaml.get(item, 'target')) ?? '', range };
    }
    const parts = expandOrKeep(yaml.text(item) ?? '')
      .slice(0, maxWritten)
      .split(/:(?![^{]*\})(?![\\/]{2})/);
    // A drive letter is no source of its own.
    if (parts.length > 1 && /^[A-Za-z]$/.test(parts[0] ?? '')) parts.splice(0, 2, `${parts[0]}:${parts[1]}`);
    return parts.length === 1
      ? { source: null, target: parts[0] ?? '', range }
      : { source: parts[0] ?? '', target: parts[1] ?? '', range };
  });
}
