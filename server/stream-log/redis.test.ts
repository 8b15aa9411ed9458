import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { defineScript, type Redis } from '../redis/redis'
import { describeStreamLog } from './stream-log.contract'
import {
  type Instance,
  begin,
  followAll,
  hasRedis,
  letters,
  openRedisBench,
  readAll,
  seqsOf,
  text,
  textOf,
} from './testing/redis-bench'

const { instance, acrossInstances } = openRedisBench()

describe.skipIf(!hasRedis)('on Redis', () => {
  describeStreamLog('redis', () => instance(randomUUID()))
  describeStreamLog('redis, read on another instance', () => acrossInstances())
  describeStreamLog('redis, read on another instance, joined in place all the time', () =>
    acrossInstances({ runBytesMax: 1 }),
  )

  it('gives a run to one writer of all instances', async () => {
    const prefix = randomUUID()
    const instances = await Promise.all([instance(prefix), instance(prefix), instance(prefix)])
    const writers = await Promise.all(instances.map((log) => log.open('run')))
    expect(writers.filter(Boolean)).toHaveLength(1)
  })

  it('puts a long log together and replays it whole from any position', async () => {
    const prefix = randomUUID()
    const writer = await begin(await instance(prefix))
    for (const [index, letter] of letters.entries()) {
      writer.append(text(letter))
      if (index % 10 === 0) await writer.flush()
    }
    await writer.close('done')

    const elsewhere = await instance(prefix)
    for (const after of [0, 1, 511, 512, 513, 777, 1999, 2000]) {
      const events = await readAll(elsewhere, after)
      expect(textOf(events)).toBe(letters.slice(after).join(''))
      expect(events.at(-1)).toEqual({ seq: 2001, end: 'done' })
    }
    const tail = await elsewhere.redis.run(countTail, { keys: tailOf(prefix), args: [] })
    expect(tail, 'entries that are not put together yet').toBeLessThan(600)
  })

  it('fills what messages did not bring from the stream, in order', async () => {
    const prefix = randomUUID()
    const [here, there] = [await instance(prefix), await instance(prefix)]
    const writer = await begin(here, ['a'])
    await writer.flush()
    const reading = readAll(there)
    await expect.poll(() => there.size().bytes).toBeGreaterThan(0)
    const breaker = setInterval(() => void dropSubscribers(here.redis), 20)
    for (const [index, letter] of letters.slice(0, 300).entries()) {
      writer.append(text(letter))
      if (index % 3 === 0) await delay(1)
    }
    await writer.close('done')
    clearInterval(breaker)
    const events = await reading
    expect(textOf(events)).toBe(`a${letters.slice(0, 300).join('')}`)
    expect(seqsOf(events)).toEqual([...new Set(seqsOf(events))].toSorted((one, two) => one - two))
  })

  it('cancels within a renewal also when the message is lost', async () => {
    const prefix = randomUUID()
    const [here, there] = [await instance(prefix), await instance(prefix)]
    const writer = await begin(here, ['a'])
    await writer.flush()
    const head = `${prefix}run:{run}:head`
    await there.redis.run(setCancel, { keys: [head], args: [] })
    await expect.poll(() => writer.signal.aborted).toBe(true)
  })

  describe('when a writer is gone', () => {
    async function died(): Promise<{ elsewhere: Instance; prefix: string }> {
      const prefix = randomUUID()
      const dying = await instance(prefix)
      const writer = await begin(dying, ['a', 'b', 'c'])
      await writer.flush()
      await dying.close()
      return { elsewhere: await instance(prefix), prefix }
    }

    it('lets nobody take its place while its lease holds', async () => {
      const prefix = randomUUID()
      await begin(await instance(prefix), ['a'])
      const elsewhere = await instance(prefix)
      await delay(600)
      expect(await elsewhere.takeOver('run')).toEqual({ status: 'held' })
    })

    it('tells readers, and goes on behind what was written once somebody has its place', async () => {
      const { elsewhere, prefix } = await died()
      await expect(readAll(elsewhere)).rejects.toThrow(/is gone/)
      const others = [elsewhere, await instance(prefix), await instance(prefix)]
      const attempts = await Promise.all(others.map((log) => log.takeOver('run')))
      const taken = attempts.filter((attempt) => attempt.status === 'taken')
      expect(taken).toHaveLength(1)
      const [place] = taken
      if (place?.status !== 'taken') throw new Error('nobody has it')
      expect(textOf(place.events)).toBe('abc')
      expect(place.writer.append(text('d'))).toBe(4)
      const more = letters.slice(0, 600)
      for (const letter of more) place.writer.append(text(letter))
      await place.writer.close('interrupted')
      const whole = `abcd${more.join('')}`
      for (const log of others) expect(textOf(await readAll(log, 1))).toBe(whole.slice(1))
      expect(textOf(await readAll(await instance(prefix)))).toBe(whole)
      expect(await elsewhere.takeOver('run')).toEqual({ status: 'ended' })
      expect(await (await instance(prefix)).takeOver('run')).toEqual({ status: 'ended' })
    })

    it('refuses the old writer when it wakes up, and cuts its readers', async () => {
      const prefix = randomUUID()
      const paused = await instance(prefix, { renewEveryMs: 60_000 })
      const writer = await begin(paused, ['a'])
      const reading = readAll(paused).catch((error: unknown) => error)
      await writer.flush()
      const elsewhere = await instance(prefix)
      await expect.poll(async () => (await elsewhere.takeOver('run')).status).toBe('taken')

      writer.append(text('too late'))
      await expect.poll(() => writer.signal.aborted).toBe(true)
      expect(writer.signal.reason).toMatchObject({ name: 'WriterLostError' })
      expect(await reading).toMatchObject({ name: 'WriterGoneError' })
      expect(paused.leasesLost()).toBe(1)
      expect(await elsewhere.head('run')).toEqual({ seq: 1 })
    })

    it('lets nobody read on from what only the dead writer’s own readers saw', async () => {
      const { elsewhere, prefix } = await died()
      await expect(readAll(elsewhere)).rejects.toThrow(/is gone/)
      const place = await elsewhere.takeOver('run')
      if (place.status !== 'taken') throw new Error('nobody has it')
      const unseen = readAll(await instance(prefix), 5).catch((error: unknown) => error)
      await place.discardUnseen()
      place.writer.append({ type: 'finish' })
      await place.writer.close('interrupted')
      expect(await unseen).toMatchObject({ name: 'PositionLostError' })
      const fresh = await instance(prefix)
      expect(await fresh.head('run')).toMatchObject({ lost: { after: 3 }, end: 'interrupted' })
      expect(textOf(await readAll(fresh))).toBe('abc')
      expect((await readAll(fresh, 3)).map((event) => 'end' in event)).toEqual([false, true])
      await expect(readAll(fresh, 4)).rejects.toThrow(/never had/)
      await expect(readAll(elsewhere, 4)).rejects.toThrow(/never had/)
    })

    it('takes over at once what its writer has released, also in the same process', async () => {
      const prefix = randomUUID()
      const here = await instance(prefix)
      const writer = await begin(here, ['a'])
      const reading = followAll(here)
      await writer.release()
      const place = await here.takeOver('run')
      if (place.status !== 'taken') throw new Error(`It is ${place.status}.`)
      expect(textOf(place.events)).toBe('a')
      place.writer.append(text('b'))
      await place.writer.close('done')
      expect(textOf(await reading)).toBe('ab')
      expect(textOf(await readAll(await instance(prefix)))).toBe('ab')
      expect(here.leasesLost()).toBe(0)
    })

    it('says that there is nothing to take of an unknown run', async () => {
      expect(await (await instance(randomUUID())).takeOver('run')).toEqual({ status: 'none' })
    })
  })
})

const countTail = defineScript("return redis.call('XLEN', KEYS[1])")
const setCancel = defineScript("return redis.call('HSET', KEYS[1], 'cancel', 1)")

function tailOf(prefix: string): string[] {
  return [`${prefix}run:{run}:tail`]
}

function dropSubscribers(redis: Redis): Promise<unknown> {
  const drop = defineScript("return redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub')")
  return redis.run(drop, { keys: [], args: [] }).catch(() => undefined)
}
