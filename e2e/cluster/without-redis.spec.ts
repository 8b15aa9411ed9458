import { startCluster } from '../fixtures/cluster'
import {
  countedTo,
  countingForEver,
  countingTo,
  expect,
  skipWithoutServers,
  test as base,
} from '../fixtures/cluster-test'
import { textOf } from '../fixtures/schemas'
import { bothApis } from '../fixtures/test'

/** Two instances on one Postgres that share no stream log. */
const test = base.extend({
  cluster: [
    async ({ upstream }, use) => {
      const env = { ...bothApis(upstream), REDIS_URL: '' }
      const cluster = await startCluster({ size: 2, env })
      if (!cluster) throw new Error('Postgres did not start.')
      await use(cluster)
      await cluster.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
})

skipWithoutServers()
test.slow()

test('with Postgres and no Redis answers stream, and what is missing is said', async ({
  cluster,
  a,
  b,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => countingTo(40))
  const stream = await a.send({ chatId, text: question })
  await stream.completed()
  expect(stream.text).toBe(countedTo(40))
  expect(textOf(await b.lastMessage(chatId))).toBe(countedTo(40))
  const health: unknown = await (await fetch(`${cluster.url}/api/health`)).json()
  expect(health).toMatchObject({ ready: true, missing: [expect.stringMatching(/^REDIS_URL/)] })
})

test('without Redis an answer of another instance is followed as it is saved, to its end', async ({
  a,
  b,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => countingTo(150))
  const stream = await a.send({ chatId, text: question })
  await stream.untilText('w80 ')
  const elsewhere = await b.attach(chatId)
  await elsewhere.untilText('w20 ')
  expect(elsewhere.isComplete, 'what is there is not shown as all').toBe(false)

  await Promise.all([stream.completed(), elsewhere.completed()])
  expect(elsewhere.text).toBe(countedTo(150))
  expect(elsewhere.metadata?.status).toBe('done')
  expect(textOf(await b.lastMessage(chatId))).toBe(countedTo(150))
})

test('row 5: without Redis a killed writer leaves an interrupted answer, never one that looks whole', async ({
  cluster,
  a,
  b,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => countingForEver())
  const stream = await a.send({ chatId, text: question })
  await stream.untilText('w80 ')
  const elsewhere = await b.attach(chatId)
  await elsewhere.untilText('w20 ')
  await cluster.instances[0]?.kill('SIGKILL')
  expect(await stream.ended).toBe('cut')

  await elsewhere.completed()
  const stored = await b.lastMessage(chatId)
  expect(stored?.metadata.status).toBe('interrupted')
  expect(elsewhere.metadata?.status).toBe('interrupted')
  expect(elsewhere.text).toBe(textOf(stored))
  expect(stream.text.startsWith(textOf(stored))).toBe(true)
  expect((await b.load(chatId)).activeRunId).toBeNull()
  await cluster.instances[0]?.restart()
})

test('without Redis Stop reaches an answer that another instance writes', async ({
  a,
  b,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => countingForEver())
  const stream = await a.send({ chatId, text: question })
  await stream.untilText('w80 ')
  const request = await upstream.whenAsked(question)
  const stoppedAt = Date.now()
  expect(await b.stop(chatId, stream.runId)).toEqual({ stopped: true })
  await request.whenAborted
  expect((request.abortedAt ?? Infinity) - stoppedAt).toBeLessThan(3500)

  await stream.completed()
  const stored = await b.lastMessage(chatId)
  expect(stored?.role).toBe('assistant')
  expect(stored?.metadata.status).toBe('stopped')
  expect(stream.text.startsWith(textOf(stored))).toBe(true)
})
