import { request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { startServer } from '../fixtures/server'
import { Session } from '../fixtures/session'
import { bothApis, expect, test } from '../fixtures/test'

const token = 'a token that nobody guesses'

/** Without a session, and by another host name than the server’s own: as a load balancer or Prometheus comes. */
function probe(url: string, headers: Readonly<Record<string, string>> = {}) {
  return new Promise<{ status: number; type: string; cache: string; body: string }>(
    (resolve, reject) => {
      const request = httpRequest(
        url,
        { headers: { host: '10.0.0.7:3000', ...headers }, agent: false },
        (response) => {
          const { 'content-type': type = '', 'cache-control': cache = '' } = response.headers
          text(response).then(
            (body) => resolve({ status: response.statusCode ?? 0, type, cache, body }),
            reject,
          )
        },
      )
      request.on('error', reject).end()
    },
  )
}

test('health tells a load balancer, without a session, that requests are welcome', async ({
  server,
}) => {
  const { status, type, cache, body } = await probe(`${server.url}/api/health`)
  expect(status).toBe(200)
  expect(type).toBe('application/json')
  expect(cache).toBe('no-store')
  expect(JSON.parse(body)).toMatchObject({
    status: 'ok',
    ready: true,
    draining: false,
    database: { engine: 'sqlite', reachable: true },
    streamLog: { kind: 'memory', reachable: true },
    models: { configured: 2 },
    missing: [],
  })
  expect(await probe(`${server.url}/api/health?live=1`)).toMatchObject({ status: 200 })
})

test('metrics are not there until a token is set', async ({ server }) => {
  const { status, type } = await probe(`${server.url}/api/metrics`, { authorization: 'Bearer ' })
  expect(status).toBe(404)
  expect(type).toBe('application/problem+json')
})

test('what people write is in no log; the ids of their runs are', async ({
  session,
  server,
  chatId,
}) => {
  const secret = `xyzzy-${chatId}`
  const stream = await session.send({ chatId, text: `say: Plover ${secret}` })
  await stream.completed()
  await expect.poll(() => server.output()).toContain('A run has ended.')

  expect(server.output()).toContain(stream.runId)
  expect(server.output()).not.toContain(secret)
  expect(server.output()).not.toContain('Plover')
})

test('metrics count what happened, for whoever has the token', async ({ upstream, chatId }) => {
  const server = await startServer({ env: { ...bothApis(upstream), METRICS_TOKEN: token } })
  try {
    const url = `${server.url}/api/metrics`
    expect(await probe(url)).toMatchObject({ status: 401 })
    expect(await probe(url, { authorization: 'Bearer wrong' })).toMatchObject({ status: 401 })

    const session = await Session.open(server.url)
    const live = await session.liveEvents()
    const asked = await session.send({ chatId, text: 'say: Hello' })
    await asked.completed()
    const [, second = ''] = asked.events.map(({ id }) => id)
    await (await session.attach(chatId, second)).completed()

    const metrics = async () =>
      (await probe(url, { authorization: `Bearer ${token}` })).body.split('\n')
    await expect.poll(metrics).toContain('rivulet_readers{kind="run"} 0')
    expect(await metrics()).toEqual(
      expect.arrayContaining([
        'rivulet_runs_total{status="done"} 1',
        'rivulet_runs_active 0',
        'rivulet_readers{kind="events"} 1',
        'rivulet_reconnects_total{kind="run"} 1',
        'rivulet_first_token_seconds_count 1',
        'rivulet_stream_log_runs 1',
      ]),
    )
    await live.close()
    await expect.poll(metrics).toContain('rivulet_readers{kind="events"} 0')
  } finally {
    await server.stop()
  }
})
