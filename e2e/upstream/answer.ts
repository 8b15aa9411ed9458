import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'
import type { UpstreamRequest } from './request'
import { iteratorOf, type Scenario } from './scenario'
import { sendJson } from './send-json'
import type { FinishReason, Step, Usage } from './steps'
import type { WireFormat, WireWriter } from './wire-format'

/** Performs the steps of a scenario until one of them is the last, or the caller hangs up. */
export async function answer(
  request: UpstreamRequest,
  response: ServerResponse,
  format: WireFormat,
  scenario: Scenario,
) {
  const streaming = request.body['stream'] === true
  const answering = streaming
    ? new StreamedAnswer(request, response, format)
    : new WholeAnswer(request, response, format)
  const steps = iteratorOf(scenario(request))
  while (!request.aborted) {
    const next = await Promise.race([steps.next(), request.whenAborted])
    if (!next || next.done) break
    if ((await answering.perform(next.value)) === 'ended') return
  }
  if (!request.aborted)
    await answering.perform({ type: 'finish', reason: 'stop', usage: undefined })
}

/** Performs steps on one response; `ended` when nothing may follow. */
abstract class Answer {
  protected readonly request: UpstreamRequest
  protected readonly response: ServerResponse
  #textTokens = 0
  #reasoningTokens = 0

  constructor(request: UpstreamRequest, response: ServerResponse) {
    this.request = request
    this.response = response
  }

  async perform(step: Step): Promise<'ended' | 'open'> {
    if (step.type === 'wait') {
      await this.#wait(step.until)
      return 'open'
    }
    if (step.type === 'status') {
      sendJson(this.response, step.code, step.body, step.headers)
      return 'ended'
    }
    if (step.type === 'half-close') {
      this.response.socket?.end()
      return 'ended'
    }
    if (step.type === 'reset') {
      this.response.socket?.resetAndDestroy()
      return 'ended'
    }
    if (step.type === 'text') this.#textTokens += 1
    if (step.type === 'reasoning') this.#reasoningTokens += 1
    return this.write(step)
  }

  protected abstract write(step: Step): Promise<'ended' | 'open'>

  protected usage(): Usage {
    return {
      input: Math.ceil(JSON.stringify(this.request.body).length / 4),
      cached: 0,
      output: this.#textTokens + this.#reasoningTokens,
      reasoning: this.#reasoningTokens,
    }
  }

  async #wait(until: Promise<unknown> | number): Promise<void> {
    const cancel = new AbortController()
    const waited =
      typeof until === 'number'
        ? delay(until, undefined, { signal: cancel.signal }).catch(() => {})
        : until
    await Promise.race([waited, this.request.whenAborted])
    cancel.abort()
  }
}

class StreamedAnswer extends Answer {
  readonly #writer: WireWriter
  #started = false
  #pieceBytes = Number.POSITIVE_INFINITY

  constructor(request: UpstreamRequest, response: ServerResponse, format: WireFormat) {
    super(request, response)
    this.#writer = format.writer(request.body)
  }

  protected async write(step: Step): Promise<'ended' | 'open'> {
    if (step.type === 'split') {
      this.#pieceBytes = step.bytes
      return 'open'
    }
    if (!this.#started) await this.#start()
    if (step.type !== 'eof') await this.#send(this.#wireOf(step))
    const ended = step.type === 'eof' || step.type === 'finish'
    if (ended) this.response.end()
    return ended ? 'ended' : 'open'
  }

  #wireOf(step: Step): Uint8Array | string {
    if (step.type === 'text') return this.#writer.text(step.delta)
    if (step.type === 'reasoning') return this.#writer.reasoning(step.delta)
    if (step.type === 'error') return this.#writer.error(step.error)
    if (step.type === 'malformed') return `data: ${step.payload}\n\n`
    if (step.type === 'raw') return step.bytes
    if (step.type === 'finish') return this.#writer.finish(step.reason, step.usage ?? this.usage())
    return ''
  }

  async #start(): Promise<void> {
    this.#started = true
    this.response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    this.response.flushHeaders()
    await this.#send(this.#writer.start())
  }

  async #send(wire: Uint8Array | string): Promise<void> {
    const bytes = Buffer.from(wire)
    for (let at = 0; at < bytes.length && !this.request.aborted; at += this.#pieceBytes) {
      const accepted = this.response.write(bytes.subarray(at, at + this.#pieceBytes))
      if (!accepted) await Promise.race([once(this.response, 'drain'), this.request.whenAborted])
      // A turn between the pieces, or they would leave in one packet.
      if (Number.isFinite(this.#pieceBytes)) await nextTurn()
    }
  }
}

class WholeAnswer extends Answer {
  readonly #format: WireFormat
  #text = ''
  #reasoning = ''

  constructor(request: UpstreamRequest, response: ServerResponse, format: WireFormat) {
    super(request, response)
    this.#format = format
  }

  protected async write(step: Step): Promise<'ended' | 'open'> {
    if (step.type === 'text') this.#text += step.delta
    else if (step.type === 'reasoning') this.#reasoning += step.delta
    else if (step.type === 'error') return this.#end(500, { error: step.error })
    else if (step.type === 'malformed') return this.#end(200, step.payload)
    else if (step.type === 'finish') return this.#end(200, this.#whole(step.reason, step.usage))
    return 'open'
  }

  #whole(reason: FinishReason, usage: Usage | undefined): unknown {
    return this.#format.whole(this.request.body, {
      text: this.#text,
      reasoning: this.#reasoning,
      reason,
      usage: usage ?? this.usage(),
    })
  }

  #end(code: number, body: unknown): 'ended' {
    sendJson(this.response, code, body)
    return 'ended'
  }
}
