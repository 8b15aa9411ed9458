import 'server-only'
// First, because it takes empty settings out of the environment that the packages below read.
import '../env'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import {
  APICallError,
  type LanguageModelV4,
  type LanguageModelV4CallOptions,
  type SharedV4ProviderOptions,
} from '@ai-sdk/provider'
import { createBackgroundMode, type BackgroundMode } from './background-mode'
import type { Endpoint } from './endpoints'
import { withShortWay } from './short-way'
import { uniformModel } from './uniform-model'

export type ProviderModel = {
  model: LanguageModelV4
  providerOptions?: SharedV4ProviderOptions
  /** Only where the settings ask for it. */
  background?: BackgroundMode
}

type Options = {
  endpoint: Endpoint
  baseUrl: string
  modelId: string
  /** Whether it is known to reason. */
  reasons: boolean
  fetch: typeof globalThis.fetch
}

/** A model of a real endpoint, by the API its kind speaks. */
export function providerModel(options: Options): ProviderModel {
  const guarded = { ...options, fetch: withoutRedirects(options.fetch) }
  return options.endpoint.kind === 'openai' ? responsesModel(guarded) : compatibleModel(guarded)
}

function responsesModel({ endpoint, baseUrl, modelId, reasons, fetch }: Options): ProviderModel {
  const apiKey = endpoint.apiKey ?? ''
  const summaries: SummaryPolicy = { refused: false }
  function open(through: typeof globalThis.fetch): LanguageModelV4 {
    const model = withShortWay({
      open: (called) =>
        createOpenAI({ baseURL: baseUrl, apiKey, fetch: called }).responses(modelId),
      fetch: through,
      api: 'responses',
    })
    return uniformModel(withSummaryWherePossible(model, summaries), 'responses')
  }
  // The AI SDK knows OpenAI’s models of its own day, and drops an effort for any other.
  const reasoning = reasons ? { reasoningSummary: 'auto', forceReasoning: true } : {}
  return {
    model: open(fetch),
    providerOptions: { openai: { store: false, ...reasoning } },
    ...(endpoint.background && {
      background: createBackgroundMode({ baseUrl, apiKey, fetch, open }),
    }),
  }
}

function compatibleModel({ endpoint, baseUrl, modelId, fetch }: Options): ProviderModel {
  const settings = {
    name: endpoint.id,
    baseURL: baseUrl,
    includeUsage: true,
    ...(endpoint.apiKey && { apiKey: endpoint.apiKey }),
  }
  const model = withShortWay({
    open: (called) => createOpenAICompatible({ ...settings, fetch: called }).chatModel(modelId),
    fetch,
    api: 'chat-completions',
  })
  return { model: uniformModel(model, 'chat-completions') }
}

/** What OpenAI said about it once, for every later call. */
type SummaryPolicy = { refused: boolean }

/**
 * OpenAI writes reasoning summaries only for organisations it has verified, and refuses the whole request of the others.
 * Those get their answer without summaries.
 */
function withSummaryWherePossible(model: LanguageModelV4, policy: SummaryPolicy): LanguageModelV4 {
  async function call<Result>(
    options: LanguageModelV4CallOptions,
    perform: (options: LanguageModelV4CallOptions) => PromiseLike<Result>,
  ): Promise<Result> {
    if (policy.refused) return perform(withoutSummary(options))
    try {
      return await perform(options)
    } catch (error) {
      if (!isSummaryRefused(error)) throw error
      policy.refused = true
      return perform(withoutSummary(options))
    }
  }
  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doGenerate: (options) => call(options, (allowed) => model.doGenerate(allowed)),
    doStream: (options) => call(options, (allowed) => model.doStream(allowed)),
  }
}

function isSummaryRefused(error: unknown): boolean {
  return (
    APICallError.isInstance(error) &&
    error.statusCode === 400 &&
    /reasoning\.summary|reasoning summar/i.test(error.responseBody ?? '')
  )
}

function withoutSummary(options: LanguageModelV4CallOptions): LanguageModelV4CallOptions {
  const { reasoningSummary: _, ...openai } = options.providerOptions?.['openai'] ?? {}
  return { ...options, providerOptions: { ...options.providerOptions, openai } }
}

/** A key and a conversation go to the configured origin and nowhere else. `no-store` keeps Next's fetch cache out. */
function withoutRedirects(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init) => fetch(input, { ...init, redirect: 'error', cache: 'no-store' })
}
