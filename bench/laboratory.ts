import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer, type Contender, type Server } from './contenders/contender'
import { otherCore, startChild } from './machine/child'
import { commanderOf, type Commander } from './processes/commands'
import type { ReaderCommands } from './processes/readers'
import type { UpstreamCommands } from './processes/upstream'

/** The model server and the readers, which serve one contender after the other. */
export type Laboratory = {
  upstream: Commander<UpstreamCommands>
  readers: Commander<ReaderCommands>
  /** Runs `work` with servers of this contender that share one data folder; they are gone afterwards. */
  withServers<Result>(
    options: { contender: Contender; count: number },
    work: (servers: Server[]) => Promise<Result>,
  ): Promise<Result>
  /** Ends every stream and throws when one of them was not what the upstream had sent. */
  finishStreams(contender: Contender): Promise<void>
  /** Streams whose text was compared so far. */
  readonly streamsCompared: number
}

const users = 100
const finishMsMax = 30_000

export async function createLaboratory(): Promise<Laboratory> {
  const upstream = commanderOf<UpstreamCommands>(startPart('upstream'))
  const readers = commanderOf<ReaderCommands>(startPart('readers'))
  const upstreamUrl = await upstream('listen')
  let cookies: string[] | undefined
  let streamsCompared = 0

  return {
    upstream,
    readers,
    get streamsCompared() {
      return streamsCompared
    },
    async withServers({ contender, count }, work) {
      const dataDir = await mkdtemp(join(tmpdir(), 'rivulet-bench-'))
      const servers: Server[] = []
      try {
        for (let index = 0; index < count; index++)
          servers.push(await startServer(contender, { upstreamUrl, dataDir }))
        const url = servers[0]?.url ?? ''
        if (contender.hasSessions) cookies ??= await openSessions(url)
        await readers('aim', { url, cookies: contender.hasSessions ? (cookies ?? []) : [''] })
        return await work(servers)
      } finally {
        await Promise.all(servers.map((server) => server.stop()))
        await rm(dataDir, { recursive: true, force: true })
      }
    },
    async finishStreams({ label }) {
      await upstream('finish')
      const ends = await readers('ends', { withinMs: finishMsMax })
      await upstream('goOn')
      const sent = await upstream('sent')
      streamsCompared += ends.length
      const wrong = ends.filter(
        ({ stream, sha256, complete }) => !complete || sent[stream] !== sha256,
      )
      if (wrong.length === 0) return
      const cut = wrong.filter(({ complete }) => !complete)
      throw new WrongStreamError(
        `${label}: ${wrong.length} of ${ends.length} streams are not what was sent, ${cut.length} of them cut` +
          (cut[0] ? `, the first because ${cut[0].fault}.` : '.'),
      )
    },
  }
}

/** An answer was lost or changed on its way. No speed makes up for it. */
export class WrongStreamError extends Error {}

function startPart(name: string) {
  const args = ['--import', './bench/register.mjs', `bench/processes/${name}.ts`]
  return startChild(args, { core: otherCore, environment: { PATH: process.env['PATH'] ?? '' } })
    .process
}

/** Each visit to a page makes a new guest. All servers of the bench sign with one secret, so the cookies last. */
async function openSessions(url: string): Promise<string[]> {
  const cookies: string[] = []
  while (cookies.length < users) {
    const page = await fetch(url)
    await page.text()
    const cookie = page.headers.getSetCookie()[0]?.split(';', 1)[0]
    if (!cookie) throw new Error(`A page visit set no cookie: ${page.status}`)
    cookies.push(cookie)
  }
  return cookies
}
