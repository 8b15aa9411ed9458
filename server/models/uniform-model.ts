import 'server-only'
import {
  InvalidResponseDataError,
  type LanguageModelV4,
  type LanguageModelV4Content,
  type LanguageModelV4FinishReason,
  type LanguageModelV4StreamPart,
} from '@ai-sdk/provider'
import { isMalformedFrame } from './model-error'
import { createThinkTagReader, type ThinkPiece, type ThinkTagReader } from './think-tags'

type FinishPart = Extract<LanguageModelV4StreamPart, { type: 'finish' }>
export type WireApi = 'responses' | 'chat-completions'

/**
 * The same model, with the ends of its streams told alike by both APIs:
 * - `finishReason.unified` is `interrupted` exactly when the stream ended without the provider's own completion signal,
 *   and only then is `finishReason.raw` undefined. No error part stands in for it.
 * - It is `error` only after an error part that was a failure, not merely a frame that could not be read.
 * - Text and reasoning parts that were open are closed before `finish`.
 *
 * With chat completions, `<think>` at the beginning of the text becomes reasoning.
 */
export function uniformModel(model: LanguageModelV4, api: WireApi): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    async doGenerate(options) {
      const result = await model.doGenerate(options)
      return api === 'responses'
        ? result
        : { ...result, content: result.content.flatMap(withoutThinkTags) }
    },
    async doStream(options) {
      const result = await model.doStream(options)
      const parts = new UniformParts(api)
      return { ...result, stream: mapStream(result.stream, (part) => parts.next(part)) }
    },
  }
}

class UniformParts {
  readonly #api: WireApi
  readonly #open = new Map<string, 'text-end' | 'reasoning-end'>()
  readonly #thinkTags = new Map<string, ThinkTagText>()
  #failed = false

  constructor(api: WireApi) {
    this.#api = api
  }

  next(part: LanguageModelV4StreamPart): LanguageModelV4StreamPart[] {
    switch (part.type) {
      case 'text-start':
      case 'text-delta':
      case 'text-end':
        return this.#api === 'responses'
          ? this.#track(part)
          : this.#readThinkTags(part).flatMap((read) => this.#track(read))
      case 'error':
        return this.#error(part)
      case 'finish':
        return [...this.#close(), { ...part, finishReason: this.#finishReason(part) }]
      default:
        return this.#track(part)
    }
  }

  #track(part: LanguageModelV4StreamPart): LanguageModelV4StreamPart[] {
    if (part.type === 'text-start') this.#open.set(part.id, 'text-end')
    else if (part.type === 'reasoning-start') this.#open.set(part.id, 'reasoning-end')
    else if (part.type === 'text-end' || part.type === 'reasoning-end') this.#open.delete(part.id)
    return [part]
  }

  #readThinkTags(part: TextPart): LanguageModelV4StreamPart[] {
    const text = this.#thinkTags.get(part.id) ?? new ThinkTagText(part.id)
    this.#thinkTags.set(part.id, text)
    if (part.type === 'text-start') return []
    if (part.type === 'text-delta') return text.push(part.delta)
    this.#thinkTags.delete(part.id)
    return text.end()
  }

  #close(): LanguageModelV4StreamPart[] {
    const thinkTagEnds = [...this.#thinkTags.values()]
      .flatMap((text) => text.end())
      .flatMap((part) => this.#track(part))
    const ends = [...this.#open].map(([id, type]) => ({ type, id }))
    this.#open.clear()
    return [...thinkTagEnds, ...ends]
  }

  #error(part: Extract<LanguageModelV4StreamPart, { type: 'error' }>): LanguageModelV4StreamPart[] {
    if (isMissingFinish(part.error)) return []
    this.#failed ||= !isMalformedFrame(part.error)
    return [part]
  }

  #finishReason({ finishReason, usage }: FinishPart): LanguageModelV4FinishReason {
    const { unified, raw } = finishReason
    if (unified === 'interrupted') return { unified, raw: undefined }
    if (this.#failed) return { unified: 'error', raw: raw ?? 'error' }
    if (raw !== undefined) return finishReason
    if (unified !== 'error') return { unified, raw: 'completed' }
    // A frame could not be read, and the provider forgot the reason for it. The Responses API tells the usage only with
    // the end; chat-completions servers may tell it any time.
    return this.#api === 'responses' && usage.raw
      ? { unified: 'stop', raw: 'completed' }
      : { unified: 'interrupted', raw: undefined }
  }
}

type TextPart = Extract<
  LanguageModelV4StreamPart,
  { type: 'text-start' | 'text-delta' | 'text-end' }
>

/** One text block whose beginning may be reasoning. Starts and ends are written when there is something between them. */
class ThinkTagText {
  readonly #id: string
  readonly #reader: ThinkTagReader = createThinkTagReader()
  #current: ThinkPiece['kind'] | undefined

  constructor(id: string) {
    this.#id = id
  }

  push(delta: string): LanguageModelV4StreamPart[] {
    return this.#reader.push(delta).flatMap((piece) => this.#write(piece))
  }

  end(): LanguageModelV4StreamPart[] {
    return [...this.#reader.end().flatMap((piece) => this.#write(piece)), ...this.#leave()]
  }

  #write({ kind, text }: ThinkPiece): LanguageModelV4StreamPart[] {
    const id = this.#idOf(kind)
    const delta: LanguageModelV4StreamPart = { type: `${kind}-delta`, id, delta: text }
    if (this.#current === kind) return [delta]
    const left = this.#leave()
    this.#current = kind
    return [...left, { type: `${kind}-start`, id }, delta]
  }

  #leave(): LanguageModelV4StreamPart[] {
    if (!this.#current) return []
    const kind = this.#current
    this.#current = undefined
    return [{ type: `${kind}-end`, id: this.#idOf(kind) }]
  }

  #idOf(kind: ThinkPiece['kind']): string {
    return kind === 'reasoning' ? `${this.#id}-think` : this.#id
  }
}

function withoutThinkTags(part: LanguageModelV4Content): LanguageModelV4Content[] {
  if (part.type !== 'text') return [part]
  const reader = createThinkTagReader()
  return [...reader.push(part.text), ...reader.end()].map(({ kind, text }) => ({
    type: kind,
    text,
  }))
}

function isMissingFinish(error: unknown): boolean {
  return InvalidResponseDataError.isInstance(error) && error.data === undefined
}

function mapStream(
  source: ReadableStream<LanguageModelV4StreamPart>,
  map: (part: LanguageModelV4StreamPart) => LanguageModelV4StreamPart[],
): ReadableStream<LanguageModelV4StreamPart> {
  const reader = source.getReader()
  return new ReadableStream<LanguageModelV4StreamPart>(
    {
      async pull(controller) {
        let parts: LanguageModelV4StreamPart[] = []
        while (parts.length === 0) {
          const { done, value } = await reader.read()
          if (done) return controller.close()
          parts = map(value)
        }
        for (const part of parts) controller.enqueue(part)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}
