import { startCluster, type Cluster } from '../fixtures/cluster'
import {
  countedTo,
  countingTo,
  expect,
  skipWithoutServers,
  test as base,
} from '../fixtures/cluster-test'
import { textOf } from '../fixtures/schemas'
import { Session } from '../fixtures/session'
import { bothApis, responsesModel } from '../fixtures/test'

/** Two instances whose answers OpenAI writes on by itself. */
const test = base.extend<{ pair: Cluster }>({
  pair: async ({ upstream }, use) => {
    const env = { ...bothApis(upstream), OPENAI_BACKGROUND: 'on' }
    const cluster = await startCluster({ size: 2, env })
    if (!cluster) throw new Error('Redis or Postgres did not start.')
    await use(cluster)
    await cluster.stop()
  },
})

const model = responsesModel
const words = 300

skipWithoutServers()
test.slow()

for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
  test(`after ${signal} another instance takes the answer up from OpenAI, and it completes`, async ({
    pair,
    upstream,
    question,
    chatId,
  }) => {
    upstream.script(question, () => countingTo(words, 40))
    const user = await Session.open(pair.url)
    const [a, b] = [pair.at(0, user), pair.at(1, user)]
    const sender = await a.send({ chatId, text: question, model })
    const watcher = await b.attach(chatId)
    await watcher.untilText('w30 ')

    const killed = pair.instances[0]?.kill(signal)
    await sender.ended
    expect(sender.isComplete).toBe(false)
    const resumed = await b.attach(chatId, sender.lastEventId)
    await resumed.completed()
    await watcher.completed()
    await killed

    expect(watcher.text).toBe(countedTo(words))
    expect(sender.text + resumed.text).toBe(countedTo(words))
    for (const reader of [watcher, resumed]) expect(reader.metadata?.status).toBe('done')
    const stored = await b.lastMessage(chatId)
    expect(stored?.metadata.status).toBe('done')
    expect(textOf(stored)).toBe(countedTo(words))
    const posts = upstream.asked(question).filter(({ method }) => method === 'POST')
    expect(posts, 'the model is asked once').toHaveLength(1)
  })
}
