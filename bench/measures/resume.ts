import type { Contender } from '../contenders/contender'
import type { Laboratory } from '../laboratory'
import type { Plan } from '../plan'
import { median } from '../processes/percentile'

export type Resume = { resumeMs: number; resumeBytes: number }

/** Takes up a long answer from its beginning, at an instance that has not seen its run where there are several. */
export function measureResume({
  laboratory,
  contender,
  plan,
}: {
  laboratory: Laboratory
  contender: Contender
  plan: Plan
}): Promise<Resume> {
  const { readers } = laboratory
  return laboratory.withServers({ contender, count: contender.instances ?? 1 }, async (servers) => {
    const url = servers.at(-1)?.url ?? ''
    const held = await readers('hold', { tokens: plan.resumeTokens })
    // The first one warms the route up.
    await readers('replay', { url, held })
    const replays = []
    for (let round = 0; round < plan.resumes; round++)
      replays.push(await readers('replay', { url, held }))
    if (replays.some(({ same }) => !same))
      throw new Error(`${contender.label}: a replay is not the answer.`)
    await laboratory.finishStreams(contender)
    return {
      resumeMs: median(replays.map(({ ms }) => ms)),
      resumeBytes: median(replays.map(({ bytes }) => bytes)),
    }
  })
}
