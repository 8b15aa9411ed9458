import { setTimeout as delay } from 'node:timers/promises'
import { metricsToken } from '../contenders/contenders'
import type { Contender, Server } from '../contenders/contender'
import type { Laboratory } from '../laboratory'
import type { Plan } from '../plan'
import { commanderOf } from '../processes/commands'
import type { ProbeCommands } from '../processes/probe.mjs'

export type Memory = {
  /** Resident memory that one more stream takes, a few seconds after its start. */
  residentBytesPerStream: number
  /** The same without what the process keeps in reserve: objects and buffers in use after a collection. */
  liveBytesPerStream: number
}

export type Cycles = {
  /** What is in use on the heap, before and after each fifth of the cycles. */
  heapBytes: number[]
  rssBytesBefore: number
  rssBytesAfter: number
  /** As the server counts them; nothing from a server that does not. */
  readersBefore: number | undefined
  readersAfter: number | undefined
}

type Options = { laboratory: Laboratory; contender: Contender; plan: Plan }

const streamMs = 4000
const streamsBefore = 5
const parts = 5

export function measureMemory({ laboratory, contender, plan }: Options): Promise<Memory> {
  return laboratory.withServers({ contender, count: 1 }, async ([server]) => {
    const { readers } = laboratory
    const probe = probeOf(server)
    const count = plan.memoryStreams
    const openFor = async (streams: number) => {
      await readers('open', { count: streams, overMs: streams * 15 })
      await delay(streamMs)
    }
    // The first time round compiles code and grows the heap, which belongs to no stream. A few streams then go on, or
    // code that rests would be thrown away in the first collection and counted when it comes back.
    await openFor(count)
    await laboratory.finishStreams(contender)
    await openFor(streamsBefore)
    const before = await probe('memory')
    await openFor(count)
    const after = await probe('memory')
    await laboratory.finishStreams(contender)
    return {
      residentBytesPerStream: (after.rss - before.rss) / count,
      liveBytesPerStream: (liveBytes(after) - liveBytes(before)) / count,
    }
  })
}

/** Readers that come and go again, all to one answer. What they leave behind would add up. */
export function measureCycles({ laboratory, contender, plan }: Options): Promise<Cycles> {
  return laboratory.withServers({ contender, count: 1 }, async ([server]) => {
    const { readers } = laboratory
    const probe = probeOf(server)
    const held = await readers('hold', { tokens: 20 })
    await readers('cycle', { held, count: plan.cycles / parts })
    const memories = [await probe('memory')]
    const readersBefore = await activeReaders(server)
    for (let part = 0; part < parts; part++) {
      await readers('cycle', { held, count: plan.cycles / parts })
      memories.push(await probe('memory'))
    }
    const readersAfter = await activeReaders(server)
    await laboratory.finishStreams(contender)
    return {
      heapBytes: memories.map(({ heapUsed }) => heapUsed),
      rssBytesBefore: memories[0]?.rss ?? 0,
      rssBytesAfter: memories.at(-1)?.rss ?? 0,
      readersBefore,
      readersAfter,
    }
  })
}

function liveBytes({ heapUsed, external }: NodeJS.MemoryUsage): number {
  return heapUsed + external
}

function probeOf(server: Server | undefined) {
  if (!server) throw new Error('There is no server to measure.')
  return commanderOf<ProbeCommands>(server.child.process)
}

/** The server's own count of open streams, once it stands still. */
async function activeReaders(server: Server | undefined): Promise<number | undefined> {
  await delay(500)
  const headers = { authorization: `Bearer ${metricsToken}` }
  const response = await fetch(`${server?.url}/api/metrics`, { headers })
  if (!response.ok) return undefined
  const lines = (await response.text()).split('\n')
  const counts = lines.filter((line) => line.startsWith('rivulet_readers'))
  return counts.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
}
