import { describe, expect, test } from 'vitest';
import { findAddressFault, isBlock } from './address.ts';
import { findTargetFault } from './target.ts';

const inner = [
  ['0.0.0.0', 'unspecified'],
  ['10.1.2.3', 'private'],
  ['100.100.100.200', 'shared by a carrier, metadata of a cloud'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['168.63.129.16', 'metadata of a cloud'],
  ['169.254.169.254', 'link-local, metadata of clouds'],
  ['172.16.0.1', 'private'],
  ['192.0.0.192', 'metadata of a cloud'],
  ['192.0.2.1', 'documentation'],
  ['192.168.1.1', 'private'],
  ['198.18.0.1', 'benchmarks'],
  ['224.0.0.1', 'multicast'],
  ['255.255.255.255', 'broadcast'],
  ['::', 'unspecified'],
  ['::1', 'loopback'],
  ['::127.0.0.1', 'IPv4 inside'],
  ['::ffff:127.0.0.1', 'IPv4 inside'],
  ['::ffff:8.8.8.8', 'IPv4 inside, whatever it is'],
  ['64:ff9b::7f00:1', 'NAT64'],
  ['64:ff9b:1::a00:1', 'NAT64 of a site'],
  ['100::1', 'discard'],
  ['2001::1', 'Teredo'],
  ['2001:db8::1', 'documentation'],
  ['2002:7f00:1::', '6to4'],
  ['4000::1', 'given to nobody'],
  ['fc00::1', 'unique local'],
  ['fd00:ec2::254', 'metadata of a cloud'],
  ['fe80::1', 'link-local'],
  ['fec0::1', 'site-local'],
  ['ff02::1', 'multicast'],
] as const;

test.each(inner)('nothing is sent to %s (%s)', (address) => {
  expect(findAddressFault(address, 443)).toBe(`${address} is no public address`);
});

test.each(['8.8.8.8', '193.0.6.139', '2606:4700::1111', '2a00:1450::1'])('%s is asked', (address) => {
  expect(findAddressFault(address, 443)).toBeUndefined();
  expect(findAddressFault(address, 80)).toBeUndefined();
});

test('other ports than those of HTTP are not tried', () => {
  for (const port of [22, 25, 6379, 9200, 27017])
    expect(findAddressFault('8.8.8.8', port)).toBe(`port ${port} is none of 80, 443, 8080, 8443`);
});

test('an exempt block passes with any port, its neighbours do not', () => {
  const exempt = ['127.0.0.0/24', '::1/128'];
  expect(findAddressFault('127.0.0.9', 9999, exempt)).toBeUndefined();
  expect(findAddressFault('::1', 9999, exempt)).toBeUndefined();
  expect(findAddressFault('127.0.1.1', 80, exempt)).toMatch(/no public address/);
  expect(findAddressFault('::ffff:127.0.0.9', 80, exempt)).toMatch(/no public address/);
});

test('what is no address at all is refused', () => {
  for (const text of ['', 'localhost', '1.2.3.4.5', '1.2.3.4%eth0']) expect(findAddressFault(text, 80)).toBeTruthy();
});

test('a block is told from an address', () => {
  expect(['10.0.0.0/8', '::1/128'].every(isBlock)).toBe(true);
  expect(['10.0.0.1', '10.0.0.0/33', 'any'].some(isBlock)).toBe(false);
});

describe('of a target', () => {
  test.each([
    ['not a url', 'is no address'],
    ['/feed.xml', 'is no address'],
    ['file:///etc/passwd', 'has the scheme file'],
    ['ftp://example.com/feed', 'has the scheme ftp'],
    ['gopher://example.com/', 'has the scheme gopher'],
    ['data:text/xml,<rss/>', 'has the scheme data'],
    ['https://user:secret@example.com/', 'has a user name or a password in it'],
    ['http://127.0.0.1/', '127.0.0.1 is no public address'],
    ['http://2130706433/', '127.0.0.1 is no public address'],
    ['http://0x7f.1/', '127.0.0.1 is no public address'],
    ['http://017700000001/', '127.0.0.1 is no public address'],
    ['http://①②⑦.⓪.⓪.①/', '127.0.0.1 is no public address'],
    ['http://[::1]/', '::1 is no public address'],
    ['http://[::ffff:10.0.0.1]/', '::ffff:a00:1 is no public address'],
    ['https://8.8.8.8:22/', 'port 22 is none of 80, 443, 8080, 8443'],
  ])('%s: %s', (url, fault) => {
    expect(findTargetFault(url)).toBe(fault);
  });

  test('a name may be tried: it is judged when it is looked up', () => {
    expect(findTargetFault('https://news.example.mn/rss')).toBeUndefined();
    expect(findTargetFault('http://localhost/')).toBeUndefined();
  });
});
