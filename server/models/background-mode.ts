import 'server-only'
import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { backgroundFetch, type BackgroundCall } from './background-response'
import { createResponseRequests } from './response-requests'

/**
 * Answers that OpenAI writes on whether or not anybody is connected. Streams of these models heal their connections by
 * themselves. When their signal aborts, the response is cancelled too, unless the reason is `UpstreamDetached`.
 */
export type BackgroundMode = {
  /**
   * A model that begins such an answer. `onResponseId` is told its id before `doStream` resolves; once more for each
   * further call.
   */
  start(options: { onResponseId: (responseId: string) => void }): LanguageModelV4
  /**
   * A model whose `doStream` sends no prompt, but gives the parts of this answer from the first one on, equal to those
   * that came the first time. It ends as `interrupted` when OpenAI no longer has the answer.
   */
  resume(responseId: string): LanguageModelV4
  /** Ends an answer that nobody reads. Gives up after 5 s, never rejects. */
  cancel(responseId: string): Promise<void>
}

type Options = {
  baseUrl: string
  apiKey: string
  fetch: typeof globalThis.fetch
  /** The model, asked through this `fetch`. */
  open: (fetch: typeof globalThis.fetch) => LanguageModelV4
}

export function createBackgroundMode({ baseUrl, apiKey, fetch, open }: Options): BackgroundMode {
  const requests = createResponseRequests({ baseUrl, apiKey, fetch })
  const plain = open(fetch)
  function modelOf(call: Pick<BackgroundCall, 'onResponseId' | 'resumedId'>): LanguageModelV4 {
    const background = open(backgroundFetch({ fetch, requests, ...call }))
    return { ...plain, doStream: (options) => background.doStream(stored(options)) }
  }
  return {
    start: ({ onResponseId }) => modelOf({ onResponseId }),
    resume: (responseId) => modelOf({ resumedId: responseId }),
    cancel: (responseId) => requests.cancel(responseId),
  }
}

/** OpenAI keeps what it is to give again. */
function stored(options: LanguageModelV4CallOptions): LanguageModelV4CallOptions {
  const openai = { ...options.providerOptions?.['openai'], store: true }
  return { ...options, providerOptions: { ...options.providerOptions, openai } }
}
