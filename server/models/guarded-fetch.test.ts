import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createGuardedFetch } from './guarded-fetch'
import { serve } from './testing/serve'

const answering =
  (text: string): RequestListener =>
  (_, response) =>
    void response.end(text)
const allowingAll = createGuardedFetch({ allows: () => true })
const codeOf = (asking: Promise<unknown>) =>
  asking.then(
    () => 'answered',
    (error: unknown) => error instanceof Error && Reflect.get(Object(error.cause), 'code'),
  )

describe('an address', () => {
  it('is asked when it may be, with what it is sent, and answers as with any fetch', async () => {
    const { port, seen } = await serve((request, response) => {
      response.writeHead(201, { 'x-said': 'yes', 'set-cookie': ['a=1', 'b=2'] })
      request.pipe(response)
    })
    const response = await allowingAll(`http://127.0.0.1:${port}/v1/chat?x=1`, {
      method: 'POST',
      headers: { authorization: 'Bearer key', 'content-type': 'text/plain' },
      body: 'Hello 北京',
    })

    expect([response.status, response.ok, response.headers.get('x-said')]).toEqual([
      201,
      true,
      'yes',
    ])
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(await response.text()).toBe('Hello 北京')
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/v1/chat?x=1' })
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer key',
      host: `127.0.0.1:${port}`,
      'accept-encoding': 'identity',
    })
  })

  it('is not asked when it may not be, in whichever form it is written', async () => {
    const { port, seen } = await serve(answering('secret'))
    const guarded = createGuardedFetch({ allows: (address) => !address.startsWith('127.') })

    for (const host of ['127.0.0.1', '2130706433', '0177.0.0.1', '0x7f.1', '127.0.0.1.'])
      expect(await codeOf(guarded(`http://${host}:${port}/`)), host).toBe('ERR_ADDRESS_NOT_ALLOWED')
    expect(seen).toEqual([])
  })
})

describe('a name', () => {
  it('is asked only where all of its addresses may be', async () => {
    const { port, seen } = await serve(answering('secret'))
    const found = ['127.0.0.1', '10.0.0.1'].map((address) => ({ address, family: 4 }))
    const guarded = createGuardedFetch({
      allows: (address) => address === '127.0.0.1',
      lookup: () => Promise.resolve(found),
    })

    expect(await codeOf(guarded(`http://name.example:${port}/`))).toBe('ERR_ADDRESS_NOT_ALLOWED')
    expect(seen).toEqual([])
  })

  it('that is bound anew leads to what was checked, and is checked again at the next request', async () => {
    const { port, seen } = await serve(answering('open'))
    const answers = ['127.0.0.1', '10.0.0.1', '127.0.0.1']
    const asked: string[] = []
    const guarded = createGuardedFetch({
      allows: (address) => address === '127.0.0.1',
      lookup: (hostname) => {
        asked.push(hostname)
        return Promise.resolve([{ address: answers[asked.length - 1] ?? '', family: 4 }])
      },
    })
    const url = `http://rebinding.example:${port}/`

    expect(await (await guarded(url)).text()).toBe('open')
    // One look-up a request: between the check and the connection nobody is asked again.
    expect(asked).toEqual(['rebinding.example'])
    expect(await codeOf(guarded(url))).toBe('ERR_ADDRESS_NOT_ALLOWED')
    expect(await (await guarded(url)).text()).toBe('open')
    const host = `rebinding.example:${port}`
    expect(seen.map(({ headers }) => headers.host)).toEqual([host, host])
  })

  it('that cannot be found, or where nobody listens, says so as the global fetch does', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
    const guarded = createGuardedFetch({ allows: () => true, lookup })

    await expect(guarded('http://nowhere.example/')).rejects.toThrow(new TypeError('fetch failed'))
    expect(await codeOf(guarded('http://nowhere.example/'))).toBe('ENOTFOUND')
    expect(await codeOf(allowingAll('http://127.0.0.1:1/'))).toBe('ECONNREFUSED')
  })
})

it.each([301, 302, 303, 307, 308])('a redirect (%i) is not followed', async (status) => {
  const target = await serve(answering('secret'))
  const { port } = await serve((_, response) => {
    response.writeHead(status, { location: `http://127.0.0.1:${target.port}/` }).end()
  })

  expect(await codeOf(allowingAll(`http://127.0.0.1:${port}/`))).toBe('ERR_REDIRECTED')
  expect(target.seen).toEqual([])
})

describe('an answer', () => {
  it('is given up with the signal, before it came and in the middle', async () => {
    const { port, seen } = await serve((request, response) => {
      if (request.url === '/begun') response.writeHead(200).write('begun')
    })
    const before = new AbortController()
    const asking = allowingAll(`http://127.0.0.1:${port}/`, { signal: before.signal })
    await expect.poll(() => seen.length).toBe(1)
    before.abort(new Error('enough'))
    await expect(asking).rejects.toThrow('enough')

    const within = new AbortController()
    const url = `http://127.0.0.1:${port}/begun`
    const reader = (await allowingAll(url, { signal: within.signal })).body?.getReader()
    await reader?.read()
    const reading = reader?.read()
    within.abort(new Error('enough now'))
    await expect(reading).rejects.toThrow('enough now')
    await expect.poll(() => seen[1]?.destroyed).toBe(true)
  })

  it('whose look-up hangs is given up too', async () => {
    const guarded = createGuardedFetch({ allows: () => true, lookup: () => new Promise(() => {}) })
    const asking = guarded('http://slow.example/', { signal: AbortSignal.timeout(20) })
    await expect(asking).rejects.toThrow(expect.objectContaining({ name: 'TimeoutError' }))
  })

  it('that breaks off before it is read ends nothing but itself', async () => {
    const { port } = await serve((_, response) => {
      response.writeHead(200).write('x', () => response.socket?.resetAndDestroy())
    })
    const response = await allowingAll(`http://127.0.0.1:${port}/`)
    await expect(response.text()).rejects.toThrow(/.*/)
  })

  it('may be only so large: as a whole, or, of events, in one line', async () => {
    const line = `data: ${'x'.repeat(600)}\n\n`
    const { port } = await serve((request, response) => {
      const type = request.url === '/json' ? 'application/json' : 'text/event-stream'
      response.writeHead(200, { 'content-type': type })
      response.end(request.url === '/line' ? `data: ${'x'.repeat(3000)}` : line.repeat(5))
    })
    const guarded = createGuardedFetch({ allows: () => true, bytesMax: 1000 })
    const read = async (path: string) => (await guarded(`http://127.0.0.1:${port}${path}`)).text()

    expect(await read('/events')).toBe(line.repeat(5))
    await expect(read('/json')).rejects.toThrow('too large')
    await expect(read('/line')).rejects.toThrow('too large')
  })
})
