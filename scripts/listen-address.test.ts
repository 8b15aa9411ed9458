import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parseListenAddress, requireFreeAddress } from './listen-address.mjs'

describe('the address to listen on', () => {
  it('is this machine only, unless told otherwise', () => {
    expect(parseListenAddress({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      url: 'http://localhost:3000',
      localOnly: true,
    })
  })

  it('takes an empty variable for one that is not set', () => {
    expect(parseListenAddress({ HOST: '', PORT: ' ' })).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
    })
  })

  it.each([
    ['0.0.0.0', 'http://localhost:8080'],
    ['::', 'http://localhost:8080'],
    ['192.168.1.20', 'http://192.168.1.20:8080'],
    ['fd00::1', 'http://[fd00::1]:8080'],
  ])('shows %s as %s', (HOST, url) => {
    expect(parseListenAddress({ HOST, PORT: '8080' }).url).toBe(url)
  })

  it.each(['0.0.0.0', '::', '192.168.1.20'])('lets other machines in on %s', (HOST) => {
    expect(parseListenAddress({ HOST }).localOnly).toBe(false)
  })

  it.each(['0', '-1', '65536', '3000.5', 'http', '3000 4000'])('refuses PORT=%s', (PORT) => {
    expect(() => parseListenAddress({ PORT })).toThrow(`PORT=${PORT} is not a port`)
  })

  it('names a taken port and the way out', async () => {
    const port = await occupyPort()
    await expect(requireFreeAddress({ host: '127.0.0.1', port })).rejects.toThrow(
      `Port ${port} is in use. Stop what uses it, or take another: PORT=${port + 1} npm start`,
    )
  })

  it('explains a HOST that belongs to another machine', async () => {
    await expect(requireFreeAddress({ host: '203.0.113.1', port: 3000 })).rejects.toThrow(
      'HOST=203.0.113.1 is not an address of this machine',
    )
  })
})

async function occupyPort() {
  const server = createServer()
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return (server.address() as AddressInfo).port
}
