import { createClient } from '@redis/client'
import type { Cluster } from '../fixtures/cluster'
import { countedTo, countingTo, expect, skipWithoutServers, test } from '../fixtures/cluster-test'
import type { EventStream } from '../fixtures/event-stream'
import { textOf } from '../fixtures/schemas'
import { step } from '../upstream/steps'

skipWithoutServers()
test.skip(Boolean(process.env['REDIS_URL']), 'Only a private Redis may be broken; unset REDIS_URL.')
test.slow()

/** Each instance has found Redis again: with a connection for commands, and one that listens. */
test.beforeEach(async ({ cluster }) => {
  const { length } = cluster.instances
  await expect
    .poll(() => connections(cluster), { timeout: 10_000 })
    .toMatchObject({ listening: length, others: length })
})

type Trouble = {
  name: string
  /** What the instances count it as. */
  kind: string
  says: string
  begin: (cluster: Cluster) => Promise<unknown>
  end: (cluster: Cluster) => Promise<unknown>
}

const refused = { kind: 'refused', says: 'Redis refuses the logs of answers' }
const troubles: Trouble[] = [
  {
    name: 'is restarted and has forgotten everything',
    kind: 'data-lost',
    says: 'Redis has lost the log of a running answer',
    begin: ({ redis }) => redis.restart(),
    end: async () => {},
  },
  {
    name: 'is lost for a while',
    kind: 'unreachable',
    says: 'Redis cannot be reached',
    begin: ({ redis }) => redis.kill('SIGKILL'),
    end: ({ redis }) => redis.restart(),
  },
  {
    name: 'is full',
    ...refused,
    begin: (cluster) =>
      command(cluster, 'CONFIG', 'SET', 'maxmemory', '1', 'maxmemory-policy', 'noeviction'),
    end: (cluster) => command(cluster, 'CONFIG', 'SET', 'maxmemory', '0'),
  },
  {
    name: 'is read-only',
    ...refused,
    begin: (cluster) => command(cluster, 'REPLICAOF', '127.0.0.1', '1'),
    end: (cluster) => command(cluster, 'REPLICAOF', 'NO', 'ONE'),
  },
]

for (const { name, kind, says, begin, end } of troubles) {
  test(`row 7: when Redis ${name}, the answer completes, no event comes twice, and it is told`, async ({
    cluster,
    a,
    b,
    c,
    upstream,
    question,
    chatId,
  }) => {
    const gate = upstream.gate(question)
    upstream.script(question, function* () {
      yield* countingTo(40)
      yield step.wait(gate.opened)
      yield* countingTo(40)
    })
    const whole = countedTo(40) + countedTo(40)
    const saidBefore = cluster.instances[0]?.output().length ?? 0
    const countedBefore = await cluster.metric(0, 'rivulet_stream_log_faults_total', kind)
    const near = await a.send({ chatId, text: question })
    const far = await b.attach(chatId)
    await Promise.all([near, far].map((reader) => reader.untilText('w40 ')))

    await begin(cluster)
    gate.open()
    await near.untilText(whole)
    await end(cluster)
    await near.completed()
    const followed = await goOn(far, (lastEventId) => c.attach(chatId, lastEventId))

    expect(near.text).toBe(whole)
    expect(near.metadata?.status).toBe('done')
    expectOnce(near.events.map(({ id }) => id))
    const stored = await c.lastMessage(chatId)
    expect(textOf(stored)).toBe(whole)
    expect(stored?.metadata.status).toBe('done')
    expect(followed.text, 'the reader elsewhere has it whole, or is told to load it').toBe(
      followed.isWhole ? whole : whole.slice(0, followed.text.length),
    )
    expectOnce(followed.ids)
    expect(cluster.instances[0]?.output().slice(saidBefore)).toContain(says)
    expect(await cluster.metric(0, 'rivulet_stream_log_faults_total', kind)).toBe(countedBefore + 1)
    expect(upstream.asked(question)).toHaveLength(1)
  })
}

test('row 7: an answer begun while Redis is away reaches its reader and the database', async ({
  cluster,
  a,
  b,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => countingTo(30))
  await cluster.redis.kill('SIGKILL')
  const stream = await a.send({ chatId, text: question })
  await stream.completed()
  expect(stream.text).toBe(countedTo(30))
  expect(stream.metadata?.status).toBe('done')
  const stored = await b.lastMessage(chatId)
  expect(stored?.metadata.status).toBe('done')
  expect(textOf(stored)).toBe(countedTo(30))
  await cluster.redis.restart()
})

test('row 8: when the news of events is lost again and again, readers elsewhere have them all, in order', async ({
  cluster,
  a,
  b,
  c,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => countingTo(150))
  const sender = await a.send({ chatId, text: question })
  const readers = [await b.attach(chatId), await c.attach(chatId)]
  for (const word of ['w20 ', 'w50 ', 'w80 ', 'w110 ']) {
    await sender.untilText(word)
    // Every subscription goes, with whatever is published until it is made again.
    const killed = () => command(cluster, 'CLIENT', 'KILL', 'TYPE', 'pubsub')
    await expect.poll(killed).toBeGreaterThanOrEqual(cluster.instances.length - 1)
  }
  for (const reader of [sender, ...readers]) {
    await reader.completed()
    expect(reader.text).toBe(countedTo(150))
    expect(reader.metadata?.status).toBe('done')
    expectOnce(reader.events.map(({ id }) => id))
  }
  const lateMs = readers.map(
    ({ events }) => (events.at(-1)?.at ?? 0) - (sender.events.at(-1)?.at ?? 0),
  )
  expect(Math.max(...lateMs)).toBeLessThan(5000)
})

type Followed = { text: string; ids: (string | undefined)[]; isWhole: boolean }

/** Reads to the end as clients do: from the last event, again and again, until there is nothing to read. */
async function goOn(
  first: EventStream,
  attach: (lastEventId: string) => Promise<EventStream>,
): Promise<Followed> {
  const followed: Followed = { text: '', ids: [], isWhole: false }
  let lastEventId = ''
  for (let reader = first; ; reader = await attach(lastEventId)) {
    await reader.ended
    followed.text += reader.text
    followed.ids.push(...reader.events.map(({ id }) => id))
    followed.isWhole = reader.isComplete
    lastEventId = reader.lastEventId || lastEventId
    if (reader.isComplete || reader.status === 204 || reader.status === 410) return followed
  }
}

/** Who is connected to Redis, whoever asks apart. */
async function connections(cluster: Cluster): Promise<{ listening: number; others: number }> {
  const lines = String(await command(cluster, 'CLIENT', 'LIST'))
    .trim()
    .split('\n')
  const listening = lines.filter((line) => / flags=P/.test(line)).length
  return { listening, others: lines.length - listening - 1 }
}

async function command({ redis }: Cluster, ...words: string[]): Promise<unknown> {
  const client = createClient({ url: redis.url })
  await client.connect()
  try {
    return await client.sendCommand(words)
  } finally {
    client.destroy()
  }
}

function expectOnce(ids: readonly (string | undefined)[]): void {
  const positions = ids.map((id = '') => Number(id.split('.')[1]))
  expect(positions, 'each event once, in order').toEqual(
    [...new Set(positions)].toSorted((left, right) => left - right),
  )
}
