import ipaddr from 'ipaddr.js';
import { type Exempt, findAddressFault } from './address.ts';

const defaultPorts: Record<string, number> = { 'http:': 80, 'https:': 443 };

/**
 * Why nothing may be fetched from an address; undefined when it may be tried: http or https, no name and password in it,
 * and a host that is no forbidden IP address. Names are only judged when they are looked up. Pure.
 */
export function findTargetFault(url: string, exempt: Exempt = []): string | undefined {
  if (!URL.canParse(url)) return 'is no address';
  const { protocol, username, password, hostname, port } = new URL(url);
  const defaultPort = defaultPorts[protocol];
  if (defaultPort === undefined) return `has the scheme ${protocol.slice(0, -1)}`;
  if (username !== '' || password !== '') return 'has a user name or a password in it';
  const literal = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(literal) ? findAddressFault(literal, Number(port || defaultPort), exempt) : undefined;
}
