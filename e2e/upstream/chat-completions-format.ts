import type { FinishReason, Usage } from './steps'
import type { WireFormat } from './wire-format'

const finishReasons: Record<FinishReason, string> = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'content_filter',
}
const base = { id: 'chatcmpl-1', created: 1_700_000_000 }

/** `POST /v1/chat/completions`: `data:` lines, `[DONE]`, and a usage chunk when `stream_options.include_usage` asks. */
export const chatCompletionsFormat: WireFormat = {
  writer(body) {
    const chunk = (delta: object, finishReason: string | null = null) =>
      frame({
        ...base,
        object: 'chat.completion.chunk',
        model: body['model'],
        choices: [{ index: 0, delta, finish_reason: finishReason }],
      })
    return {
      start: () => chunk({ role: 'assistant', content: '' }),
      text: (delta) => chunk({ content: delta }),
      reasoning: (delta) => chunk({ reasoning_content: delta }),
      error: (error) => frame({ error }),
      finish: (reason, usage) =>
        chunk({}, finishReasons[reason]) +
        (wantsUsage(body) ? usageFrame(body, usage) : '') +
        'data: [DONE]\n\n',
    }
  },
  whole: (body, { text, reasoning, reason, usage }) => ({
    ...base,
    object: 'chat.completion',
    model: body['model'],
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text,
          ...(reasoning && { reasoning_content: reasoning }),
        },
        finish_reason: finishReasons[reason],
      },
    ],
    usage: usageFields(usage),
  }),
}

function frame(payload: object): string {
  return `data: ${JSON.stringify(payload)}\n\n`
}

function usageFrame(body: Record<string, unknown>, usage: Usage): string {
  return frame({
    ...base,
    object: 'chat.completion.chunk',
    model: body['model'],
    choices: [],
    usage: usageFields(usage),
  })
}

function wantsUsage(body: Record<string, unknown>): boolean {
  const options = body['stream_options']
  return (
    typeof options === 'object' &&
    options !== null &&
    'include_usage' in options &&
    options.include_usage === true
  )
}

function usageFields({ input, cached, output, reasoning }: Usage) {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached },
    completion_tokens_details: { reasoning_tokens: reasoning },
  }
}
