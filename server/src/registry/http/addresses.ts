/** Which addresses a URL that somebody announced may lead to. */
import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Cloud metadata services live on link-local addresses; a multicast or unspecified address is no machine. */
const refused = new BlockList();
refused.addSubnet('0.0.0.0', 8, 'ipv4');
refused.addSubnet('169.254.0.0', 16, 'ipv4');
refused.addSubnet('224.0.0.0', 4, 'ipv4');
refused.addAddress('255.255.255.255', 'ipv4');
// Metadata outside link-local: Alibaba Cloud, Oracle's older one, AWS over IPv6.
refused.addAddress('100.100.100.200', 'ipv4');
refused.addAddress('192.0.0.192', 'ipv4');
refused.addAddress('fd00:ec2::254', 'ipv6');
refused.addAddress('::', 'ipv6');
refused.addSubnet('fe80::', 10, 'ipv6');
refused.addSubnet('ff00::', 8, 'ipv6');

const metadataNames = new Set(['metadata.google.internal', 'metadata.goog', 'metadata']);

/** Why nothing is fetched from there, as a clause; null: it may be. */
export function refusedAddress(host: string): string | null {
  const bare = host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  const family = isIP(bare);
  if (family === 0) {
    return metadataNames.has(bare.toLowerCase()) ? `${bare} is the metadata service of a cloud provider` : null;
  }
  // IPv4 addresses inside IPv6 ones are compared as IPv4 (BlockList does that for ::ffff:0:0/96).
  return refused.check(bare, family === 6 ? 'ipv6' : 'ipv4')
    ? `${bare} is a link-local, multicast, metadata or unspecified address`
    : null;
}

/** Resolves like the system, but a name that leads to a refused address does not resolve: names change after they were checked. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '', 0);
    const allowed = addresses.filter(({ address }) => refusedAddress(address) === null);
    const first = allowed[0];
    if (first === undefined) {
      const reason = addresses.map(({ address }) => refusedAddress(address)).find((text) => text !== null) ?? 'it has no address';
      return callback(Object.assign(new Error(`${hostname} is not called: ${reason}`), { code: 'EACCES' }), '', 0);
    }
    if (options.all === true) callback(null, allowed);
    else callback(null, first.address, first.family);
  });
};
