import type { Machine } from '../machine/machine'
import type { TransportId } from '../transport/server'
import type { ProxyResult, TransportPlan, TransportResults } from '../transport/measure'
import { figure, markdownTable } from './table'

export type TransportRun = {
  date: string
  quick: boolean
  plan: TransportPlan
  machine: Machine
  loadAverages: number[]
  transports: TransportResults[]
}

type Words = {
  transports: Record<TransportId, string>
  columns: string[]
  proxyColumns: string[]
  fails: (fault: string) => string
  arrives: (result: { firstToken: string; lateness: string }) => string
  conditions: (run: TransportRun) => string
}

const english: Words = {
  transports: {
    'sse-http1': 'SSE, HTTP/1.1',
    'sse-http2': 'SSE, HTTP/2',
    websocket: 'WebSocket',
    'websocket-deflate': 'WebSocket, permessage-deflate',
  },
  columns: [
    'transport',
    'bytes per token',
    'bytes to ask',
    'CPU per token, server / client, µs',
    'memory per stream, KB',
    'lateness p50 / p99, ms',
    'first token, near / far, ms',
    'caught up after a cut, far, ms',
  ],
  proxyColumns: [
    'transport',
    'buffering proxy that heeds `X-Accel-Buffering: no`',
    'buffering proxy that does not',
    'HTTP/1.0 proxy without Upgrade',
  ],
  fails: (fault) => `fails: ${fault}`,
  arrives: ({ firstToken, lateness }) => `first token ${firstToken} ms, then ${lateness} ms late`,
  conditions: ({ machine, plan, loadAverages }) =>
    `${machine.cpu}, ${machine.cores} cores; Node ${machine.node}; the server on one core, the readers on the other. ` +
    `${plan.streams} streams of 50 tokens a second, ${plan.tokens} tokens each, medians of ${plan.rounds} rounds; load ` +
    `average ${loadAverages.map((load) => load.toFixed(1)).join(' before and ')} after. HTTP/2 is without TLS, like the ` +
    'others: TLS adds about 22 bytes to each record of any of them. Far: 40 ms there and back.',
}

const chinese: Words = {
  transports: {
    'sse-http1': 'SSE，HTTP/1.1',
    'sse-http2': 'SSE，HTTP/2',
    websocket: 'WebSocket',
    'websocket-deflate': 'WebSocket，permessage-deflate',
  },
  columns: [
    '传输方式',
    '每 token 字节数',
    '建立请求字节数',
    '每 token CPU，服务端 / 客户端，µs',
    '每条流内存，KB',
    '延迟 p50 / p99，ms',
    '首个 token，本机 / 远端，ms',
    '断线后追平，远端，ms',
  ],
  proxyColumns: [
    '传输方式',
    '有缓冲、遵守 `X-Accel-Buffering: no` 的代理',
    '有缓冲、不理会该响应头的代理',
    '不支持 Upgrade 的 HTTP/1.0 代理',
  ],
  fails: (fault) => `失败：${fault}`,
  arrives: ({ firstToken, lateness }) => `首个 token ${firstToken} ms，之后晚到 ${lateness} ms`,
  conditions: ({ machine, plan, loadAverages }) =>
    `${machine.cpu}，${machine.cores} 核；Node ${machine.node}；服务端独占一个核，读者在另一个核上。` +
    `${plan.streams} 条流，每条每秒 50 个 token、共 ${plan.tokens} 个，取 ${plan.rounds} 轮的中位数；` +
    `前后负载 ${loadAverages.map((load) => load.toFixed(1)).join('、')}。HTTP/2 与其他方式一样不加 TLS：` +
    'TLS 会让每条记录多出约 22 字节，对谁都一样。“远端”指往返 40 ms。',
}

const languages = { en: english, 'zh-CN': chinese }

/** The tables of a run, in one of the languages of docs/sse-or-websocket. */
export function transportTables(run: TransportRun, language: keyof typeof languages): string {
  const words = languages[language]
  return [
    words.conditions(run),
    markdownTable(
      words.columns,
      run.transports.map((results) => transportRow(results, words)),
    ),
    markdownTable(
      words.proxyColumns,
      run.transports
        .filter(({ proxies }) => proxies.length > 0)
        .map(({ transport, proxies }) => [
          words.transports[transport],
          ...proxies.map((proxy) => proxyCell(proxy, words)),
        ]),
    ),
  ].join('\n\n')
}

function transportRow(results: TransportResults, words: Words): string[] {
  const pair = (one: number, other: number) => `${figure(one)} / ${figure(other)}`
  return [
    words.transports[results.transport],
    figure(results.bytesPerToken),
    results.bytesToAsk.toFixed(0),
    pair(results.serverCpuMicroseconds, results.clientCpuMicroseconds),
    (results.memoryBytesPerStream / 1000).toFixed(0),
    pair(results.latenessP50Ms, results.latenessP99Ms),
    pair(results.firstTokenMs, results.firstTokenFarMs),
    results.caughtUpFarMs.toFixed(0),
  ]
}

function proxyCell({ fault, firstTokenMs, latenessMs }: ProxyResult, words: Words): string {
  if (fault !== undefined) return words.fails(fault)
  return words.arrives({
    firstToken: firstTokenMs.toFixed(0),
    lateness: latenessMs.toFixed(latenessMs < 10 ? 1 : 0),
  })
}
