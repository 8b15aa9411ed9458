import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { createSseByteParser } from '@/shared/stream/sse-parser'
import { plainDeltaOf, type PlainDelta } from './plain-delta'
import type { WireApi } from './uniform-model'

type Options = {
  /** The AI SDK's model, asked through this `fetch`. */
  open: (fetch: typeof globalThis.fetch) => LanguageModelV4
  fetch: typeof globalThis.fetch
  api: WireApi
}

/**
 * The same model with the same stream, part for part, at a third of the cost. The AI SDK's providers pass every token
 * through a chain of web streams; here a frame that only writes on in the part that is open is taken out before, and
 * becomes the part that the AI SDK made of the frame before it. All other frames go through the AI SDK.
 */
export function withShortWay({ open, fetch, api }: Options): LanguageModelV4 {
  // One model for all calls: each that is opened builds the schemas of its frames anew.
  const calls = new AsyncLocalStorage<Passage>()
  const model = open(async (input, init) => {
    const passage = calls.getStore()
    const response = await fetch(input, init)
    return passage ? passage.lead(response) : response
  })
  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doGenerate: (options) => model.doGenerate(options),
    async doStream(options) {
      if (options.includeRawChunks) return model.doStream(options)
      const passage = new Passage(api)
      const { stream, ...result } = await calls.run(passage, () =>
        model.doStream({ ...options, includeRawChunks: true }),
      )
      return { ...result, stream: passage.join(stream) }
    },
  }
}

/** Means nothing to either API, but comes out of the AI SDK again, as a raw part. */
const marker = { type: 'rivulet.marker', choices: [] }
const markerFrame = `data: ${JSON.stringify(marker)}\n\n`

const encoder = new TextEncoder()

type Part = LanguageModelV4StreamPart
type DeltaPart = Extract<Part, { type: 'text-delta' | 'reasoning-delta' }>

/**
 * The frames of one response, on their two ways. Order is kept because nothing is taken up while something is in the AI
 * SDK: behind every frame that goes in a marker follows, and when that comes out, so has all that the frame gave.
 */
class Passage {
  readonly #api: WireApi
  /** Frames that have come, and gone neither way yet. */
  readonly #frames: string[] = []
  readonly #parser = createSseByteParser({ onEvent: ({ data }) => void this.#frames.push(data) })
  #source: ReadableStreamDefaultReader<Uint8Array> | undefined
  #entrance: ReadableStreamDefaultController<Uint8Array> | undefined
  #reading: Promise<void> | undefined
  #joined = false
  #closed = false
  #markersInside = 0
  /** What the last frame that went in was to write, if nothing else. */
  #entered: PlainDelta | undefined
  #lastPart: Part | undefined
  /** The part that comes of a frame with this key. */
  #pattern: { key: string; part: DeltaPart } | undefined

  constructor(api: WireApi) {
    this.#api = api
  }

  /** The response as the AI SDK is to see it. */
  lead(response: Response): Response {
    if (!response.ok || !response.body) return response
    this.#source = response.body.getReader()
    const body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => void (this.#entrance = controller),
        pull: () => this.#open(),
        cancel: (reason) => this.#source?.cancel(reason),
      },
      { highWaterMark: 0 },
    )
    return new Response(body, response)
  }

  /** All parts of the answer, from what comes out of the AI SDK and from what never went in. */
  join(inside: ReadableStream<Part>): ReadableStream<Part> {
    this.#joined = true
    const parts = inside.getReader()
    return new ReadableStream<Part>(
      {
        pull: (controller) => this.#pull(controller, parts),
        cancel: (reason) => parts.cancel(reason),
      },
      { highWaterMark: 0 },
    )
  }

  /** Until the model hands its stream out, everything goes in: it may want to see the beginning first. */
  async #open(): Promise<void> {
    while (!this.#joined && !this.#closed && this.#frames.length === 0) await this.#read()
    if (!this.#joined && this.#frames.length > 0) this.#enter(this.#frames.splice(0))
  }

  async #pull(
    controller: ReadableStreamDefaultController<Part>,
    parts: ReadableStreamDefaultReader<Part>,
  ): Promise<void> {
    let moved = false
    while (!moved) {
      if (this.#markersInside > 0 || this.#closed) moved = await this.#takePart(controller, parts)
      else if (this.#frames.length > 0) moved = this.#takeFrames(controller)
      else await this.#read()
    }
  }

  async #takePart(
    controller: ReadableStreamDefaultController<Part>,
    parts: ReadableStreamDefaultReader<Part>,
  ): Promise<boolean> {
    const { done, value } = await parts.read()
    if (done) controller.close()
    else if (value.type === 'raw') this.#noteRaw(value.rawValue)
    else controller.enqueue((this.#lastPart = value))
    return done || value.type !== 'raw'
  }

  #noteRaw(value: unknown): void {
    if (!isMarker(value) || --this.#markersInside > 0) return
    const part = this.#lastPart
    const isAlone =
      (part?.type === 'text-delta' || part?.type === 'reasoning-delta') &&
      part.delta === this.#entered?.text
    this.#pattern = isAlone && this.#entered ? { key: this.#entered.key, part } : undefined
  }

  #takeFrames(controller: ReadableStreamDefaultController<Part>): boolean {
    let moved = false
    for (let frame = this.#frames.shift(); frame !== undefined; frame = this.#frames.shift()) {
      const delta = plainDeltaOf(frame, this.#api)
      if (!delta || delta.key !== this.#pattern?.key) {
        this.#enter([frame])
        return moved
      }
      controller.enqueue({ ...this.#pattern.part, delta: delta.text })
      moved = true
    }
    return moved
  }

  #enter(frames: string[]): void {
    const last = frames.at(-1)
    this.#entered = last === undefined ? undefined : plainDeltaOf(last, this.#api)
    this.#lastPart = undefined
    this.#markersInside += 1
    this.#entrance?.enqueue(encoder.encode(frames.map(encodeFrame).join('') + markerFrame))
  }

  /** One read at a time, for whoever waits. An end and a fault are the AI SDK's to tell. */
  #read(): Promise<void> {
    this.#reading ??= this.#readOnce()
    return this.#reading
  }

  async #readOnce(): Promise<void> {
    try {
      const read = await this.#source?.read()
      if (read?.value) return this.#parser.feed(read.value)
      this.#closed = true
      this.#entrance?.close()
    } catch (error) {
      this.#closed = true
      this.#entrance?.error(error)
    } finally {
      this.#reading = undefined
    }
  }
}

function encodeFrame(frame: string): string {
  return `data: ${frame.replaceAll('\n', '\ndata: ')}\n\n`
}

function isMarker(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'type' in value && value.type === marker.type
  )
}
