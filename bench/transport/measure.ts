import type { Child } from '../machine/child'
import { cpuMicroseconds } from '../machine/cpu-time'
import { commanderOf, type Commander } from '../processes/commands'
import { median } from '../processes/percentile'
import type { Read, TransportClientCommands } from './client'
import type { NetworkCommands, NetworkKind } from './network'
import type { TransportId, TransportServerCommands } from './server'

export type TransportPlan = {
  rounds: number
  streams: number
  tokens: number
  windowMs: number
  repeats: number
  proxyTokens: number
}

/** The processes that take part. */
export type Parts = { server: Child; client: Child; network: Child }

export type TransportResults = {
  transport: TransportId
  bytesPerToken: number
  /** What the reader sends for one answer, headers included. */
  bytesToAsk: number
  serverCpuMicroseconds: number
  clientCpuMicroseconds: number
  memoryBytesPerStream: number
  latenessP50Ms: number
  latenessP99Ms: number
  firstTokenMs: number
  firstTokenFarMs: number
  caughtUpFarMs: number
  proxies: ProxyResult[]
}

export type ProxyResult = {
  proxy: NetworkKind
  /** What went wrong; then nothing arrived. */
  fault: string | undefined
  firstTokenMs: number
  latenessMs: number
}

type Measuring = {
  parts: Parts
  server: Commander<TransportServerCommands>
  client: Commander<TransportClientCommands>
  network: Commander<NetworkCommands>
  transport: TransportId
  port: number
  plan: TransportPlan
}

const proxies = ['obeying buffer', 'deaf buffer', 'HTTP/1.0'] as const
const openMs = 1000
const patienceMs = 30_000

export async function measureTransport(
  parts: Parts,
  { transport, plan }: { transport: TransportId; plan: TransportPlan },
): Promise<TransportResults> {
  const server = commanderOf<TransportServerCommands>(parts.server.process)
  const client = commanderOf<TransportClientCommands>(parts.client.process)
  const network = commanderOf<NetworkCommands>(parts.network.process)
  const port = await server('listen', transport)
  const measuring = { parts, server, client, network, transport, port, plan }
  // Compiles what is measured next.
  await measureLoad({ ...measuring, plan: { ...plan, windowMs: 500, tokens: 100 } })

  const rounds: Awaited<ReturnType<typeof measureLoad>>[] = []
  for (let round = 0; round < plan.rounds; round++) rounds.push(await measureLoad(measuring))
  const farPort = await network('putBefore', { kind: 'distance', port })
  const middle = (name: keyof (typeof rounds)[number]) => median(rounds.map((round) => round[name]))
  return {
    transport,
    bytesPerToken: middle('bytesPerToken'),
    bytesToAsk: middle('bytesToAsk'),
    serverCpuMicroseconds: middle('serverCpuMicroseconds'),
    clientCpuMicroseconds: middle('clientCpuMicroseconds'),
    memoryBytesPerStream: await measureMemory(measuring),
    latenessP50Ms: middle('p50Ms'),
    latenessP99Ms: middle('p99Ms'),
    firstTokenMs: await measureFirstToken(measuring, port),
    firstTokenFarMs: await measureFirstToken(measuring, farPort),
    caughtUpFarMs: await measureCuts(measuring, farPort),
    proxies: await measureProxies(measuring),
  }
}

async function measureLoad({ parts, server, client, transport, port, plan }: Measuring) {
  const { streams: count, tokens, windowMs } = plan
  const pids = [parts.server.pid, parts.client.pid]
  await client('open', { transport, port, count, tokens, overMs: openMs })
  await client('watch', { windowMs: 500 })
  const before = await Promise.all(pids.map(cpuMicroseconds))
  const seen = await client('watch', { windowMs })
  const after = await Promise.all(pids.map(cpuMicroseconds))
  const reads = await client('ends')
  for (const read of reads) await requireWhole(server, read)
  await server('clear')
  const cpu = (index: number) => ((after[index] ?? 0) - (before[index] ?? 0)) / seen.tokens
  const sum = (name: 'bytesRead' | 'bytesWritten') =>
    reads.reduce((total, read) => total + read[name], 0) / reads.length
  return {
    ...seen,
    serverCpuMicroseconds: cpu(0),
    clientCpuMicroseconds: cpu(1),
    bytesPerToken: sum('bytesRead') / tokens,
    bytesToAsk: sum('bytesWritten'),
  }
}

/** Many more streams than before, so that memory which the process kept from those counts for little. */
async function measureMemory({
  server,
  client,
  transport,
  port,
  plan,
}: Measuring): Promise<number> {
  const count = plan.streams * 8
  const before = await server('rssBytes')
  await client('open', { transport, port, count, tokens: 150, overMs: 2 * openMs })
  const after = await server('rssBytes')
  await client('ends')
  await server('clear')
  return (after - before) / count
}

async function measureFirstToken(measuring: Measuring, port: number): Promise<number> {
  const { client, transport, plan } = measuring
  const waits: number[] = []
  for (let index = 0; index < plan.repeats; index++) {
    const { firstTokenMs } = await client('readOne', { transport, port, tokens: 2, patienceMs })
    waits.push(firstTokenMs)
  }
  return median(waits)
}

async function measureCuts({ server, client, transport, plan }: Measuring, port: number) {
  const times: number[] = []
  for (let index = 0; index < plan.repeats; index++) {
    const { caughtUpMs, ...read } = await client('cutOne', { transport, port, tokens: 40 })
    await requireWhole(server, read)
    times.push(caughtUpMs)
  }
  return median(times)
}

/** A proxy ends HTTP/2 itself and speaks HTTP/1.1 behind it, so that row says nothing of its own. */
async function measureProxies({ client, network, transport, port, plan }: Measuring) {
  if (transport === 'sse-http2') return []
  const results: ProxyResult[] = []
  for (const proxy of proxies) {
    const proxyPort = await network('putBefore', { kind: proxy, port })
    const { fault, firstTokenMs, latenessMs } = await client('readOne', {
      transport,
      port: proxyPort,
      tokens: plan.proxyTokens,
      patienceMs,
    })
    results.push({ proxy, fault, firstTokenMs, latenessMs })
  }
  return results
}

async function requireWhole(server: Commander<TransportServerCommands>, read: Read): Promise<void> {
  if (read.complete && (await server('sha256', read.id)) === read.sha256) return
  throw new Error('A transport lost or changed an answer.')
}
