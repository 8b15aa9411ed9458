import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Contender } from '../contenders/contender'
import type { Laboratory } from '../laboratory'
import type { Plan } from '../plan'
import { commanderOf } from '../processes/commands'
import type { ProbeCommands } from '../processes/probe.mjs'
import { selfTimes } from '../report/self-times'
import { markdownTable } from '../report/table'

const shown = 15

/** Where the server's time goes under the load of the plan. */
export function measureProfile({
  laboratory,
  contender,
  plan,
}: {
  laboratory: Laboratory
  contender: Contender
  plan: Plan
}): Promise<{ path: string; page: string }> {
  const { readers } = laboratory
  return laboratory.withServers({ contender, count: 1 }, async ([server]) => {
    if (!server) throw new Error('There is no server to measure.')
    const probe = commanderOf<ProbeCommands>(server.child.process)
    await readers('open', { count: plan.streams, overMs: 2000 })
    await readers('watch', { windowMs: 2000 })
    await probe('startProfile')
    const { tokens } = await readers('watch', { windowMs: plan.windowMs * 2 })
    const taken = await probe('stopProfile')
    await laboratory.finishStreams(contender)
    const path = join(tmpdir(), `bench-${contender.id}.cpuprofile`)
    await writeFile(path, JSON.stringify(taken))
    const rows = selfTimes(taken)
      .slice(0, shown)
      .map(({ place, share, microseconds }) => [
        place,
        `${(share * 100).toFixed(1)} %`,
        (microseconds / tokens).toFixed(1),
      ])
    return { path, page: markdownTable(['function', 'share', 'µs per token'], rows) }
  })
}
