import ipaddr from 'ipaddr.js';

/** Addresses, ports included, that pass although they are not public: CIDR blocks such as `127.0.0.0/8`. */
export type Exempt = readonly string[];

const publicPorts = new Set([80, 443, 8080, 8443]);
/** Looks public and answers from inside: the metadata and DNS of Azure's machines. */
const METADATA_OF_AZURE = '168.63.129.16';
/** All that IANA has given out for use between networks; elsewhere nothing public can be. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Why nothing may be sent to an address and port; undefined when it may. Public addresses at usual ports of HTTP pass,
 * and what is exempt. IPv6 addresses that carry an IPv4 one (mapped, NAT64, 6to4, Teredo) are refused whatever they
 * carry. Sources: the special-purpose registries of RFC 6890.
 */
export function findAddressFault(address: string, port: number, exempt: Exempt = []): string | undefined {
  if (!ipaddr.isValid(address)) return `${address} is no IP address`;
  const parsed = ipaddr.parse(address);
  if (exempt.some((block) => isWithin(parsed, block))) return undefined;
  if (!isPublic(parsed)) return `${address} is no public address`;
  return publicPorts.has(port) ? undefined : `port ${port} is none of ${[...publicPorts].join(', ')}`;
}

/** Whether a text is a CIDR block. */
export function isBlock(text: string): boolean {
  return ipaddr.isValidCIDR(text);
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast' || address.toString() === METADATA_OF_AZURE) return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_UNICAST);
}

function isWithin(address: Address, block: string): boolean {
  const [base, bits] = ipaddr.parseCIDR(block);
  return address.kind() === base.kind() && address.match(base, bits);
}
