import type { RequestListener } from 'node:http'
import { expect, it } from 'vitest'
import { serve } from '@/e2e/servers/loopback'
import { startUpstream } from '@/e2e/upstream/upstream'
import type { NewEndpoint } from '@/shared/models/own-endpoint'
import { listModels } from '../catalog/list-models'
import { resolveModel } from '../catalog/resolve-model'
import { openDatabase } from '../db/database'
import { parseEnv } from '../env'
import { createServices } from '../services'
import { addEndpoint, changeEndpoint, loadEndpoints, removeEndpoint } from './change-endpoints'

const apiKey = 'sk-own-0123456789abcdef'
const secret = (letter: string) => letter.repeat(32)
const anna = 'anna'

/** A server whose user is anna, and another one to bring along. */
async function openBench(settings: Record<string, string> = {}) {
  const upstream = await startUpstream({ apiKey, intervalMs: 0 })
  const db = await openDatabase({ dataDir: ':memory:' })
  let at = Date.now()
  const open = (given: Record<string, string> = {}) =>
    createServices(
      parseEnv({
        SESSION_SECRET: secret('s'),
        LOCAL_DISCOVERY: 'off',
        LOG_LEVEL: 'error',
        ...settings,
        ...given,
      }),
      { db, now: () => at },
    )
  const services = await open()
  const given: NewEndpoint = { name: 'Mine', kind: 'compatible', baseUrl: upstream.baseUrl, apiKey }
  return {
    services,
    upstream,
    /** The same server, started with other settings. */
    restarted: open,
    add: (values: Partial<NewEndpoint> = {}, userId = anna) =>
      addEndpoint({ services, userId, given: { ...given, ...values } }),
    passSeconds: (seconds: number) => (at += seconds * 1_000),
    stored: () => db.userEndpoints.list({ userId: anna }),
    async [Symbol.asyncDispose]() {
      await db.close()
      await upstream.close()
    },
  }
}

const refusedFor = (reason: string) =>
  expect.objectContaining({ code: 'endpoint-unusable', extra: { reason } })

it('an endpoint is tried out with its key, and kept with no more of it to be seen than the end', async () => {
  await using bench = await openBench()

  const { policy, endpoints } = await bench.add({ baseUrl: ` ${bench.upstream.baseUrl}/ ` })

  expect(policy).toBe('any')
  expect(endpoints).toEqual([
    {
      id: expect.stringMatching(/^own-[0-9a-f-]{36}$/),
      name: 'Mine',
      kind: 'compatible',
      baseUrl: bench.upstream.baseUrl,
      key: { status: 'stored', end: 'cdef' },
    },
  ])
  expect(bench.upstream.requests).toMatchObject([
    { path: '/v1/models', headers: { authorization: `Bearer ${apiKey}` } },
  ])
  expect(JSON.stringify(await bench.stored())).not.toMatch(/sk-own|cdef/)
})

it('of a short key nothing is shown', async () => {
  await using bench = await openBench()
  await using open = await serve((_, response) => void response.end('{"data":[{"id":"m"}]}'))

  const { endpoints } = await bench.add({ baseUrl: open.baseUrl, apiKey: 'short-key' })
  expect(endpoints[0]?.key).toEqual({ status: 'stored', end: '' })
})

it('its models are its user’s alone, in the list and by their name', async () => {
  await using bench = await openBench()
  const { services, add } = bench
  const [own] = (await add()).endpoints
  const ref = { provider: own?.id ?? '', id: 'test-model' }

  const catalog = await listModels({ services, userId: anna })
  expect(catalog.endpoints).toMatchObject([
    { id: own?.id, name: 'Mine', status: 'ready', own: true },
    { id: 'demo' },
  ])
  // Better than the demo.
  expect(catalog.defaultModel).toEqual(ref)
  expect(await resolveModel({ services, userId: anna, ref })).toMatchObject({ ref })
  expect(await resolveModel({ services, userId: anna, ref: undefined })).toMatchObject({ ref })

  expect((await listModels({ services, userId: 'ben' })).endpoints).toMatchObject([{ id: 'demo' }])
  expect(await resolveModel({ services, userId: 'ben', ref })).toBeUndefined()
})

it('after a restart its models are there before it was asked again', async () => {
  await using bench = await openBench()
  const [own] = (await bench.add()).endpoints

  const services = await bench.restarted()
  const ref = { provider: own?.id ?? '', id: 'test-reasoner' }
  expect(await resolveModel({ services, userId: anna, ref })).toMatchObject({ ref })
  expect(bench.upstream.requests).toHaveLength(1)
})

it.each<[string, string, RequestListener]>([
  ['no-list', 'nothing there', (_, response) => void response.writeHead(404).end()],
  ['failed', 'a fault of its own', (_, response) => void response.writeHead(500).end()],
  ['not-a-list', 'a page', (_, response) => void response.end('<html>')],
  ['not-a-list', 'other JSON', (_, response) => void response.end('{"models":1}')],
  ['no-models', 'an empty list', (_, response) => void response.end('{"data":[]}')],
  [
    'no-models',
    'none to chat with',
    (_, response) => void response.end('{"data":[{"id":"bge-m3"}]}'),
  ],
  ['needs-key', 'a question for a key', (_, response) => void response.writeHead(401).end()],
  [
    'redirected',
    'a redirect',
    (_, response) => void response.writeHead(302, { location: '/' }).end(),
  ],
  ['too-large', 'an endless list', (_, response) => void response.end(`[${' '.repeat(2 ** 21)}]`)],
  ['unreachable', 'a broken connection', ({ socket }) => void socket.destroy()],
])('%s: one that answers with %s is not kept', async (reason, _, listener) => {
  await using bench = await openBench()
  await using server = await serve(listener)

  const adding = bench.add({ baseUrl: server.baseUrl, apiKey: undefined })
  await expect(adding).rejects.toEqual(refusedFor(reason))
  expect(await bench.stored()).toEqual([])
})

it('a wrong key is said to be one, and is not repeated', async () => {
  await using bench = await openBench()
  const adding = bench.add({ apiKey: 'sk-wrong-0123456789' })
  await expect(adding).rejects.toEqual(refusedFor('key-rejected'))
  await expect(adding).rejects.toThrow(/^Mine rejected the key/)
})

it('on the public internet alone, this machine and its network are not asked', async () => {
  await using bench = await openBench({ USER_ENDPOINTS: 'public' })
  const { port } = new URL(bench.upstream.url)

  for (const host of ['127.0.0.1', 'localhost', '2130706433', '0177.1', '[::ffff:7f00:1]'])
    await expect(bench.add({ baseUrl: `http://${host}:${port}/v1` }), host).rejects.toEqual(
      refusedFor('address-not-allowed'),
    )
  await expect(bench.add({ baseUrl: 'http://me:key@127.0.0.1/' })).rejects.toEqual(
    refusedFor('address-invalid'),
  )
  expect(bench.upstream.requests).toEqual([])
})

it('metadata services are asked by nobody', async () => {
  await using bench = await openBench({ USER_ENDPOINTS: 'any' })

  for (const host of ['169.254.169.254', '[fd00:ec2::254]', '[::ffff:169.254.169.254]'])
    await expect(bench.add({ baseUrl: `http://${host}/v1` }), host).rejects.toEqual(
      refusedFor('address-not-allowed'),
    )
})

it('where users may bring none, none is taken, shown or used', async () => {
  await using bench = await openBench()
  const { endpoints } = await bench.add()
  const ref = { provider: endpoints[0]?.id ?? '', id: 'test-model' }
  const services = await bench.restarted({ HOST: '0.0.0.0' })
  const user = { services, userId: anna }

  expect(await loadEndpoints(user)).toEqual({ policy: 'off', endpoints: [] })
  expect((await listModels(user)).endpoints).toMatchObject([{ id: 'demo' }])
  expect(await resolveModel({ ...user, ref })).toBeUndefined()
  const own = { ...user, endpointId: ref.provider }
  const off = expect.objectContaining({ code: 'endpoints-off' })
  await expect(removeEndpoint(own)).rejects.toEqual(off)
  await expect(changeEndpoint({ ...own, change: { name: 'x' } })).rejects.toEqual(off)
})

it('the key stays with its server: another one is sent nothing of it', async () => {
  await using bench = await openBench()
  const asked: (string | undefined)[] = []
  await using other = await serve(({ headers }, response) => {
    asked.push(headers.authorization)
    response.end('{"data":[{"id":"m"}]}')
  })
  const { services } = bench
  const [own] = (await bench.add()).endpoints
  const change = (values: Parameters<typeof changeEndpoint>[0]['change']) =>
    changeEndpoint({ services, userId: anna, endpointId: own?.id ?? '', change: values })

  await change({ name: 'Renamed' })
  expect(bench.upstream.requests).toHaveLength(1)
  await change({ baseUrl: `${bench.upstream.baseUrl}//`, kind: 'openai' })
  expect(bench.upstream.requests.at(-1)?.headers.authorization).toBe(`Bearer ${apiKey}`)

  await expect(change({ baseUrl: other.baseUrl })).rejects.toEqual(refusedFor('key-needed-again'))
  expect(asked).toEqual([])
  await change({ baseUrl: other.baseUrl, apiKey: null })
  const { endpoints } = await change({ apiKey: 'sk-other-0123456789' })
  expect(asked).toEqual([undefined, 'Bearer sk-other-0123456789'])
  expect(endpoints).toMatchObject([
    { name: 'Renamed', kind: 'openai', baseUrl: other.baseUrl, key: { end: '6789' } },
  ])
})

it('a change that fails leaves everything as it was', async () => {
  await using bench = await openBench()
  const { services } = bench
  const before = (await bench.add()).endpoints
  const own = { services, userId: anna, endpointId: before[0]?.id ?? '' }

  const wrong = changeEndpoint({ ...own, change: { name: 'New', apiKey: 'sk-wrong-0123456789' } })
  await expect(wrong).rejects.toEqual(refusedFor('key-rejected'))
  expect((await loadEndpoints({ services, userId: anna })).endpoints).toEqual(before)
})

it('another user’s endpoint is not there', async () => {
  await using bench = await openBench()
  const { services } = bench
  const [own] = (await bench.add()).endpoints
  const foreign = { services, userId: 'ben', endpointId: own?.id ?? '' }
  const notFound = expect.objectContaining({ code: 'not-found' })

  await expect(changeEndpoint({ ...foreign, change: { name: 'Ben’s' } })).rejects.toEqual(notFound)
  await expect(removeEndpoint(foreign)).rejects.toEqual(notFound)
  expect((await loadEndpoints(foreign)).endpoints).toEqual([])
  expect((await loadEndpoints({ services, userId: anna })).endpoints).toEqual([own])
})

it('with another secret the key cannot be read: it is said, and can be entered again', async () => {
  await using bench = await openBench()
  const [own] = (await bench.add()).endpoints
  const endpointId = own?.id ?? ''
  const services = await bench.restarted({ SESSION_SECRET: secret('t') })
  const user = { services, userId: anna }

  expect((await loadEndpoints(user)).endpoints[0]?.key).toEqual({ status: 'unreadable' })
  expect((await listModels(user)).endpoints[0]).toMatchObject({
    id: endpointId,
    status: 'key-unreadable',
    models: [],
  })
  const ref = { provider: endpointId, id: 'test-model' }
  await expect(resolveModel({ ...user, ref })).rejects.toEqual(refusedFor('key-unreadable'))
  const renaming = changeEndpoint({ ...user, endpointId, change: { name: 'New' } })
  await expect(renaming).rejects.toEqual(refusedFor('key-unreadable'))

  await changeEndpoint({ ...user, endpointId, change: { apiKey } })
  expect(await resolveModel({ ...user, ref })).toMatchObject({ ref })
})

it('a secret is changed without a key being lost: what the old one sealed is sealed anew', async () => {
  await using bench = await openBench()
  await bench.add()
  const [before] = await bench.stored()
  const both = await bench.restarted({ ENDPOINT_KEY_SECRET: secret('n') })

  await loadEndpoints({ services: both, userId: anna })
  await expect.poll(async () => (await bench.stored())[0]?.sealedKey).not.toBe(before?.sealedKey)

  const after = await bench.restarted({
    ENDPOINT_KEY_SECRET: secret('n'),
    SESSION_SECRET: secret('t'),
  })
  const { endpoints } = await loadEndpoints({ services: after, userId: anna })
  expect(endpoints[0]?.key).toEqual({ status: 'stored', end: 'cdef' })
})

it('there is an end to how many, and one more is not even asked', async () => {
  await using bench = await openBench()
  for (let count = 0; count < 20; count += 1) {
    await bench.add()
    bench.passSeconds(6)
  }
  await expect(bench.add()).rejects.toEqual(refusedFor('too-many'))
  expect(bench.upstream.requests).toHaveLength(20)
  await expect(bench.add({}, 'ben')).resolves.toMatchObject({ policy: 'any' })
})

it('ten may be tried out at once; then each waits its time, and is told how long', async () => {
  await using bench = await openBench()
  const { services, upstream } = bench
  const [own] = (await bench.add()).endpoints
  const apiKeys = Array.from({ length: 9 }, (_, index) => `sk-wrong-0123456789-${index}`)
  for (const wrong of apiKeys)
    await expect(bench.add({ apiKey: wrong })).rejects.toEqual(refusedFor('key-rejected'))

  const tooEarly = (retryAfterSeconds: number) =>
    expect.objectContaining({ code: 'rate-limited', extra: { retryAfterSeconds } })
  const change = (values: Parameters<typeof changeEndpoint>[0]['change']) =>
    changeEndpoint({ services, userId: anna, endpointId: own?.id ?? '', change: values })
  await expect(bench.add()).rejects.toEqual(tooEarly(6))
  bench.passSeconds(2)
  await expect(change({ apiKey })).rejects.toEqual(tooEarly(4))
  expect(upstream.requests).toHaveLength(10)

  // Nobody is asked for these.
  await expect(bench.add({ baseUrl: 'nowhere' })).rejects.toEqual(refusedFor('address-invalid'))
  await change({ name: 'Renamed' })
  await bench.add({}, 'ben')
  bench.passSeconds(4)
  await change({ apiKey })
  await expect(bench.add()).rejects.toEqual(tooEarly(6))
})

it('who has all models asked again and again is shown what they said last', async () => {
  await using bench = await openBench()
  await bench.add()
  const rescan = () => listModels({ services: bench.services, userId: anna, rescan: true })
  for (let count = 0; count < 12; count += 1)
    expect((await rescan()).endpoints).toMatchObject([{ status: 'ready' }, { id: 'demo' }])

  expect(bench.upstream.requests).toHaveLength(11)
})
