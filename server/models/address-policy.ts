import 'server-only'
import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** Where endpoints of users may be: on the public internet alone, or also on this machine and in its network. */
export type AddressPolicy = 'public' | 'any'

/**
 * Whether a request that a user has asked for may go to this address. Judged is where it leads, however it is written: an
 * IPv6 address that stands for an IPv4 one is taken for that. Services that tell a machine its secrets are never allowed.
 */
export function isAllowedAddress(address: string, policy: AddressPolicy): boolean {
  if (isIPv4(address)) return isAllowedV4(address, policy)
  if (!isIPv6(address)) return false
  const groups = groupsOf(address)
  if (!groups) return false
  const embedded = embeddedV4(groups)
  return embedded ? isAllowedV4(embedded, policy) : isAllowedV6(address, policy)
}

/** Link-local addresses, with the metadata services of most clouds; those that have others; multicast; reserved ones. */
const neverV4 = blockListOf('ipv4', [
  '169.254.0.0/16',
  '100.100.100.200/32',
  '168.63.129.16/32',
  '192.0.0.192/32',
  '224.0.0.0/4',
  '240.0.0.0/4',
])
/** What IANA's registry of special-purpose addresses does not call globally reachable. */
const notPublicV4 = blockListOf('ipv4', [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
])
/** The same, with ways into IPv4 that do not say where they lead: Teredo, and NAT64 of one's own. */
const neverV6 = blockListOf('ipv6', [
  'fe80::/10',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
  'ff00::/8',
  '2001::/32',
  '64:ff9b:1::/48',
])
const publicV6 = blockListOf('ipv6', ['2000::/3'])
const notPublicV6 = blockListOf('ipv6', ['2001::/23', '2001:db8::/32', '3fff::/20'])

function isAllowedV4(address: string, policy: AddressPolicy): boolean {
  if (neverV4.check(address)) return false
  return policy === 'any' || !notPublicV4.check(address)
}

function isAllowedV6(address: string, policy: AddressPolicy): boolean {
  if (neverV6.check(address, 'ipv6')) return false
  const isPublic = publicV6.check(address, 'ipv6') && !notPublicV6.check(address, 'ipv6')
  return policy === 'any' || isPublic
}

/** IPv4-mapped, -translated and -compatible addresses (`::` and `::1` are among these), NAT64 and 6to4. */
function embeddedV4(groups: readonly number[]): string | undefined {
  const [first = 0, second = 0, third = 0] = groups
  if (first === 0x2002) return v4Of(second, third)
  const [high = 0, low = 0] = groups.slice(6)
  const prefix = groups.slice(0, 6).join(' ')
  return embeddingPrefixes.has(prefix) ? v4Of(high, low) : undefined
}

const embeddingPrefixes: ReadonlySet<string> = new Set([
  [0, 0, 0, 0, 0, 0xffff].join(' '),
  [0, 0, 0, 0, 0xffff, 0].join(' '),
  [0, 0, 0, 0, 0, 0].join(' '),
  [0x64, 0xff9b, 0, 0, 0, 0].join(' '),
])

function v4Of(high: number, low: number): string {
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.')
}

/** The eight groups; nothing for an address with a zone, which is link-local. */
function groupsOf(address: string): number[] | undefined {
  const canonical = URL.parse(`http://[${address}]/`)?.hostname.slice(1, -1)
  if (canonical === undefined) return undefined
  const [head = '', tail] = canonical.split('::')
  const left = hexGroups(head)
  if (tail === undefined) return left
  const right = hexGroups(tail)
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right]
}

function hexGroups(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}

function blockListOf(family: 'ipv4' | 'ipv6', subnets: readonly string[]): BlockList {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [network = '', prefix] = subnet.split('/')
    list.addSubnet(network, Number(prefix), family)
  }
  return list
}
