import type { FinishReason, Usage } from './steps'
import type { WireFormat, WireWriter } from './wire-format'

const base = { id: 'resp_1', object: 'response', created_at: 1_700_000_000 }
const incompleteReasons: Record<FinishReason, string | undefined> = {
  stop: undefined,
  length: 'max_output_tokens',
  'content-filter': 'content_filter',
}

/** `POST /v1/responses`: the typed events of OpenAI's Responses API, in the order in which it sends them. */
export const responsesFormat: WireFormat = {
  writer: (body) => new ResponsesWriter(body['model']),
  whole: (body, { text, reasoning, reason, usage }) =>
    responseObject(body['model'], reason, usage, [
      ...(reasoning ? [reasoningItem('rs_0', reasoning)] : []),
      messageItem('msg_1', text),
    ]),
}

/** The same for a response in background mode, which waits in a queue first. */
export function backgroundWriter(body: Record<string, unknown>, id: string): WireWriter {
  return new ResponsesWriter(body['model'], { id, states: ['queued', 'in_progress'] })
}

type OpenItem = { kind: 'message' | 'reasoning'; id: string; text: string }

class ResponsesWriter implements WireWriter {
  readonly #model: unknown
  readonly #base: typeof base
  readonly #states: readonly string[]
  readonly #done: object[] = []
  #open: OpenItem | undefined
  #sequence = 0

  constructor(model: unknown, { id = base.id, states = ['in_progress'] } = {}) {
    this.#model = model
    this.#base = { ...base, id }
    this.#states = states
  }

  start(): string {
    const responseIn = (status: string | undefined) => ({
      response: { ...this.#base, status, model: this.#model, output: [] },
    })
    const created = this.#event('response.created', responseIn(this.#states[0]))
    const entered = this.#states.map((state) => this.#event(`response.${state}`, responseIn(state)))
    return created + entered.join('')
  }

  text(delta: string): string {
    const opened = this.#enter('message')
    return (
      opened +
      this.#delta('response.output_text.delta', { content_index: 0, delta, logprobs: [] }, delta)
    )
  }

  reasoning(delta: string): string {
    const opened = this.#enter('reasoning')
    return (
      opened +
      this.#delta('response.reasoning_summary_text.delta', { summary_index: 0, delta }, delta)
    )
  }

  error({
    message,
    code,
    type,
  }: {
    message: string
    code?: string | number
    type?: string
  }): string {
    if (type !== 'response.failed') {
      return this.#event('error', { code: code ?? null, message, param: null })
    }
    const error = { code: code === undefined ? null : String(code), message }
    return this.#event('response.failed', {
      response: {
        ...this.#base,
        status: 'failed',
        model: this.#model,
        output: [],
        error,
        usage: null,
      },
    })
  }

  finish(reason: FinishReason, usage: Usage): string {
    const closed = this.#leave()
    const response = {
      ...responseObject(this.#model, reason, usage, this.#done),
      id: this.#base.id,
    }
    return (
      closed +
      this.#event(reason === 'stop' ? 'response.completed' : 'response.incomplete', { response })
    )
  }

  #enter(kind: OpenItem['kind']): string {
    if (this.#open?.kind === kind) return ''
    const closed = this.#leave()
    const id = `${kind === 'message' ? 'msg' : 'rs'}_${this.#done.length}`
    this.#open = { kind, id, text: '' }
    const item =
      kind === 'message'
        ? { ...messageItem(id, ''), status: 'in_progress', content: [] }
        : { type: 'reasoning', id, summary: [], encrypted_content: 'opaque-start' }
    const added = this.#event('response.output_item.added', {
      output_index: this.#done.length,
      item,
    })
    const part =
      kind === 'message'
        ? this.#event(
            'response.content_part.added',
            this.#at({ content_index: 0, part: outputText('') }),
          )
        : this.#event(
            'response.reasoning_summary_part.added',
            this.#at({ summary_index: 0, part: { type: 'summary_text', text: '' } }),
          )
    return closed + added + part
  }

  #leave(): string {
    if (!this.#open) return ''
    const { kind, id, text } = this.#open
    const item = kind === 'message' ? messageItem(id, text) : reasoningItem(id, text)
    const ends =
      kind === 'message'
        ? this.#event(
            'response.output_text.done',
            this.#at({ content_index: 0, text, logprobs: [] }),
          ) +
          this.#event(
            'response.content_part.done',
            this.#at({ content_index: 0, part: outputText(text) }),
          )
        : this.#event(
            'response.reasoning_summary_text.done',
            this.#at({ summary_index: 0, text }),
          ) +
          this.#event(
            'response.reasoning_summary_part.done',
            this.#at({ summary_index: 0, part: { type: 'summary_text', text } }),
          )
    const done = this.#event('response.output_item.done', { output_index: this.#done.length, item })
    this.#done.push(item)
    this.#open = undefined
    return ends + done
  }

  #delta(type: string, fields: object, delta: string): string {
    if (this.#open) this.#open.text += delta
    return this.#event(type, this.#at(fields))
  }

  #at(fields: object): object {
    return { item_id: this.#open?.id, output_index: this.#done.length, ...fields }
  }

  #event(type: string, fields: object): string {
    const payload = JSON.stringify({ type, sequence_number: this.#sequence++, ...fields })
    return `event: ${type}\ndata: ${payload}\n\n`
  }
}

function responseObject(model: unknown, reason: FinishReason, usage: Usage, output: object[]) {
  const incomplete = incompleteReasons[reason]
  return {
    ...base,
    status: incomplete ? 'incomplete' : 'completed',
    model,
    output,
    error: null,
    incomplete_details: incomplete ? { reason: incomplete } : null,
    usage: {
      input_tokens: usage.input,
      input_tokens_details: { cached_tokens: usage.cached },
      output_tokens: usage.output,
      output_tokens_details: { reasoning_tokens: usage.reasoning },
      total_tokens: usage.input + usage.output,
    },
  }
}

function messageItem(id: string, text: string) {
  return {
    type: 'message',
    id,
    role: 'assistant',
    status: 'completed',
    content: [outputText(text)],
  }
}

function reasoningItem(id: string, text: string) {
  return {
    type: 'reasoning',
    id,
    summary: [{ type: 'summary_text', text }],
    encrypted_content: 'opaque',
  }
}

function outputText(text: string) {
  return { type: 'output_text', text, annotations: [], logprobs: [] }
}
