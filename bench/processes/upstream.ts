import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { z } from 'zod'
import { chatCompletionsFormat } from '@/e2e/upstream/chat-completions-format'
import type { WireWriter } from '@/e2e/upstream/wire-format'
import { serveCommands } from './commands'
import { percentile } from './percentile'
import { scriptSchema, type Script } from './script'
import { nowMicroseconds, timedToken } from './timed-token'
import { wordAt } from './words'

/**
 * The model server: chat completions, streamed to an absolute schedule. Token k of a stream leaves at t0 + k × interval,
 * whatever became of those before it, and says when it left.
 */
const usage = { input: 1, cached: 0, output: 1, reasoning: 0 }
const tickMs = 1

const streams = new Map<string, UpstreamStream>()
const sent: Record<string, string> = {}
let slips: number[] = []
/** Whether streams that only now begin are to end at once, too. */
let finishing = false

class UpstreamStream {
  readonly #script: Script
  readonly #response: ServerResponse
  readonly #writer: WireWriter
  readonly #startedAt = nowMicroseconds()
  #tokens = 0
  #text = ''

  constructor(script: Script, response: ServerResponse, writer: WireWriter) {
    this.#script = script
    this.#response = response
    this.#writer = writer
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    response.write(writer.start())
  }

  get ended(): boolean {
    const { hold, tokens } = this.#script
    return finishing || (!hold && this.#tokens === tokens)
  }

  /** Writes what is due by now. */
  tick(): void {
    const { intervalMs, tokens = Number.POSITIVE_INFINITY } = this.#script
    if (intervalMs === undefined) return this.#writeWords(tokens)
    for (let now = nowMicroseconds(); this.#tokens < tokens; now = nowMicroseconds()) {
      const due = this.#startedAt + this.#tokens * intervalMs * 1000
      if (now < due) return
      slips.push((now - due) / 1000)
      this.#write(timedToken(now))
    }
  }

  finish(): void {
    this.#response.end(this.#writer.finish('stop', usage))
    sent[this.#script.stream] = createHash('sha256').update(this.#text).digest('hex')
  }

  #writeWords(tokens: number): void {
    while (this.#tokens < tokens) this.#write(wordAt(this.#tokens))
  }

  #write(token: string): void {
    this.#tokens += 1
    this.#text += token
    this.#response.write(this.#writer.text(token))
  }
}

function tick(): void {
  for (const [name, stream] of streams) {
    stream.tick()
    if (stream.ended) finish(name)
  }
}

function finish(name: string): void {
  streams.get(name)?.finish()
  streams.delete(name)
}

const bodySchema = z.looseObject({
  stream: z.boolean().default(false),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
})

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/v1/models') return sendJson(response, { data: [{ id: 'bench-model' }] })
  const body = bodySchema.parse(await json(request))
  const script = body.stream ? scriptOf(body) : undefined
  if (!script) {
    const answer = { text: 'A title', reasoning: '', reason: 'stop' as const, usage }
    return sendJson(response, chatCompletionsFormat.whole(body, answer))
  }
  streams.set(
    script.stream,
    new UpstreamStream(script, response, chatCompletionsFormat.writer(body)),
  )
  response.on('close', () => streams.delete(script.stream))
}

function scriptOf({ messages }: z.infer<typeof bodySchema>): Script {
  const content = messages.findLast(({ role }) => role === 'user')?.content
  const text = typeof content === 'string' ? content : textPartsSchema.parse(content)[0]?.text
  return scriptSchema.parse(JSON.parse(text ?? ''))
}

const textPartsSchema = z.array(z.looseObject({ text: z.string() }))

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

const commands = {
  async listen(): Promise<string> {
    const server = createServer((request, response) => {
      serve(request, response).catch((error: unknown) => response.destroy(new Error(String(error))))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    setInterval(tick, tickMs)
    const address = server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/v1`
  },
  /** Ends every stream, and those that begin from now on, until `goOn`. */
  finish(): void {
    finishing = true
  },
  goOn(): void {
    finishing = false
  },
  /** SHA-256 of the text of each stream that was sent to its end, by its name. */
  sent: () => sent,
  /** How late tokens left since the last call, 99th percentile in milliseconds: a slow machine, not a slow server. */
  slipMs(): number {
    const slip = percentile(slips, 0.99)
    slips = []
    return slip
  },
}

export type UpstreamCommands = typeof commands
serveCommands(commands)
