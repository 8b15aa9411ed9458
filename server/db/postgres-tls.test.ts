import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgres } from './postgres'
import { startPostgresBench } from './testing/postgres-bench'
import { startTlsProxy, type TlsProxy } from './testing/tls-proxy'

const bench = await startPostgresBench()
const folder = mkdtempSync(join(tmpdir(), 'rivulet-tls-'))
const authority = join(folder, 'cert.pem')
const withoutOpenssl = spawnSync('openssl', ['version']).status !== 0

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await bench?.close()
})

describe.skipIf(!bench || withoutOpenssl)('sslmode at the end of DATABASE_URL', () => {
  let proxy: TlsProxy | undefined

  beforeAll(async () => {
    makeCertificate('IP:127.0.0.1')
    const key = readFileSync(join(folder, 'key.pem'))
    const cert = readFileSync(authority)
    proxy = await startTlsProxy(bench?.server.url ?? '', { key, cert })
  })
  afterAll(() => proxy?.close())

  async function reach(query: string, host = '127.0.0.1'): Promise<string> {
    const url = new URL(bench?.server.url ?? '')
    url.host = `${host}:${proxy?.port}`
    url.search = query
    try {
      const engine = await openPostgres({ url: url.href })
      await engine.close()
      return 'reached'
    } catch (error) {
      return String(error)
    }
  }

  it.each(['', 'sslmode=disable'])('does not encrypt with %j', async (query) => {
    expect(await reach(query)).toMatch(/terminated|ECONNRESET/)
  })

  it.each(['prefer', 'require', 'verify-ca', 'verify-full'])(
    'encrypts with %s, and takes no certificate that nobody vouches for',
    async (mode) => {
      expect(await reach(`sslmode=${mode}`)).toContain('self-signed certificate')
    },
  )

  it.each(['prefer', 'require', 'verify-ca', 'verify-full'])(
    'takes the authority of sslrootcert with %s, and only for the right host',
    async (mode) => {
      const query = `sslmode=${mode}&sslrootcert=${authority}`

      expect(await reach(query)).toBe('reached')
      expect(await reach(query, 'localhost')).toContain('does not match')
    },
  )

  it('takes any certificate with no-verify, and with what libpq calls require', async () => {
    expect(await reach('sslmode=no-verify')).toBe('reached')
    expect(await reach('uselibpqcompat=true&sslmode=require')).toBe('reached')
  })
})

function makeCertificate(name: string): void {
  const options = ['-nodes', '-days', '2', '-subj', '/CN=test', '-addext', `subjectAltName=${name}`]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  const files = ['-keyout', join(folder, 'key.pem'), '-out', authority]
  execFileSync('openssl', ['req', '-x509', ...curve, ...options, ...files], { stdio: 'ignore' })
}
