import { describe, expect, it } from 'vitest'
import { type AddressPolicy, isAllowedAddress } from './address-policy'

const allowed = (policy: AddressPolicy) => (address: string) => isAllowedAddress(address, policy)

const publicAddresses = [
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.1',
  '192.0.1.1',
  '100.63.255.255',
  '2606:4700:4700::1111',
  '2a00:1450:4001:80e::200e',
  '::ffff:1.1.1.1',
  '64:ff9b::101:101',
  '2002:101:101::1',
]

const privateAddresses = [
  '0.0.0.0',
  '10.0.0.1',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '::',
  '::1',
  '0:0:0:0:0:0:0:1',
  'fc00::1',
  'fd12:3456::1',
  'fec0::1',
  '2001:db8::1',
  '3fff::1',
  '100::1',
  // The same in other forms: mapped, translated, compatible, NAT64, 6to4.
  '::ffff:127.0.0.1',
  '::FFFF:7F00:1',
  '0:0:0:0:0:ffff:7f00:0001',
  '::ffff:0:127.0.0.1',
  '::ffff:10.0.0.1',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::10.0.0.1',
  '2002:7f00:1::',
  '2002:c0a8:101::1',
]

const forbiddenAddresses = [
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '224.0.0.1',
  '255.255.255.255',
  'fe80::1',
  'fe80::a9fe:a9fe',
  'fd00:ec2::254',
  'fd20:ce::254',
  'ff02::1',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '::169.254.169.254',
  '64:ff9b::a9fe:a9fe',
  '2002:a9fe:a9fe::1',
  // Ways that do not say where they lead.
  '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  '64:ff9b:1::a9fe:a9fe',
  // No addresses, or with a zone.
  'fe80::1%eth0',
  '::1%lo',
  'localhost',
  '2130706433',
  '0177.0.0.1',
  '0x7f.1',
  '127.1',
  '',
]

describe('on the public internet alone', () => {
  it.each(publicAddresses)('%s may be asked', (address) => {
    expect(allowed('public')(address)).toBe(true)
  })

  it.each([...privateAddresses, ...forbiddenAddresses])('%s may not', (address) => {
    expect(allowed('public')(address)).toBe(false)
  })
})

describe('where private networks are let in', () => {
  it.each([...publicAddresses, ...privateAddresses])('%s may be asked', (address) => {
    expect(allowed('any')(address)).toBe(true)
  })

  it.each(forbiddenAddresses)('%s may not: it tells secrets, or is no address', (address) => {
    expect(allowed('any')(address)).toBe(false)
  })
})
